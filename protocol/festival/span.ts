// Half-open spans of time (M-22): what begins when another ends does not clash with it.
import type { Seconds } from "./when.ts";

export interface Span {
  readonly start: Seconds;
  readonly end: Seconds;
}

export function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
