// Spectra 6: one plane of four bits per pixel, six inks, one slow refresh that shows all of them. No window, no second
// mode: a poster, not a clock.
import type { Panel } from "./panel.ts";

export const WAVESHARE_7IN3_E: Panel = {
  name: "waveshare-7in3-e",
  width: 800,
  height: 480,
  pixel: "ink",
  busyLevel: 0,
  reset: { highMs: 20, lowMs: 2, settleMs: 20 },
  full: {
    refreshMs: 32_000,
    script: [
      "reset",
      "wait",
      "delay 30",
      "aa 49 55 20 08 09 18",
      "01 3f",
      "00 5f 69",
      "03 00 54 00 44",
      "05 40 1f 1f 2c",
      "06 6f 1f 17 49",
      "08 6f 1f 1f 22",
      "30 03",
      "50 3f",
      "60 02 00",
      "61 03 20 01 e0",
      "84 01",
      "e3 2f",
      "04",
      "wait",
      "10 new",
      "04",
      "wait",
      "12 00",
      "wait full",
      "02 00",
      "wait",
      "07 a5",
    ],
  },
  windows: false,
  before: "written",
  // 20 to 30 s of flashing: only what is planned, and only where the inks still move.
  limits: { partialsPerFull: 0, shortestIntervalS: 180, coldestC: 15, hottestC: 35, answersPresses: false },
  differences: [],
};
