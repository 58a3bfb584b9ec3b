// How far a box trusts its clock (M-39): who says the time, and what rules it out.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { type ClockFacts, judgeClock, readClockSigns } from "../../device/clock.ts";

const SECOND = 1_000_000;
const YEAR = 31_557_600 * SECOND;
const NOW = Date.UTC(2026, 6, 17, 18) * 1_000;
const BUILD = NOW - YEAR;

const ALONE: ClockFacts = { now: NOW, buildTime: BUILD, synchronised: false, hasRtc: false };
const IN_1970: ClockFacts = { ...ALONE, now: 100 * SECOND };
const TO_2026 = NOW - IN_1970.now;
const PHONES = [TO_2026 - 5 * SECOND, TO_2026, TO_2026 + 7 * SECOND];

const rows: readonly (readonly [what: string, facts: ClockFacts, trust: string])[] = [
  ["a clock that a time server set is sure", { ...ALONE, synchronised: true }, "sure"],
  ["a clock that a chip carried over the night is sure", { ...ALONE, hasRtc: true }, "sure"],
  ["a clock where nobody would know is taken as it is", { ...ALONE, synchronised: undefined }, "sure"],
  ["a clock that nobody set is unsure", ALONE, "unsure"],
  ["a clock before this program was made is unsure", { ...ALONE, now: BUILD - 1, synchronised: true }, "unsure"],
  ["a clock at the moment this program was made is sure", { ...ALONE, now: BUILD, synchronised: true }, "sure"],
  ["a clock before our own last word is unsure", { ...ALONE, synchronised: true, newestOwn: NOW + 1 }, "unsure"],
  ["a clock at our own last word is sure", { ...ALONE, synchronised: true, newestOwn: NOW }, "sure"],
  ["a clock of a far century is unsure", { ...ALONE, now: BUILD + 21 * YEAR, synchronised: true }, "unsure"],
  ["three phones that agree lend their time", { ...IN_1970, phoneOffsets: PHONES }, "borrowed"],
  ["the order of the phones does not matter", { ...IN_1970, phoneOffsets: PHONES.toReversed() }, "borrowed"],
  ["two phones are too few", { ...IN_1970, phoneOffsets: PHONES.slice(1) }, "unsure"],
  [
    "phones two minutes apart lend nothing",
    { ...IN_1970, phoneOffsets: [TO_2026, TO_2026 + 1, TO_2026 + 120 * SECOND] },
    "unsure",
  ],
  [
    "phones just less than two minutes apart lend their time",
    { ...IN_1970, phoneOffsets: [TO_2026, TO_2026 + 1, TO_2026 + 120 * SECOND - 1] },
    "borrowed",
  ],
  ["phones that agree on 1970 lend nothing", { ...IN_1970, phoneOffsets: [0, 0, 0] }, "unsure"],
  ["a sure clock does not borrow", { ...ALONE, synchronised: true, phoneOffsets: PHONES }, "sure"],
];

for (const [what, facts, trust] of rows) test(what, () => assert.equal(judgeClock(facts), trust));

function machine(
  t: { after(callback: () => void): void },
  { timesync, chips = {} }: { timesync?: "waiting" | "answered"; chips?: Readonly<Record<string, string>> },
) {
  const root = mkdtempSync(join(tmpdir(), "lagerfeuer-clock-"));
  t.after(() => rmSync(root, { recursive: true }));
  const folders = { timesync: join(root, "timesync"), rtc: join(root, "rtc") };
  if (timesync !== undefined) mkdirSync(folders.timesync);
  if (timesync === "answered") writeFileSync(join(folders.timesync, "synchronized"), "");
  for (const [name, sinceEpoch] of Object.entries(chips)) {
    mkdirSync(join(folders.rtc, name), { recursive: true });
    writeFileSync(join(folders.rtc, name, "since_epoch"), sinceEpoch);
  }
  return folders;
}

function secondsFromNow(seconds: number): string {
  return `${NOW / SECOND + seconds}\n`;
}

test("without timesyncd and without a chip nobody here would know the time", (t) => {
  assert.deepEqual(readClockSigns(NOW, machine(t, {})), { synchronised: undefined, hasRtc: false });
});

test("timesyncd says whether a time server answered", (t) => {
  assert.equal(readClockSigns(NOW, machine(t, { timesync: "waiting" })).synchronised, false);
  assert.equal(readClockSigns(NOW, machine(t, { timesync: "answered" })).synchronised, true);
});

test("a chip within two minutes of the clock counts, one further off does not", (t) => {
  const hasRtc = (text: string) => readClockSigns(NOW, machine(t, { chips: { rtc0: text } })).hasRtc;
  for (const seconds of [0, 120, -120]) assert.equal(hasRtc(secondsFromNow(seconds)), true, `${seconds} s`);
  for (const seconds of [121, -121, -NOW / SECOND])
    assert.equal(hasRtc(secondsFromNow(seconds)), false, `${seconds} s`);
});

test("a chip that cannot be read says nothing, and a second one may still agree", (t) => {
  const folders = machine(t, { chips: { rtc0: "no number", rtc2: secondsFromNow(3) } });
  mkdirSync(join(folders.rtc, "rtc1"));
  assert.equal(readClockSigns(NOW, folders).hasRtc, true);
  rmSync(join(folders.rtc, "rtc2"), { recursive: true });
  assert.equal(readClockSigns(NOW, folders).hasRtc, false);
});
