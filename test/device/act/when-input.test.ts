// Times as people write them: with an offset, on the local clock, or as vague as they like.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readWhen, type TimeWords } from "../../../device/act/when-input.ts";

const TZ = "Europe/Berlin";
const at = (utc: string) => Date.parse(utc) / 1000;

function read(words: TimeWords) {
  return readWhen(words, TZ)?.time;
}

test("a local time is meant in the zone of the festival, and what was meant is kept", () => {
  assert.deepEqual(read({ start: "2026-07-17 18:00", end: "2026-07-17 20:00" }), {
    m: "exact",
    start: at("2026-07-17T16:00Z"),
    end: at("2026-07-17T18:00Z"),
    tz: TZ,
    wall: "2026-07-17T18:00",
  });
});

test("a time with an offset is that instant", () => {
  assert.deepEqual(read({ start: "2026-07-17T18:00:00Z", end: "2026-07-17T23:00+03:00" }), {
    m: "exact",
    start: at("2026-07-17T18:00Z"),
    end: at("2026-07-17T20:00Z"),
    tz: TZ,
  });
});

test("without an end it is open, and an end alone is the next time of that name", () => {
  assert.deepEqual(read({ day: "2026-07-17", start: "18:00" }), {
    m: "exact",
    start: at("2026-07-17T16:00Z"),
    endOpen: true,
    tz: TZ,
    wall: "2026-07-17T18:00",
  });
  const late = read({ start: "2026-07-17 22:00", end: "02:00" });
  assert.equal(late?.m === "exact" && late.end, at("2026-07-18T00:00Z"));
  const soon = read({ start: "2026-07-17 22:00", end: "23:30" });
  assert.equal(soon?.m === "exact" && soon.end, at("2026-07-17T21:30Z"));
});

test("vague times stay vague", () => {
  assert.deepEqual(read({ words: "when the fire is lit" }), { m: "words", text: "when the fire is lit" });
  assert.deepEqual(read({ words: "after dinner", day: "2026-07-17" }), {
    m: "words",
    text: "after dinner",
    near: "2026-07-17",
  });
  assert.deepEqual(read({ day: "2026-07-17", part: "evening" }), {
    m: "part",
    day: "2026-07-17",
    part: "evening",
    tz: TZ,
  });
  assert.deepEqual(read({ day: "2026-07-17" }), { m: "days", from: "2026-07-17", to: "2026-07-18", tz: TZ });
  assert.deepEqual(read({ day: "2026-07-17", until: "2026-07-19" }), {
    m: "days",
    from: "2026-07-17",
    to: "2026-07-20",
    tz: TZ,
  });
  assert.equal(read({}), undefined);
});

test("a time that the spring night does not have is moved, and its author is told", () => {
  const found = readWhen({ start: "2026-03-29 02:30" }, TZ);
  assert.equal(found?.time.m === "exact" && found.time.start, at("2026-03-29T01:30Z"));
  assert.equal(found?.time.m === "exact" && found.time.wall, "2026-03-29T02:30");
  assert.equal(found?.remarks.length, 1);
});

const WRONG: readonly TimeWords[] = [
  { start: "tomorrow" },
  { start: "18:00" },
  { start: "2026-02-30 18:00" },
  { start: "2026-07-17 18:00:30" },
  { start: "2026-07-17 25:00" },
  { start: "2026-07-17 18:00", end: "2026-07-17 18:00" },
  { start: "2026-07-17 18:00", end: "2026-07-16 20:00" },
  { start: "2026-07-17 18:00", end: "late" },
  { end: "2026-07-17 18:00" },
  { part: "evening" },
  { day: "2026-07-17", part: "tea time" },
  { day: "17.7.2026" },
  { until: "2026-07-17" },
];
for (const words of WRONG) {
  test(`${JSON.stringify(words)} is no time`, () => {
    assert.throws(() => read(words), { code: "E_TIME" });
  });
}
