// What comes again, written out by its author: the wall time stays, whatever the clocks do.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_OCCURRENCES, occurrences, readRepeat } from "../../../device/act/occurrences.ts";
import { readExact } from "../../../device/act/when-input.ts";
import { wallAt, wallText } from "../../../device/interchange/local-time.ts";
import type { ExactWhen } from "../../../protocol/festival/when.ts";

const WEEKLY = { unit: "week", every: 1, count: 8 } as const;
const NIGHTLY = { unit: "day", every: 1, count: 5 } as const;

function exactly(start: string, end: string, tz: string): ExactWhen {
  return readExact({ start, end }, tz).time;
}

function walls(times: readonly ExactWhen[], which: "start" | "end"): string[] {
  return times.map((time) => wallText(wallAt(time[which] ?? Number.NaN, time.tz)));
}

/** The nights on which the clocks change, and by how many hours a week across them is longer than others. */
const CHANGES = [
  { tz: "Europe/Berlin", before: "2026-03-25", longer: -1 },
  { tz: "Europe/Berlin", before: "2026-10-21", longer: 1 },
  { tz: "America/New_York", before: "2026-03-04", longer: -1 },
  { tz: "America/New_York", before: "2026-10-28", longer: 1 },
] as const;

for (const { tz, before, longer } of CHANGES) {
  test(`a weekly 19:00–22:30 in ${tz} stays at its wall time after ${before}`, () => {
    const { times, remarks } = occurrences(exactly(`${before} 19:00`, "22:30", tz), WEEKLY);
    assert.equal(times.length, 8);
    assert.deepEqual(new Set(walls(times, "start").map((wall) => wall.slice(11))), new Set(["19:00"]));
    assert.deepEqual(new Set(walls(times, "end").map((wall) => wall.slice(11))), new Set(["22:30"]));
    assert.deepEqual(
      times.map(({ wall }) => wall),
      walls(times, "start"),
    );
    const [first, second] = times as [ExactWhen, ExactWhen];
    assert.equal(second.start - first.start, (7 * 24 + longer) * 3600);
    assert.deepEqual(remarks, []);
  });
}

test("a nightly 02:30 that a spring night does not have is an hour later, and its author is told", () => {
  const { times, remarks } = occurrences(exactly("2026-03-27 02:30", "04:00", "Europe/Berlin"), NIGHTLY);
  const hours = walls(times, "start").map((wall) => wall.slice(5));
  assert.deepEqual(hours, ["03-27T02:30", "03-28T02:30", "03-29T03:30", "03-30T02:30", "03-31T02:30"]);
  assert.equal(times[2]?.wall, "2026-03-29T02:30", "what was meant is kept");
  assert.equal(remarks.length, 1);
  assert.match(remarks[0] ?? "", /2026-03-29T02:30 does not exist in Europe\/Berlin/);
});

test("a series that begins in that gap is meant for 02:30 on the other nights", () => {
  const { times } = occurrences(exactly("2026-03-29 02:30", "04:00", "Europe/Berlin"), NIGHTLY);
  assert.deepEqual(
    walls(times, "start").map((wall) => wall.slice(11)),
    ["03:30", "02:30", "02:30", "02:30", "02:30"],
  );
});

test("a nightly 01:30 that an autumn night has twice takes the first", () => {
  const first = exactly("2026-10-31 01:30", "04:00", "America/New_York");
  const { times, remarks } = occurrences(first, { unit: "day", every: 1, count: 2 });
  assert.equal((times[1]?.start ?? 0) - first.start, 24 * 3600);
  assert.equal(
    (times[1]?.end ?? 0) - (times[1]?.start ?? 0),
    3.5 * 3600,
    "it lasts until the wall time it is to end at",
  );
  assert.match(remarks[0] ?? "", /happens twice in America\/New_York/);
});

test("an end that a spring night swallows leaves the length as it is", () => {
  const first = exactly("2026-03-28 02:00", "03:00", "Europe/Berlin");
  const { times } = occurrences(first, { unit: "day", every: 1, count: 2 });
  assert.equal((times[1]?.end ?? 0) - (times[1]?.start ?? 0), 3600);
});

test("months without a 31st have none, and the author is told", () => {
  const { times, remarks } = occurrences(exactly("2026-01-31 12:00", "13:00", "UTC"), {
    unit: "month",
    every: 1,
    count: 4,
  });
  assert.deepEqual(
    walls(times, "start").map((wall) => wall.slice(5, 10)),
    ["01-31", "03-31", "05-31", "07-31"],
  );
  assert.deepEqual(remarks, ["2026-02 has no day 31", "2026-04 has no day 31", "2026-06 has no day 31"]);
});

test("a series has 200 dates and 13 months at most", () => {
  const first = exactly("2026-01-01 12:00", "13:00", "UTC");
  assert.equal(occurrences(first, { unit: "day", every: 1, count: MAX_OCCURRENCES }).times.length, MAX_OCCURRENCES);
  assert.throws(() => occurrences(first, { unit: "day", every: 1, count: MAX_OCCURRENCES + 1 }), {
    code: "E_SERIES_LONG",
  });
  assert.equal(occurrences(first, { unit: "month", every: 1, count: 14 }).times.length, 14);
  assert.throws(() => occurrences(first, { unit: "month", every: 1, count: 15 }), {
    code: "E_SERIES_LONG",
    message: /14 times/,
  });
});

test("how often is read as people say it", () => {
  assert.deepEqual(readRepeat("week", "8"), WEEKLY);
  assert.deepEqual(readRepeat("2 weeks", "3"), { unit: "week", every: 2, count: 3 });
  for (const [every, count] of [
    ["year", "2"],
    ["0 days", "2"],
    ["week", "0"],
    ["week", "1e3"],
    ["", "1"],
  ] as const) {
    assert.throws(() => readRepeat(every, count), { code: "E_TIME" }, `${every} ${count}`);
  }
});
