// Telling everybody something: a note that screens show until it expires (SPEC.md §8.2, note/1). Which of them do, those
// who keep them decide.
import type { BodyToWrite } from "../../protocol/festival/body.ts";
import type { Seconds } from "../../protocol/festival/when.ts";
import { ActError } from "./act-error.ts";
import { createBody } from "./checked-body.ts";

export interface Announcing {
  readonly text: string;
  readonly expires: Seconds;
  /** Takes the whole screen. */
  readonly urgent: boolean;
  /** Id of the venue at which alone it matters. */
  readonly venue?: string | undefined;
  readonly lang?: string | undefined;
}

/** Throws E_TIME where it would be over at once, and E_FIELDS. */
export function announce({ text, expires, urgent, venue, lang }: Announcing, now: Seconds): BodyToWrite {
  if (expires <= now) throw new ActError("E_TIME", "Cannot announce it: --until is over already");
  return createBody("note/1", {
    text: text.normalize("NFC"),
    announce: urgent ? "emergency" : "news",
    expires,
    ...(venue !== undefined && { about: venue }),
    ...(lang !== undefined && { lang }),
  });
}
