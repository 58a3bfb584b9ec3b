// Whatever people write, it stays theirs: whole in every format, and within the field they wrote it in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Archive, FORMATS, plainOf, readExport } from "./export/archive.ts";
import { HOSTILE_TEXTS } from "./export/hostile-texts.ts";
import { ownFestival } from "./export/own-festival.ts";
import { assertSameDocuments } from "./export/same-documents.ts";

for (const format of FORMATS) {
  test(`hostile texts come back whole from ${format}`, async () => {
    const { archive, event } = ownFestival();
    for (const fields of HOSTILE_TEXTS) event(fields);
    archive.write({ a: "create", s: "resource/1", f: { kind: "venue", title: "Barn; Lakeside, \\n" } });
    const file = readExport(archive.export(format));
    const other = new Archive("other");
    assert.deepEqual((await other.import(file)).skipped, []);
    assertSameDocuments(archive, other, file);
  });

  test(`no text makes an event of its own in ${format}`, () => {
    const { archive, event } = ownFestival();
    for (const fields of HOSTILE_TEXTS) event(fields);
    const titles = plainOf(archive.export(format)).events.map(({ title }) => title);
    assert.equal(titles.length, HOSTILE_TEXTS.length);
    assert.ok(!titles.includes("evil"));
  });

  test(`a title of the programme cannot break ${format}`, async () => {
    const archive = new Archive("titled");
    const title = `]]> "&<>';,\\n ^ ${"ü".repeat(40)}`;
    archive.write({ a: "create", s: "frame/1", f: { title, tz: "Etc/GMT-3" } });
    archive.write({
      a: "create",
      s: "event/1",
      f: { title: "Now", when: { m: "exact", start: 1_800_000_000, tz: "Etc/GMT-3" } },
    });
    const file = readExport(archive.export(format));
    const other = new Archive("other");
    await other.import(file);
    assert.deepEqual([file.title, file.timezone], [title, "Etc/GMT-3"]);
    assertSameDocuments(archive, other, file);
  });
}
