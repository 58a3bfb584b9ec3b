// SSD1680, SSD1683, SSD1677: plane 24 is the new picture, 26 the one before, 1 is white. 22 says what 20 shall do, a bit
// each: clock and voltages on, temperature, waveform from the chip, kind 2 (differential), display, voltages and clock off.
import { type Difference, PAPER_LIMITS, type Panel } from "./panel.ts";
import { changesOnlyWaveform } from "./ssd1680-waveform.ts";

const WAKE = ["reset", "wait", "12", "wait"];
const FULL_REFRESH = ["22 f7", "20", "wait full"];
/** With the waveform that is loaded already. */
const FAST_REFRESH = ["22 c7", "20", "wait fast"];
const PARTIAL_REFRESH = ["22 ff", "20", "wait partial"];
/** The planes survive; only a reset wakes the chip. */
const SLEEP = ["10 01"];
const PULSE = { highMs: 20, lowMs: 2, settleMs: 20 };

const FROM_SLEEP: Difference = {
  mode: "partial",
  ours: "the whole start-up, 26 old and 24 new before each partial refresh",
  why: "the chip sleeps between refreshes and its memory is unknown after a power cut; plane 26 must hold what the glass shows (PlanktoScope#876)",
};
const NO_VENDOR_WAVEFORM: Difference = {
  mode: "full",
  ours: "22 f7 with the waveform in the chip instead of 32, 3f, 03, 04, 2c",
  why: "the vendor's table is not ours to copy, and the chip's own follows the temperature",
};

/** The gates, the direction of writing, the whole memory as window, and the cursor, which returns to its beginning. */
const MEMORY_2IN13 = ["01 f9 00 00", "11 03", "44 00 0f", "45 00 00 f9 00", "4e 00", "4f 00 00"];
const SENSOR_2IN13 = ["21 00 80", "18 80", "wait"];
const START_2IN13 = [...WAKE, ...MEMORY_2IN13, "3c 05", ...SENSOR_2IN13];

export const WAVESHARE_2IN13_V4: Panel = {
  name: "waveshare-2in13-v4",
  width: 122,
  height: 250,
  pixel: "bit",
  busyLevel: 1,
  reset: PULSE,
  full: { refreshMs: 2000, script: [...START_2IN13, "24 new", ...FULL_REFRESH, ...SLEEP] },
  fast: {
    refreshMs: 1500,
    script: [
      ...WAKE,
      "18 80",
      ...MEMORY_2IN13,
      "22 b1",
      "20",
      "wait",
      "1a 64 00",
      "22 91",
      "20",
      "wait",
      "24 new",
      ...FAST_REFRESH,
      ...SLEEP,
    ],
  },
  partial: {
    refreshMs: 500,
    script: [...WAKE, ...MEMORY_2IN13, "3c 80", ...SENSOR_2IN13, "26 old", "24 new", ...PARTIAL_REFRESH, ...SLEEP],
    blind: [
      ...START_2IN13,
      "24 new",
      "26 new",
      ...FULL_REFRESH,
      "reset short",
      "3c 80",
      ...MEMORY_2IN13,
      "24 new",
      ...PARTIAL_REFRESH,
      ...SLEEP,
    ],
  },
  windows: false,
  before: "written",
  limits: PAPER_LIMITS,
  differences: [
    FROM_SLEEP,
    {
      mode: "fast",
      ours: "18 80, and the wait before 12",
      why: "the vendor's driver sends 80 as a command, so the sensor is never chosen; and the chip may still be waking up",
    },
  ],
};

const MEMORY_2IN9 = ["01 27 01 00", "11 03", "44 00 0f", "45 00 00 27 01", "4e 00", "4f 00 00"];
const START_2IN9 = [...WAKE, ...MEMORY_2IN9, "21 00 80", "18 80", "wait"];
/** Voltages from the chip, the waveform from us; what 20 does then loads nothing any more. */
const PARTIAL_2IN9 = ["22 b1", "20", "wait", "32 waveform", "22 cf", "20", "wait partial"];

export const WAVESHARE_2IN9_V2: Panel = {
  name: "waveshare-2in9-v2",
  width: 128,
  height: 296,
  pixel: "bit",
  busyLevel: 1,
  reset: { highMs: 50, lowMs: 2, settleMs: 50 },
  full: { refreshMs: 4100, script: [...START_2IN9, "3c 05", "24 new", ...FULL_REFRESH, ...SLEEP] },
  partial: {
    refreshMs: 750,
    script: [...START_2IN9, "3c 80", "26 old", "24 new", ...PARTIAL_2IN9, ...SLEEP],
    blind: [...START_2IN9, "3c 05", "24 new", "26 new", ...FULL_REFRESH, "3c 80", "24 new", ...PARTIAL_2IN9, ...SLEEP],
  },
  windows: false,
  before: "written",
  limits: PAPER_LIMITS,
  differences: [
    FROM_SLEEP,
    NO_VENDOR_WAVEFORM,
    {
      mode: "partial",
      ours: "32 with a waveform that drives only what changes, and the voltages in the chip",
      why: "this panel has no differential waveform of its own (GxEPD2), and the vendor's is not ours to copy",
    },
  ],
  fill: { waveform: changesOnlyWaveform() },
};

const MEMORY_4IN2 = ["11 03", "44 00 31", "45 00 00 2b 01", "4e 00", "4f 00 00"];
/** The old plane counts as zero: a full refresh drives every pixel whatever was there. */
const BOTH_PLANES = ["24 new", "26 new"];
const START_4IN2 = [...WAKE, "21 40 00", "3c 05", ...MEMORY_4IN2, "wait"];

export const WAVESHARE_4IN2_V2: Panel = {
  name: "waveshare-4in2-v2",
  width: 400,
  height: 300,
  pixel: "bit",
  busyLevel: 1,
  reset: { highMs: 100, lowMs: 2, settleMs: 100 },
  full: { refreshMs: 4000, script: [...START_4IN2, ...BOTH_PLANES, ...FULL_REFRESH, ...SLEEP] },
  fast: {
    refreshMs: 1500,
    script: [
      ...WAKE,
      "21 40 00",
      "3c 05",
      "1a 6e",
      "22 91",
      "20",
      "wait",
      ...MEMORY_4IN2,
      "wait",
      ...BOTH_PLANES,
      ...FAST_REFRESH,
      ...SLEEP,
    ],
  },
  partial: {
    refreshMs: 600,
    script: [...WAKE, "3c 80", "21 00 00", ...MEMORY_4IN2, "wait", "26 old", "24 new", ...PARTIAL_REFRESH, ...SLEEP],
    blind: [
      ...START_4IN2,
      ...BOTH_PLANES,
      ...FULL_REFRESH,
      "3c 80",
      "21 00 00",
      ...MEMORY_4IN2,
      "24 new",
      ...PARTIAL_REFRESH,
      ...SLEEP,
    ],
  },
  windows: false,
  before: "written",
  limits: PAPER_LIMITS,
  differences: [FROM_SLEEP],
};

/** This chip counts x in pixels, 16 bits. */
const START_13IN3 = [
  ...WAKE,
  "0c ae c7 c3 c0 80",
  "01 a7 02 00",
  "11 03",
  "44 00 00 bf 03",
  "45 00 00 a7 02",
  "3c 05",
  "18 80",
  "4e 00 00",
  "4f 00 00",
];
const SLEEP_13IN3 = ["10 03"];

export const WAVESHARE_13IN3_K: Panel = {
  name: "waveshare-13in3-k",
  width: 960,
  height: 680,
  pixel: "bit",
  busyLevel: 1,
  reset: PULSE,
  full: { refreshMs: 4500, script: [...START_13IN3, "24 new", ...FULL_REFRESH, ...SLEEP_13IN3] },
  partial: {
    refreshMs: 600,
    script: [...START_13IN3, "3c 80", "26 old", "24 new", ...PARTIAL_REFRESH, ...SLEEP_13IN3],
    blind: [...START_13IN3, "24 new", "26 new", ...FULL_REFRESH, "3c 80", "24 new", ...PARTIAL_REFRESH, ...SLEEP_13IN3],
  },
  windows: false,
  before: "written",
  limits: PAPER_LIMITS,
  differences: [
    FROM_SLEEP,
    {
      mode: "partial",
      ours: "22 ff with the waveform in the chip instead of 32, 03, 04, 2c, 37 and 22 cf",
      why: "the vendor's table is not ours to copy; others run this panel on the chip's own in 0.5 s (GxEPD2)",
    },
  ],
};
