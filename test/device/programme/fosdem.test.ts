// A real programme, through the importer and the store to a door: FOSDEM 2026.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { publishProgramme } from "../../../device/interchange/publish-programme.ts";
import { readProgramme } from "../../../device/interchange/read-programme.ts";
import { needsShared, sharedPath } from "../../support/shared-data.ts";
import { FestivalBox, Person, writerOf } from "./festival-box.ts";

const FOSDEM = "data/schedules/fosdem2026-pretalx.schedule.xml";

test("FOSDEM stands at its doors as its programme says", needsShared(FOSDEM), async () => {
  const box = new FestivalBox();
  const bytes = readFileSync(sharedPath(FOSDEM));
  const file = readProgramme(bytes, { fileName: "schedule.xml", timezone: "Europe/Berlin", now: 0 });
  const publisher = writerOf(new Person("Ada"), box);
  const report = await publishProgramme(file, publisher, box.programme);
  assert.deepEqual([report.events, report.created, report.skipped.length], [883, 883, 0]);
  assert.equal(box.programme.counts().events, 883);
  const at = (time: string) => Date.parse(`2026-01-31T${time}:00+01:00`) / 1000;
  const { now, next, timezone } = box.door("Janson", at("10:45"));
  assert.equal(timezone, "Europe/Brussels");
  assert.deepEqual(
    now.map(({ title, end }) => [title, end]),
    [["FOSS in times of war, scarcity and (adversarial) AI", at("10:50")]],
  );
  assert.deepEqual([next[0]?.title, next[0]?.start], ["Evolving Git for the next decade", at("11:00")]);
  const again = await publishProgramme(file, publisher, box.programme);
  assert.deepEqual([again.operations, again.unchanged, again.gone], [0, 883, 0]);
});
