// What may stand on the screen at a door (M-71): screens are public space. What else a keeper hides is local (M-70).
import type { LocalChoice } from "./local-choice.ts";

export interface DoorPolicy extends Pick<LocalChoice, "hidden"> {
  /** `confirmed`: events of the venue's owner, of whoever is `near`, and those that were granted a place there. */
  readonly show: "everything" | "confirmed";
  /** Keys, hex, that met this box directly. */
  readonly near?: (key: string) => boolean;
  /** Keys, hex, whose announcements stand here besides those of whoever made the venue: this box's own, and chosen ones. */
  readonly trusted?: readonly string[];
  /** What people call the owner of a key, hex. */
  readonly nameOf?: (key: string) => string;
}

export const EVERYTHING: DoorPolicy = { show: "everything" };
