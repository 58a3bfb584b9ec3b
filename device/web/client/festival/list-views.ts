// The smaller lists: pages, frames, series, picks, flags.
import type { Documents, Shown } from "./documents.ts";
import type { Ground } from "./ground.ts";
import type { EventView, FlagView, FrameView, PageView, PickView, SeriesView } from "./view.ts";

export function pageViews(ground: Ground): readonly PageView[] {
  return seen("page/1", ground).map(({ document: { doc, author, fields } }) => {
    const { slug, title, text, frame } = fields;
    return { id: doc, author, mine: ground.ownKeys.has(author), slug, title, text, ...(frame && { frame }) };
  });
}

/** The outermost first, then by title. */
export function frameViews(ground: Ground): readonly FrameView[] {
  const frames = seen("frame/1", ground).map(({ document: { doc, author, fields } }): FrameView => {
    const { title, text, start, end, tz, dayStart, parent, place, tags = [], conduct, links = [], lang } = fields;
    return {
      id: doc,
      author,
      mine: ground.ownKeys.has(author),
      title,
      ...(text && { text }),
      ...(start !== undefined && { start }),
      ...(end !== undefined && { end }),
      ...(tz && { tz }),
      dayStart,
      ...(parent && { parent }),
      ...(place && { place }),
      tags,
      ...(conduct && { conduct }),
      links,
      ...(lang && { lang }),
    };
  });
  const depths = new Map(frames.map((frame) => [frame.id, depthOf(frame, ground.documents)]));
  return frames.sort((a, b) => (depths.get(a.id) ?? 0) - (depths.get(b.id) ?? 0) || (a.title < b.title ? -1 : 1));
}

/** Circles are cut. */
function depthOf({ id, parent }: FrameView, documents: Documents): number {
  const above = new Set([id]);
  let next = parent;
  while (next !== undefined && !above.has(next)) {
    above.add(next);
    next = documents.made("frame/1", next)?.document.fields.parent;
  }
  return above.size;
}

/** `events` are by time. */
export function seriesViews(ground: Ground, events: readonly EventView[]): readonly SeriesView[] {
  const members = Map.groupBy(events, ({ series }) => series ?? "");
  return seen("series/1", ground).map(({ document: { doc, author, fields } }) => {
    const { title, text, rule } = fields;
    const ids = (members.get(doc) ?? []).map(({ id }) => id);
    return { id: doc, author, title, ...(text && { text }), ...(rule && { rule }), events: ids };
  });
}

export function pickViews(ground: Ground): readonly PickView[] {
  return seen("pick/1", ground).map(({ document: { doc, author, fields } }) => {
    const { title, text, items } = fields;
    return { id: doc, author, mine: ground.ownKeys.has(author), title, ...(text && { text }), items };
  });
}

/** Only those that ask one of my keys. */
export function flagViews(ground: Ground): readonly FlagView[] {
  const mine = seen("flag/1", ground).filter(({ document }) => ground.ownKeys.has(document.fields.to));
  return mine.map(({ document: { doc, author, fields } }) => {
    const { about, why, text } = fields;
    return { id: doc, author, about, why, ...(text && { text }) };
  });
}

function seen<Name extends "page/1" | "frame/1" | "series/1" | "pick/1" | "flag/1">(
  schema: Name,
  ground: Ground,
): Shown<Name>[] {
  return ground.documents.all(schema).filter((shown) => ground.isSeen(shown as never));
}
