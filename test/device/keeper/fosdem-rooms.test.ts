// A real programme asks a box for its rooms: FOSDEM 2026, 883 requests in random order, through replica and keeper.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readProgramme } from "../../../device/interchange/read-programme.ts";
import type { NewEntry } from "../../../sync/ports.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { needsShared, sharedPath } from "../../support/shared-data.ts";
import { Person } from "../programme/festival-box.ts";
import { AnsweringBox, wish } from "./answering-box.ts";

const FOSDEM = "data/schedules/fosdem2026-pretalx.schedule.xml";
const SEED = 2026;
/** As many operations as a page of a session brings. */
const PAGE = 100;

test(`883 requests in an order of seed ${SEED} are 883 accepts and no refusal`, needsShared(FOSDEM), async () => {
  const bytes = readFileSync(sharedPath(FOSDEM));
  const { events, venues } = readProgramme(bytes, { fileName: "schedule.xml", timezone: "Europe/Brussels", now: 0 });
  const box = await AnsweringBox.open();
  const rooms = new Map<string, string>();
  for (const { key, name } of venues) rooms.set(key, await box.room({ title: name, tz: "Europe/Brussels" }));
  await box.keep();
  const random = seededRandom(SEED);
  const shuffled = events.map((event) => ({ event, lot: random() })).sort((a, b) => a.lot - b.lot);
  const operations: NewEntry[] = shuffled.flatMap(({ event: { uid, venue = "", when } }) => {
    assert.ok(when?.m === "exact" && when.end !== undefined);
    const { event, request } = wish(new Person(uid), rooms.get(venue) ?? "", { start: when.start, end: when.end });
    return [event, request];
  });
  for (let from = 0; from < operations.length; from += PAGE) await box.hear(...operations.slice(from, from + PAGE));
  const verdicts = await box.verdicts();
  assert.deepEqual([verdicts.length, verdicts.every((verdict) => verdict === "accept")], [883, true]);
  const confirmed = box.festival.programme.events().filter(({ confirmed }) => confirmed.percent === 100);
  assert.equal(confirmed.length, 883);
});
