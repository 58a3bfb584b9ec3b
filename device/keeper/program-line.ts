// What a program that decides (policy `ask`) reads and writes: one line of JSON for each request, one for each answer.
// Its silence is silence (M-28); a line that is no answer costs nothing but a word to the logger.
import { textFault } from "../../protocol/festival/text.ts";
import type { Question, Resource } from "./bookings.ts";

/** Verdict about one version of a request (M-31). */
export interface ProgramAnswer {
  /** As it stood in the question. */
  readonly request: string;
  readonly verdict: "accept" | "reject" | "wait";
  readonly note?: string;
}

export interface ProgramQuestion {
  /** Operation that is asked about: a request that changes is asked about anew. */
  readonly request: string;
  readonly line: string;
}

/** As in answer/1. */
const MAX_NOTE_BYTES = 280;
const VERDICTS: readonly unknown[] = ["accept", "reject", "wait"];

/** Times are seconds since 1970 UTC; ids and keys are hex. */
export function programQuestion({ version, id, view }: Question, { doc, fields }: Resource): ProgramQuestion {
  const question = {
    request: version,
    document: id,
    author: view?.author,
    event: view?.event,
    eventTitle: view?.eventTitle,
    resource: doc,
    resourceTitle: fields.title,
    start: view?.span.start,
    end: view?.span.end,
    quantity: view?.quantity,
    note: view?.note,
  };
  return { request: version, line: JSON.stringify(question) };
}

/** Undefined if the line is no answer. */
export function readProgramAnswer(line: string): ProgramAnswer | undefined {
  const { request, verdict, note } = parse(line);
  if (typeof request !== "string" || !VERDICTS.includes(verdict)) return undefined;
  const answer = { request, verdict: verdict as ProgramAnswer["verdict"] };
  if (note === undefined || note === null) return answer;
  if (typeof note !== "string" || textFault(note, { min: 0, max: MAX_NOTE_BYTES, lines: "one" })) return undefined;
  return { ...answer, note };
}

function parse(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
