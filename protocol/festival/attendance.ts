// How many say that they come (SPEC.md §9.8, M-35): "12 keys, about 19 people". At least, as seen from here; keys are
// free to make, so this is a hint and never a limit. What a door counted is not counted here (§8.2).
import type { Identities } from "./identities.ts";

/** The latest rsvp of a key for one event. */
export interface RsvpEntry {
  readonly author: string;
  readonly seqNum: number;
  readonly going: "yes" | "maybe" | "no";
  readonly n?: number;
  readonly door?: number;
}

export interface Attendance {
  /** Distinct identities of whom a key says yes. */
  readonly identities: number;
  /** With friends; of an identity that says several numbers, the largest. */
  readonly people: number;
}

export function attendance(rsvps: readonly RsvpEntry[], { identityOf }: Identities): Attendance {
  const people = new Map<string, number>();
  for (const { author, seqNum, going, n = 1, door } of rsvps) {
    if (going !== "yes" || door !== undefined) continue;
    const identity = identityOf({ key: author, seqNum });
    people.set(identity, Math.max(n, people.get(identity) ?? 0));
  }
  return { identities: people.size, people: [...people.values()].reduce((sum, n) => sum + n, 0) };
}
