// How a box spends its power (display.md §6): the computer is the load and not the panel, so a box on a battery speaks
// less. What is committed, and when, is the same in all of them.

export const POWER_PROFILES = ["relay", "saver", "sign"] as const;
export type PowerProfileName = (typeof POWER_PROFILES)[number];

export interface PowerProfile {
  /** Dials others, and looks for them nearby. Without it the box is still reached, by phones and by boxes that know it. */
  readonly speaksFirst: boolean;
  /** Milliseconds between two questions who is nearby. */
  readonly questionIntervalMs: number;
  /** Longest pause before an address that does not answer is dialled again. */
  readonly longestRedialMs: number;
  /** How old the news may look while a session is live, in seconds: it is told in steps, each of which is a refresh. */
  readonly liveStepSeconds: number;
  /** The light beside the buttons answers. */
  readonly light: boolean;
}

/** Twice in a minute: a question wakes everybody on the network. */
const QUESTION_INTERVAL_MS = 30_000;
/** A box that hung up is met again within a minute. */
const LONGEST_REDIAL_MS = 60_000;
const MINUTE_MS = 60_000;

const RELAY: PowerProfile = {
  speaksFirst: true,
  questionIntervalMs: QUESTION_INTERVAL_MS,
  longestRedialMs: LONGEST_REDIAL_MS,
  liveStepSeconds: 300,
  light: true,
};

const PROFILES: Readonly<Record<PowerProfileName, PowerProfile>> = {
  relay: RELAY,
  saver: {
    speaksFirst: true,
    questionIntervalMs: 2 * MINUTE_MS,
    longestRedialMs: 10 * MINUTE_MS,
    // News that is older than a quarter of an hour says so (display.md §7.2).
    liveStepSeconds: 600,
    light: false,
  },
  sign: { ...RELAY, speaksFirst: false, liveStepSeconds: 600, light: false },
};

export function powerProfile(name: PowerProfileName): PowerProfile {
  return PROFILES[name];
}
