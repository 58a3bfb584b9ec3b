// What stands at a door: whose venues count, what moved, what is over, and where a festival day ends.
import assert from "node:assert/strict";
import { test } from "node:test";
import { doorScene } from "../../../device/display/door-scene.ts";
import { ENGLISH } from "../../../device/display/words.ts";
import type { Slot } from "../../../device/programme/slot.ts";
import { aDevice } from "../display/door.ts";
import { BERLIN, berlin, docOf, exactly, FestivalBox, Person } from "./festival-box.ts";

function titles(slots: readonly Slot[]): string[] {
  return slots.map(({ title }) => title);
}

test("two people who each made a venue with one name share its door", async () => {
  const [ada, ben, box] = [new Person("Ada"), new Person("Ben"), new FestivalBox()];
  const [hers, his] = [ada.venue("Barn"), ben.venue("Barn")];
  const soup = ada.event("Soup", { venues: [docOf(hers)], when: exactly(berlin("18:00"), berlin("19:00")) });
  const film = ben.event("Film", { venues: [docOf(his)], when: exactly(berlin("20:00"), berlin("22:00")) });
  const chess = ada.event("Chess", { place: { text: "Barn" }, when: exactly(berlin("22:00"), berlin("23:00")) });
  await box.hear([hers, his, soup, film, chess]);
  assert.deepEqual(box.programme.venues(), ["Barn"]);
  assert.equal(box.programme.venueDocuments("Barn").length, 2);
  const { now, next } = box.door("Barn", berlin("18:30"));
  assert.deepEqual([titles(now), titles(next)], [["Soup"], ["Film", "Chess"]]);
  assert.deepEqual(box.door("Attic", berlin("18:30")).now, []);
});

test("an event that moved stands at the door it left too, with where it went", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const [barn, lake] = [ada.venue("Barn"), ada.venue("Lakeside")];
  const soup = ada.event("Soup", { venues: [docOf(barn)], when: exactly(berlin("18:00"), berlin("19:00")) });
  const when = exactly(berlin("18:30"), berlin("20:00"));
  const moved = ada.change(soup, { venues: [docOf(lake)], when }, { at: berlin("12:00") });
  await box.hear([barn, lake, soup, moved]);
  const [left] = box.door("Barn", berlin("18:10")).now;
  assert.deepEqual([left?.movedTo, left?.start, left?.end], ["Lakeside", berlin("18:00"), berlin("19:00")]);
  assert.equal(left?.wasStart, undefined);
  const [arrived] = box.door("Lakeside", berlin("18:10")).next;
  assert.deepEqual(
    [arrived?.movedTo, arrived?.start, arrived?.wasStart],
    [undefined, berlin("18:30"), berlin("18:00")],
  );
});

test("a start that was changed days before is the plan, not news", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const soup = ada.event("Soup", { place: { text: "Barn" }, when: exactly(berlin("18:00"), berlin("19:00")) });
  const when = exactly(berlin("20:00"), berlin("21:00"));
  await box.hear([soup, ada.change(soup, { when }, { at: berlin("12:00", "2026-07-15") })]);
  assert.equal(box.door("Barn", berlin("12:00")).next[0]?.wasStart, undefined);
});

test("a venue that nobody knows is a question mark at the door the event left", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const soup = ada.event("Soup", { place: { text: "Barn" }, when: exactly(berlin("18:00"), berlin("19:00")) });
  await box.hear([soup, ada.change(soup, { venues: ["ab".repeat(32)] })]);
  assert.equal(box.door("Barn", berlin("18:10")).now[0]?.movedTo, "?");
});

test("what is cancelled stays until its planned end, behind what takes place", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const kites = ada.event("Kites", { place: { text: "Barn" }, when: exactly(berlin("18:00"), berlin("19:00")) });
  const soup = ada.event("Soup", { place: { text: "Barn" }, when: exactly(berlin("18:30"), berlin("20:00")) });
  await box.hear([kites, soup, ada.change(kites, { status: "cancelled" })]);
  const { now } = box.door("Barn", berlin("18:59"));
  assert.deepEqual([titles(now), now[1]?.status], [["Soup", "Kites"], "cancelled"]);
  assert.deepEqual(titles(box.door("Barn", berlin("19:00")).now), ["Soup"]);
});

test("what its author withdrew is gone at once", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const soup = ada.event("Soup", { place: { text: "Barn" }, when: exactly(berlin("18:00"), berlin("19:00")) });
  await box.hear([soup, ada.write({ a: "delete", s: "event/1", d: docOf(soup) })]);
  const { now, empty } = box.door("Barn", berlin("18:10"));
  assert.deepEqual([now, empty], [[], false]);
});

test("nobody else can change or withdraw an event", async () => {
  const [ada, ben, box] = [new Person("Ada"), new Person("Ben"), new FestivalBox()];
  const soup = ada.event("Soup", { place: { text: "Barn" }, when: exactly(berlin("18:00"), berlin("19:00")) });
  await box.hear([
    soup,
    ben.change(soup, { title: "Nothing" }),
    ben.write({ a: "delete", s: "event/1", d: docOf(soup) }),
  ]);
  assert.deepEqual(titles(box.door("Barn", berlin("18:10")).now), ["Soup"]);
});

test("an event without an end lasts an hour for sorting, and says that it is open", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  await box.hear([ada.event("Jam", { place: { text: "Barn" }, when: exactly(berlin("18:00")) })]);
  const [jam] = box.door("Barn", berlin("18:59")).now;
  assert.deepEqual([jam?.end, jam?.endOpen], [berlin("19:00"), true]);
  assert.deepEqual(box.door("Barn", berlin("19:00")).now, []);
});

test("an event whose time is words stands at no door", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  await box.hear([ada.event("Fire", { place: { text: "Barn" }, when: { m: "words", text: "when it is dark" } })]);
  const { now, next, tomorrow, empty } = box.door("Barn", berlin("18:00"));
  assert.deepEqual([now, next, tomorrow, empty], [[], [], undefined, false]);
});

test("a festival of which nothing is known is empty", () => {
  assert.deepEqual(new FestivalBox().door("Barn", berlin("18:00")), {
    venue: "Barn",
    timezone: BERLIN,
    now: [],
    next: [],
    empty: true,
  });
});

test("presses at the door and answers of people are counted apart", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const people = ["Ben", "Cleo", "Dora"].map((name) => new Person(name));
  const soup = ada.event("Soup", { place: { text: "Barn" }, when: exactly(berlin("18:00"), berlin("19:00")) });
  const k = docOf(soup);
  const says = (going: "yes" | "no", door?: number) =>
    ({ a: "set", s: "rsvp/1", k, f: { going, ...(door !== undefined && { door }) } }) as const;
  await box.hear([
    soup,
    ...people.map((person) => person.write(says("yes"))),
    ...people.slice(0, 1).map((person) => person.write(says("no"))),
    new Person("Box").write(says("yes", 7)),
    new Person("Other box").write(says("yes", 2)),
  ]);
  assert.deepEqual(box.door("Barn", berlin("18:10")).now[0]?.going, { door: 9, people: 2 });
});

test("a zone that this machine does not know never reaches the screen", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  for (const tz of ["Mars/Olympus", "Mars/Olympus", "+2500", "-"]) {
    await box.hear([
      ada.event("Soup", { place: { text: "Barn" }, when: exactly(berlin("18:00"), berlin("19:00"), tz) }),
    ]);
  }
  const programme = box.door("Barn", berlin("18:10"));
  assert.deepEqual([programme.now.length, programme.timezone], [4, BERLIN]);
  assert.equal(doorScene(programme, aDevice({ now: berlin("18:10") }), ENGLISH).header.clock, "18:10");
});

test("a door prints times in the zone that most of its events name", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const when = (tz: string) => ({ place: { text: "Barn" }, when: exactly(berlin("18:00"), berlin("19:00"), tz) });
  await box.hear([
    ada.event("A", when("America/New_York")),
    ada.event("B", when("Asia/Tokyo")),
    ada.event("C", when("Asia/Tokyo")),
  ]);
  const programme = box.door("Barn", berlin("18:10"));
  assert.equal(programme.timezone, "Asia/Tokyo");
  assert.equal(doorScene(programme, aDevice({ now: berlin("18:10") }), ENGLISH).header.clock, "01:10");
});
