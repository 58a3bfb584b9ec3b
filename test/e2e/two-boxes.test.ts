// Two boxes on two hosts, no addresses given: they find each other, agree, show each other's presses, and lose nothing
// when one is killed.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { BoxProcess, eventually, lagerfeuer, statusOf } from "../support/box-process.ts";
import { layCable, namespacesMissing } from "../support/network-namespaces.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { sharedPath } from "../support/shared-data.ts";

const skip = namespacesMissing();
const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-e2e-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The real programme if it lies beside the repository, else a small one of our own. */
const FOSDEM = sharedPath("data/schedules/fosdem2026-pretalx.schedule.xml");
const CAMP = fileURLToPath(new URL("./fixtures/camp.schedule.xml", import.meta.url));
const programme = existsSync(FOSDEM) ? FOSDEM : CAMP;
const events = programme === FOSDEM ? 883 : 4;

async function sameState(a: BoxProcess, b: BoxProcess): Promise<boolean> {
  const [left, right] = await Promise.all([a.status(), b.status()]);
  return left["operations"] !== 0 && left["stateHash"] === right["stateHash"];
}

test(`two boxes find each other by mDNS and agree on ${events} events`, { skip }, async (t) => {
  const cable = layCable(1);
  const [dataA, dataB] = [join(folder, "a"), join(folder, "b")];
  const imported = await lagerfeuer(["import", programme, "--data", dataA, "--json"]);
  assert.equal(imported.status, 0, imported.stderr);
  assert.equal(JSON.parse(imported.stdout).events, events);
  const args = ["--logger-level", "debug"];
  const a = new BoxProcess({ data: dataA, namespace: cable.left, args });
  await a.ready;
  const b = new BoxProcess({ data: dataB, namespace: cable.right, args });
  try {
    await b.ready;
    const agreedMs = await eventually("equal state hashes", 10_000, () => sameState(a, b));
    t.diagnostic(`equal ${Math.round(agreedMs)} ms after the second box was ready`);
    assert.equal((await b.status())["operations"], (await a.status())["operations"]);
  } finally {
    assert.equal(await a.end("SIGTERM"), 0, a.said);
    assert.equal(await b.end("SIGTERM"), 0, b.said);
    cable.remove();
  }
});

/** One event that began a moment ago and runs for hours, whenever the test runs. */
function runningNow(): string {
  const path = join(folder, "now.ics");
  const stamp = (ms: number) => new Date(Date.now() + ms).toISOString().replace(/[-:]|\.\d+/g, "");
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Lagerfeuer//test//EN",
    "BEGIN:VEVENT",
    "UID:soup",
    `DTSTAMP:${stamp(0)}`,
    `DTSTART:${stamp(-5 * 60_000)}`,
    `DTEND:${stamp(3 * 3_600_000)}`,
    "SUMMARY:Soup for everybody",
    "LOCATION:Kitchen",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  writeFileSync(path, `${lines.join("\r\n")}\r\n`);
  return path;
}

test("a press at one door is on the other box's screen", { skip }, async (t) => {
  const cable = layCable(2);
  const [dataA, dataB] = [join(folder, "press-a"), join(folder, "press-b")];
  const imported = await lagerfeuer(["import", runningNow(), "--data", dataA]);
  assert.equal(imported.status, 0, imported.stderr);
  const args = ["--venue", "Kitchen", "--logger-level", "debug"];
  const a = new BoxProcess({ data: dataA, namespace: cable.left, args });
  const b = new BoxProcess({ data: dataB, namespace: cable.right, args });
  try {
    await Promise.all([a.ready, b.ready]);
    await eventually("equal state hashes", 10_000, () => sameState(a, b));
    const before = await b.status();
    const started = performance.now();
    const redrawn = b.nextLine(/"message":"frame"/, 20_000);
    a.press("1");
    await redrawn;
    t.diagnostic(`${Math.round(performance.now() - started)} ms from key to the other screen`);
    assert.equal((await b.status())["operations"], (before["operations"] as number) + 1);
  } finally {
    await a.end("SIGTERM");
    await b.end("SIGTERM");
    cable.remove();
  }
});

test("kill -9 of either box at any moment loses nothing acknowledged, and they agree again", { skip }, async (t) => {
  const seed = 20_261_121;
  const random = seededRandom(seed);
  const cable = layCable(3);
  const args = ["--demo", "--buttons-window-seconds", "10"];
  const options = [
    { data: join(folder, "kill-a"), namespace: cable.left, args },
    { data: join(folder, "kill-b"), namespace: cable.right, args },
  ] as const;
  let boxes = options.map((each) => new BoxProcess(each)) as [BoxProcess, BoxProcess];
  t.diagnostic(`seed ${seed}`);
  try {
    await Promise.all(boxes.map((box) => box.ready));
    for (let round = 0; round < 4; round++) {
      const victim = round % 2 === 0 ? 0 : 1;
      const acknowledged = (await statusOf(options[victim]))["operations"] as number;
      boxes[victim].press("1");
      await new Promise((resolve) => setTimeout(resolve, random() * 150));
      await boxes[victim].end("SIGKILL");
      const revived = new BoxProcess(options[victim]);
      boxes = (victim === 0 ? [revived, boxes[1]] : [boxes[0], revived]) as [BoxProcess, BoxProcess];
      await revived.ready;
      const after = (await statusOf(options[victim]))["operations"] as number;
      assert.ok(after >= acknowledged, `round ${round}: ${after} of ${acknowledged} operations are left`);
      await eventually(`round ${round}: equal state hashes`, 20_000, () => sameState(...boxes));
    }
  } finally {
    for (const box of boxes) await box.end("SIGTERM");
    cable.remove();
  }
});
