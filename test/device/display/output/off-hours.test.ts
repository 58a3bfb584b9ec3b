// The hours in which a monitor is dark, over midnight and over the two nights on which clocks are changed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type OffHours, offStateAt, readOffHours } from "../../../../device/display/output/off-hours.ts";

const BERLIN = "Europe/Berlin";
const NIGHT: OffHours = { from: 22 * 60, to: 6 * 60 };

function at(iso: string): number {
  return Date.parse(iso) / 1000;
}

/** "dark until …" or "on until …", in UTC. */
function state(hours: string, iso: string, timezone = BERLIN): string {
  const { isOff, untilS } = offStateAt(readOffHours(hours) as OffHours, at(iso), timezone);
  return `${isOff ? "dark" : "on"} until ${new Date(untilS * 1000).toISOString().slice(0, 16)}Z`;
}

test("hours are read as two times of a day, and nothing else is", () => {
  assert.deepEqual(readOffHours("22:00-06:00"), NIGHT);
  assert.deepEqual(readOffHours("02:00-07:30"), { from: 120, to: 450 });
  for (const text of [
    "",
    "2:00-7:00",
    "02:00",
    "02:00-24:00",
    "02:60-03:00",
    "02:00-02:00",
    "02:00–07:00",
    "02:00-07:00x",
  ])
    assert.equal(readOffHours(text), undefined, text);
});

test("a night goes over midnight, its first minute is dark and its last is over", () => {
  assert.equal(state("22:00-06:00", "2026-07-17T21:59:59+02:00"), "on until 2026-07-17T20:00Z");
  assert.equal(state("22:00-06:00", "2026-07-17T22:00:00+02:00"), "dark until 2026-07-18T04:00Z");
  assert.equal(state("22:00-06:00", "2026-07-18T00:00:00+02:00"), "dark until 2026-07-18T04:00Z");
  assert.equal(state("22:00-06:00", "2026-07-18T05:59:59+02:00"), "dark until 2026-07-18T04:00Z");
  assert.equal(state("22:00-06:00", "2026-07-18T06:00:00+02:00"), "on until 2026-07-18T20:00Z");
});

test("hours within a day are of that day", () => {
  assert.equal(state("02:00-07:00", "2026-07-17T01:00:00+02:00"), "on until 2026-07-17T00:00Z");
  assert.equal(state("02:00-07:00", "2026-07-17T03:00:00+02:00"), "dark until 2026-07-17T05:00Z");
  assert.equal(state("02:00-07:00", "2026-07-17T07:00:00+02:00"), "on until 2026-07-18T00:00Z");
});

test("the night to summer time is an hour shorter, the one to winter time an hour longer", () => {
  assert.equal(state("22:00-06:00", "2026-03-28T23:00:00+01:00"), "dark until 2026-03-29T04:00Z");
  assert.equal(state("22:00-06:00", "2026-10-24T23:00:00+02:00"), "dark until 2026-10-25T05:00Z");
});

test("a time that the clock skips is the next that it shows, and one that it shows twice counts once", () => {
  assert.equal(state("02:30-07:00", "2026-03-29T00:59:00Z"), "on until 2026-03-29T01:30Z");
  assert.equal(state("02:30-02:45", "2026-10-25T00:31:00Z"), "dark until 2026-10-25T00:45Z");
  assert.equal(state("02:30-02:45", "2026-10-25T01:31:00Z"), "on until 2026-10-26T01:30Z");
});

test("the clock is that of the place, not of the machine", () => {
  assert.equal(state("22:00-06:00", "2026-07-17T22:30:00Z", "Asia/Tokyo"), "on until 2026-07-18T13:00Z");
  assert.equal(state("22:00-06:00", "2026-07-17T13:30:00Z", "Asia/Tokyo"), "dark until 2026-07-17T21:00Z");
});

test("whenever one looks, the next change is ahead and is one", () => {
  for (let seconds = at("2026-03-27T00:00:00Z"); seconds < at("2026-03-31T00:00:00Z"); seconds += 601) {
    const { isOff, untilS } = offStateAt(NIGHT, seconds, BERLIN);
    assert.ok(untilS > seconds && untilS - seconds <= 86_400);
    assert.notEqual(offStateAt(NIGHT, untilS, BERLIN).isOff, isOff);
    assert.equal(offStateAt(NIGHT, untilS - 1, BERLIN).isOff, isOff);
  }
});
