// Time that stands still until a test moves it.
import type { Clock } from "../../sync/ports.ts";

interface Timer {
  readonly dueMs: number;
  readonly callback: () => void;
}

export class FakeClock implements Clock {
  #elapsedMs = 0;
  #wallMicros: number;
  #timers: Timer[] = [];

  /** `startMicros` is the wall time at the start: a July evening by default. */
  constructor(startMicros = Date.UTC(2026, 6, 17, 18) * 1_000) {
    this.#wallMicros = startMicros;
  }

  nowMicros(): number {
    return this.#wallMicros;
  }

  monotonicMs(): number {
    return this.#elapsedMs;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { dueMs: this.#elapsedMs + Math.max(0, ms), callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Timers that wait: zero after a clean stop. */
  get waiting(): number {
    return this.#timers.length;
  }

  /** Moves time and calls what falls due, in order, also what these callbacks set. */
  advance(ms: number): void {
    const endMs = this.#elapsedMs + ms;
    for (let next = this.#nextDue(endMs); next; next = this.#nextDue(endMs)) {
      this.#moveTo(next.dueMs);
      this.#timers = this.#timers.filter((other) => other !== next);
      next.callback();
    }
    this.#moveTo(endMs);
  }

  /** Moves the wall time alone, back or forth, as NTP or a person does. */
  jump(ms: number): void {
    this.#wallMicros += ms * 1_000;
  }

  #nextDue(endMs: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.dueMs <= endMs && (next === undefined || timer.dueMs < next.dueMs)) next = timer;
    }
    return next;
  }

  #moveTo(ms: number): void {
    this.#wallMicros += Math.round((ms - this.#elapsedMs) * 1_000);
    this.#elapsedMs = ms;
  }
}
