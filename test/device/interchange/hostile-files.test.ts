// Files made to break the reader, and files broken by accident: the only exception is ProgrammeFileError, and whatever
// is read can be published as it is.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type ProgrammeFile, ProgrammeFileError } from "../../../device/interchange/programme-file.ts";
import { assertPublishable } from "./publishable.ts";
import { fileError, fixture, read } from "./reading.ts";

const FIXTURES = [
  "frab.schedule.xml",
  "hackerspace.ics",
  "pentabarf.schedule.xml",
  "schedule-v1.json",
  "schedule-v2.json",
  "without-date.schedule.xml",
].map((name) => ({ name, bytes: fixture(name) }));
const RUNS = 500;
/** What a hostile file may take on a desk; the smallest device is ten times slower. */
const PATIENCE_MS = 1_000;
/** All rules of a file together have a budget of steps that is a little more (rule-iterator.ts). */
const RULES_PATIENCE_MS = 4_000;

/** Reads whatever it is given, or is refused with the one exception that is allowed. */
function assertReadOrRefused(bytes: Uint8Array): void {
  let file: ProgrammeFile;
  try {
    file = read(bytes);
  } catch (error) {
    if (error instanceof ProgrammeFileError) return;
    throw error;
  }
  assertPublishable(file);
}

/** Counts processor time, for other tests run beside this one. */
function assertInTime(action: () => void, patienceMs = PATIENCE_MS): void {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  const took = (user + system) / 1_000;
  assert.ok(took < patienceMs, `took ${took.toFixed(0)} ms`);
}

function refusedInTime(source: string, expected: (error: unknown) => true): void {
  assertInTime(() => assert.throws(() => read(source), expected));
}

function xml(events: string): string {
  return `<schedule><conference><title>X</title></conference><day date="2025-06-20"><room name="R">${events}</room></day></schedule>`;
}

function ics(...events: readonly (readonly string[])[]): string {
  const lines = events.flatMap((event, index) => ["BEGIN:VEVENT", `UID:${index}`, "SUMMARY:X", ...event, "END:VEVENT"]);
  return ["BEGIN:VCALENDAR", ...lines, "END:VCALENDAR"].join("\r\n");
}

test("what is not a programme is refused as such", () => {
  for (const source of ["", " ", "\0\0\0", "PK\x03\x04", "BEGIN:VCARD", "Hello"]) {
    assert.throws(() => read(source), fileError("E_FILE_FORMAT", /neither schedule.xml, schedule JSON nor iCalendar/));
  }
});

test("every fixture can be published as it is read", () => {
  for (const { bytes } of FIXTURES) assertPublishable(read(bytes));
});

test("a bomb of entities is refused before it goes off", () => {
  const levels = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join("");
  const bomb = `<?xml version="1.0"?><!DOCTYPE s [<!ENTITY l0 "ha">${levels}]>${xml("<event><title>&l9;</title></event>")}`;
  refusedInTime(bomb, fileError("E_FILE_BROKEN", /line 1 is broken/));
});

test("an external entity is not fetched: the file is refused", () => {
  const source = `<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/hostname">]>${xml("<event><title>&x;</title></event>")}`;
  refusedInTime(source, fileError("E_FILE_BROKEN", /line 1 is broken/));
});

test("a hundred thousand nested elements are refused, wherever they nest", () => {
  const deep = "<a>".repeat(100_000);
  refusedInTime(`<schedule>${deep}`, fileError("E_FILE_BROKEN", /nested too deeply/));
  refusedInTime(xml(`<event><title>X</title><abstract>${deep}`), fileError("E_FILE_BROKEN", /nested too deeply/));
  refusedInTime("[".repeat(100_000), fileError("E_FILE_BROKEN", /Cannot read schedule JSON/));
  refusedInTime(`BEGIN:VCALENDAR\n${"BEGIN:X\n".repeat(100_000)}`, fileError("E_FILE_BROKEN", /nested too deeply/));
});

test("a hundred thousand tags in a text are read in time", () => {
  const html = "<b><ul><li>".repeat(33_000);
  const text = JSON.stringify({ schedule: { conference: { days: [] }, events: [{ title: "X", abstract: html }] } });
  assertInTime(() => assert.equal(read(text).events.length, 1));
});

test("keys named __proto__ and constructor are names like any other", () => {
  const event = `{"title":"X","__proto__":{"date":"2025-06-20T10:00:00Z"},"constructor":{"prototype":{"guid":"g"}}}`;
  const file = read(`{"schedule":{"conference":{"days":[{"date":"2025-06-20","rooms":{"__proto__":[${event}]}}]}}}`);
  assert.deepEqual([file.events.length, file.events[0]?.when, file.events[0]?.venue], [1, undefined, "__proto__"]);
  assert.equal(({} as { guid?: string }).guid, undefined);
  const rule = "RRULE:FREQ=WEEKLY;COUNT=2;__PROTO__=1;CONSTRUCTOR=2";
  assertPublishable(read(ics(["DTSTART:20251001T100000Z", rule])));
});

const BERLIN = "DTSTART;TZID=Europe/Berlin:20250901T090000";

test("rules that repeat every second cost no second", () => {
  const rules = ["FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=999999999", "FREQ=SECONDLY;BYSECOND=61", "FREQ=HOURLY"];
  const events = Array.from({ length: 100 }, () => rules).flat();
  assertInTime(() => {
    const file = read(ics(...events.map((rule) => [BERLIN, `RRULE:${rule}`])));
    assert.equal(file.events.length + file.skipped.length, events.length);
  });
});

test("rules that never come true share a budget and leave the first time of their events", () => {
  const rules = [
    ...["FREQ=DAILY;BYMONTHDAY=30;BYMONTH=2", "FREQ=YEARLY;BYYEARDAY=366;BYDAY=1MO", "FREQ=DAILY;INTERVAL=99999999"],
    ...["FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2,4,6", "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6", "FREQ=WEEKLY;UNTIL=never"],
  ];
  const events = Array.from({ length: 200 }, () => rules).flat();
  assertInTime(() => {
    const file = read(ics(...events.map((rule) => [BERLIN, `RRULE:${rule}`])));
    assert.equal(new Set(file.events.map(({ uid }) => uid)).size + file.skipped.length, events.length);
  }, RULES_PATIENCE_MS);
});

test("a rule nobody lives by leaves the first time of its event", () => {
  const file = read(ics(["DTSTART:20250901T090000Z", "RRULE:FREQ=SECONDLY"]));
  assert.equal(file.events.length, 1);
  assert.match(file.repaired[0]?.why ?? "", /only its first time was taken: it repeats secondly/);
});

test("more entries than one festival has are refused", () => {
  const tooLarge = fileError("E_FILE_TOO_LARGE", /more than 20000 entries/);
  refusedInTime(xml("<event/>".repeat(20_001)), tooLarge);
  refusedInTime(ics(...Array.from({ length: 20_001 }, () => [])), tooLarge);
  assert.throws(
    () => read(ics(...Array.from({ length: 101 }, () => ["DTSTART:20250901T090000Z", "RRULE:FREQ=DAILY;COUNT=200"]))),
    tooLarge,
  );
});

test("random bytes are read or refused", () => {
  const heads = fc.constantFrom(
    "",
    "<",
    "<schedule>",
    "{",
    '{"schedule":',
    "BEGIN:VCALENDAR\n",
    "\ufeff<",
    "<?xml encoding='x'?>",
  );
  fc.assert(
    fc.property(heads, fc.uint8Array({ maxLength: 400 }), (head, tail) => {
      assertReadOrRefused(Buffer.concat([Buffer.from(head), tail]));
    }),
    { numRuns: RUNS },
  );
});

test("a programme cut anywhere is read or refused", () => {
  fc.assert(
    fc.property(fc.constantFrom(...FIXTURES), fc.double({ min: 0, max: 1, noNaN: true }), ({ bytes }, share) => {
      assertReadOrRefused(bytes.subarray(0, Math.floor(bytes.length * share)));
    }),
    { numRuns: RUNS },
  );
});

test("a programme with bytes changed, lost, doubled and swapped for hostile words is read or refused", () => {
  const words = [
    "\0",
    "9",
    "99999999999",
    "-1",
    "\ud83d\ude00",
    "﷽",
    "Z",
    "T",
    "+14:00",
    '"',
    "<",
    "&#0;",
    "\r\n",
    ";",
    "e\u0301",
  ];
  const insert = fc.oneof(
    fc.constantFrom(...words).map((word) => Buffer.from(word)),
    fc.uint8Array({ maxLength: 4 }),
  );
  const edit = fc.record({ at: fc.nat(10_000), remove: fc.nat(12), insert });
  fc.assert(
    fc.property(fc.constantFrom(...FIXTURES), fc.array(edit, { minLength: 1, maxLength: 6 }), ({ bytes }, edits) => {
      let changed: Buffer = bytes;
      for (const { at, remove, insert: added } of edits) {
        const from = at % changed.length;
        changed = Buffer.concat([changed.subarray(0, from), added, changed.subarray(from + remove)]);
      }
      assertReadOrRefused(changed);
    }),
    { numRuns: RUNS },
  );
});
