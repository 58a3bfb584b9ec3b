// What does not leave the festival (M-64).
import assert from "node:assert/strict";
import { test } from "node:test";
import { FORMATS, textOf } from "./export/archive.ts";
import { fullEvent, HOST_KEY, ownFestival } from "./export/own-festival.ts";

function saidIn(exported: ReturnType<ReturnType<typeof ownFestival>["archive"]["export"]>): string {
  return (textOf(exported) + (exported.side ? textOf(exported.side) : "")).replaceAll("\r\n ", "");
}

for (const format of FORMATS) {
  test(`a key that asks not to be named is not in ${format}`, () => {
    const festival = ownFestival();
    festival.event({
      ...fullEvent(festival),
      forkOf: { doc: "66".repeat(32), op: "66".repeat(32), by: "55".repeat(32) },
    });
    assert.ok(saidIn(festival.archive.export(format)).includes(HOST_KEY));
    const author = festival.archive.documents()[0]?.author ?? "";
    const said = saidIn(festival.archive.export(format, { hiddenKeys: new Set([HOST_KEY, author]) }));
    assert.ok(!said.includes(HOST_KEY) && !said.includes(author));
    assert.ok(said.includes("Mo"));
  });

  test(`a place that asks not to be passed on has no coordinates in ${format}`, () => {
    const { archive, event } = ownFestival();
    const place = { text: "Hidden lake", geo: [51_123_456, 12_123_456] as const, url: "geo:51.123456,12.123456" };
    const [venue, open] = (["please-not", "ask"] as const).map((reuse) =>
      archive.write({ a: "create", s: "resource/1", f: { kind: "venue", title: reuse, reuse, place } }),
    ) as [string, string];
    const when = { m: "exact", start: 1_800_000_000, tz: "UTC" } as const;
    const hidden = archive.export(format);
    assert.ok(saidIn(hidden).includes("51123456"));
    archive.write({ a: "update", s: "resource/1", d: open, f: { place: { text: "Hidden lake" } } });
    event({ title: "Swim", venues: [venue], when });
    event({ title: "Dive", reuse: "please-not", place, when });
    const said = saidIn(archive.export(format));
    assert.doesNotMatch(said, /51\.?123456|12\.?123456/);
    assert.ok(said.includes("Hidden lake"));
  });
}
