// What a waveform of an SSD16xx does to a pixel: those in the chip by their kind, one from register 32 by its voltages.

export type Waveform = "none" | "full" | "fast" | "differential" | Uint8Array;

export const WAVEFORM_BYTES = 153;

/** 1 is white. Undefined: the pixel is left alone. */
export function drivenTo(waveform: Waveform, was: number, becomes: number): number | undefined {
  if (waveform === "none") return undefined;
  if (waveform === "full" || waveform === "fast") return becomes;
  if (waveform === "differential") return was === becomes ? undefined : becomes;
  const push = pushOf(waveform, 2 * was + becomes);
  return push === 0 ? undefined : push > 0 ? 0 : 1;
}

/** Frames towards black less frames towards white, over the 12 groups of a row of register 32. */
function pushOf(waveform: Uint8Array, row: number): number {
  let push = 0;
  for (let group = 0; group < 12; group++) {
    const voltages = waveform[12 * row + group] ?? 0;
    const timing = waveform.subarray(60 + 7 * group, 67 + 7 * group);
    const frames = [timing[0], timing[1], timing[3], timing[4]];
    for (const [phase, count = 0] of frames.entries()) {
      const voltage = (voltages >> (6 - 2 * phase)) & 3;
      push += voltage === 1 ? count : voltage === 2 ? -count : 0;
    }
  }
  return push;
}
