// A box without a clock of its own borrows the time of the phones around it, and says so (M-39).
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { BoxClock } from "../../device/box-clock.ts";
import { PhoneClocks } from "../../device/phone-clocks.ts";
import { FakeClock } from "../support/fake-clock.ts";

const EVENING_MS = Date.UTC(2026, 6, 17, 18);
const BUILD_TIME = Date.UTC(2026, 0, 1) * 1000;
const MINUTE_MS = 60_000;

/** A machine that asked a time server and heard nothing, without a clock chip. */
const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-phones-"));
after(() => rmSync(folder, { recursive: true }));
const folders = { timesync: join(folder, "timesync"), rtc: join(folder, "rtc") };
mkdirSync(folders.timesync);

function boxIn1970(newestOwn = 0) {
  const clock = new FakeClock(100_000_000);
  const phones = new PhoneClocks(clock);
  const options = { clock, buildTime: BUILD_TIME, newestOwn: () => newestOwn, phoneOffsets: () => phones.offsets() };
  return { clock, phones, boxClock: new BoxClock({ ...options, folders }) };
}

test("two phones lend nothing, a third lends the middle of the three", () => {
  const { phones, boxClock } = boxIn1970();
  phones.offer("10.0.0.1", EVENING_MS - 5_000);
  phones.offer("10.0.0.2", EVENING_MS + 7_000);
  assert.equal(boxClock.trust, "unsure");
  assert.equal(boxClock.now, 100);
  phones.offer("10.0.0.3", EVENING_MS);
  assert.equal(boxClock.trust, "borrowed");
  assert.equal(boxClock.now, EVENING_MS / 1000);
});

test("one phone that speaks three times is one phone", () => {
  const { phones, boxClock } = boxIn1970();
  for (let times = 0; times < 3; times++) phones.offer("10.0.0.1", EVENING_MS);
  assert.equal(boxClock.trust, "unsure");
  assert.equal(phones.offsets().length, 1);
});

test("phones two minutes apart lend nothing", () => {
  const { phones, boxClock } = boxIn1970();
  for (const late of [0, 1, 2]) phones.offer(`10.0.0.${late}`, EVENING_MS + late * MINUTE_MS);
  assert.equal(boxClock.trust, "unsure");
});

test("borrowed time goes on, and is given back after an hour without phones", () => {
  const { clock, phones, boxClock } = boxIn1970();
  for (const phone of [1, 2, 3]) phones.offer(`10.0.0.${phone}`, EVENING_MS);
  clock.advance(60 * MINUTE_MS);
  assert.equal(boxClock.now, EVENING_MS / 1000 + 3_600);
  assert.equal(boxClock.nextMinuteMs, MINUTE_MS);
  clock.advance(1);
  assert.equal(boxClock.trust, "unsure");
});

test("when the date of the box is set meanwhile, what is borrowed stays the same moment", () => {
  const { clock, phones, boxClock } = boxIn1970();
  for (const phone of [1, 2, 3]) phones.offer(`10.0.0.${phone}`, EVENING_MS);
  clock.jump(365 * 24 * 60 * MINUTE_MS);
  assert.equal(boxClock.now, EVENING_MS / 1000);
});

test("borrowed time never stands before the box's own last word", () => {
  const { phones, boxClock } = boxIn1970((EVENING_MS + 1) * 1000);
  for (const phone of [1, 2, 3]) phones.offer(`10.0.0.${phone}`, EVENING_MS);
  assert.equal(boxClock.trust, "unsure");
});

test("phones never move a clock that is sure", () => {
  const clock = new FakeClock();
  const phones = new PhoneClocks(clock);
  const sure = { timesync: join(folder, "nobody"), rtc: folders.rtc };
  const options = { clock, buildTime: BUILD_TIME, newestOwn: () => 0, phoneOffsets: () => phones.offsets() };
  const boxClock = new BoxClock({ ...options, folders: sure });
  for (const phone of [1, 2, 3]) phones.offer(`10.0.0.${phone}`, EVENING_MS + 24 * 60 * MINUTE_MS);
  assert.equal(boxClock.trust, "sure");
  assert.equal(boxClock.now, EVENING_MS / 1000);
});

test("ten thousand phones take no more room than sixty-four", () => {
  const { phones } = boxIn1970();
  for (let phone = 0; phone < 10_000; phone++) phones.offer(`10.0.${phone >> 8}.${phone & 255}`, EVENING_MS);
  assert.equal(phones.offsets().length, 64);
});
