// Every word the screen itself says, one table per language. Programme text is never translated; it keeps the
// language of its author. A new language is one more file in words/ and one more entry in WORDS.

import type { SetUpFact, Trouble } from "./device-state.ts";
import { ARABIC } from "./words/arabic.ts";
import { ENGLISH } from "./words/english.ts";
import { FRENCH } from "./words/french.ts";
import { GERMAN } from "./words/german.ts";
import { SPANISH } from "./words/spanish.ts";

export { ARABIC, ENGLISH, FRENCH, GERMAN, SPANISH };

export interface Words {
  readonly lang: string;
  readonly now: string;
  readonly next: string;
  readonly until: (time: string) => string;
  readonly since: (time: string) => string;
  readonly was: (time: string) => string;
  readonly planned: string;
  readonly tomorrow: string;
  readonly state: {
    readonly cancelled: string;
    readonly postponed: string;
    readonly moved: string;
    readonly delayed: string;
    readonly earlier: string;
    readonly idea: string;
    readonly full: string;
    readonly open: string;
    /** It was to be in another room. */
    readonly here: string;
  };
  /** The room it moved away from. */
  readonly from: (room: string) => string;
  /** Before the names of rooms that are not full. */
  readonly spaceIn: string;
  readonly validUntil: (time: string) => string;
  readonly thatsIt: string;
  readonly nothingPlanned: string;
  readonly restOfDay: string;
  /** Of what has no time or no place yet. */
  readonly unplaced: string;
  readonly allPlaces: string;
  readonly nothingNow: string;
  readonly programmeFor: (day: string) => string;
  readonly waiting: string;
  readonly waitingDetail: (address: string | undefined) => string;
  readonly printedPlan: string;
  readonly clockNotSet: string;
  readonly synced: (time: string) => string;
  readonly neverSynced: string;
  readonly noNewsSince: (time: string) => string;
  readonly peers: (count: number) => string;
  readonly ago: (amount: { readonly minutes: number } | { readonly hours: number }) => string;
  readonly button: { readonly imIn: string; readonly meet: string; readonly more: string; readonly back: string };
  readonly atTheDoor: (count: number) => string;
  readonly byPhone: (count: number) => string;
  readonly toast: {
    readonly counted: (door: number) => string;
    readonly nothingToJoin: string;
    readonly undone: string;
    readonly nothingToUndo: string;
    readonly holdToMeet: string;
    readonly meetup: (time: string) => string;
    readonly taken: string;
    readonly full: string;
    readonly open: string;
    readonly nothingToMark: string;
    readonly noClock: string;
    readonly oneMoment: string;
  };
  /** Above the codes, in the order in which a phone needs them. */
  readonly join: { readonly wifi: string; readonly page: string };
  readonly setUp: {
    readonly heading: string;
    readonly fact: Readonly<Record<SetUpFact, string>>;
  };
  readonly trouble: {
    readonly heading: string;
    readonly detail: Readonly<Record<Trouble, string>>;
    /** Behind the sync line, where a schedule still stands. */
    readonly short: Readonly<Record<Trouble, string>>;
  };
  readonly mistakes: {
    /** Of the page that lists them. */
    readonly heading: string;
    readonly line: (line: number) => string;
    readonly detail: string;
    /** Below the programme; `line` is that of the first. */
    readonly note: (count: number, line: number | undefined) => string;
  };
  /** The programme knows no venue of that name. */
  readonly strayVenue: (name: string, nearest: string | undefined) => string;
  /** The data partition is not there; `steps` are what to do, one after the other. */
  readonly noMemory: { readonly heading: string; readonly detail: string; readonly steps: readonly string[] };
  /** The last thing a box says before its battery is empty. */
  readonly sleeping: { readonly heading: string; readonly detail: string };
  /** What holding a button would say: "hold: FULL". */
  readonly hold: (word: string) => string;
  /** Title of a meetup called at the door. */
  readonly meetup: string;
}

const WORDS: ReadonlyMap<string, Words> = new Map(
  [ENGLISH, GERMAN, SPANISH, FRENCH, ARABIC].map((words) => [words.lang, words]),
);

export const LANGUAGES: readonly string[] = [...WORDS.keys()];

/** Words for a BCP 47 tag; English where the language is not in the table. */
export function wordsFor(tag: string): Words {
  return WORDS.get(tag.toLowerCase().split("-")[0] ?? "") ?? ENGLISH;
}
