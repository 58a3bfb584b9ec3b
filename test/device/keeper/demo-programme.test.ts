// The demo festival is always now, wherever and whenever a box is switched on.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FileEvent, ProgrammeFile } from "../../../device/interchange/programme-file.ts";
import { programmeSource } from "../../../device/interchange/programme-source.ts";
import { publishProgramme } from "../../../device/interchange/publish-programme.ts";
import { demoProgramme } from "../../../device/keeper/demo-programme.ts";
import { DEMO_VENUES } from "../../../device/keeper/demo-titles.ts";
import { BERLIN, berlin, FestivalBox, Person, writerOf } from "../programme/festival-box.ts";

const NAMES = ["Campfire", "Barn", "Lakeside"];
const DAY_SECONDS = 86_400;
const BREAK_SECONDS = 600;

function seconds(iso: string): number {
  return Date.parse(iso) / 1000;
}

function spans(events: readonly FileEvent[]): { readonly start: number; readonly end: number }[] {
  return events.flatMap(({ when }) => (when?.m === "exact" ? [{ start: when.start, end: when.end ?? 0 }] : []));
}

/** Longest time at one venue without anything, from a moment to the next day's same moment. */
function longestGap({ events }: ProgrammeFile, venue: string, from: number): number {
  const here = spans(events.filter((event) => event.venue === venue && event.status === "planned"));
  let [free, longest] = [from, 0];
  for (const { start, end } of here.sort((a, b) => a.start - b.start)) {
    if (end <= from || start >= from + DAY_SECONDS) continue;
    longest = Math.max(longest, start - free);
    free = Math.max(free, end);
  }
  return Math.max(longest, from + DAY_SECONDS - free);
}

test("at each of three venues something runs at every moment but short breaks, on nights of clock changes too", () => {
  const days: readonly (readonly [string, string])[] = [
    ["2026-07-17T00:00:00Z", BERLIN],
    ["2026-03-28T18:00:00Z", BERLIN],
    ["2026-10-24T18:00:00Z", BERLIN],
    ["2026-10-03T12:00:00Z", "Australia/Lord_Howe"],
    ["2026-04-04T12:00:00Z", "Australia/Lord_Howe"],
    ["2026-12-31T23:30:00Z", "Asia/Kathmandu"],
    ["2028-02-29T01:00:00Z", "America/St_Johns"],
  ];
  for (const [iso, timezone] of days) {
    for (let hours = 0; hours < 24; hours++) {
      const now = seconds(iso) + hours * 3600;
      const file = demoProgramme(now, timezone);
      assert.deepEqual(
        file.venues.map(({ name }) => name),
        NAMES,
      );
      for (const venue of NAMES) {
        const gap = longestGap(file, venue, now);
        assert.ok(gap <= BREAK_SECONDS, `${gap} s without anything at ${venue}, ${timezone}, from ${now}`);
      }
    }
  }
});

test("nothing overlaps at one venue but what is cancelled", () => {
  const { events } = demoProgramme(seconds("2026-10-24T18:00:00Z"), BERLIN);
  for (const venue of NAMES) {
    const here = spans(events.filter((event) => event.venue === venue && event.status === "planned"));
    here.sort((a, b) => a.start - b.start);
    for (const [index, { start, end }] of here.entries()) {
      assert.ok(start < end && end <= (here[index + 1]?.start ?? end));
    }
  }
  assert.equal(events.filter(({ status }) => status === "cancelled").length, 2);
});

test("every title is the one and only of its kind and fits an event", () => {
  const titles = DEMO_VENUES.flatMap(({ titles }) => Object.values(titles).flat()).map(({ title }) => title);
  assert.equal(new Set(titles).size, 48);
  for (const script of [/\p{Script=Latin}/u, /\p{Script=Arabic}/u, /\p{Script=Hebrew}/u, /\p{Script=Hiragana}/u]) {
    assert.ok(titles.some((title) => script.test(title)));
  }
  assert.ok(titles.some((title) => /\p{Emoji_Presentation}/u.test(title)));
  for (const { hours, titles } of DEMO_VENUES) {
    assert.equal(
      hours.reduce((sum, length) => sum + length, 0),
      6,
    );
    assert.ok(Object.values(titles).every((quarter) => quarter.length === hours.length));
  }
});

test("a title belongs to its part of the day, and the next day has another order", () => {
  const day = (from: number) => {
    const { events } = demoProgramme(from, BERLIN);
    const evening = events.find(({ when }) => when?.m === "exact" && when.start === from + 18 * 3600);
    return evening?.title ?? "";
  };
  const nights = [17, 18, 19].map((date) => day(berlin("00:00", `2026-07-${date}`)));
  assert.equal(new Set(nights).size, 3);
  const evenings: readonly string[] = DEMO_VENUES[0]?.titles.evening.map(({ title }) => title) ?? [];
  for (const title of nights) assert.ok(evenings.includes(title), title);
});

test("the same hour gives the same programme, the next hour of the day too", () => {
  const file = demoProgramme(berlin("14:20"), BERLIN);
  assert.deepEqual(demoProgramme(berlin("14:20"), BERLIN), file);
  assert.deepEqual(demoProgramme(berlin("23:59"), BERLIN), file);
  assert.equal(programmeSource(file), "schedule:lagerfeuer-demo");
});

test("as the day turns only new events are published", async () => {
  const box = new FestivalBox();
  const writer = writerOf(new Person("Box"), box);
  const at = (time: string, day: string) =>
    publishProgramme(demoProgramme(berlin(time, day), BERLIN), writer, box.programme);
  const first = await at("20:00", "2026-07-17");
  assert.deepEqual([first.skipped, first.created], [[], first.events]);
  assert.equal((await at("23:00", "2026-07-17")).operations, 0);
  const next = await at("00:00", "2026-07-18");
  assert.deepEqual([next.updated, next.operations], [0, next.created]);
  assert.ok(next.created > 40 && next.unchanged > 40);
  const { now, next: later } = box.door("Campfire", berlin("00:10", "2026-07-18"));
  assert.deepEqual([now.length, later.length > 0], [1, true]);
});
