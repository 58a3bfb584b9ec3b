// schedule.xml has two digits for the hours of an event, so what lasts longer than a day is written as one event per
// local day. Such parts become one event again (M-88).
import type { ExactWhen } from "../../../protocol/festival/when.ts";
import { wallAt } from "../local-time.ts";
import type { FileEvent, FileRemark } from "../programme-file.ts";

const DAY_SECONDS = 86_400;

type Part = FileEvent & { readonly when: ExactWhen & { readonly end: number } };

/**
 * Joins events of equal title and venue that touch at local midnight and together last over 24 hours; the first keeps
 * its place and uid. Talks that merely follow one another in a room do not touch at midnight or are shorter.
 */
export function joinSplitEvents(events: readonly FileEvent[], repaired: FileRemark[]): FileEvent[] {
  const joined = new Map<FileEvent, FileEvent>();
  const gone = new Set<FileEvent>();
  for (const group of Map.groupBy(events.filter(isPart), groupKey).values()) {
    for (const chain of chainsOf(group)) {
      const [first, ...rest] = chain as [Part, ...Part[]];
      const end = chain.at(-1)?.when.end ?? first.when.end;
      if (rest.length === 0 || end - first.when.start <= DAY_SECONDS) continue;
      joined.set(first, { ...first, when: { ...first.when, end } });
      for (const part of rest) gone.add(part);
      repaired.push({
        where: `event ${first.uid}`,
        why: `${chain.length} parts of "${first.title}" joined to one event`,
      });
    }
  }
  return events.filter((event) => !gone.has(event)).map((event) => joined.get(event) ?? event);
}

function isPart(event: FileEvent): event is Part {
  return event.when?.m === "exact" && event.when.end !== undefined;
}

function groupKey(event: FileEvent): string {
  return `${event.venue ?? ""}\n${event.title}`;
}

function chainsOf(group: readonly Part[]): Part[][] {
  const chains: Part[][] = [];
  for (const part of group.toSorted((a, b) => a.when.start - b.when.start)) {
    const chain = chains.at(-1);
    const last = chain?.at(-1);
    if (chain && last && last.when.end === part.when.start && isMidnight(part.when)) chain.push(part);
    else chains.push([part]);
  }
  return chains;
}

function isMidnight({ start, tz }: ExactWhen): boolean {
  const wall = wallAt(start, tz);
  return wall.hour === 0 && wall.minute === 0;
}
