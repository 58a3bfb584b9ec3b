// Looking around: lists and filters, one document by its id, who somebody is, how many come, and what ages.
import assert from "node:assert/strict";
import { test } from "node:test";
import { toHex } from "../../../protocol/operation/bytes.ts";
import { berlin, docOf, exactly, FestivalBox, Person } from "./festival-box.ts";

const START = berlin("18:00");
const END = berlin("19:00");
const WHEN = { when: exactly(START, END) };

function keyOf(person: Person): string {
  return toHex(person.verifyingKey);
}

function titles(box: FestivalBox, filter: Parameters<FestivalBox["programme"]["events"]>[0]): string[] {
  return box.programme.events(filter).map(({ title }) => title);
}

test("vague times stand in their part of the day, and sometime is last", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const part = (day: string, name: "evening" | "late") =>
    ({ m: "part", day, part: name, tz: "Europe/Berlin" }) as const;
  await box.hear([
    ada.event("Soup"),
    ada.event("Fire", { when: { m: "words", text: "when it is dark" } }),
    ada.event("Dance", { when: part("2026-07-17", "late") }),
    ada.event("Songs", { when: part("2026-07-17", "evening") }),
    ada.event("Film", { when: exactly(berlin("20:00")) }),
    ada.event("Chess", WHEN),
    ada.event("Picnic", { when: { m: "words", text: "after lunch", near: "2026-07-17" } }),
    ada.event("Exhibition", { when: { m: "days", from: "2026-07-16", to: "2026-07-19", tz: "Europe/Berlin" } }),
  ]);
  const inOrder = ["Exhibition", "Picnic", "Chess", "Songs", "Film", "Dance", "Fire", "Soup"];
  assert.deepEqual(titles(box, {}), inOrder);
  assert.deepEqual(titles(box, { day: "2026-07-17" }), inOrder.slice(0, 6));
  assert.deepEqual(titles(box, { now: berlin("18:30") }), ["Chess"]);
  assert.deepEqual(titles(box, { window: { from: END, to: berlin("19:30") } }), ["Exhibition", "Picnic", "Songs"]);
});

test("B4: frames never refuse a date", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const f = {
    title: "Summer",
    start: berlin("00:00", "2026-07-17"),
    end: berlin("00:00", "2026-07-19"),
    dayStart: 240,
  };
  const frame = ada.write({ a: "create", s: "frame/1", f: { ...f, tz: "Europe/Berlin" } });
  const frames = [docOf(frame)];
  const on = (day: string) => ada.event(`On ${day}`, { frames, when: exactly(berlin("20:00", day)) });
  await box.hear([frame, on("2026-07-19"), on("2026-07-10"), on("2027-07-10")]);
  assert.deepEqual(titles(box, { frame: docOf(frame) }), ["On 2026-07-10", "On 2026-07-19", "On 2027-07-10"]);
  assert.deepEqual(titles(box, { frame: docOf(frame), day: "2026-07-19" }), ["On 2026-07-19"]);
});

test("B5: who moves the dates of a festival shifts no slot and no booking in it", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const dates = (day: string) => ({ start: berlin("00:00", day), end: berlin("00:00", "2026-07-30") });
  const frame = ada.write({
    a: "create",
    s: "frame/1",
    f: { title: "Summer", ...dates("2026-07-17"), tz: "Europe/Berlin" },
  });
  const barn = ada.write({ a: "create", s: "resource/1", f: { kind: "venue", title: "Barn", slotMinutes: 50 } });
  const soup = ada.event("Soup", { ...WHEN, frames: [docOf(frame)] });
  const hold = { start: START, end: END };
  const request = ada.write({
    a: "create",
    s: "request/1",
    f: { event: docOf(soup), resource: docOf(barn), ...hold },
  });
  const k = docOf(request);
  const answer = {
    subject: k,
    resource: docOf(barn),
    version: k,
    verdict: "accept",
    hold,
    of: 1,
    policy: "manual",
  } as const;
  await box.hear([frame, barn, soup, request, ada.write({ a: "set", s: "answer/1", k, f: answer })]);
  const seen = () => [
    box.programme.events({}).map(({ title, confirmed }) => [title, confirmed]),
    box.programme.occupancy(docOf(barn))?.outcomes.get(k),
    box.programme.door("Barn", START).now.map(({ title, start }) => [title, start]),
  ];
  const before = seen();
  await box.hear([ada.write({ a: "update", s: "frame/1", d: docOf(frame), f: dates("2026-07-10") })]);
  assert.deepEqual(seen(), before);
  assert.equal(box.programme.door("Barn", START).now.length, 1);
});

test("B11: counts name whose view they are: two boxes that heard different parts count differently", async () => {
  const [ada, ben] = [new Person("Ada"), new Person("Ben")];
  const soup = ada.event("Soup", WHEN);
  const yes = (who: Person) => who.write({ a: "set", s: "rsvp/1", k: docOf(soup), f: { going: "yes", n: 2 } });
  const answers = [yes(ada), yes(ben)];
  const boxes = [new FestivalBox(), new FestivalBox()] as const;
  await boxes[0].hear([soup, ...answers]);
  await boxes[1].hear([soup, ...answers.slice(0, 1)]);
  const counts = boxes.map(({ programme }) => programme.going(docOf(soup)));
  assert.deepEqual(counts, [
    { identities: 2, people: 4, door: 0 },
    { identities: 1, people: 2, door: 0 },
  ]);
});

test("keys that name each other are one guest", async () => {
  const [phone, laptop, ben, box] = [new Person("Phone"), new Person("Laptop"), new Person("Ben"), new FestivalBox()];
  const soup = ben.event("Soup", WHEN);
  const link = (from: Person, to: Person) =>
    from.write({ a: "set", s: "keylink/1", k: keyOf(to), f: { other: keyOf(to), may: [] } });
  const yes = (who: Person) => who.write({ a: "set", s: "rsvp/1", k: docOf(soup), f: { going: "yes" } });
  await box.hear([soup, yes(phone), yes(laptop), link(phone, laptop)]);
  assert.equal(box.programme.going(docOf(soup)).identities, 2);
  await box.hear([link(laptop, phone)]);
  assert.equal(box.programme.going(docOf(soup)).identities, 1);
});

test("events are found by kind, tag, host, words, status, author and pick", async () => {
  const [ada, ben, box] = [new Person("Ada"), new Person("Ben"), new FestivalBox()];
  const soup = ada.event("Große Suppe", { ...WHEN, kind: "Meal", tags: ["Fire", "late"] });
  const talk = ben.event("Talk", { ...WHEN, hosts: [{ key: keyOf(ada) }, { name: "Mo" }], status: "idea" });
  const pick = ben.write({ a: "create", s: "pick/1", f: { title: "Best", items: [docOf(talk), "00".repeat(32)] } });
  await box.hear([soup, talk, pick]);
  assert.deepEqual(titles(box, { kind: "meal", tag: "fire" }), ["Große Suppe"]);
  assert.deepEqual(titles(box, { words: "SUPPE groß" }), ["Große Suppe"]);
  assert.deepEqual(titles(box, { words: "100%" }), []);
  assert.deepEqual([titles(box, { host: keyOf(ada) }), titles(box, { host: "mo" })], [["Talk"], ["Talk"]]);
  assert.deepEqual([titles(box, { status: "idea" }), titles(box, { author: keyOf(ben) })], [["Talk"], ["Talk"]]);
  assert.deepEqual([titles(box, { pick: docOf(pick) }), titles(box, { pick: docOf(soup) })], [["Talk"], []]);
  assert.deepEqual(titles(box, { limit: 1 }), ["Große Suppe"]);
  assert.deepEqual(titles(box, { limit: 1, hidden: (_, author) => author === keyOf(ada) }), ["Talk"]);
});

test("a document is found by any unique beginning of its id", async () => {
  const [ada, ben, box] = [new Person("Ada"), new Person("Ben"), new FestivalBox()];
  const soup = ada.event("Soup");
  const wrong = ada.event("x".repeat(201));
  const missing = ben.event("Later");
  const id = docOf(soup);
  await box.hear([soup, wrong, ben.change(missing, { title: "Still later" })].map((entry) => entry));
  const { programme } = box;
  const found = programme.document(id.slice(0, 6));
  assert.equal(found.status === "shown" && found.document.doc, id);
  assert.equal(programme.document(id.slice(0, 3)).status, "unknown");
  assert.equal(programme.document("zz zz").status, "unknown");
  assert.equal(programme.document("00".repeat(32)).status, "unknown");
  assert.equal(programme.document(docOf(wrong)).status, "invalid");
  assert.equal(programme.document(docOf(missing)).status, "awaited");
  await box.hear([ada.write({ a: "delete", s: "event/1", d: id })]);
  assert.deepEqual(programme.document(id), { status: "withdrawn", doc: id, author: keyOf(ada) });
});

test("documents come in the order in which they arrived, and the ones hidden here are left out", async () => {
  const [ada, ben, box] = [new Person("Ada"), new Person("Ben"), new FestivalBox()];
  const notes = [ben, ada].map((who) =>
    who.write({ a: "create", s: "note/1", f: { text: `by ${keyOf(who).slice(0, 4)}` } }),
  );
  await box.hear(notes);
  const docs = (choice = {}) => box.programme.documents("note/1", choice).map(({ doc }) => doc);
  assert.deepEqual(docs(), notes.map(docOf));
  assert.deepEqual(docs({ hidden: (_: string, author: string) => author === keyOf(ben) }), [docOf(notes[1] as never)]);
});

test("a role comes with the act and goes with it", async () => {
  const [ada, ben, box] = [new Person("Ada"), new Person("Ben"), new FestivalBox()];
  const soup = ada.event("Soup", { ...WHEN, hosts: [{ key: keyOf(ben) }] });
  const barn = ada.venue("Barn");
  await box.hear([
    soup,
    barn,
    ada.write({ a: "set", s: "profile/1", k: "", f: { name: "Ada", is: "person" } }),
    ben.write({ a: "set", s: "rsvp/1", k: docOf(soup), f: { going: "yes" } }),
  ]);
  const { programme } = box;
  const roles = { hosts: 1, performs: 0, lends: 1, comes: 0 };
  assert.deepEqual(programme.person(keyOf(ada)), { key: keyOf(ada), name: "Ada", is: "person", roles });
  assert.deepEqual(programme.person(keyOf(ben)).roles, { hosts: 0, performs: 1, lends: 0, comes: 1 });
  assert.deepEqual([programme.arrived(keyOf(ada)), programme.arrived(keyOf(ben))], [3, 4]);
  await box.hear([ada.write({ a: "delete", s: "event/1", d: docOf(soup) })]);
  assert.equal(programme.person(keyOf(ada)).roles.hosts, 0);
  assert.equal(programme.person(keyOf(ben)).roles.performs, 0);
});

test("what people said about an event goes a week and a day after it, and not before", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const soup = ada.event("Soup", WHEN);
  const yes = ada.write({ a: "set", s: "rsvp/1", k: docOf(soup), f: { going: "yes" } });
  await box.hear([soup, yes]);
  const expired = (now: number) => [...box.programme.expired(now)].flat().map(toHex);
  const gone = END + 8 * 86_400;
  assert.deepEqual([expired(gone - 1), expired(gone)], [[], [docOf(yes)]]);
  box.database.prepare("UPDATE operation SET body = NULL, state = 2 WHERE id = ?").run(yes.id);
  const found = [...box.programme.expired(gone)].flat();
  assert.equal(found.length, 1, "a power cut between the drop and the tables is not noticed");
  box.drop(found);
  assert.deepEqual([expired(gone), box.programme.going(docOf(soup)).identities], [[], 0]);
});

test("who asks to be forgotten is: what they made is withdrawn, but what was promised still holds", async () => {
  const [ada, ben, box] = [new Person("Ada"), new Person("Ben"), new FestivalBox()];
  const barn = ben.venue("Barn");
  const attic = ada.venue("Attic");
  const soup = ada.event("Soup", WHEN);
  const request = ada.write({
    a: "create",
    s: "request/1",
    f: { event: docOf(soup), resource: docOf(barn), start: START, end: END },
  });
  const subject = docOf(request);
  const given = { subject, resource: docOf(barn), version: subject, policy: "manual" } as const;
  const accept = ben.write({
    a: "set",
    s: "answer/1",
    k: subject,
    f: { ...given, verdict: "accept", hold: { start: START, end: END }, of: 1 },
  });
  const party = ben.event("Party", WHEN);
  const forget = ben.write({ a: "set", s: "forget/1", k: "", f: { upTo: party.seqNum } });
  const later = ben.change(party, { title: "Party again" });
  await box.hear([barn, attic, soup, request, accept, party, forget, later]);
  const { programme } = box;
  assert.deepEqual(titles(box, {}), ["Soup"]);
  assert.equal(programme.document(docOf(party)).status, "withdrawn");
  assert.deepEqual(programme.venues(), ["Attic"]);
  const before = [...programme.expired(START)].flat().map(toHex);
  assert.ok(before.includes(docOf(barn)) && before.includes(docOf(party)));
  assert.ok(!before.includes(docOf(accept)) && !before.includes(docOf(forget)));
  box.drop([...programme.expired(START)].flat());
  const tables = box.tables();
  programme.rebuild();
  assert.deepEqual(box.tables(), tables);
  assert.equal(programme.document(docOf(party)).status, "withdrawn");
});
