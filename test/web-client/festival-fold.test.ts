// The phone sees what a box sees: the same operations through the documents in memory and through the tables.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { publishProgramme } from "../../device/interchange/publish-programme.ts";
import { readProgramme } from "../../device/interchange/read-programme.ts";
import type { EventSummary } from "../../device/programme/event-filter.ts";
import { FestivalFold, type Surroundings } from "../../device/web/client/festival/fold.ts";
import type { EventView, FestivalView } from "../../device/web/client/festival/view.ts";
import { fromHex, toHex } from "../../protocol/operation/bytes.ts";
import type { StoredOperation } from "../../sync/ports.ts";
import {
  BERLIN,
  berlin,
  CRYPTO,
  docOf,
  exactly,
  FestivalBox,
  Person,
  TOPIC,
  writerOf,
} from "../device/programme/festival-box.ts";
import { keyOf, someWriting } from "../device/programme/linked-writing.ts";
import { tell } from "../device/programme/some-festival.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { needsShared, sharedPath } from "../support/shared-data.ts";

const FOSDEM = "data/schedules/fosdem2026-pretalx.schedule.xml";
/** Each some forty operations of three people. */
const LINKED_SEEDS = 60;
const NOBODY = { blocked: [], muted: [], hidden: [], words: [], lists: [] };

function surroundings(rest: Partial<Surroundings> = {}): Surroundings {
  return {
    topic: toHex(TOPIC),
    me: "0".repeat(64),
    ownKeys: new Set(["0".repeat(64)]),
    ownTimezone: BERLIN,
    hidden: NOBODY,
    plan: new Set(),
    now: berlin("12:00"),
    devicesWith: () => 1,
    hashOf: (key) => CRYPTO.hash(fromHex(key)),
    meetingsSince: () => 0,
    meetings: 0,
    freshness: { kept: 0 },
    link: { state: "alone", boxes: [], otherTab: false },
    ...rest,
  };
}

/** All that a box has heard. */
async function heardBy(box: FestivalBox, fold = new FestivalFold()): Promise<FestivalFold> {
  const operations = await box.store.since(TOPIC, 0, 100_000);
  if (fold.take(operations)) {
    fold.restart();
    fold.take(operations);
  }
  return fold;
}

/** What a box's list says about an event, from the phone's view of it. */
function summaryOf(event: EventView): EventSummary {
  const { id: doc, title, status, when, span, places, hosts, author, lang, news, imported, confirmed, going } = event;
  return {
    doc,
    title,
    status,
    ...(when && { when }),
    ...(span && { span }),
    places,
    hosts: hosts.map(({ name }) => name),
    author,
    ...(lang && { lang }),
    ...(news && { note: news }),
    imported,
    confirmed,
    going: { identities: going.yes, people: going.people, door: going.door },
  };
}

/** Bodies come without prototypes, summaries out of JSON. */
function plain<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

function assertSame(view: FestivalView, box: FestivalBox): void {
  assert.deepEqual(plain(view.events.map(summaryOf)), plain(box.programme.events()));
  const requests = view.requests.map(({ id, state, suggestion, span }) => ({ doc: id, state, suggestion, span }));
  const known = box.programme
    .requests({})
    .map(({ doc, state, suggestion, span }) => ({ doc, state, suggestion, span }));
  assert.deepEqual(plain(requests), plain(known));
  const { hidden: _hidden, ...counts } = view.counts;
  const { events, venues: _venues, ...expected } = box.programme.counts();
  assert.deepEqual(counts, expected);
  assert.equal(view.events.length, events);
  for (const { key, name, roles } of view.people) {
    const person = box.programme.person(key);
    assert.deepEqual([name, roles], [person.name, person.roles]);
  }
}

test("FOSDEM on a phone is FOSDEM on a box", needsShared(FOSDEM), async (t) => {
  const box = new FestivalBox();
  const file = readProgramme(readFileSync(sharedPath(FOSDEM)), { fileName: "schedule.xml", timezone: BERLIN, now: 0 });
  await publishProgramme(file, writerOf(new Person("Ada"), box), box.programme);
  const started = performance.now();
  const fold = await heardBy(box);
  const taken = performance.now();
  const view = fold.view(surroundings());
  t.diagnostic(`${Math.round(taken - started)} ms to take, ${Math.round(performance.now() - taken)} ms to view`);
  assert.equal(view.events.length, 883);
  assert.deepEqual(view.days, ["2026-01-31", "2026-02-01"]);
  assert.equal(view.clock.timezone, "Europe/Brussels");
  assertSame(view, box);
});

test("what did not change is the same object in the next snapshot", async () => {
  const box = new FestivalBox();
  const ada = new Person("Ada");
  const [soup, talk] = [ada.event("Soup", { when: exactly(berlin("18:00"), berlin("20:00")) }), ada.event("Talk")];
  await box.hear([soup, talk]);
  const fold = await heardBy(box);
  const before = fold.view(surroundings());
  assert.deepEqual(fold.view(surroundings()).events, before.events);
  assert.equal(fold.view(surroundings()).events, before.events);
  await box.hear([ada.change(soup, { title: "More soup" })]);
  const after = (await heardBy(box, fold)).view(surroundings());
  assert.equal(after.eventById.get(docOf(talk)), before.eventById.get(docOf(talk)));
  assert.notEqual(after.eventById.get(docOf(soup)), before.eventById.get(docOf(soup)));
  assert.equal(after.eventById.get(docOf(soup))?.title, "More soup");
});

test("a dot turns green when the venue's owner says yes, and the place is confirmed", async () => {
  const box = new FestivalBox();
  const [ada, bo] = [new Person("Ada"), new Person("Bo")];
  const [start, end] = [berlin("18:00"), berlin("20:00")];
  const barn = bo.write({ a: "create", s: "resource/1", f: { kind: "venue", title: "Barn" } });
  const soup = ada.event("Soup", { when: exactly(start, end), venues: [docOf(barn)] });
  const request = ada.write({
    a: "create",
    s: "request/1",
    f: { event: docOf(soup), resource: docOf(barn), start, end },
  });
  await box.hear([barn, soup, request]);
  const fold = await heardBy(box);
  const bosKey = toHex(bo.verifyingKey);
  const asked = fold.view(surroundings({ me: bosKey, ownKeys: new Set([bosKey]) }));
  assert.deepEqual(
    asked.askedOfMe.map(({ id }) => id),
    [docOf(request)],
  );
  assertSame(asked, box);
  const [subject, resource, version] = [docOf(request), docOf(barn), docOf(request)];
  const granted = {
    verdict: "accept",
    start,
    end,
    hold: { start, end },
    quantity: 1,
    of: 1,
    policy: "manual",
  } as const;
  await box.hear([bo.write({ a: "set", s: "answer/1", k: subject, f: { subject, resource, version, ...granted } })]);
  const answered = (await heardBy(box, fold)).view(surroundings({ me: bosKey, ownKeys: new Set([bosKey]) }));
  const [event] = answered.events;
  assert.equal(event?.requests[0]?.state.state, "confirmed");
  assert.deepEqual(event?.places, [{ doc: docOf(barn), name: "Barn", state: "confirmed" }]);
  assert.deepEqual(answered.askedOfMe, []);
  assert.deepEqual(
    answered.resourceById.get(docOf(barn))?.taken.map(({ event: at }) => at),
    [docOf(soup)],
  );
  assertSame(answered, box);
});

test("moved, cancelled, withdrawn and forgotten read as on a box", async () => {
  const box = new FestivalBox();
  const [ada, bo] = [new Person("Ada"), new Person("Bo")];
  const soup = ada.event("Soup", { when: exactly(berlin("18:00"), berlin("20:00")), place: { text: "by the lake" } });
  const moved = ada.change(
    soup,
    { when: exactly(berlin("19:00"), berlin("21:00")), place: { text: "Barn" } },
    { at: berlin("12:00") },
  );
  const talk = ada.event("Talk");
  const off = ada.change(talk, { status: "cancelled", note: "rain" });
  const gone = ada.event("Gone");
  const taken = ada.write({ a: "delete", s: "event/1", d: docOf(gone) });
  const secret = bo.event("Secret");
  await box.hear([soup, moved, talk, off, gone, taken, secret]);
  const fold = await heardBy(box);
  const view = fold.view(surroundings());
  const event = view.eventById.get(docOf(soup));
  assert.deepEqual([event?.wasStart, event?.wasAt], [berlin("18:00"), ["by the lake"]]);
  assert.equal(view.events.length, 3);
  assertSame(view, box);
  await box.hear([bo.write({ a: "set", s: "forget/1", k: "", f: { upTo: 0 } })]);
  const later = (await heardBy(box, fold)).view(surroundings());
  assert.equal(later.eventById.get(docOf(secret)), undefined);
  assertSame(later, box);
});

test("what is hidden is left out, and counted", async () => {
  const box = new FestivalBox();
  const [ada, bo] = [new Person("Ada"), new Person("Bo")];
  await box.hear([ada.event("Soup"), bo.event("Loud party"), bo.event("Quiet talk")]);
  const fold = await heardBy(box);
  const words = fold.view(surroundings({ hidden: { ...NOBODY, words: ["party"] } }));
  assert.deepEqual([words.events.map(({ title }) => title), words.counts.hidden], [["Quiet talk", "Soup"], 1]);
  const blocked = fold.view(surroundings({ hidden: { ...NOBODY, blocked: [toHex(bo.verifyingKey)] } }));
  assert.deepEqual(
    blocked.events.map(({ title }) => title),
    ["Soup"],
  );
});

test("people and doors are counted apart, and linked keys once", async () => {
  const box = new FestivalBox();
  const [ada, bo, box2] = [new Person("Ada"), new Person("Bo"), new Person("door")];
  const soup = ada.event("Soup");
  const [a, b] = [toHex(ada.verifyingKey), toHex(bo.verifyingKey)];
  const going = (n: number) => ({ a: "set", s: "rsvp/1", k: docOf(soup), f: { going: "yes", n } }) as const;
  await box.hear([soup, ada.write(going(2)), bo.write(going(3))]);
  await box.hear([box2.write({ a: "set", s: "rsvp/1", k: docOf(soup), f: { going: "yes", door: 7 } })]);
  await box.hear([ada.write({ a: "set", s: "keylink/1", k: b, f: { other: b, may: [] } })]);
  const fold = await heardBy(box);
  const alone = fold.view(surroundings()).events[0]?.going;
  assert.deepEqual([alone?.yes, alone?.people, alone?.maybe, alone?.door], [2, 5, 0, 7]);
  await box.hear([bo.write({ a: "set", s: "keylink/1", k: a, f: { other: a, may: [] } })]);
  const linked = (await heardBy(box, fold)).view(surroundings());
  assert.deepEqual([linked.events[0]?.going.yes, linked.events[0]?.going.people], [1, 3]);
  assertSame(linked, box);
});

/** As the phone has it after each few operations, without ever beginning anew. */
function readSlowly(fold: FestivalFold, operations: readonly StoredOperation[], random: () => number): void {
  for (let from = 0; from < operations.length; ) {
    const to = from + 1 + Math.floor(random() * 4);
    if (fold.take(operations.slice(from, to))) {
      fold.restart();
      fold.take(operations.slice(0, to));
    }
    fold.view(surroundings());
    from = to;
  }
}

test("what linked keys write on one another's documents reads as on a box, whatever came first", async () => {
  for (let seed = 1; seed <= LINKED_SEEDS; seed++) {
    const random = seededRandom(seed);
    const { logs } = someWriting(random);
    const box = new FestivalBox();
    await tell(box, logs, random);
    const fold = new FestivalFold();
    readSlowly(fold, await box.store.since(TOPIC, 0, 1_000), random);
    try {
      assertSame(fold.view(surroundings()), box);
      assertSame((await heardBy(box)).view(surroundings()), box);
    } catch (error) {
      throw new Error(`Seed ${seed}`, { cause: error });
    }
  }
});

test("a change by a linked key counts until the link goes, and the view changes with it", async () => {
  const box = new FestivalBox();
  const [laptop, other] = [new Person("laptop"), new Person("other")];
  const link = (from: Person, to: Person, may: readonly string[]) =>
    from.write({ a: "set", s: "keylink/1", k: keyOf(to), f: { other: keyOf(to), may } });
  const soup = laptop.event("Soup");
  await box.hear([soup, other.change(soup, { title: "Stew" }), link(laptop, other, ["event/1"])]);
  const fold = new FestivalFold();
  const titles = async () => (await heardBy(box, fold)).view(surroundings()).events.map(({ title }) => title);
  assert.deepEqual(await titles(), ["Soup"]);
  await box.hear([link(other, laptop, [])]);
  assert.deepEqual(await titles(), ["Stew"]);
  await box.hear([link(laptop, other, [])]);
  assert.deepEqual(await titles(), ["Soup"]);
});
