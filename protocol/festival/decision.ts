// An answer to be written: the fields of an answer/1 but for its note, which the device puts into words.
import type { Verdict } from "./answers-in-force.ts";
import type { Span } from "./span.ts";

export type Policy = "auto" | "manual" | "random" | "ask";

/** Why a request is refused; *off the grid* is a span that is not made of whole slots. */
export type Refusal = "closed" | "off the grid" | "short notice" | "taken";

export interface Decision {
  readonly verdict: Verdict;
  readonly subject: string;
  readonly resource: string;
  readonly version: string;
  readonly policy: Policy;
  readonly start?: number;
  readonly end?: number;
  readonly hold?: Span;
  readonly quantity?: number;
  readonly of?: number;
  readonly reason?: Refusal;
}
