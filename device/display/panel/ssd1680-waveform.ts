// A differential waveform for SSD1680 chips that have none: pixels that stay are not driven, so nothing flashes. Built
// from the layout in the data sheet (register 32); the full refreshes in between take away what it leaves behind.

/** Rows of voltages: one for each pair of old and new bit, and one for VCOM; 12 groups of four phases each. */
const ROWS = 5;
const GROUPS = 12;
/** Of each group: frames of phases A and B, a short-circuit time, C and D, another, and the repeats. */
const TIMING_BYTES = 7;
/** Frame rates in half bytes and gate states, after the timings. */
const FRAME_RATE_BYTES = 6;
const GATE_BYTES = 3;

/** Voltages of phase A in the two highest bits: towards white is negative. */
const TOWARDS_BLACK = 0b01_00_00_00;
const TOWARDS_WHITE = 0b10_00_00_00;
const BLACK_TO_WHITE = 1;
const WHITE_TO_BLACK = 2;
/** A pixel of this ink needs about 0.4 s at 15 V. */
const DRIVE_FRAMES = 20;
/** 50 frames a second in every group. */
const FRAME_RATE = 0x22;

/** 153 bytes for register 32. */
export function changesOnlyWaveform(): Uint8Array {
  const timings = ROWS * GROUPS;
  const frameRates = timings + GROUPS * TIMING_BYTES;
  const waveform = new Uint8Array(frameRates + FRAME_RATE_BYTES + GATE_BYTES);
  waveform[BLACK_TO_WHITE * GROUPS] = TOWARDS_WHITE;
  waveform[WHITE_TO_BLACK * GROUPS] = TOWARDS_BLACK;
  waveform[timings] = DRIVE_FRAMES;
  waveform.fill(FRAME_RATE, frameRates, frameRates + FRAME_RATE_BYTES);
  return waveform;
}
