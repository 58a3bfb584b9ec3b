// Real programmes in and out (M-80 to M-87; domain.md §9, scene 7): one box reads FOSDEM 2026 and the calendar of a
// hackerspace, another that met it writes them in each format, and a third that met neither reads the file. Same events.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { needsShared, sharedPath } from "../../support/shared-data.ts";
import { Scene, type SceneBox } from "./scene.ts";

const FORMATS = ["schedule-xml", "schedule-json", "ics"] as const;
/** `named` finds how the source calls its events; one name may stand for many occurrences. */
const PROGRAMMES = [
  { file: "fosdem2026-pretalx.schedule.xml", named: /guid="([^"]+)"/g, names: 883 },
  { file: "bloominglabs-hackerspace.ics", named: /^UID:(\S+@google\.com)/gm, names: 252 },
] as const;
/** What stands in the place of all addresses in these files (M-86). */
const ADDRESS = /@example\.invalid/;

for (const { file, named, names } of PROGRAMMES) {
  const options = needsShared(`data/schedules/${file}`);
  const scene = new Scene(file);
  const reader = scene.box("reader", 20);
  const writer = scene.box("writer", -20);
  after(() => scene.end());

  test(`${file} is imported on one box and known on another`, options, async () => {
    const { events, skipped } = await reader.act("import", sharedPath(`data/schedules/${file}`));
    assert.deepEqual(skipped, []);
    await reader.start();
    await writer.visit(reader);
    await reader.stop();
    assert.equal((await writer.titles("events")).length, events);
  });

  for (const format of FORMATS) {
    test(`${file} leaves as ${format}, and a box that met nobody has the same events`, options, async () => {
      const out = join(scene.file(format), "programme");
      mkdirSync(scene.file(format));
      const { side } = await writer.act("export", "--format", format, "--out", out);
      const written = [out, side].flatMap((path) => (typeof path === "string" ? readFileSync(path, "utf8") : []));
      const source = readFileSync(sharedPath(`data/schedules/${file}`), "utf8");
      assert.match(source, ADDRESS);
      assert.doesNotMatch(written.join("\n"), ADDRESS);
      assert.deepEqual(namesMissing(source, named, written.join("\n")), { of: names, missing: [] });
      const stranger = scene.box(`reader of ${format}`, "none");
      assert.deepEqual((await stranger.act("import", out))["skipped"], []);
      assert.deepEqual(await eventsShown(stranger), await eventsShown(writer));
    });
  }
}

function namesMissing(source: string, named: RegExp, written: string): { of: number; missing: readonly string[] } {
  const names = new Set([...source.matchAll(named)].map(([, name = ""]) => name));
  return { of: names.size, missing: [...names].filter((name) => !written.includes(name)) };
}

interface Event {
  readonly [name: string]: unknown;
  readonly when: { readonly wall?: string };
  readonly places: readonly { readonly name?: string; readonly state: string }[];
}

/** All that a list says of each event, but for ids, which are everybody's own, and the wall time, which its instant gives. */
async function eventsShown(box: SceneBox): Promise<readonly string[]> {
  const events = await box.list<Event>("events");
  const plain = events.map(({ doc: _, author: __, when: { wall: ___, ...when }, places, ...said }) => ({
    ...said,
    when: Object.entries(when).sort(),
    places: places.map(({ name, state }) => [name, state]),
  }));
  return plain.map((event) => JSON.stringify(event)).sort();
}
