// What our drivers send beside what the vendors' own were recorded to send.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { CommandContext } from "../../../../device/command/command.ts";
import { panelTrace } from "../../../../device/command/panel-trace.ts";
import { panelSteps } from "../../../../device/display/panel/panel-steps.ts";
import { PANEL_NAMES } from "../../../../device/display/panel/panels.ts";
import { planeOf } from "../../../../device/display/panel/plane.ts";
import { traceLines } from "../../../../device/display/panel/step-trace.ts";
import { pngOfPacked } from "../../../../device/display/png.ts";
import { needsShared, sharedPath } from "../../../support/shared-data.ts";
import { benchTable, Sight } from "./bench-panels.ts";

const RECORDED = [
  { file: "epd7in5_V2-full.jsonl", panel: "waveshare-7in5-v2", mode: "full", image: "picture-800x480.png" },
  { file: "epd7in5_V2-fast.jsonl", panel: "waveshare-7in5-v2", mode: "fast", image: "picture-800x480.png" },
  { file: "epd7in5_V2-partial-whole.jsonl", panel: "waveshare-7in5-v2", mode: "partial", image: "picture-800x480.png" },
  { file: "epd2in13_V4-full.jsonl", panel: "waveshare-2in13-v4", mode: "full", image: "picture-250x122.png" },
  {
    file: "epd2in13_V4-base-partial.jsonl",
    panel: "waveshare-2in13-v4",
    mode: "partial",
    image: "picture-250x122.png",
  },
] as const;

async function traced(options: Record<string, string>): Promise<string[]> {
  const lines: string[] = [];
  const context: Pick<CommandContext, "options" | "print" | "remark"> = {
    options,
    print: (line) => lines.push(line),
    remark: () => {},
  };
  await panelTrace.run(context as CommandContext);
  return lines;
}

for (const { file, panel, mode, image } of RECORDED) {
  test(
    `${panel} hears in mode ${mode} what its vendor sends (${file})`,
    needsShared(`data/panel-traces/${file}`),
    async () => {
      const recorded = readFileSync(sharedPath(`data/panel-traces/${file}`), "utf8")
        .trimEnd()
        .split("\n");
      assert.deepEqual(await traced({ panel, mode, image: sharedPath(`data/panel-traces/${image}`) }), recorded);
    },
  );
}

test("with a known glass the 7.5 inch panel hears the vendor's partial refresh and its old plane, and nothing else", () => {
  const panel = benchTable("waveshare-7in5-v2");
  const [black, white] = [new Uint8Array(48_000), new Uint8Array(48_000).fill(0xff)];
  const vendors = traceLines(panelSteps(panel, { mode: "partial", next: white }));
  const ours = traceLines(panelSteps(panel, { mode: "partial", next: white, shown: black }));
  const oldPlane = ours.indexOf('{"op": "cmd", "b": "10"}');
  assert.deepEqual(ours.toSpliced(oldPlane, 2), vendors);
  assert.equal(panel.differences.filter(({ mode }) => mode === "partial").length, 2);
});

test("every panel whose partial refresh is not its vendor's says why", () => {
  for (const name of PANEL_NAMES) {
    const { partial, differences } = benchTable(name);
    if (partial === undefined || partial.blind.join() === partial.script.join()) continue;
    assert.ok(
      differences.some(({ mode, why }) => mode === "partial" && why.length > 0),
      name,
    );
  }
});

test("a small change is sent as a small window", () => {
  const panel = benchTable("waveshare-7in5-v2");
  const sight = new Sight(panel);
  const shown = planeOf(panel, sight.picture());
  sight.pixels[100 * 800 + 77] = 0;
  const steps = panelSteps(panel, { mode: "partial", next: planeOf(panel, sight.picture()), shown });
  const sent = traceLines(steps).filter((line) => line.includes('"data"'));
  assert.ok(sent.includes('{"op": "data", "len": 9, "hex": "0048004f0064006401"}'));
  assert.ok(
    sent.includes('{"op": "data", "len": 1, "hex": "ff"}') && sent.includes('{"op": "data", "len": 1, "hex": "fb"}'),
  );
});

test("what cannot be traced is named: panel, mode, picture, size, voltage", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "lagerfeuer-"));
  t.after(() => rm(folder, { recursive: true }));
  const image = join(folder, "small.png");
  const text = join(folder, "text.png");
  await writeFile(image, pngOfPacked(new Uint8Array(8), 8, 8));
  await writeFile(text, "no picture");
  const panel = "waveshare-7in5-v2";
  const cases: readonly [Record<string, string>, RegExp][] = [
    [{ panel: "waveshare-8in", image }, /the panels are waveshare-7in5-v2/],
    [{ image }, /--panel/],
    [{ panel }, /--image/],
    [{ panel, image: text }, /not a picture/],
    [{ panel, image, mode: "slow" }, /full, fast or partial/],
    [{ panel, image }, /8 × 8 does not fit/],
    [{ panel: "waveshare-7in3-e", image, mode: "fast" }, /8 × 8|no mode/],
    [{ panel: "it8951", image }, /VCOM/],
  ];
  for (const [options, message] of cases) {
    await assert.rejects(traced(options), (error: Error & { code?: string }) => {
      assert.match(error.message, message);
      assert.match(error.code ?? "", /^E_(USAGE|IMAGE)$/);
      return true;
    });
  }
});
