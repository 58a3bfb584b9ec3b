// Which operations a remote replica lacks, told from heights alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { toHex } from "../../../protocol/operation/bytes.ts";
import { compareHeights, type LogHeights } from "../../../protocol/operation/log.ts";

const [ada, mo] = ["aa".repeat(32), "bb".repeat(32)];
const [festival, other] = ["11".repeat(32), "22".repeat(32)];

function heights(entries: readonly (readonly [string, string, number])[]): LogHeights {
  const logs = new Map<string, Map<string, number>>();
  for (const [author, log, height] of entries) {
    logs.set(author, (logs.get(author) ?? new Map<string, number>()).set(log, height));
  }
  return logs;
}

function lacking(local: LogHeights, remote: LogHeights): string[] {
  return compareHeights(local, remote).map(({ author, logId, from, to }) => {
    return `${toHex(author).slice(0, 2)}/${toHex(logId).slice(0, 2)} ${from}–${to}`;
  });
}

test("a log that remote does not name is lacking from its beginning", () => {
  assert.deepEqual(lacking(heights([[ada, festival, 4]]), heights([])), ["aa/11 0–4"]);
  assert.deepEqual(lacking(heights([[ada, festival, 4]]), heights([[ada, other, 9]])), ["aa/11 0–4"]);
});

test("a log that remote holds lower is lacking above its height", () => {
  assert.deepEqual(lacking(heights([[ada, festival, 4]]), heights([[ada, festival, 2]])), ["aa/11 3–4"]);
});

test("nothing is lacking of logs of equal height, of higher ones, and of those only remote knows", () => {
  const remote = heights([
    [ada, festival, 4],
    [mo, festival, 9],
  ]);
  assert.deepEqual(lacking(heights([[ada, festival, 4]]), remote), []);
  assert.deepEqual(lacking(heights([[mo, festival, 8]]), remote), []);
});

test("ranges are ordered by author and log id, whatever the order of the maps", () => {
  const local = heights([
    [mo, other, 1],
    [mo, festival, 2],
    [ada, festival, 3],
  ]);
  assert.deepEqual(lacking(local, heights([])), ["aa/11 0–3", "bb/11 0–2", "bb/22 0–1"]);
});
