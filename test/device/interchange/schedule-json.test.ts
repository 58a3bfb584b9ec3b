// Schedule JSON: version 1 (days with rooms) and version 2 (the congress hub's flat list).
import assert from "node:assert/strict";
import { test } from "node:test";
import { needsShared } from "../../support/shared-data.ts";
import { eventOf, exact, fileError, fixture, read, readShared, span, whys } from "./reading.ts";

const OWLS = "bbbbbbbb-0000-4000-8000-000000000041";
const HUB = "cccccccc-0000-4000-8000-00000000000";

function schedule(conference: object, events: object[]): string {
  const days = [{ index: 1, date: "2025-06-20", rooms: { Nest: events } }];
  return JSON.stringify({ schedule: { conference: { title: "Reisig", days, ...conference } } });
}

test("version 1: an event has its words, its people and its links, and markdown stays as it is", () => {
  const { when: _when, ...event } = eventOf(read(fixture("schedule-v1.json")), OWLS);
  assert.deepEqual(event, {
    uid: OWLS,
    title: "Owls of the wood",
    text: "# Heading\n\nMarkdown *stays* as it is.",
    status: "planned",
    kind: "talk",
    tags: ["Birds"],
    hosts: [{ name: "Uta Uhu" }],
    links: [
      { url: "https://reisig.example/owls", title: "Owls" },
      { url: "https://reisig.example/more" },
      { url: "https://reisig.example/files/owls.pdf", title: "Slides", rel: "slides" },
    ],
    lang: "de",
    venue: "22222222-2222-4222-8222-222222222222",
    record: "yes",
  });
});

test("version 1: a room is a venue by its guid, and by its name where rooms share a guid (M-85)", () => {
  assert.deepEqual(read(fixture("schedule-v1.json")).venues, [
    { key: "22222222-2222-4222-8222-222222222222", name: "Nest", capacity: 12 },
    { key: "Hay", name: "Hay" },
    { key: "Straw", name: "Straw" },
    { key: "__proto__", name: "__proto__" },
  ]);
});

test("a capacity that no venue can have is left out", () => {
  for (const capacity of [-1, 0, 1.5, 1_000_001, "12"]) {
    const file = read(schedule({ rooms: [{ name: "Nest", capacity }] }, []));
    assert.deepEqual(file.venues, [{ key: "Nest", name: "Nest" }], `capacity ${capacity}`);
  }
});

test("version 1: what is no event is skipped, and its neighbours stay", () => {
  const file = read(fixture("schedule-v1.json"));
  assert.equal(file.events.length, 3);
  assert.deepEqual(file.skipped, [
    { where: 'room "Nest"', why: "an entry is not an object" },
    { where: "event 42", why: "has no title" },
  ]);
});

test("written offsets win over a zone that fits none of them (M-80)", () => {
  const file = read(fixture("schedule-v1.json"));
  assert.equal(file.timezone, "Europe/Berlin");
  assert.equal(span(eventOf(file, OWLS)), "2025-06-20T20:00Z/2025-06-20T22:30Z");
  assert.equal(exact(eventOf(file, OWLS)).wall, "2025-06-20T22:00");
  assert.deepEqual(whys(file.repaired, "time zone"), [
    "4 times are written with another offset than UTC has; their instants were kept, and Europe/Berlin was taken for the zone",
  ]);
});

test("a single time with another offset leaves the zone of the file as it is", () => {
  const at = (id: number, date: string) => ({ id, date, title: "Soup" });
  const events = [at(1, "2025-06-20T10:00:00+02:00"), at(2, "2025-06-20T10:00:00+03:00")];
  const file = read(schedule({ time_zone_name: "Europe/Berlin" }, events));
  assert.equal(file.timezone, "Europe/Berlin");
  assert.equal(exact(eventOf(file, "2")).wall, undefined);
  assert.equal(span(eventOf(file, "2")), "2025-06-20T07:00Z");
});

test("version 1: a text in several languages is read in the language of the event", () => {
  assert.equal(eventOf(read(fixture("schedule-v1.json")), "43").title, "Hay");
});

test("version 2: rooms and tracks are found by guid and slug, people have roles", () => {
  const { when: _when, ...event } = eventOf(read(fixture("schedule-v2.json")), `${HUB}1`);
  assert.deepEqual(event, {
    uid: `${HUB}1`,
    title: "Harz",
    summary: "Sticky.",
    text: "Nur auf Deutsch.",
    status: "planned",
    kind: "lightning talk",
    tags: ["Holz & Harz"],
    hosts: [{ name: "Kim Kiefer", role: "moderator" }, { name: "Fee Fichte" }],
    links: [
      { url: "https://kien.example/harz", rel: "web" },
      { url: "https://pretalx.example/kien01", title: "Pretalx", rel: "origin" },
    ],
    lang: "en",
    venue: "44444444-4444-4444-8444-444444444444",
    record: "no",
  });
});

test("version 2: an event after midnight ends on the next day, and the festival day begins at 06:00 (M-38)", () => {
  const file = read(fixture("schedule-v2.json"));
  assert.equal(span(eventOf(file, `${HUB}1`)), "2025-12-27T22:00Z/2025-12-27T23:30Z");
  assert.equal(file.dayStart, 360);
});

test("version 2: a cancelled event stays and says so, a rejected one is skipped", () => {
  const file = read(fixture("schedule-v2.json"));
  assert.equal(eventOf(file, `${HUB}2`).status, "cancelled");
  assert.deepEqual(file.skipped, [{ where: `event ${HUB}3`, why: 'its state is "REJECTED"' }]);
});

test("an end an hour before its start is no night, so the end is open (M-81)", () => {
  const file = read(fixture("schedule-v2.json"));
  assert.equal(exact(eventOf(file, `${HUB}2`)).endOpen, true);
  assert.deepEqual(whys(file.repaired, `event ${HUB}2`), ["ends before it starts; the end was left open"]);
});

test("an end that is earlier on the same day means the next day, up to 18 hours (M-81)", () => {
  const until = (end: string) => {
    const event = { id: 1, date: "2025-06-20T20:00:00+02:00", end: `2025-06-20T${end}:00+02:00`, title: "Night" };
    return span(eventOf(read(schedule({}, [event])), "1"));
  };
  assert.equal(until("02:00"), "2025-06-20T18:00Z/2025-06-21T00:00Z");
  assert.equal(until("14:00"), "2025-06-20T18:00Z/2025-06-21T12:00Z");
  assert.equal(until("14:01"), "2025-06-20T18:00Z");
  assert.equal(until("20:00"), "2025-06-20T18:00Z");
});

test("a time that the clocks skip moves past the gap, of a doubled time the first counts (M-37)", () => {
  const at = (start: string) => {
    const file = read(schedule({ time_zone_name: "Europe/Berlin" }, [{ id: 1, date: start, title: "Owl" }]));
    return span(eventOf(file, "1"));
  };
  assert.equal(at("2025-03-30T02:30:00"), "2025-03-30T01:30Z");
  assert.equal(at("2025-10-26T02:30:00"), "2025-10-26T00:30Z");
});

test("truncated JSON is refused and names the line where it ends", () => {
  const bytes = fixture("schedule-v1.json").subarray(0, 1000);
  const line = bytes.toString("utf8").split("\n").length;
  assert.throws(() => read(bytes), fileError("E_FILE_BROKEN", new RegExp(`line ${line} is broken`)));
});

test("JSON that is no schedule is not a programme", () => {
  for (const text of ["{}", "[]", '{"schedule":{}}', '{"schedule":{"conference":{"days":{}}}}']) {
    assert.throws(() => read(text), fileError("E_FILE_FORMAT", /has no "schedule" with events/), text);
  }
});

test("Camp 2019 is read whole: 79 events, one over midnight", needsShared("data/schedules"), () => {
  const file = readShared("voc-frab-camp2019.json");
  assert.deepEqual([file.events.length, file.venues.length, file.skipped.length], [79, 2, 0]);
  assert.equal(file.timezone, "Europe/Berlin");
  const overMidnight = file.events.filter((event) => {
    const { start, end = start } = exact(event);
    const localDay = (seconds: number) => Math.floor((seconds + 2 * 3600) / 86_400);
    return localDay(end - 1) > localDay(start);
  });
  assert.equal(overMidnight.length, 1);
});

test("DemoCon says UTC and writes +01:00: 36 events at the written hour", needsShared("data/schedules"), () => {
  const file = readShared("voc-pretalx-democon.json");
  assert.deepEqual([file.events.length, file.skipped.length, file.timezone], [36, 0, "Europe/Berlin"]);
  const event = eventOf(file, "8079583e-8321-506c-95af-fd2903a5f075");
  assert.equal(span(event), "2020-12-14T08:00Z/2020-12-14T08:30Z");
  assert.equal(exact(event).wall, "2020-12-14T09:00");
  assert.deepEqual(
    file.venues.map(({ key }) => key),
    ["Gray Room", "Tan Room"],
  );
});
