// What both SPI transports do with their wires: wait for the chip, pulse its reset line, cut what is sent, let go.
import type { ResetPulse } from "./transport.ts";
import type { After, InputWire, OutputWire, PanelWires } from "./wires.ts";

/** For so long a transfer may hold up everything else: presses are answered within 100 ms (display.md §8.4). */
const LONGEST_TRANSFER_S = 0.02;
const BITS_PER_BYTE = 8;
/** Some boards take a longer low pulse for another wish (display.md §3.4), so a short one is not left to a busy loop. */
const LONGEST_EXACT_MS = 10;

/** False if the line is still at `level` when the time is over. Sleeps until an edge comes. */
export async function waitWhile(busy: InputWire, level: 0 | 1, timeoutMs: number, after: After): Promise<boolean> {
  if (busy.level() !== level) return true;
  return await new Promise((resolve, reject) => {
    const settle = (end: () => void): void => {
      cancelTimer();
      stopListening();
      end();
    };
    // An edge that waited in the kernel may be an old one: only the level counts.
    const look = (isLast: boolean): void => {
      try {
        if (busy.level() !== level) settle(() => resolve(true));
        else if (isLast) settle(() => resolve(false));
      } catch (error) {
        settle(() => reject(error));
      }
    };
    const cancelTimer = after(timeoutMs, () => look(true));
    const stopListening = busy.onEdge(() => look(false));
    look(false);
  });
}

export async function pulse(reset: OutputWire, { highMs, lowMs, settleMs }: ResetPulse, after: After): Promise<void> {
  reset.set(1);
  if (highMs !== undefined) await pass(highMs, after);
  reset.set(0);
  if (lowMs <= LONGEST_EXACT_MS) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lowMs);
  else await pass(lowMs, after);
  reset.set(1);
  await pass(settleMs, after);
}

/** As many bytes as go in one transfer. */
export function transferBytes(longestBytes: number, speedHz: number): number {
  const quick = Math.floor((speedHz / BITS_PER_BYTE) * LONGEST_TRANSFER_S);
  return Math.max(2, Math.min(longestBytes, quick) & ~1);
}

export function piecesOf(bytes: Uint8Array, pieceBytes: number): Uint8Array[] {
  const count = Math.ceil(bytes.length / pieceBytes);
  return Array.from({ length: count }, (_, index) => bytes.subarray(pieceBytes * index, pieceBytes * (index + 1)));
}

/** Takes the power first, so that no level is left on a chip without it. Wires that broke are let go all the same. */
export function closeWires({ power, reset, busy, select, spi }: PanelWires, dc?: OutputWire): void {
  try {
    power?.set(0);
  } finally {
    for (const wire of [power, dc, select, reset, busy, spi]) wire?.close();
  }
}

function pass(ms: number, after: After): Promise<void> {
  return new Promise((resolve) => after(ms, resolve));
}
