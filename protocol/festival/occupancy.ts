// Who holds a resource when (SPEC.md §9.3; M-20 to M-23): a fold over its answerer's answers, in the order of that log.
// No clock, no request and no other log is consulted, so whoever has the same answers sees the same holds.
import { type AnswerEntry, type AnsweredThing, answersInForce, type HeardLog } from "./answers-in-force.ts";
import { Load } from "./load.ts";
import type { Span } from "./span.ts";

/** What became of a subject. A *void* accept would have gone beyond the limit and holds nothing. */
export type Outcome =
  | HeldOutcome
  | { readonly state: "void" | "wait" | "reject" | "release"; readonly answer: AnswerEntry };

export interface HeldOutcome {
  readonly state: "held";
  /** The accept that counts: the first since the subject last held nothing. */
  readonly answer: AnswerEntry;
  readonly hold: Span;
  readonly quantity: number;
  /** Beyond the limit at some instant of the hold, since an answer was forced or the limit was lowered: "shares". */
  readonly shares: boolean;
}

export interface Occupancy {
  /** By subject: a request, or "event:guest". */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Subjects that wait, in the order in which their waiting began. */
  readonly waiting: readonly string[];
  /** More was handed out at once than the owner says there is (M-23). */
  readonly moreThanOwned: boolean;
  readonly partlyHeard: boolean;
  readonly contradictory: boolean;
  /** A copy of what is taken, to try further holds on. */
  load(): Load;
}

/**
 * `answers` are all answer operations known, in any order: not only the latest for each subject, since an accept, a
 * release and another accept each have their place in the order.
 */
export function occupancy(
  thing: AnsweredThing,
  answers: readonly AnswerEntry[],
  logs: ReadonlyMap<string, HeardLog>,
): Occupancy {
  const { answers: inForce, ...heard } = answersInForce(thing, answers, logs);
  const fold = new Fold(thing.fields.consumable === true);
  for (const answer of inForce) fold.take(answer);
  const { quantity } = thing.fields;
  return {
    ...heard,
    outcomes: fold.outcomes(),
    waiting: [...fold.waiting],
    moreThanOwned: quantity > 0 && fold.limit > quantity,
    load: () => new Load(fold.load),
  };
}

/** What is used up stays used up: it is never held again by anybody else. */
export function effectiveHold(hold: Span, consumable: boolean): Span {
  return consumable ? { start: hold.start, end: Number.POSITIVE_INFINITY } : hold;
}

/** Whether `quantity` more stays within the limit `of` at every instant of the hold. */
export function fits(load: Load, hold: Span, { quantity, of }: { quantity: number; of: number }): boolean {
  return of === 0 || load.peak(hold) + quantity <= of;
}

type Held = Omit<HeldOutcome, "shares">;

class Fold {
  readonly load = new Load();
  readonly waiting = new Set<string>();
  /** That of the latest accept. */
  limit = 0;
  readonly #consumable: boolean;
  readonly #outcomes = new Map<string, Held | Exclude<Outcome, HeldOutcome>>();

  constructor(consumable: boolean) {
    this.#consumable = consumable;
  }

  take(answer: AnswerEntry): void {
    switch (answer.verdict) {
      case "accept":
        this.#accept(answer);
        break;
      case "wait":
        this.#wait(answer);
        break;
      case "reject":
      case "release":
        this.#end(answer, answer.verdict);
        break;
    }
  }

  outcomes(): ReadonlyMap<string, Outcome> {
    return new Map(
      [...this.#outcomes].map(([subject, outcome]) => [
        subject,
        outcome.state === "held" ? { ...outcome, shares: this.load.peak(outcome.hold) > this.limit } : outcome,
      ]),
    );
  }

  #accept(answer: AnswerEntry): void {
    const { subject, hold, of, quantity = 1 } = answer;
    if (this.#outcomes.get(subject)?.state === "held") return;
    if (hold === undefined || of === undefined) return;
    this.limit = of === 0 ? Number.POSITIVE_INFINITY : of;
    this.waiting.delete(subject);
    const held: Held = { state: "held", answer, hold: effectiveHold(hold, this.#consumable), quantity };
    const holds = answer.force === true || fits(this.load, held.hold, { quantity, of });
    this.#outcomes.set(subject, holds ? held : { state: "void", answer });
    if (holds) this.load.add(held.hold, quantity);
  }

  #wait(answer: AnswerEntry): void {
    if (this.#outcomes.get(answer.subject)?.state === "held") return;
    this.#outcomes.set(answer.subject, { state: "wait", answer });
    this.waiting.add(answer.subject);
  }

  #end(answer: AnswerEntry, state: "reject" | "release"): void {
    const before = this.#outcomes.get(answer.subject);
    if (before?.state === "held") this.load.add(before.hold, -before.quantity);
    this.waiting.delete(answer.subject);
    this.#outcomes.set(answer.subject, { state, answer });
  }
}
