// Which answers decide about a thing, and in which order (SPEC.md §9.2; M-20, M-30, M-32): those of its answerer, after
// those of former answerers up to where each handed over. Nothing here asks when an operation was made or came in.
import type { Span } from "./span.ts";

export type Verdict = "accept" | "reject" | "wait" | "release";

/** One answer operation. A keyed document keeps only the latest answer per subject: occupancy needs every one. */
export interface AnswerEntry {
  /** Key and operation id, hex. */
  readonly author: string;
  readonly seqNum: number;
  readonly id: string;
  /** Request that is answered; for seats the event, ":" and the key of the guest. */
  readonly subject: string;
  /** Resource for which is answered; for seats the event. */
  readonly resource: string;
  /** Operation that is answered. */
  readonly version: string;
  readonly verdict: Verdict;
  /** What was granted, or refused, to the event itself; `hold` where absent. */
  readonly start?: number;
  readonly end?: number;
  /** What was granted, with set-up and cleaning. */
  readonly hold?: Span;
  /** 1 where absent. */
  readonly quantity?: number;
  /** The limit in force; 0 is without limit. */
  readonly of?: number;
  readonly force?: boolean;
}

/** A resource, or an event with seats, as far as its answers are concerned. */
export interface AnsweredThing {
  readonly doc: string;
  /** Key of its owner or host: the answerer unless another is named (M-20). */
  readonly author: string;
  readonly fields: {
    readonly quantity: number;
    readonly consumable?: boolean;
    readonly answerer?: string;
    /** Former answerers, first to last, and the last operation of each that counts. */
    readonly answerFrom?: readonly { readonly key: string; readonly seq: number }[];
  };
}

/** What is here of one key's log. */
export interface HeardLog {
  /** Sequence number up to which the log is here, with its bodies. */
  readonly height: number;
  /** Where the log is forked: the operations that do not count. */
  readonly overruled?: ReadonlySet<string>;
}

export interface AnswersInForce {
  readonly answers: readonly AnswerEntry[];
  /** A former answerer's log is not here up to where it counts (M-30). */
  readonly partlyHeard: boolean;
  /** Answers for this thing stand on a branch that does not count (M-32). */
  readonly contradictory: boolean;
}

/** `answers` in any order, also such for other things and by other keys; `logs` by key. */
export function answersInForce(
  thing: AnsweredThing,
  answers: readonly AnswerEntry[],
  logs: ReadonlyMap<string, HeardLog>,
): AnswersInForce {
  const byKey = Map.groupBy(
    answers.filter(({ resource }) => resource === thing.doc),
    ({ author }) => author,
  );
  const former = thing.fields.answerFrom ?? [];
  const terms = [...former, { key: thing.fields.answerer ?? thing.author, seq: Number.POSITIVE_INFINITY }];
  const said = terms.flatMap((term, index) => termOf(term, terms.slice(0, index), byKey.get(term.key) ?? []));
  const onBranch = said.filter(({ author, id }) => !logs.get(author)?.overruled?.has(id));
  const counting = onBranch.filter((entry, index) => !isTwin(entry, onBranch[index - 1]));
  return {
    answers: counting,
    partlyHeard: former.some(({ key, seq }) => (logs.get(key)?.height ?? -1) < seq),
    contradictory: counting.length < said.length,
  };
}

/** Two operations with one number: whether or not the branches were looked up, at most the first by id counts. */
function isTwin(entry: AnswerEntry, before: AnswerEntry | undefined): boolean {
  return before?.author === entry.author && before.seqNum === entry.seqNum;
}

interface Term {
  readonly key: string;
  readonly seq: number;
}

/** What a key says while it is the answerer: up to the end of its term, after its former terms, in sequence order. */
function termOf(term: Term, before: readonly Term[], answers: readonly AnswerEntry[]): readonly AnswerEntry[] {
  const after = Math.max(-1, ...before.filter(({ key }) => key === term.key).map(({ seq }) => seq));
  return answers.filter(({ seqNum }) => seqNum > after && seqNum <= term.seq).sort(bySequence);
}

function bySequence(a: AnswerEntry, b: AnswerEntry): number {
  return a.seqNum - b.seqNum || (a.id < b.id ? -1 : 1);
}
