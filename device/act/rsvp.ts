// "I'm in": one key about one event, set again as often as it likes.
import type { BodyToWrite } from "../../protocol/festival/body.ts";
import { type Made, setBody } from "./checked-body.ts";

/** What somebody wanted to attend is nobody's business for longer (M-60, class "days"). */
const KEPT_SECONDS = 7 * 86_400;

export type Going = "yes" | "maybe" | "no";

/** `n` is the guest and friends. Throws E_FIELDS. */
export function rsvp(event: Made<"event/1">, going: Going, n: number | undefined): BodyToWrite {
  const { when } = event.fields;
  const end = when?.m === "exact" ? (when.end ?? when.start) : undefined;
  return setBody("rsvp/1", event.doc, {
    going,
    ...(n !== undefined && { n }),
    ...(end !== undefined && { expires: end + KEPT_SECONDS }),
  });
}
