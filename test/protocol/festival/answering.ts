// What the tests of booking share: ids, a resource, and the log of whoever answers for it.
import type { AnswerEntry, AnsweredThing, HeardLog, Verdict } from "../../../protocol/festival/answers-in-force.ts";
import { type Occupancy, occupancy } from "../../../protocol/festival/occupancy.ts";
import type { Span } from "../../../protocol/festival/span.ts";

export const ADA = "aa".repeat(32);
export const BEN = "bb".repeat(32);
export const CLEO = "cc".repeat(32);

export function id(n: number): string {
  return n.toString(16).padStart(64, "0");
}

export const ROOM = id(0x9000);

/** Hours of one day long ago, as seconds. */
export function hours(from: number, to: number): Span {
  return { start: from * 3600, end: to * 3600 };
}

export function roomOf(author: string, fields: Partial<AnsweredThing["fields"]> = {}): AnsweredThing {
  return { doc: ROOM, author, fields: { quantity: 1, ...fields } };
}

/** One author's log; what is no answer is left out of `entries`. */
export class AnswerLog {
  readonly entries: AnswerEntry[] = [];
  readonly #author: string;
  #next = 0;

  constructor(author: string) {
    this.#author = author;
  }

  get height(): number {
    return this.#next - 1;
  }

  /** Chains: `log.say("accept", "a", …).say("release", "a")`. Ids rise with sequence numbers. */
  say(verdict: Verdict, subject: string, more: Partial<AnswerEntry> = {}): this {
    const seqNum = this.#next++;
    const author = this.#author;
    const operation = { author, seqNum, id: id(1000 + seqNum) };
    this.entries.push({ ...operation, subject, resource: ROOM, version: subject, verdict, ...more });
    return this;
  }

  accept(subject: string, hold: Span, more: Partial<AnswerEntry> = {}): this {
    return this.say("accept", subject, { hold, of: 1, ...more });
  }

  /** Operations about something else. */
  skip(operations: number): this {
    this.#next += operations;
    return this;
  }
}

/** Everything of these logs is here. */
export function occupancyOf(room: AnsweredThing, ...logs: readonly AnswerLog[]): Occupancy {
  const entries = logs.flatMap((log) => log.entries);
  return occupancy(room, entries, heard(logs));
}

export function heard(logs: readonly AnswerLog[]): Map<string, HeardLog> {
  return new Map(logs.flatMap((log) => log.entries.map(({ author }) => [author, { height: log.height }])));
}

/** "a: held, b: void" */
export function told({ outcomes }: Occupancy): string {
  return [...outcomes].map(([subject, { state }]) => `${subject}: ${state}`).join(", ");
}
