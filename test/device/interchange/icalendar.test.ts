// iCalendar: zones, repetitions and what calendars out there do to both.
import assert from "node:assert/strict";
import { test } from "node:test";
import { needsShared } from "../../support/shared-data.ts";
import { eventOf, exact, fileError, fixture, read, readShared, span, starts, walls, whys } from "./reading.ts";

const at = (name: string) => `${name}@werkstatt.example`;
const GOOGLE = "@google.com";

function calendar(...lines: readonly string[]): string {
  const event = ["BEGIN:VEVENT", "UID:1", "SUMMARY:Soup", ...lines, "END:VEVENT"];
  return ["BEGIN:VCALENDAR", "VERSION:2.0", ...event, "END:VCALENDAR", ""].join("\r\n");
}

test("an event has its words, its people and its links, and alarms are not part of it", () => {
  const { when: _when, rid: _rid, ...event } = eventOf(read(fixture("hackerspace.ics")), at("weekly"));
  assert.deepEqual(event, {
    uid: at("weekly"),
    title: "Open evening",
    text: "All are welcome.\nWrite to […] or @crew@social.example.",
    status: "planned",
    tags: ["open", "tools"],
    hosts: [{ name: "The Crew", role: "organizer" }],
    links: [{ url: "https://werkstatt.example/open", rel: "web" }, { url: "https://werkstatt.example/plan.pdf" }],
    rrule: "FREQ=WEEKLY;UNTIL=20251127T045959Z;BYDAY=WE",
    venue: "Werkstatt, Hinterhof",
  });
});

test("addresses of organizer, attendees and text are dropped, also across a folded line (M-86)", () => {
  assert.doesNotMatch(JSON.stringify(read(fixture("hackerspace.ics"))), /crew@werkstatt|somebody/);
});

test("an identity made of what the file has holds no address either (M-86)", () => {
  const source = calendar("DTSTART:20251020T160000Z", "LOCATION:at crew@werkstatt.example").replace("UID:1\r\n", "");
  assert.doesNotMatch(JSON.stringify(read(source)), /crew@/);
});

test("a weekly 19:00 stays 19:00 over the change of clocks; EXDATE and a moved occurrence count (M-36, M-82)", () => {
  const file = read(fixture("hackerspace.ics"));
  assert.deepEqual(walls(file, at("weekly")), [
    "2025-10-15T19:00",
    "2025-10-29T19:00",
    "2025-11-06T18:30",
    "2025-11-12T19:00",
    "2025-11-19T19:00",
    "2025-11-26T19:00",
  ]);
  assert.deepEqual(starts(file, at("weekly")).slice(0, 4), [
    "2025-10-15T23:00Z",
    "2025-10-29T23:00Z",
    "2025-11-06T23:30Z",
    "2025-11-13T00:00Z",
  ]);
});

test("a moved occurrence keeps the identity of the time it was moved from", () => {
  const moved = read(fixture("hackerspace.ics")).events.find(({ title }) => title === "Open evening with soup");
  assert.deepEqual([moved?.uid, moved?.rid], [at("weekly"), "20251106T000000Z"]);
});

test("a moved occurrence whose series is not in the file keeps its identity, whatever the length of its UID", () => {
  const lines = ["DTSTART:20251106T180000Z", "RECURRENCE-ID:20251105T180000Z"];
  assert.deepEqual(
    read(calendar(...lines)).events.map(({ uid, rid }) => [uid, rid]),
    [["1", "20251105T180000Z"]],
  );
  const long = read(calendar(...lines).replace("UID:1", `UID:${"é".repeat(300)}`));
  assert.ok(Buffer.byteLength(long.events[0]?.uid ?? "") <= 255);
});

test("what replaces an occurrence and names no UID is an event of its own", () => {
  const file = read(calendar("DTSTART:20251106T180000Z", "RECURRENCE-ID:20251105T180000Z").replace("UID:1\r\n", ""));
  assert.deepEqual([file.events.length, file.events[0]?.rid], [1, undefined]);
  assert.match(file.events[0]?.uid ?? "", /20251106T180000Z/);
});

test("the end of an occurrence is written on the clock: 22:00 is 22:00 on both sides of the change", () => {
  const ends = read(fixture("hackerspace.ics")).events.filter(({ uid, rrule }) => uid === at("weekly") && rrule);
  assert.deepEqual(
    [ends[1], ends[2]].map((event) => event && span(event).split("/")[1]),
    ["2025-10-30T02:00Z", "2025-11-13T03:00Z"],
  );
});

test("an all-day event has days and no hours, its end is exclusive", () => {
  assert.deepEqual(eventOf(read(fixture("hackerspace.ics")), at("days")).when, {
    m: "days",
    from: "2025-11-01",
    to: "2025-11-08",
    tz: "America/New_York",
  });
});

test("a floating time is in the importer's zone and marked (M-80)", () => {
  const file = read(fixture("hackerspace.ics"));
  assert.equal(span(eventOf(file, at("floating"))), "2025-12-01T07:00Z/2025-12-01T08:30Z");
  assert.equal(exact(eventOf(file, at("floating"))).tz, "Europe/Berlin");
  assert.deepEqual(whys(file.repaired, `UID ${at("floating")}`), ["DTSTART names no zone; Europe/Berlin was taken"]);
});

test("a Windows name, a prefixed name and a VTIMEZONE of its own are zones too (M-80)", () => {
  const file = read(fixture("hackerspace.ics"));
  const zones = ["windows", "prefixed", "custom"].map((name) => exact(eventOf(file, at(name))).tz);
  assert.deepEqual(zones, ["Europe/Berlin", "Asia/Tokyo", "Europe/Berlin"]);
  assert.equal(span(eventOf(file, at("prefixed"))), "2025-07-01T11:00Z");
  assert.match(whys(file.repaired, `UID ${at("custom")}`)[0] ?? "", /is read as Europe\/Berlin, which has its offsets/);
});

test("an end before its start is the night after, an end at its start is open (M-81)", () => {
  const file = read(fixture("hackerspace.ics"));
  assert.equal(span(eventOf(file, at("windows"))), "2025-07-01T18:00Z/2025-07-02T00:00Z");
  assert.equal(exact(eventOf(file, at("prefixed"))).endOpen, true);
});

test("a time in Z is an instant, and its rule follows the calendar's zone (M-80, M-82)", () => {
  const file = read(fixture("hackerspace.ics"));
  assert.deepEqual(starts(file, at("zulu")), ["2025-10-15T00:00Z", "2025-11-12T01:00Z", "2025-12-10T01:00Z"]);
  assert.equal(exact(eventOf(file, at("zulu"))).tz, "America/New_York");
});

test("status and cancelled titles are read, and the newest SEQUENCE wins (M-84)", () => {
  const file = read(fixture("hackerspace.ics"));
  const states = ["zulu", "cancelled", "days"].map((name) => eventOf(file, at(name)).status);
  assert.deepEqual(states, ["cancelled", "cancelled", "idea"]);
  assert.equal(eventOf(file, at("zulu")).title, "Monthly board");
  assert.equal(eventOf(file, at("cancelled")).title, "Drill repair");
});

test("the word cancelled counts at the start, in brackets and after a dash, and nowhere else (M-84)", () => {
  const read1 = (title: string) => {
    const { title: cleaned, status } = eventOf(read(calendar("DTSTART:20251020T160000Z").replace("Soup", title)), "1");
    return [cleaned, status];
  };
  assert.deepEqual(read1("[CANCELLED] Soup"), ["Soup", "cancelled"]);
  assert.deepEqual(read1("Soup (canceled!)"), ["Soup", "cancelled"]);
  assert.deepEqual(read1("Soup – abgesagt"), ["Soup", "cancelled"]);
  assert.deepEqual(read1("Cancelled"), ["Cancelled", "cancelled"]);
  assert.deepEqual(read1("Why my train was cancelled"), ["Why my train was cancelled", "planned"]);
  assert.deepEqual(read1("Soup (not cancelled)"), ["Soup (not cancelled)", "planned"]);
});

test("a rule without end is taken for 13 months from a month ago, however long it has run (M-36)", () => {
  const file = read(fixture("hackerspace.ics"));
  const mondays = walls(file, at("endless"));
  assert.deepEqual([mondays.length, mondays[0], mondays.at(-1)], [57, "2025-09-01T09:00", "2026-09-28T09:00"]);
  assert.equal(whys(file.repaired, `UID ${at("endless")}`).length, 1);
});

test("no event has more than 200 occurrences (M-36)", () => {
  const daily = read(calendar("DTSTART;TZID=Europe/Berlin:20250901T090000", "RRULE:FREQ=DAILY"));
  assert.equal(daily.events.length, 200);
  const listed = Array.from({ length: 300 }, (_, day) =>
    new Date(Date.UTC(2025, 9, 2 + day)).toISOString().replace(/[-:]|\.000/g, ""),
  );
  assert.equal(read(calendar("DTSTART:20251001T000000Z", `RDATE:${listed}`)).events.length, 200);
});

test("a rule is kept as found, unless it is too long or ends in a stray colon", () => {
  const rruleOf = (rule: string) => read(calendar("DTSTART:20251001T100000Z", `RRULE:${rule}`)).events[0]?.rrule;
  assert.equal(rruleOf("FREQ=WEEKLY;COUNT=2"), "FREQ=WEEKLY;COUNT=2");
  assert.equal(rruleOf(`FREQ=WEEKLY;COUNT=2;X-NOTE=${"x".repeat(500)}`), undefined);
  assert.equal(rruleOf("FREQ=WEEKLY;COUNT=2;X-NOTE=:"), undefined);
});

test("UNTIL may be a date where the start has a time, and counts whole (M-82)", () => {
  const file = read(calendar("DTSTART;TZID=Europe/Berlin:20251001T190000", "RRULE:FREQ=WEEKLY;UNTIL=20251015"));
  assert.deepEqual(walls(file, "1"), ["2025-10-01T19:00", "2025-10-08T19:00", "2025-10-15T19:00"]);
});

test("RDATE adds times, and an event without UID has the same one at every import", () => {
  const [first, second] = [read(fixture("hackerspace.ics")), read(fixture("hackerspace.ics"))];
  const uids = first.events.filter(({ title }) => title === "Without UID").map(({ uid }) => uid);
  assert.equal(new Set(uids).size, 1);
  const [uid = ""] = uids;
  assert.deepEqual(starts(second, uid), ["2025-10-21T16:00Z", "2025-10-22T16:00Z", "2025-10-23T16:00Z"]);
});

test("a broken, a private and an outdated entry are skipped and named, tasks are no events", () => {
  assert.deepEqual(read(fixture("hackerspace.ics")).skipped, [
    { where: `UID ${at("broken")}`, why: 'DTSTART "the day after tomorrow" is not a time' },
    { where: `UID ${at("private")}`, why: "it is marked PRIVATE" },
    { where: `UID ${at("cancelled")}`, why: "an older version of an event with a higher SEQUENCE" },
  ]);
});

test("a location that is only an address is a link to watch, not a venue (M-85)", () => {
  const file = read(fixture("hackerspace.ics"));
  assert.equal(eventOf(file, at("windows")).venue, undefined);
  assert.deepEqual(
    eventOf(file, at("windows")).links.map(({ url, rel }) => [url, rel]),
    [
      ["https://stream.example/watch", "stream"],
      ["https://meet.example/room", "stream"],
    ],
  );
  assert.deepEqual(file.venues, [{ key: "Werkstatt, Hinterhof", name: "Werkstatt, Hinterhof" }]);
});

test("a truncated calendar is refused and names the line where it ends", () => {
  const bytes = fixture("hackerspace.ics").subarray(0, 1500);
  const line = bytes.toString("utf8").split("\n").length;
  assert.throws(() => read(bytes), fileError("E_FILE_BROKEN", new RegExp(`line ${line} ends within VEVENT`)));
});

test("an event that lost its end costs itself and nothing else", () => {
  const file = read(
    fixture("hackerspace.ics")
      .toString("utf8")
      .replace(/STATUS:TENTATIVE\r?\nEND:VEVENT\r?\n/, ""),
  );
  assert.deepEqual(whys(file.skipped, `UID ${at("days")}`), ["it has no END"]);
  assert.equal(file.events.length, read(fixture("hackerspace.ics")).events.length - 1);
});

test("bytes that are not UTF-8 are read as Windows-1252, and it is said", () => {
  const file = read(Buffer.from(calendar("DTSTART:20251020T160000Z").replace("Soup", "Käse"), "latin1"));
  assert.deepEqual([eventOf(file, "1").title, whys(file.repaired, "file").length], ["Käse", 1]);
});

test("Bloominglabs by hand: Thursdays from January to April 2012, one left out", needsShared("data/schedules"), () => {
  const file = readShared("bloominglabs-hackerspace.ics");
  assert.deepEqual([file.skipped.length, file.timezone], [0, "America/New_York"]);
  assert.equal(file.title, "bloominglabs-hackerspace");
  const course = walls(file, `pimto392r9t1d1qo44m4rih28g${GOOGLE}`);
  assert.deepEqual([course.length, course[0], course.at(-1)], [15, "2012-01-12T18:15", "2012-04-26T18:15"]);
  assert.ok(course.every((wall) => wall?.endsWith("T18:15")) && !course.includes("2012-03-15T18:15"));
  const utc = starts(file, `pimto392r9t1d1qo44m4rih28g${GOOGLE}`);
  assert.ok(utc.includes("2012-03-08T23:15Z") && utc.includes("2012-03-22T22:15Z"));
});

test("Bloominglabs by hand: noon on the day the clocks change is noon", needsShared("data/schedules"), () => {
  const file = readShared("bloominglabs-hackerspace.ics");
  assert.deepEqual(starts(file, `u4anu1qu8geeu3tffdv7vvqdmg${GOOGLE}`), [
    "2015-03-08T16:00Z",
    "2015-03-15T16:00Z",
    "2015-03-22T16:00Z",
    "2015-03-29T16:00Z",
  ]);
  assert.deepEqual(starts(file, `b9t9qggd779nakmu2m2flp5m7g${GOOGLE}`), [
    "2015-02-24T23:30Z",
    "2015-03-03T23:30Z",
    "2015-03-24T22:30Z",
    "2015-03-31T22:30Z",
  ]);
});

test("Bloominglabs by hand: a course of autumn 2015 without its first evening", needsShared("data/schedules"), () => {
  const course = walls(readShared("bloominglabs-hackerspace.ics"), `mpeesonoekbrgg5q9t7mm26jjc${GOOGLE}`);
  assert.deepEqual(
    course.map((wall) => wall?.slice(5, 10)),
    ["09-17", "09-24", "10-01", "10-15", "10-22", "10-29", "11-12", "12-10"],
  );
});

test("a Japanese calendar is read whole: 12 events", needsShared("data/schedules"), () => {
  const file = readShared("jccc-toronto-ja.ics");
  assert.deepEqual([file.events.length, file.skipped.length, file.timezone], [12, 0, "America/Toronto"]);
});
