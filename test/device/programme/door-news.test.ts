// What changes at doors while a festival runs: full rooms and where to go instead, what moved here, what organisers say,
// and what belongs to no door.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DoorPolicy } from "../../../device/programme/door-policy.ts";
import { fullKey } from "../../../device/programme/full-query.ts";
import type { Seconds } from "../../../protocol/festival/when.ts";
import { toHex } from "../../../protocol/operation/bytes.ts";
import type { NewEntry } from "../../../sync/ports.ts";
import { berlin, docOf, exactly, FestivalBox, Person } from "./festival-box.ts";

const SIX = berlin("18:00");
const SEVEN = berlin("19:00");
const DURING = berlin("18:10");

function says(box: Person, event: NewEntry, full: boolean, at: Seconds = SIX, start: Seconds = SIX): NewEntry {
  const k = fullKey(docOf(event), start);
  return box.write({ a: "set", s: "rsvp/1", k, f: { going: "no", door: 0, full } }, { at });
}

function announces(person: Person, text: string, more: object = {}, at: Seconds = berlin("17:00")): NewEntry {
  const f = { text, announce: "news" as const, expires: berlin("22:00"), ...more };
  return person.write({ a: "create", s: "note/1", f }, { at });
}

function trusting(...people: readonly Person[]): DoorPolicy {
  return { show: "confirmed", trusted: people.map(({ verifyingKey }) => toHex(verifyingKey)), nameOf: () => "Kitchen" };
}

test("a room is full from the word at its door until that is taken back", async () => {
  const [ada, door, box] = [new Person("Ada"), new Person("Door"), new FestivalBox()];
  const soup = ada.event("Soup", { place: { text: "Barn" }, when: exactly(SIX, SEVEN) });
  await box.hear([soup]);
  const full = () => box.door("Barn", DURING).now[0]?.full;
  assert.equal(full(), undefined);
  await box.hear([says(door, soup, true)]);
  assert.equal(full(), true);
  await box.hear([says(door, soup, false)]);
  assert.equal(full(), false);
});

test("a full room counts nobody in and nobody out", async () => {
  const [ada, door, box] = [new Person("Ada"), new Person("Door"), new FestivalBox()];
  const soup = ada.event("Soup", { place: { text: "Barn" }, when: exactly(SIX, SEVEN) });
  const counted = door.write({ a: "set", s: "rsvp/1", k: docOf(soup), f: { going: "yes", door: 7 } });
  await box.hear([soup, counted, says(door, soup, true)]);
  assert.deepEqual(box.door("Barn", DURING).now[0]?.going, { door: 7, people: 0 });
});

test("of two doors of one room, the one that says it last counts, whichever is heard first", async () => {
  const [ada, north, south] = [new Person("Ada"), new Person("North"), new Person("South")];
  const soup = ada.event("Soup", { place: { text: "Barn" }, when: exactly(SIX, SEVEN) });
  const words = [says(north, soup, true, berlin("18:02")), says(south, soup, false, berlin("18:05"))];
  for (const heard of [words, words.toReversed()]) {
    const box = new FestivalBox();
    await box.hear([soup, ...heard]);
    assert.equal(box.door("Barn", DURING).now[0]?.full, false);
  }
});

test("a room that was full is not known to be full once the event has another start", async () => {
  const [ada, door, box] = [new Person("Ada"), new Person("Door"), new FestivalBox()];
  const soup = ada.event("Soup", { place: { text: "Barn" }, when: exactly(SIX, SEVEN) });
  const later = ada.change(soup, { when: exactly(SEVEN, berlin("20:00")) }, { at: berlin("18:05") });
  await box.hear([soup, says(door, soup, true), later]);
  assert.equal(box.door("Barn", berlin("19:10")).now[0]?.full, undefined);
});

test("a stranger cannot say that a room is full, its host and boxes nearby can", async () => {
  const [ada, joker, nearby] = [new Person("Ada"), new Person("Joker"), new Person("Nearby")];
  const barn = ada.venue("Barn");
  const soup = ada.event("Soup", { venues: [docOf(barn)], when: exactly(SIX, SEVEN) });
  const near = (key: string) => key === toHex(nearby.verifyingKey);
  const fullFor = async (word: NewEntry) => {
    const box = new FestivalBox();
    await box.hear([barn, soup, word]);
    return box.programme.door("Barn", DURING, { show: "confirmed", near }).now[0]?.full;
  };
  assert.equal(await fullFor(says(joker, soup, true)), undefined);
  assert.equal(await fullFor(says(nearby, soup, true)), true);
  assert.equal(await fullFor(says(ada, soup, true)), true);
});

test("an event is full when its host gave away every seat", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const sauna = ada.event("Sauna", {
    place: { text: "Barn" },
    when: exactly(SIX, SEVEN),
    capacity: 2,
    join: "answer",
  });
  await box.hear([sauna]);
  const seat = (guest: Person) => {
    const subject = `${docOf(sauna)}:${toHex(guest.verifyingKey)}`;
    const hold = { start: SIX, end: SEVEN };
    const f = { subject, resource: docOf(sauna), version: "ab".repeat(32), verdict: "accept", hold, of: 2 } as const;
    return ada.write({ a: "set", s: "answer/1", k: subject, f: { ...f, policy: "manual" } });
  };
  await box.hear([seat(new Person("Ben"))]);
  assert.equal(box.door("Barn", DURING).now[0]?.full, false);
  await box.hear([seat(new Person("Cleo"))]);
  assert.equal(box.door("Barn", DURING).now[0]?.full, true);
});

test("whoever stands before a full room is sent only where somebody knows that people fit in", async () => {
  const [ada, door, box] = [new Person("Ada"), new Person("Door"), new FestivalBox()];
  const venues = ["Barn", "Attic", "Lake", "Sauna", "Tower"].map((name) => ada.venue(name));
  const at = (index: number, start: Seconds, end: Seconds) =>
    ada.event(`Something ${index}`, { venues: [docOf(venues[index] as NewEntry)], when: exactly(start, end) });
  const [barn, attic, lake, sauna, tower] = [
    at(0, SIX, SEVEN),
    at(1, SIX, SEVEN),
    at(2, berlin("18:30"), SEVEN),
    at(3, SIX, SEVEN),
    at(4, berlin("18:50"), SEVEN),
  ] as const;
  await box.hear([...venues, barn, attic, lake, sauna, tower]);
  await box.hear([
    says(door, barn, true),
    says(door, attic, false),
    says(door, lake, false, SIX, berlin("18:30")),
    says(door, tower, false, SIX, berlin("18:50")),
  ]);
  assert.deepEqual(box.door("Barn", DURING).space, ["Attic", "Lake"]);
  assert.equal(box.door("Attic", DURING).space, undefined);
});

test("the new door says where an event comes from as long as the old one says where it went", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const [barn, lake] = [ada.venue("Barn"), ada.venue("Lakeside")];
  const soup = ada.event("Soup", { venues: [docOf(barn)], when: exactly(SIX, SEVEN) });
  const moved = ada.change(
    soup,
    { venues: [docOf(lake)], when: exactly(SIX, berlin("20:00")) },
    { at: berlin("12:00") },
  );
  await box.hear([barn, lake, soup, moved]);
  assert.equal(box.door("Barn", berlin("18:59")).now[0]?.movedTo, "Lakeside");
  assert.equal(box.door("Lakeside", berlin("18:59")).now[0]?.movedFrom, "Barn");
  assert.deepEqual(box.door("Barn", SEVEN).now, []);
  assert.equal(box.door("Lakeside", SEVEN).now[0]?.movedFrom, undefined);
});

test("an event that moves to another day in its room is seen at its old time there until that is over", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const [barn, saturday] = [ada.venue("Barn"), berlin("18:00", "2026-07-18")];
  const soup = ada.event("Soup", { venues: [docOf(barn)], when: exactly(SIX, SEVEN) });
  const moved = ada.change(soup, { when: exactly(saturday, saturday + 3600) }, { at: berlin("12:00") });
  await box.hear([barn, soup, moved]);
  const seen = (at: Seconds) => box.door("Barn", at).now.map(({ title, start, newStart }) => [title, start, newStart]);
  assert.deepEqual(box.door("Barn", berlin("17:00")).next[0]?.newStart, saturday);
  assert.deepEqual(seen(DURING), [["Soup", SIX, saturday]]);
  assert.deepEqual(seen(SEVEN), []);
  assert.deepEqual(seen(saturday), [["Soup", saturday, undefined]]);
  assert.equal(box.door("Barn", saturday).now[0]?.wasStart, SIX);
  assert.equal(box.door("Barn", DURING).tomorrow?.start, saturday);
});

test("an event that moves within its day in its room stands there once", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const soup = ada.event("Soup", { place: { text: "Barn" }, when: exactly(SIX, SEVEN) });
  const moved = ada.change(soup, { when: exactly(SEVEN, berlin("20:00")) }, { at: berlin("12:00") });
  await box.hear([soup, moved]);
  const { now, next } = box.door("Barn", DURING);
  assert.deepEqual(now, []);
  assert.deepEqual(
    next.map(({ start, wasStart, newStart }) => [start, wasStart, newStart]),
    [[SEVEN, SIX, undefined]],
  );
});

test("a plan that was changed days before reached people as the plan itself", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const saturday = berlin("18:00", "2026-07-18");
  const soup = ada.event("Soup", { place: { text: "Barn" }, when: exactly(SIX, SEVEN) });
  const moved = ada.change(soup, { when: exactly(saturday, saturday + 3600) }, { at: berlin("12:00", "2026-07-10") });
  await box.hear([soup, moved]);
  assert.deepEqual(box.door("Barn", DURING).now, []);
});

test("an event that changes its room and its time was never in the new room at the old time", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const [barn, lake, saturday] = [ada.venue("Barn"), ada.venue("Lakeside"), berlin("18:00", "2026-07-18")];
  const soup = ada.event("Soup", { venues: [docOf(barn)], when: exactly(SIX, SEVEN) });
  const elsewhere = { venues: [docOf(lake)], when: exactly(saturday, saturday + 3600) };
  await box.hear([barn, lake, soup, ada.change(soup, elsewhere, { at: berlin("12:00") })]);
  const [left] = box.door("Barn", DURING).now;
  assert.deepEqual([left?.movedTo, left?.newStart], ["Lakeside", saturday]);
  assert.deepEqual(box.door("Lakeside", DURING).now, []);
});

test("what is off tomorrow is not what tomorrow begins with", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const tomorrow = (hour: string) => berlin(hour, "2026-07-18");
  const at = (title: string, hour: string, status: "planned" | "cancelled") =>
    ada.event(title, { place: { text: "Barn" }, when: exactly(tomorrow(hour), tomorrow(hour) + 3600), status });
  await box.hear([at("Yoga", "09:00", "cancelled"), at("Soup", "10:00", "planned")]);
  assert.equal(box.door("Barn", DURING).tomorrow?.title, "Soup");
});

test("what organisers announce stands at every door of theirs, the newest first, with name and expiry", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const first = announces(ada, "Water is off", { lang: "en" });
  const storm = announces(ada, "Storm", { announce: "emergency" }, berlin("17:30"));
  await box.hear([first, storm]);
  const { announcements } = box.programme.door("Barn", DURING, trusting(ada));
  assert.deepEqual(announcements, [
    { text: "Storm", author: "Kitchen", at: berlin("17:30"), expires: berlin("22:00"), urgency: "emergency" },
    {
      text: "Water is off",
      lang: "en",
      author: "Kitchen",
      at: berlin("17:00"),
      expires: berlin("22:00"),
      urgency: "news",
    },
  ]);
});

test("an emergency of a stranger takes over no screen, also if they made a venue of that name", async () => {
  const [ada, joker] = [new Person("Ada"), new Person("Joker")];
  const emergency = (person: Person) => announces(person, "Run", { announce: "emergency" });
  const shown = async (heard: readonly NewEntry[], policy: DoorPolicy) => {
    const box = new FestivalBox();
    for (const operation of heard) await box.hear([operation]);
    return (box.programme.door("Barn", DURING, policy).announcements ?? []).length;
  };
  assert.equal(await shown([emergency(joker)], { show: "everything" }), 0);
  assert.equal(await shown([ada.venue("Barn"), joker.venue("Barn"), emergency(joker)], { show: "everything" }), 0);
  const near = () => true;
  assert.equal(await shown([new Person("Ben").venue("Barn"), emergency(joker)], { show: "confirmed", near }), 0);
  const eve = new Person("Eve");
  assert.equal(await shown([eve.venue("Barn"), emergency(eve)], { show: "confirmed" }), 1);
});

test("what is said about one place stands at no other, and what somebody hid here stands nowhere", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const [barn, lake] = [ada.venue("Barn"), ada.venue("Lakeside")];
  const wet = announces(ada, "The floor is wet", { about: docOf(barn) });
  await box.hear([barn, lake, wet]);
  const count = (venue: string, policy: DoorPolicy) => box.programme.door(venue, DURING, policy).announcements?.length;
  assert.equal(count("Barn", trusting(ada)), 1);
  assert.equal(count("Lakeside", trusting(ada)), undefined);
  assert.equal(count("Barn", { ...trusting(ada), hidden: (doc) => doc === docOf(wet) }), undefined);
});

test("a note that never ends, or says nothing, interrupts nobody", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  await box.hear([
    ada.write({ a: "create", s: "note/1", f: { text: "For ever", announce: "news" } }),
    ada.write({ a: "create", s: "note/1", f: { announce: "news", expires: berlin("22:00") } }),
    ada.write({ a: "create", s: "note/1", f: { text: "Just a note", expires: berlin("22:00") } }),
  ]);
  assert.equal(box.programme.door("Barn", DURING, trusting(ada)).announcements, undefined);
});

test("what has no time or no place stands at each door: first what has a time today, then the rest by name", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const barn = ada.venue("Barn");
  await box.hear([
    barn,
    ada.event("Swimming", { place: { text: "At the lake" }, when: { m: "words", text: "when it is hot" } }),
    ada.event("Radio", {}),
    ada.event("Walk", { when: exactly(berlin("21:00"), berlin("22:00")) }),
    ada.event("Walk tomorrow", { when: exactly(berlin("21:00", "2026-07-18"), berlin("22:00", "2026-07-18")) }),
    ada.event("Soup", { venues: [docOf(barn)], when: exactly(SIX, SEVEN) }),
    ada.event("Never", { status: "cancelled" }),
  ]);
  const { unplaced } = box.door("Barn", DURING);
  assert.deepEqual(
    unplaced?.map(({ title, start, place }) => [title, start, place]),
    [
      ["Walk", berlin("21:00"), undefined],
      ["Radio", undefined, undefined],
      ["Swimming", undefined, "At the lake"],
    ],
  );
});

test("a screen of all venues has each by its name, and what is said to everybody once", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const [lake, barn] = [ada.venue("Lakeside"), ada.venue("Barn")];
  const soup = ada.event("Soup", { venues: [docOf(barn)], when: exactly(SIX, SEVEN) });
  await box.hear([lake, barn, soup, announces(ada, "Water is off")]);
  const doors = box.programme.doors(DURING, { ...trusting(ada), show: "everything" });
  assert.deepEqual(
    doors.map(({ venue, now, announcements }) => [venue, now.length, announcements?.length]),
    [
      ["Barn", 1, 1],
      ["Lakeside", 0, undefined],
    ],
  );
});
