// A festival day ends when the last ones went to bed, also in a night in which the clocks change.
import assert from "node:assert/strict";
import { test } from "node:test";
import { festivalDayEnd, isKnownTimezone } from "../../../device/programme/festival-day.ts";
import { BERLIN, berlin, docOf, exactly, FestivalBox, Person } from "./festival-box.ts";

const RULE = { timezone: BERLIN, dayStart: 360 };

function seconds(iso: string): number {
  return Date.parse(iso) / 1000;
}

test("a day ends at six in the morning after", () => {
  assert.equal(festivalDayEnd(berlin("12:00"), RULE), berlin("06:00", "2026-07-18"));
  assert.equal(festivalDayEnd(berlin("05:59", "2026-07-18"), RULE), berlin("06:00", "2026-07-18"));
  assert.equal(festivalDayEnd(berlin("06:00", "2026-07-18"), RULE), berlin("06:00", "2026-07-19"));
});

test("a day with a clock change has 23 or 25 hours", () => {
  const spring = seconds("2026-03-28T06:00:00+01:00");
  assert.equal(festivalDayEnd(spring, RULE) - spring, 23 * 3600);
  const autumn = seconds("2026-10-24T06:00:00+02:00");
  assert.equal(festivalDayEnd(autumn, RULE) - autumn, 25 * 3600);
});

test("a day that would begin in the gap of a clock change begins right after it", () => {
  const rule = { timezone: BERLIN, dayStart: 150 };
  assert.equal(festivalDayEnd(seconds("2026-03-28T12:00:00+01:00"), rule), seconds("2026-03-29T03:30:00+02:00"));
});

test("a zone is known if this machine can tell the time in it", () => {
  assert.deepEqual(["UTC", BERLIN, "+05:30"].map(isKnownTimezone), [true, true, true]);
  assert.deepEqual(["", "Mars/Olympus", "+25:00", "__proto__"].map(isKnownTimezone), [false, false, false, false]);
});

test("an event after midnight belongs to the day before", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const at = (title: string, time: string, day: string) =>
    ada.event(title, { place: { text: "Barn" }, when: exactly(berlin(time, day), berlin(time, day) + 3600) });
  await box.hear([
    at("Dance", "01:30", "2026-07-18"),
    at("Dawn", "06:00", "2026-07-18"),
    at("Later", "07:00", "2026-07-18"),
  ]);
  const { next, tomorrow } = box.door("Barn", berlin("23:00"));
  assert.deepEqual([next.map(({ title }) => title), tomorrow?.title], [["Dance"], "Dawn"]);
});

test("the frame of the events says when their day begins", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const frame = ada.write({ a: "create", s: "frame/1", f: { title: "Summer", tz: BERLIN, dayStart: 60 } });
  const when = exactly(berlin("01:30", "2026-07-18"), berlin("02:30", "2026-07-18"));
  const dance = ada.event("Dance", { place: { text: "Barn" }, when, frames: [docOf(frame)] });
  await box.hear([frame, dance]);
  const { next, tomorrow } = box.door("Barn", berlin("23:00"));
  assert.deepEqual([next, tomorrow?.title], [[], "Dance"]);
});

test("tomorrow is the next day with something, within two weeks", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const on = (title: string, day: string) =>
    ada.event(title, { place: { text: "Barn" }, when: exactly(berlin("10:00", day), berlin("11:00", day)) });
  await box.hear([on("Near", "2026-07-30"), on("Far", "2026-08-30")]);
  assert.equal(box.door("Barn", berlin("23:00")).tomorrow?.title, "Near");
  assert.equal(box.door("Barn", berlin("23:00", "2026-07-31")).tomorrow, undefined);
});

test("what runs while the clock is set back is on for both hours that have one name", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const [start, end] = [seconds("2026-10-25T02:15:00+02:00"), seconds("2026-10-25T02:45:00+01:00")];
  await box.hear([ada.event("Night tea", { place: { text: "Barn" }, when: exactly(start, end) })]);
  const runs = (iso: string) => box.door("Barn", seconds(iso)).now.length;
  assert.deepEqual(
    ["2026-10-25T02:10:00+02:00", "2026-10-25T02:50:00+02:00", "2026-10-25T02:10:00+01:00"].map(runs),
    [0, 1, 1],
  );
  assert.equal(runs("2026-10-25T02:45:00+01:00"), 0);
});
