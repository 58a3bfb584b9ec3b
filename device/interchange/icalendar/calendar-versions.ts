// Sorts the events of a calendar: those that stand for themselves, those that replace one occurrence of another
// (RECURRENCE-ID), and older versions of either, told by SEQUENCE.
import type { FileRemark } from "../programme-file.ts";
import type { CalendarTime } from "./calendar-clock.ts";
import type { CalendarEvent } from "./calendar-event.ts";
import { dayOf, type Occurrence, occurrenceId } from "./calendar-occurrences.ts";

/** An event with what a remark calls it. */
export interface ReadEvent {
  readonly event: CalendarEvent;
  readonly where: string;
}

export interface Replacement extends ReadEvent {
  /** Original start of the occurrence it replaces. */
  readonly replaces: CalendarTime;
}

export interface CalendarVersions {
  readonly masters: readonly ReadEvent[];
  /** By UID. */
  readonly replacements: ReadonlyMap<string, readonly Replacement[]>;
  readonly outdated: readonly FileRemark[];
}

/** What has no UID replaces nothing: it cannot say of which event. */
export function latestVersions(events: readonly ReadEvent[]): CalendarVersions {
  const outdated: FileRemark[] = [];
  const masters = events.filter(({ event }) => event.replaces === undefined || event.uid === "");
  const replacements = events.flatMap((one): Replacement[] => {
    const { replaces, uid } = one.event;
    return replaces && uid !== "" ? [{ ...one, replaces }] : [];
  });
  const kept = newest(masters, ({ event }) => event.uid, outdated);
  const replacing = newest(replacements, ({ event, replaces }) => `${event.uid}\n${occurrenceId(replaces)}`, outdated);
  return { masters: kept, replacements: Map.groupBy(replacing, ({ event }) => event.uid), outdated };
}

/**
 * The highest SEQUENCE of each identity. Several that share it are the same event if they start together; else a
 * producer gave one UID to several events, and all are kept.
 */
function newest<One extends ReadEvent>(
  events: readonly One[],
  identity: (one: One) => string,
  outdated: FileRemark[],
): One[] {
  const highest = new Map<string, number>();
  for (const one of events) {
    highest.set(identity(one), Math.max(one.event.sequence, highest.get(identity(one)) ?? one.event.sequence));
  }
  const seen = new Set<string>();
  return events.filter((one) => {
    if (one.event.uid === "") return true;
    const isOld = one.event.sequence < (highest.get(identity(one)) ?? 0);
    const start = one.event.start && occurrenceId(one.event.start);
    const known = seen.has(`${identity(one)}\n${start}`);
    if (!isOld) seen.add(`${identity(one)}\n${start}`);
    if (isOld) outdated.push({ where: one.where, why: "an older version of an event with a higher SEQUENCE" });
    else if (known) outdated.push({ where: one.where, why: "the same event again" });
    return !isOld && !known;
  });
}

/** Finds the replacement of an occurrence, by its instant or, where the replacement names a day, by its day. */
export class ReplacementIndex {
  readonly #left: Map<string, Replacement>;

  constructor(replacements: readonly Replacement[]) {
    this.#left = new Map(replacements.map((replacement) => [occurrenceId(replacement.replaces), replacement]));
  }

  take({ rid, start }: Occurrence): Replacement | undefined {
    if (this.#left.size === 0) return undefined;
    const key = this.#left.has(rid) ? rid : dayOf(start).replaceAll("-", "");
    const replacement = this.#left.get(key);
    this.#left.delete(key);
    return replacement;
  }

  /** What replaces none of the occurrences that were taken. */
  rest(): readonly Replacement[] {
    return [...this.#left.values()];
  }
}
