// Asking for things, granting them, and what that makes of an event: dots, desks, places, doors (R-10, M-24, M-33).
import assert from "node:assert/strict";
import { test } from "node:test";
import type { AnswerFieldsWritten } from "../../../protocol/festival/schema/answer.ts";
import type { ResourceFieldsWritten } from "../../../protocol/festival/schema/resource.ts";
import { toHex } from "../../../protocol/operation/bytes.ts";
import type { NewEntry } from "../../../sync/ports.ts";
import { berlin, docOf, exactly, FestivalBox, Person } from "./festival-box.ts";

const START = berlin("18:00");
const END = berlin("19:00");
const WHEN = { when: exactly(START, END) };
const HOLD = { start: START, end: END };

function keyOf(person: Person): string {
  return toHex(person.verifyingKey);
}

function lend(owner: Person, title: string, fields: Partial<ResourceFieldsWritten> = {}): NewEntry {
  return owner.write({ a: "create", s: "resource/1", f: { kind: "venue", title, ...fields } });
}

function ask(who: Person, event: NewEntry, resource: NewEntry, span = HOLD): NewEntry {
  return who.write({ a: "create", s: "request/1", f: { event: docOf(event), resource: docOf(resource), ...span } });
}

function answer(
  owner: Person,
  request: NewEntry,
  resource: NewEntry,
  fields: Partial<AnswerFieldsWritten> = {},
): NewEntry {
  const subject = docOf(request);
  const f = { subject, resource: docOf(resource), version: subject, policy: "manual" as const };
  return owner.write({
    a: "set",
    s: "answer/1",
    k: subject,
    f: { ...f, verdict: "accept", hold: HOLD, of: 1, ...fields },
  });
}

/** Ada's soup, asked into Ben's barn and with Cleo's projector. */
function soupInTheBarn() {
  const [ada, ben, cleo] = [new Person("Ada"), new Person("Ben"), new Person("Cleo")];
  const barn = lend(ben, "Barn");
  const projector = lend(cleo, "Projector", { kind: "material" });
  const soup = ada.event("Soup", WHEN);
  const requests = [ask(ada, soup, barn), ask(ada, soup, projector)] as const;
  return { ada, ben, cleo, barn, projector, soup, requests, all: [barn, projector, soup, ...requests] };
}

test("an event shows a dot for each thing that it asks for, green when granted", async () => {
  const { ben, barn, soup, requests, all } = soupInTheBarn();
  const box = new FestivalBox();
  await box.hear(all);
  assert.deepEqual(
    box.programme.requests({ event: docOf(soup) }).map(({ state }) => state.state),
    ["open", "open"],
  );
  await box.hear([answer(ben, requests[0], barn, { note: "bring a ladle" })]);
  const [first, second] = box.programme.requests({ event: docOf(soup) });
  assert.deepEqual(
    [first?.state.state, first?.answerNote, second?.state.state],
    ["confirmed", "bring a ladle", "open"],
  );
  assert.deepEqual([first?.eventTitle, first?.resourceTitle, first?.suggestion], ["Soup", "Barn", false]);
  assert.deepEqual(box.programme.events()[0]?.confirmed, { asked: 2, accepted: 1, percent: 50 });
  assert.equal(box.programme.confirmed(docOf(soup))?.percent, 50);
  assert.equal(box.programme.occupancy(docOf(barn))?.outcomes.get(docOf(requests[0]))?.state, "held");
});

test("B7: adding a resource later notifies: the new request is in the owner's list", async () => {
  const { ada, ben, soup, requests, barn, all } = soupInTheBarn();
  const dora = new Person("Dora");
  const box = new FestivalBox();
  await box.hear([...all, answer(ben, requests[0], barn)]);
  const amplifier = lend(dora, "Amplifier", { kind: "material" });
  const late = ask(ada, soup, amplifier);
  await box.hear([amplifier, late]);
  const desk = (person: Person) => box.programme.requests({ owner: keyOf(person) }).map(({ doc }) => doc);
  assert.deepEqual([desk(dora), desk(ben)], [[docOf(late)], []]);
});

test("whoever answers for a resource has it on the desk, not who owns it", async () => {
  const [ada, ben, kiosk, box] = [new Person("Ada"), new Person("Ben"), new Person("Kiosk"), new FestivalBox()];
  const barn = lend(ben, "Barn", { answerer: keyOf(kiosk) });
  const soup = ada.event("Soup", WHEN);
  const request = ask(ada, soup, barn);
  await box.hear([barn, soup, request]);
  assert.deepEqual(
    [box.programme.requests({ owner: keyOf(kiosk) }).length, box.programme.requests({ owner: keyOf(ben) }).length],
    [1, 0],
  );
  await box.hear([answer(ben, request, barn)]);
  assert.equal(box.programme.requests({ author: keyOf(ada) })[0]?.state.state, "open");
  await box.hear([answer(kiosk, request, barn)]);
  assert.equal(box.programme.requests({ author: keyOf(ada) })[0]?.state.state, "confirmed");
});

test("B10: a venue that is withdrawn takes no event with it: the event lost its place", async () => {
  const { ben, barn, soup, requests, all, ada } = soupInTheBarn();
  const box = new FestivalBox();
  await box.hear([...all, ada.change(soup, { venues: [docOf(barn)] }), answer(ben, requests[0], barn)]);
  assert.deepEqual(box.programme.events()[0]?.places, [{ doc: docOf(barn), name: "Barn", state: "confirmed" }]);
  await box.hear([ben.write({ a: "delete", s: "resource/1", d: docOf(barn) })]);
  const [event] = box.programme.events();
  assert.deepEqual([event?.title, event?.places], ["Soup", [{ doc: docOf(barn), state: "lost" }]]);
  assert.deepEqual(event?.confirmed, { asked: 2, accepted: 0, percent: 0 });
});

test("a venue that has not reached us yet is awaited; nobody but its maker can withdraw it", async () => {
  const { ada, ben, cleo, barn, soup, all } = soupInTheBarn();
  const box = new FestivalBox();
  const claim = ada.change(soup, { venues: [docOf(barn)] });
  const forged = cleo.write({ a: "delete", s: "resource/1", d: docOf(barn) });
  await box.hear([...all.filter((entry) => entry !== barn), claim, forged]);
  assert.deepEqual(box.programme.events()[0]?.places, [{ doc: docOf(barn), state: "awaited" }]);
  await box.hear([barn]);
  assert.equal(box.programme.events()[0]?.places[0]?.name, "Barn");
  await box.hear([ben.write({ a: "delete", s: "resource/1", d: docOf(barn) })]);
  assert.equal(box.programme.events()[0]?.places[0]?.state, "lost");
});

test("an event that was granted a venue is there, though it does not name it", async () => {
  const { ben, barn, requests, all } = soupInTheBarn();
  const box = new FestivalBox();
  await box.hear([...all, answer(ben, requests[0], barn)]);
  assert.deepEqual(
    box.programme.events({ venue: "Barn" }).map(({ title }) => title),
    ["Soup"],
  );
  assert.deepEqual(
    box.door("Barn", START).now.map(({ title }) => title),
    ["Soup"],
  );
});

test("nobody puts somebody else's event into a venue by asking for it", async () => {
  const { ben, cleo, barn, soup, projector, all } = soupInTheBarn();
  const box = new FestivalBox();
  const forHer = ask(cleo, soup, barn);
  await box.hear([...all.slice(0, 3), forHer, answer(ben, forHer, barn)]);
  const [request] = box.programme.requests({ event: docOf(soup) });
  assert.deepEqual([request?.suggestion, request?.state.state], [true, "confirmed"]);
  assert.deepEqual([box.programme.events({ venue: "Barn" }), box.door("Barn", START).now], [[], []]);
  assert.equal(box.programme.confirmed(docOf(soup))?.suggestions.length, 1);
  assert.equal(box.programme.requests({ resource: docOf(projector) }).length, 0);
});

test("a door that shows what is confirmed leaves out what strangers only claim", async () => {
  const { ada, ben, cleo, barn, requests, soup, all } = soupInTheBarn();
  const box = new FestivalBox();
  const claim = (who: Person, title: string) => who.event(title, { ...WHEN, venues: [docOf(barn)] });
  await box.hear([...all, claim(ben, "Owner's party"), claim(cleo, "Film")]);
  const titles = (near?: (key: string) => boolean) =>
    box.programme
      .door("Barn", START, { show: "confirmed", ...(near && { near }) })
      .now.map(({ title }) => title)
      .sort();
  assert.deepEqual(titles(), ["Owner's party"]);
  assert.deepEqual(
    titles((key) => key === keyOf(cleo)),
    ["Film", "Owner's party"],
  );
  await box.hear([answer(ben, requests[0], barn), ada.change(soup, { venues: [docOf(barn)] })]);
  assert.deepEqual(titles(), ["Owner's party", "Soup"]);
  assert.equal(box.door("Barn", START).now.length, 3);
});

test("a flood of claims does not push what is confirmed off the screen", async () => {
  const [mallory, ben, box] = [new Person("Mallory"), new Person("Ben"), new FestivalBox()];
  const barn = lend(ben, "Barn");
  const claims = Array.from({ length: 150 }, () => mallory.event("Spam", { ...WHEN, venues: [docOf(barn)] }));
  await box.hear([barn, ...claims, ben.event("Soup", { ...WHEN, venues: [docOf(barn)] })]);
  const { now } = box.programme.door("Barn", START, { show: "confirmed" });
  assert.deepEqual(
    now.map(({ title }) => title),
    ["Soup"],
  );
});

test("an answer is half heard until the event is here, and dead once that is cancelled", async () => {
  const { ada, ben, barn, requests, soup, all } = soupInTheBarn();
  const box = new FestivalBox();
  await box.hear([...all.filter((entry) => entry !== soup), answer(ben, requests[0], barn)]);
  const state = () => box.programme.requests({ resource: docOf(barn) })[0]?.state.state;
  assert.equal(state(), "half heard");
  await box.hear([soup]);
  assert.equal(state(), "confirmed");
  await box.hear([ada.change(soup, { status: "cancelled" })]);
  assert.equal(state(), "dead");
});

test("who comes second waits, and is told the place in the row", async () => {
  const { ada, ben, barn, requests, all } = soupInTheBarn();
  const box = new FestivalBox();
  const bread = ada.event("Bread", WHEN);
  const second = ask(ada, bread, barn);
  await box.hear([...all, bread, second, answer(ben, requests[0], barn), answer(ben, second, barn)]);
  assert.equal(box.programme.requests({ event: docOf(bread) })[0]?.state.state, "open");
  await box.hear([ben.write(waitBody(second, barn))]);
  assert.deepEqual(box.programme.requests({ event: docOf(bread) })[0]?.state, { state: "waiting", position: 1 });
});

function waitBody(request: NewEntry, resource: NewEntry) {
  const [subject, version] = [docOf(request), docOf(request)];
  const f = { subject, resource: docOf(resource), version, verdict: "wait", policy: "manual" } as const;
  return { a: "set", s: "answer/1", k: subject, f } as const;
}

test("a forked log of the answerer is marked, and one branch counts for everybody", async () => {
  const { ada, ben, barn, requests, all } = soupInTheBarn();
  const bread = ada.event("Bread", WHEN);
  const second = ask(ada, bread, barn);
  const branches = [answer(ben, requests[0], barn), ben.write(waitBody(second, barn), { after: barn })];
  const boxes = [new FestivalBox(), new FestivalBox()] as const;
  for (const [index, box] of boxes.entries()) {
    await box.hear([...all, bread, second]);
    for (const branch of index === 0 ? branches : branches.toReversed()) await box.hear([branch]);
    assert.equal(box.programme.occupancy(docOf(barn))?.contradictory, true);
  }
  assert.deepEqual(boxes[0].tables(), boxes[1].tables());
});

test("the links of a resource say who asked for what, with the state", async () => {
  const { ada, ben, barn, soup, requests, all } = soupInTheBarn();
  const box = new FestivalBox();
  await box.hear([...all, answer(ben, requests[0], barn)]);
  const edge = { user: keyOf(ada), resource: docOf(barn), event: docOf(soup), request: docOf(requests[0]) };
  assert.deepEqual(box.programme.edges(docOf(barn)), [{ ...edge, span: HOLD, state: "confirmed" }]);
  assert.equal(box.programme.edges(docOf(soup)).length, 2);
  assert.equal(box.programme.edges(keyOf(ada)).length, 2);
});

test("seats are the host's to give", async () => {
  const [ada, ben, box] = [new Person("Ada"), new Person("Ben"), new FestivalBox()];
  const soup = ada.event("Soup", { ...WHEN, capacity: 1, join: "answer" });
  const seat = (guest: Person, host: Person) => {
    const subject = `${docOf(soup)}:${keyOf(guest)}`;
    const f = { subject, resource: docOf(soup), version: docOf(soup), verdict: "accept", hold: HOLD, of: 1 } as const;
    return host.write({ a: "set", s: "answer/1", k: subject, f: { ...f, policy: "auto" } });
  };
  await box.hear([soup, seat(ben, ada), seat(ada, ben)]);
  const outcomes = [...(box.programme.seats(docOf(soup))?.outcomes ?? [])];
  assert.deepEqual(
    outcomes.map(([subject, { state }]) => [subject, state]),
    [[`${docOf(soup)}:${keyOf(ben)}`, "held"]],
  );
});
