// How much of a thing is taken at every instant: a step function over time, kept as sorted steps. A change costs a
// binary search and the steps that it spans, so that ten thousand holds fold in a moment. Knows no limit and no
// subjects.
import type { Span } from "./span.ts";

export class Load {
  /** Step i lasts from `#starts[i]` to the next one, the last for ever. */
  readonly #starts: number[];
  readonly #taken: number[];

  /** A copy of `other`, or a load of nothing. */
  constructor(other?: Load) {
    this.#starts = other === undefined ? [Number.NEGATIVE_INFINITY] : [...other.#starts];
    this.#taken = other === undefined ? [0] : [...other.#taken];
  }

  /** A negative quantity takes back what was added before. */
  add(span: Span, quantity: number): void {
    const first = this.#cut(span.start);
    const end = this.#cut(span.end);
    for (let step = first; step < end; step++) this.#taken[step] = (this.#taken[step] as number) + quantity;
  }

  /** The most that is taken at any instant of the span. */
  peak(span: Span): number {
    let most = 0;
    for (let step = this.#stepAt(span.start); step < this.#starts.length; step++) {
      if ((this.#starts[step] as number) >= span.end) break;
      most = Math.max(most, this.#taken[step] as number);
    }
    return most;
  }

  /** The step that begins at `instant`; splits the one in which it lies. */
  #cut(instant: number): number {
    if (instant === Number.POSITIVE_INFINITY) return this.#starts.length;
    const step = this.#stepAt(instant);
    if (this.#starts[step] === instant) return step;
    this.#starts.splice(step + 1, 0, instant);
    this.#taken.splice(step + 1, 0, this.#taken[step] as number);
    return step + 1;
  }

  #stepAt(instant: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] as number) <= instant) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
