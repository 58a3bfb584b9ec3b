// UC8179 (GD7965): two planes of one bit. Register 50 chooses what a bit means: 10 makes 1 black in plane 13 and white
// in plane 10, A9 makes 1 white in both. E0 and E5 force the waveform of a made-up temperature: fast, partial.
import { PAPER_LIMITS, type Panel } from "./panel.ts";

const POWER_ON = ["04", "delay 100", "71", "wait"];
const REFRESH = ["12", "delay 100", "71"];
/** Voltages must not stay on, and only a reset wakes the chip again; the planes are lost meanwhile. */
const SLEEP = ["50 f7", "02", "71", "wait", "07 a5"];
/** Every pixel changes against the inverted old plane, so all are driven. */
const WHOLE_PICTURE = ["10 new", "13 ~new"];
const PARTIAL_START = ["reset", "00 1f", ...POWER_ON, "e0 02", "e5 6e", "50 a9 07", "91", "90 window 01"];

export const WAVESHARE_7IN5_V2: Panel = {
  name: "waveshare-7in5-v2",
  width: 800,
  height: 480,
  pixel: "bit",
  busyLevel: 0,
  // A longer low pulse puts some boards into another mode.
  reset: { highMs: 20, lowMs: 2, settleMs: 20 },
  full: {
    refreshMs: 5000,
    script: [
      "reset",
      "06 17 17 28 17",
      "01 07 07 28 17",
      ...POWER_ON,
      "00 1f",
      "61 03 20 01 e0",
      "15 00",
      "50 10 07",
      "60 22",
      ...WHOLE_PICTURE,
      ...REFRESH,
      "wait full",
      ...SLEEP,
    ],
  },
  fast: {
    refreshMs: 2000,
    script: [
      "reset",
      "00 1f",
      "50 10 07",
      ...POWER_ON,
      "06 27 27 18 17",
      "e0 02",
      "e5 5a",
      ...WHOLE_PICTURE,
      ...REFRESH,
      "wait fast",
      ...SLEEP,
    ],
  },
  partial: {
    refreshMs: 1600,
    script: [...PARTIAL_START, "10 old", "13 new", ...REFRESH, "wait partial", ...SLEEP],
    blind: [...PARTIAL_START, "13 new", ...REFRESH, "wait partial", ...SLEEP],
  },
  windows: true,
  before: "written",
  limits: { ...PAPER_LIMITS, partialsPerFull: 30 },
  differences: [
    {
      mode: "partial",
      ours: "10 old before 13 new, where the picture on the glass is known",
      why: "the chip sleeps between refreshes and loses its old plane; the vendor's example never lets it sleep",
    },
    {
      mode: "partial",
      ours: "90 with x from a multiple of 8 to a multiple of 8",
      why: "the vendor's expression mixes & and | with comparisons and cuts windows of odd widths",
    },
  ],
};
