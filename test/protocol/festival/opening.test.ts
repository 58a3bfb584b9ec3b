// When a resource can be had (SPEC.md §9.5): hours, windows and slots on the local clock, also when the clocks change.
import assert from "node:assert/strict";
import { test } from "node:test";
import { holdFor, type Opening, opening, type WeekHours } from "../../../protocol/festival/opening.ts";
import { berlin, minuteOfWeek } from "./minute-of-week.ts";

const TZ = "Europe/Berlin";

/** What hinders a span of local times, "2026-08-07T18:00" to "…T20:00". */
function hindrance(resource: Opening, start: string, end: string): string {
  return opening({ tz: TZ, ...resource }, { start: berlin(start), end: berlin(end) }, minuteOfWeek) ?? "none";
}

function window(start: string, end: string) {
  return { start: berlin(start), end: berlin(end) };
}

test("without opening hours a resource is always open", () => {
  assert.equal(hindrance({}, "2026-08-07T03:17", "2026-08-09T04:18"), "none");
});

test("within open windows, which are one where they touch", () => {
  const open = [window("2026-08-07T14:00", "2026-08-07T18:00"), window("2026-08-07T10:00", "2026-08-07T14:00")];
  assert.equal(hindrance({ open }, "2026-08-07T10:00", "2026-08-07T18:00"), "none");
  assert.equal(hindrance({ open }, "2026-08-07T09:59", "2026-08-07T11:00"), "closed");
  assert.equal(hindrance({ open }, "2026-08-07T17:00", "2026-08-07T18:01"), "closed");
  const apart = [window("2026-08-07T10:00", "2026-08-07T12:00"), window("2026-08-07T12:01", "2026-08-07T14:00")];
  assert.equal(hindrance({ open: apart }, "2026-08-07T11:00", "2026-08-07T13:00"), "closed");
  assert.equal(hindrance({ open: [] }, "2026-08-07T11:00", "2026-08-07T13:00"), "closed");
});

test("a window inside another shortens nothing", () => {
  const open = [window("2026-08-07T10:00", "2026-08-07T18:00"), window("2026-08-07T11:00", "2026-08-07T12:00")];
  assert.equal(hindrance({ open }, "2026-08-07T11:30", "2026-08-07T17:00"), "none");
});

test("not within closed windows, but right before and after them", () => {
  const closed = [window("2026-08-07T12:00", "2026-08-07T13:00")];
  assert.equal(hindrance({ closed }, "2026-08-07T10:00", "2026-08-07T12:00"), "none");
  assert.equal(hindrance({ closed }, "2026-08-07T13:00", "2026-08-07T14:00"), "none");
  assert.equal(hindrance({ closed }, "2026-08-07T12:59", "2026-08-07T14:00"), "closed");
});

const EVENINGS: readonly WeekHours[] = [
  { dow: 5, from: 18 * 60, to: 26 * 60 },
  { dow: 6, from: 2 * 60, to: 6 * 60 },
  { dow: 7, from: 22 * 60, to: 30 * 60 },
];

test("weekly hours are local, may pass midnight and the end of the week, and are one where they touch", () => {
  const weekly = EVENINGS;
  assert.equal(hindrance({ weekly }, "2026-08-07T18:00", "2026-08-08T06:00"), "none");
  assert.equal(hindrance({ weekly }, "2026-08-07T17:59", "2026-08-07T19:00"), "closed");
  assert.equal(hindrance({ weekly }, "2026-08-07T18:00", "2026-08-08T06:01"), "closed");
  assert.equal(hindrance({ weekly }, "2026-08-09T23:00", "2026-08-10T06:00"), "none");
  assert.equal(hindrance({ weekly }, "2026-08-06T19:00", "2026-08-06T20:00"), "closed");
});

test("hours around the clock are open for weeks, but not for half a year in one go", () => {
  const weekly = [1, 2, 3, 4, 5, 6, 7].map((dow) => ({ dow, from: 0, to: 1440 }));
  assert.equal(hindrance({ weekly }, "2026-03-02T00:00", "2026-04-20T00:00"), "none");
  assert.equal(hindrance({ weekly }, "2026-10-01T00:00", "2026-11-20T00:00"), "none");
  assert.equal(hindrance({ weekly }, "2026-03-01T00:00", "2026-09-01T00:00"), "closed");
});

test("19:00 stays 19:00 when the clocks change (M-36)", () => {
  const weekly = [{ dow: 7, from: 19 * 60, to: 22 * 60 }];
  for (const day of ["2026-03-22", "2026-03-29", "2026-10-18", "2026-10-25"]) {
    assert.equal(hindrance({ weekly }, `${day}T19:00`, `${day}T22:00`), "none");
    assert.equal(hindrance({ weekly }, `${day}T18:00`, `${day}T21:00`), "closed");
  }
});

test("hours that end in an hour which does not exist, or exists twice, end there on the clock", () => {
  const night = [{ dow: 7, from: 0, to: 2 * 60 + 10 }];
  assert.equal(hindrance({ weekly: night }, "2026-03-29T01:00", "2026-03-29T03:00"), "none");
  assert.equal(hindrance({ weekly: night }, "2026-03-29T01:00", "2026-03-29T03:01"), "closed");
  const twice = berlin("2026-10-25T02:05") + 3600;
  const weekly = [{ dow: 7, from: 0, to: 3 * 60 }];
  assert.equal(opening({ tz: TZ, weekly }, { start: twice, end: twice + 55 * 60 }, minuteOfWeek), undefined);
  assert.equal(opening({ tz: TZ, weekly }, { start: twice, end: twice + 56 * 60 }, minuteOfWeek), "closed");
});

test("B6: the grid restarts each local day, also with a slot of 50 minutes", () => {
  const resource = { slotMinutes: 50 };
  for (const day of ["2026-08-07", "2026-08-08", "2026-08-09", "2026-03-30", "2026-10-26"]) {
    assert.equal(hindrance(resource, `${day}T00:00`, `${day}T00:50`), "none");
    assert.equal(hindrance(resource, `${day}T10:00`, `${day}T11:40`), "none");
    assert.equal(hindrance(resource, `${day}T22:30`, `${day}T23:20`), "none");
    assert.equal(hindrance(resource, `${day}T10:10`, `${day}T11:00`), "off the grid");
    assert.equal(hindrance(resource, `${day}T10:00`, `${day}T10:45`), "off the grid");
  }
});

test("B6: what is left of the day after its last whole slot is in no slot", () => {
  assert.equal(hindrance({ slotMinutes: 50 }, "2026-08-07T23:20", "2026-08-08T00:00"), "off the grid");
  assert.equal(hindrance({ slotMinutes: 50 }, "2026-08-07T23:20", "2026-08-08T00:50"), "off the grid");
  assert.equal(hindrance({ slotMinutes: 50 }, "2026-08-07T22:30", "2026-08-08T00:00"), "off the grid");
  assert.equal(hindrance({ slotMinutes: 50 }, "2026-08-07T22:30", "2026-08-08T00:50"), "none");
  assert.equal(hindrance({ slotMinutes: 60 }, "2026-08-07T23:00", "2026-08-08T00:00"), "none");
});

test("slots stand on the local clock: a day of 23 or 25 hours is one slot of a day", () => {
  for (const [day, next] of [
    ["2026-03-29", "2026-03-30"],
    ["2026-10-25", "2026-10-26"],
    ["2026-08-07", "2026-08-08"],
  ]) {
    assert.equal(hindrance({ slotMinutes: 1440 }, `${day}T00:00`, `${next}T00:00`), "none");
    assert.equal(hindrance({ slotMinutes: 120 }, `${day}T20:00`, `${day}T22:00`), "none");
  }
});

test("B3: the slots of a zone are those of its clock, wherever the reader is", () => {
  const kolkata = { tz: "Asia/Kolkata", slotMinutes: 60 };
  const hour = { start: Date.parse("2026-08-07T10:00+05:30") / 1000, end: Date.parse("2026-08-07T11:00+05:30") / 1000 };
  assert.equal(opening(kolkata, hour, minuteOfWeek), undefined);
  assert.equal(opening({ slotMinutes: 60 }, hour, minuteOfWeek), "off the grid");
});

test("set-up and cleaning are held around the event", () => {
  assert.deepEqual(holdFor({ lead: 30, tail: 15 }, { start: 36_000, end: 39_600 }), { start: 34_200, end: 40_500 });
  assert.deepEqual(holdFor({}, { start: 36_000, end: 39_600 }), { start: 36_000, end: 39_600 });
  assert.deepEqual(holdFor({ lead: 30 }, { start: 60, end: 120 }), { start: 0, end: 120 });
});
