// What a person sees of others, and of what they chose not to see. Plain data that never changes; see view.ts.
import type { FlagFields } from "../../../../protocol/festival/schema/flag.ts";
import type { ProfileFields } from "../../../../protocol/festival/schema/profile.ts";

export interface PersonView {
  readonly key: string;
  /** BLAKE3 of the key, hex: what its animal is drawn from. */
  readonly hash: string;
  /** "Mellow Moth", with four digits where two keys here share it (M-42). */
  readonly animal: string;
  /** As the key calls itself; a label, never a proof. Show `name ?? animal`. */
  readonly name?: string;
  readonly about?: string;
  readonly pronouns?: string;
  readonly is?: NonNullable<ProfileFields["is"]>;
  readonly mine: boolean;
  /** Other keys of the same person, by links in both directions (M-50). */
  readonly sameAs: readonly string[];
  /** Who said that this key and the one I act with are one person's; both must. */
  readonly link?: "mine" | "theirs" | "both";
  /** What it does here; what was copied from elsewhere counts for nobody. */
  readonly roles: { readonly hosts: number; readonly performs: number; readonly lends: number; readonly comes: number };
  /** In how many meetings with other devices nothing new of it came; 0 is "in the latest news" (D-29). */
  readonly meetingsAgo: number;
}

export interface HiddenView {
  /** Keys of which nothing is shown, and keys whose things are left out of lists. */
  readonly blocked: readonly string[];
  readonly muted: readonly string[];
  /** Documents. */
  readonly hidden: readonly string[];
  readonly words: readonly string[];
  /** Published lists that I follow. */
  readonly lists: readonly string[];
}

export interface FlagView {
  readonly id: string;
  readonly author: string;
  /** A document or a key. */
  readonly about: string;
  readonly why: FlagFields["why"];
  readonly text?: string;
}

export interface CountsView {
  readonly documents: number;
  /** Stored and carried, but not understood: broken, of a kind that is not known here, or changes whose beginning is missing. */
  readonly unreadable: number;
  readonly unknown: number;
  readonly awaited: number;
  /** Left out of the lists because I chose so. */
  readonly hidden: number;
}

export interface CarriedView {
  /** What my keys wrote. */
  readonly things: number;
  /** Other devices that are known to have all of it: the heart is empty at 0, half at 1 and 2, full from 3 (D-28). */
  readonly devices: number;
}
