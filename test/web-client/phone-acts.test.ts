// What a person does on a phone, and what they see of it at once, with nobody near.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryBelongings } from "../../device/web/client/replica/belongings.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { somePng } from "../support/some-picture.ts";
import { somePhone } from "./some-phone.ts";

/** A fifth of a second, and a bit. */
const UNTIL_TOLD_MS = 250;
const EVENING = { start: "2026-07-17 18:00", end: "20:00" };

test("an event needs a title and nothing else", async () => {
  const phone = await somePhone(1);
  const id = await phone.acts.createEvent({ title: "Soup" });
  const event = phone.view().eventById.get(id);
  assert.deepEqual([event?.title, event?.mine, event?.span, event?.going.yes], ["Soup", true, undefined, 0]);
});

test("a thing is asked for, granted, and given back", async () => {
  const phone = await somePhone(1);
  const barn = await phone.acts.createResource({ kind: "venue", title: "Barn" }, { as: "new" });
  const soup = await phone.acts.createEvent({
    title: "Soup",
    time: EVENING,
    venues: [barn],
    ask: [{ resource: barn }],
  });
  const [asked] = phone.view().askedOfMe;
  assert.equal(asked?.event, soup);
  await phone.acts.answer(asked?.id ?? "", "accept");
  const granted = phone.view().eventById.get(soup);
  assert.deepEqual([granted?.requests[0]?.state.state, granted?.confirmed.percent], ["confirmed", 100]);
  assert.deepEqual(granted?.places, [{ doc: barn, name: "Barn", state: "confirmed" }]);
  const span = granted?.requests[0]?.span ?? { start: 0, end: 0 };
  assert.equal(phone.questions.clash(barn, span)?.why, "taken");
  const taken = phone.questions.slots(barn, "2026-07-17").filter(({ state }) => state === "taken");
  assert.deepEqual([taken.length, taken[0]?.start], [2, span.start]);
  assert.deepEqual(phone.questions.free("venue", span), []);
  await phone.acts.release(asked?.id ?? "");
  assert.equal(phone.view().eventById.get(soup)?.requests[0]?.state.state, "released");
  assert.deepEqual(phone.questions.free("venue", span), [barn]);
});

test("an event moves with what it asks for, and is cancelled for good", async () => {
  const phone = await somePhone(1);
  const barn = await phone.acts.createResource({ kind: "venue", title: "Barn" });
  const soup = await phone.acts.createEvent({ title: "Soup", time: EVENING, ask: [{ resource: barn }] });
  await phone.acts.answer(phone.view().askedOfMe[0]?.id ?? "", "accept");
  await phone.acts.moveEvent(soup, { start: "2026-07-17 19:00" });
  const moved = phone.view().eventById.get(soup);
  assert.equal(moved?.requests[0]?.state.state, "open");
  assert.equal((moved?.span?.start ?? 0) - (moved?.wasStart ?? 0), 3600);
  await phone.acts.cancelEvent(soup, { note: "rain" });
  assert.deepEqual([phone.view().events[0]?.status, phone.view().events[0]?.news], ["cancelled", "rain"]);
  await assert.rejects(phone.acts.editEvent(soup, { title: "Soup after all" }), { code: "E_CANCELLED" });
});

test("a series is written out one by one", async () => {
  const phone = await somePhone(1);
  await phone.acts.createEvent({ title: "Choir", time: EVENING, repeat: { unit: "week", every: 1, count: 8 } });
  const [series] = phone.view().series;
  assert.deepEqual([series?.title, series?.events.length, phone.view().days.length], ["Choir", 8, 8]);
});

test("coming, noting, forking and planning are seen at once", async () => {
  const phone = await somePhone(1);
  const soup = await phone.acts.createEvent({ title: "Soup" });
  await phone.acts.rsvp(soup, "yes", 3);
  const bytes = somePng(1);
  await phone.acts.note({ about: soup, text: "Bring bowls", pictures: [{ bytes, type: "image/png" }] });
  const copy = await phone.acts.fork(soup, { title: "More soup" }, { as: "new" });
  await phone.local.plan(soup, true);
  const { events, plan, eventById } = phone.view();
  const event = eventById.get(soup);
  assert.deepEqual([event?.going.yes, event?.going.people, event?.myRsvp], [1, 3, { going: "yes", n: 3 }]);
  assert.deepEqual([event?.notes[0]?.text, event?.notes[0]?.pictures[0]?.bytes], ["Bring bowls", bytes.length]);
  const picture = await phone.picture(event?.notes[0]?.pictures[0]?.hash ?? "");
  assert.deepEqual(new Uint8Array((await picture?.arrayBuffer()) ?? new ArrayBuffer()), bytes);
  assert.deepEqual(
    eventById.get(copy)?.lineage.map(({ id, state }) => [id, state]),
    [[soup, "here"]],
  );
  assert.notEqual(eventById.get(copy)?.author, event?.author);
  assert.deepEqual([events.length, [...plan]], [2, [soup]]);
});

test("what is done at once is told at once, what others do five times a second at most", async () => {
  const phone = await somePhone(1);
  let told = 0;
  const stop = phone.subscribe(() => {
    told += 1;
  });
  const before = phone.view();
  await phone.acts.createEvent({ title: "Soup" });
  assert.equal(told, 1);
  assert.notEqual(phone.view(), before);
  assert.equal(phone.view(), phone.view());
  stop();
});

test("keys, plan and choices are there when the phone is opened again", async () => {
  const kept = { belongings: new MemoryBelongings(), stores: new Map() };
  const phone = await somePhone(1, kept);
  const soup = await phone.acts.createEvent({ title: "Soup" });
  await phone.local.plan(soup, true);
  await phone.keys.add();
  const again = await somePhone(2, kept);
  await again.ready;
  assert.deepEqual(again.view().ownKeys, phone.view().ownKeys);
  assert.deepEqual([again.view().me, [...again.view().plan], again.view().events.length], [phone.view().me, [soup], 1]);
});

test("each festival has keys of its own, and can be left", async () => {
  const phone = await somePhone(1);
  const home = phone.view().topic;
  const key = phone.view().me;
  const topic = await phone.festivals.join("three owls in a barn", "Owls");
  assert.deepEqual([phone.view().topic, phone.view().name], [topic, "Owls"]);
  assert.notEqual(phone.view().me, key);
  assert.equal(await phone.festivals.join(phone.festivals.invitation()), topic);
  await phone.festivals.leave(topic);
  assert.deepEqual([phone.view().topic, phone.view().me], [home, key]);
  assert.equal(phone.festivals.list().length, 1);
});

test("a copy in a file refills another phone", async () => {
  const [phone, other] = [await somePhone(1), await somePhone(2)];
  const soup = await phone.acts.createEvent({ title: "Soup" });
  await phone.acts.rsvp(soup, "yes");
  const copy = new Uint8Array(await (await phone.festivals.copy()).arrayBuffer());
  assert.deepEqual(await other.festivals.refill(copy), { added: 2, refused: 0 });
  assert.deepEqual(await other.festivals.refill(copy), { added: 0, refused: 0 });
  await other.ready;
  assert.equal(other.view().eventById.get(soup)?.going.yes, 1);
  for (const broken of [copy.subarray(1), copy.subarray(0, -1), copy.subarray(0, 90), new Uint8Array(9)]) {
    await assert.rejects(other.festivals.refill(broken), { code: "E_COPY" });
  }
});

test("two devices are one person once both say so, and until one says otherwise", async () => {
  const clock = new FakeClock();
  const [phone, other] = [await somePhone(1, { clock }), await somePhone(2, { clock })];
  const meet = async () => {
    for (const [from, to] of [
      [phone, other],
      [other, phone],
    ] as const) {
      await to.festivals.refill(new Uint8Array(await (await from.festivals.copy()).arrayBuffer()));
    }
    clock.advance(UNTIL_TOLD_MS);
  };
  const [me, twin] = [phone.view().me, other.view().me];
  const links = () => [phone.view().personByKey.get(twin)?.link, other.view().personByKey.get(me)?.link];
  const soup = await phone.acts.createEvent({ title: "Soup" });
  const titles = () => [phone, other].map((each) => each.view().eventById.get(soup)?.title);
  const isRefused = (title: string) => assert.rejects(other.acts.editEvent(soup, { title }), { code: "E_NOT_YOURS" });
  await meet();
  await other.keys.link(twin, me);
  await meet();
  assert.deepEqual(links(), ["theirs", "mine"]);
  await isRefused("Stew");
  await phone.keys.link(me, twin);
  await meet();
  assert.deepEqual(links(), ["both", "both"]);
  assert.deepEqual(
    [other.view().eventById.get(soup)?.mine, other.view().eventById.get(soup)?.mayChange],
    [false, true],
  );
  await other.acts.editEvent(soup, { title: "Stew" });
  await other.acts.moveEvent(soup, { start: "2026-07-18 18:00" });
  await meet();
  assert.deepEqual(titles(), ["Stew", "Stew"]);
  assert.equal(phone.view().eventById.get(soup)?.span?.start, Date.parse("2026-07-18T18:00+02:00") / 1_000);
  await phone.keys.link(me, twin, true);
  await meet();
  assert.deepEqual(links(), ["theirs", "mine"]);
  await isRefused("Gruel");
  assert.deepEqual(titles(), ["Stew", "Stew"]);
});
