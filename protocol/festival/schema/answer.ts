// answer/1 (SPEC.md §8.2): what the answerer of a resource, or the host of an event with seats, decided. Every number
// that occupancy is computed from stands in the answer itself (M-20). Whether the signer may answer, it cannot say.
import {
  bool,
  type Fault,
  type FieldsRead,
  type FieldsWritten,
  fault,
  integer,
  oneOf,
  optional,
  pattern,
  text,
} from "../rule.ts";
import { endAfterStart, minute } from "../when-rule.ts";
import { docId, MAX_QUANTITY, operationId, timeWindow } from "./values.ts";

/** One answerer says one thing about one request, or about one guest of one event (M-34). */
export const ANSWER_KEY = pattern(
  /^[0-9a-f]{64}(:[0-9a-f]{64})?$/,
  'a request id, or an event id with ":" and the key of a guest',
);

export const ANSWER_FIELDS = {
  /** The key once more: a log read operation by operation has the fields at hand. */
  subject: ANSWER_KEY,
  /** What is answered for; for seats the event. */
  resource: docId(),
  /** Operation of the request or rsvp that was answered (M-31). */
  version: operationId(),
  verdict: oneOf("accept", "reject", "wait", "release"),
  /** What was granted to the event itself; `hold` where absent. */
  start: optional(minute()),
  end: optional(minute()),
  /** What was granted, with set-up and cleaning. */
  hold: optional(timeWindow()),
  quantity: optional(integer(1, MAX_QUANTITY)),
  /** The limit in force; 0 is without limit. */
  of: optional(integer(0, MAX_QUANTITY)),
  policy: oneOf("auto", "manual", "random", "ask"),
  /** Where lots were drawn: the last operation of the answerer before the window, so that all can draw again (M-27). */
  after: optional(operationId()),
  /** Holds beyond the limit: "shares the room". */
  force: optional(bool()),
  note: optional(text(0, 280)),
} as const;

export type AnswerFields = FieldsRead<typeof ANSWER_FIELDS>;
export type AnswerFieldsWritten = FieldsWritten<typeof ANSWER_FIELDS>;

/** An accept without a span or a limit would hold differently for each reader. */
export function checkAnswer(fields: AnswerFields): Fault | undefined {
  const { verdict, start, end, hold, of } = fields;
  if (verdict === "accept" && hold === undefined) return fault("is missing", "hold");
  if (verdict === "accept" && of === undefined) return fault("is missing", "of");
  if (start === undefined && end === undefined) return undefined;
  if (start === undefined || end === undefined) return fault("is missing", start === undefined ? "start" : "end");
  const covered = hold === undefined || (hold.start <= start && end <= hold.end);
  return endAfterStart(fields) ?? (covered ? undefined : fault("does not cover start and end", "hold"));
}
