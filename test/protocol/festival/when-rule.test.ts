// Times as bodies say them (M-04, M-05): whole minutes, zone names, real dates, four forms.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY_PARTS } from "../../../protocol/festival/when.ts";
import { when } from "../../../protocol/festival/when-rule.ts";
import type { CborValue } from "../../../protocol/operation/cbor.ts";

const EXACT = { m: "exact", start: 1_785_838_020, tz: "Europe/Berlin" };
const DAYS = { m: "days", from: "2026-08-07", to: "2026-08-10", tz: "Europe/Berlin" };
const PART = { m: "part", day: "2026-08-07", part: "evening", tz: "Europe/Berlin" };

function faultOf(value: CborValue): string {
  const found = when()(value);
  return found === undefined ? "none" : `${found.path} ${found.reason}`.trim();
}

function accepts(...values: readonly CborValue[]): void {
  for (const value of values) assert.equal(faultOf(value), "none", JSON.stringify(value));
}

function refuses(reason: string, ...values: readonly CborValue[]): void {
  for (const value of values) assert.equal(faultOf(value), reason, JSON.stringify(value));
}

test("an instant has a start and a zone; end, open end and wall time may be added", () => {
  accepts(
    EXACT,
    { ...EXACT, end: EXACT.start + 60 },
    { ...EXACT, endOpen: true },
    { ...EXACT, wall: "2026-08-04T12:07" },
  );
  accepts({ ...EXACT, end: EXACT.start + 60, endOpen: true });
  refuses("start is missing", { m: "exact", tz: "UTC" });
  refuses("tz is missing", { m: "exact", start: 60 });
  refuses("endOpen is not true", { ...EXACT, endOpen: false });
});

test("instants are whole minutes from 1970 to the end of 2200 (M-04)", () => {
  const last = 7_289_654_340;
  accepts({ ...EXACT, start: 0 }, { ...EXACT, start: 60 }, { ...EXACT, start: last - 60 }, { ...EXACT, start: last });
  refuses(
    "start is not a whole minute",
    { ...EXACT, start: 59 },
    { ...EXACT, start: 61 },
    { ...EXACT, start: last + 59 },
  );
  const outside = "start is not within 0–7289654399";
  refuses(outside, { ...EXACT, start: -60 }, { ...EXACT, start: last + 60 }, { ...EXACT, start: EXACT.start * 1000 });
  refuses("start is not a number", { ...EXACT, start: "2026-08-04T12:07:00Z" });
});

test("an end comes after its start", () => {
  refuses("end is not after its start", { ...EXACT, end: EXACT.start }, { ...EXACT, end: EXACT.start - 60 });
  refuses("end is not a whole minute", { ...EXACT, end: EXACT.start + 61 });
});

test("zones are names of up to 64 plain characters, known here or not (M-05)", () => {
  const zoned = (tz: CborValue): CborValue => ({ ...EXACT, tz });
  accepts(zoned("UTC"), zoned("Etc/GMT+5"), zoned("America/Port-au-Prince"), zoned("Mars/Olympus_Mons"));
  accepts(zoned("x".repeat(63)), zoned("x".repeat(64)));
  refuses(
    "tz is not a zone name",
    zoned("x".repeat(65)),
    zoned(""),
    zoned("Europe/Berlin "),
    zoned("Zürich"),
    zoned("a\n"),
  );
  refuses("tz is not text", zoned(2));
});

test("wall time is a real local minute", () => {
  const walled = (wall: CborValue): CborValue => ({ ...EXACT, wall });
  accepts(walled("2026-03-29T02:30"), walled("2024-02-29T00:00"), walled("2026-12-31T23:59"));
  refuses(
    "wall is not a local time",
    walled("2026-08-04T24:00"),
    walled("2026-08-04T12:60"),
    walled("2026-08-04 12:07"),
  );
  refuses("wall is not a local time", walled("2026-08-04T12:07Z"), walled("2026-08-04T12:07:00"), walled("2026-08-04"));
  refuses("wall is not a day of 1970–2200", walled("2026-02-29T12:00"));
});

test("days run from a first to a day after the last", () => {
  accepts(DAYS, { ...DAYS, to: "2026-08-08" });
  refuses("to is not after its first day", { ...DAYS, to: DAYS.from }, { ...DAYS, to: "2026-08-06" });
  refuses("tz is missing", { m: "days", from: DAYS.from, to: DAYS.to });
});

test("dates are days of the calendar, leap years included", () => {
  const from = (date: string): CborValue => ({ ...DAYS, from: date, to: "2200-12-31" });
  accepts(from("1970-01-01"), from("2024-02-29"), from("2000-02-29"), from("2026-04-30"), from("2026-12-31"));
  const none = "from is not a day of 1970–2200";
  refuses(none, from("2023-02-29"), from("2100-02-29"), from("2026-04-31"), from("2026-13-01"), from("2026-00-10"));
  refuses(none, from("2026-01-00"), from("1969-12-31"), from("2201-01-01"));
  refuses("from is not a date", from("2026-8-7"), from("20260807"), from("2026-08-07T00:00"), from("٢٠٢٦-08-07"));
});

test("a part of a day is one of seven", () => {
  accepts(...DAY_PARTS.map((part) => ({ ...PART, part })));
  refuses(`part is not one of ${DAY_PARTS.join(", ")}`, { ...PART, part: "teatime" });
  refuses("day is not a date", { ...PART, day: "today" });
});

test("words may say near which day", () => {
  accepts({ m: "words", text: "when the fire is lit" }, { m: "words", text: "x".repeat(80), near: "2026-08-07" });
  refuses("text is empty", { m: "words", text: "" });
  refuses("text has more than 80 bytes", { m: "words", text: "x".repeat(81) });
  refuses("near is not a date", { m: "words", text: "soon", near: "soon" });
});

test("there is no fifth form", () => {
  const known = "m is not one of exact, days, part, words";
  refuses(known, {}, { m: "rrule" }, { m: "constructor" }, { m: 1 }, { start: 60, tz: "UTC" });
  refuses("is not a map", "tomorrow", 60, null, [EXACT], new Uint8Array(3));
});
