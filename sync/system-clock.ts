// The machine's own time. Timers keep the process alive: a box that waits to dial again must not exit meanwhile, and
// whoever sets a timer cancels it when stopping.
import type { Clock } from "./ports.ts";

/** `setTimeout` takes no more than 31 bits; longer waits are made of several. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export class SystemClock implements Clock {
  nowMicros(): number {
    return Date.now() * 1_000;
  }

  monotonicMs(): number {
    return performance.now();
  }

  after(ms: number, callback: () => void): () => void {
    let timer: NodeJS.Timeout;
    const wait = (left: number): void => {
      const step = Math.min(left, LONGEST_TIMER_MS);
      timer = setTimeout(() => (left > step ? wait(left - step) : callback()), step);
    };
    wait(ms);
    return () => clearTimeout(timer);
  }
}
