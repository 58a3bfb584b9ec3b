// The file beside the replica that knows what an e-ink panel shows: it comes back whole or not at all, is never wrong
// about the glass, and spares the card.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { PanelMemory } from "../../device/display/panel/panel-driver.ts";
import { FRESH_STATE } from "../../device/display/panel/refresh-policy.ts";
import { ScreenMemory } from "../../device/screen-memory.ts";

const PANEL = "waveshare-7in5-v2";
const MINUTE_MS = 60_000;
const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-memory-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, "panel.json");

const JOURNAL = { count: { full: 1, fast: 0, partial: 2 }, busyMs: { full: 4100 }, failures: 0, recent: [] };

function memoryOf(shown?: number): PanelMemory {
  const pixels = shown === undefined ? {} : { shown: new Uint8Array(48_000).fill(shown) };
  return { refreshes: { ...FRESH_STATE, day: 20_000, partials: 2 }, journal: JOURNAL, ...pixels };
}

function desk({ fresh = false, panel = PANEL } = {}) {
  if (fresh) rmSync(path, { force: true });
  const said: string[] = [];
  const quiet = () => {};
  const logger = { debug: quiet, info: quiet, warn: (message: string) => void said.push(message), error: quiet };
  let nowMs = 0;
  const memory = new ScreenMemory({ path, panel, monotonicMs: () => nowMs, logger });
  return {
    ...{ memory, said },
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

/** As after a power cut: what another process finds. */
function found(panel = PANEL): PanelMemory | undefined {
  return desk({ panel }).memory.recall();
}

test("what the glass shows comes back, with all its counts", () => {
  const { memory } = desk({ fresh: true });
  assert.equal(memory.recall(), undefined);
  memory.remember(memoryOf(0x5a));
  assert.deepEqual(found(), memoryOf(0x5a));
  assert.equal(found("waveshare-4in2-v2"), undefined, "another panel has another picture");
});

test("before a refresh the file forgets the picture, whenever that is", () => {
  const { memory } = desk({ fresh: true });
  memory.remember(memoryOf(1));
  memory.remember(memoryOf());
  assert.deepEqual(found(), memoryOf());
});

test("a picture that is not written leaves none in the file, and an orderly end writes it", () => {
  const { memory, pass } = desk({ fresh: true });
  memory.remember(memoryOf(1));
  pass(MINUTE_MS);
  memory.remember(memoryOf());
  memory.remember(memoryOf(2));
  assert.equal(found()?.shown, undefined);
  memory.close();
  assert.deepEqual(found(), memoryOf(2));
});

test("a day of a refresh each minute writes 288 times at most", () => {
  const { memory, pass } = desk({ fresh: true });
  let writes = 0;
  let before = "";
  const count = () => {
    const text = readFileSync(path, "utf8");
    if (text !== before) writes += 1;
    before = text;
  };
  for (let minute = 0; minute < 24 * 60; minute++) {
    memory.remember(memoryOf());
    if (minute > 0) count();
    memory.remember(memoryOf(minute % 251));
    count();
    pass(MINUTE_MS);
  }
  assert.ok(writes > 200 && writes <= 288, `${writes} writes`);
});

test("a file that is torn, of another shape or another size of picture is no memory", () => {
  const { memory } = desk({ fresh: true });
  memory.remember(memoryOf(7));
  const whole = readFileSync(path, "utf8");
  for (let length = 0; length < whole.length - 1; length++) {
    writeFileSync(path, whole.slice(0, length));
    assert.equal(found(), undefined, `${length} bytes`);
  }
  for (const change of [
    { shown: "no picture" },
    { refreshes: undefined },
    { refreshes: { ...FRESH_STATE, flashes: "many" } },
    { journal: { ...JOURNAL, recent: 3 } },
    { journal: undefined },
  ]) {
    writeFileSync(path, JSON.stringify({ ...JSON.parse(whole), ...change }));
    assert.equal(found(), undefined, JSON.stringify(change));
  }
});

test("a card that takes nothing is told once, and the panel is drawn all the same", () => {
  const { memory, said, pass } = desk({ fresh: true });
  rmSync(folder, { recursive: true });
  for (let round = 0; round < 3; round++) {
    memory.remember(memoryOf(round));
    pass(10 * MINUTE_MS);
  }
  assert.deepEqual(memory.recall(), memoryOf(2));
  assert.deepEqual(said, ["panel memory not written"]);
});
