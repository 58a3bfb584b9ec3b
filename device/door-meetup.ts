// A meetup that somebody called at a door (display.md §8.2): when it fits in, and the operations that say so.
import { encodeBody } from "../protocol/festival/body.ts";
import type { Span } from "../protocol/festival/span.ts";
import type { Seconds } from "../protocol/festival/when.ts";
import { toHex } from "../protocol/operation/bytes.ts";
import type { Publisher } from "./interchange/publish-programme.ts";
import { type MeetupRule, meetupSpan } from "./keeper/meetup-time.ts";
import type { ShownDocument } from "./programme/document-query.ts";
import type { Programme } from "./programme/programme.ts";
import type { DoorProgramme } from "./programme/slot.ts";
import { takesPlace } from "./programme/slot.ts";

/** On a time that is easy to say, when people had time to come; nobody waits an hour for it (display.md §8.2). */
const MEETUP_RULE: MeetupRule = {
  leadSeconds: 15 * 60,
  stepSeconds: 5 * 60,
  lengthSeconds: 30 * 60,
  withinSeconds: 45 * 60,
};
/** An event names no more of them (SPEC.md §8.2). */
const MAX_VENUES = 8;

export interface Meetup {
  readonly replica: Pick<Publisher, "publish">;
  readonly programme: Programme;
  readonly door: DoorProgramme;
  readonly title: string;
  readonly now: Seconds;
}

/** Resolves when it is durable, with its start; undefined where something else stands. Rejects with StoreError. */
export async function callMeetup({ replica, programme, door, title, now }: Meetup): Promise<Seconds | undefined> {
  const ids = new Set(programme.venueDocuments(door.venue));
  const venues = programme.documents("resource/1").filter(({ doc }) => ids.has(doc));
  const span = freeSpan(programme, door, venues, now);
  if (span === undefined) return undefined;
  const f = {
    title,
    status: "planned" as const,
    when: { m: "exact" as const, ...span, tz: door.timezone },
    ...(ids.size > 0 ? { venues: [...ids].slice(0, MAX_VENUES) } : { place: { text: door.venue } }),
  };
  const [event] = await replica.publish([encodeBody({ a: "create", s: "event/1", f })]);
  if (event === undefined) throw new Error("Cannot call a meetup: what was published has no id");
  const lent = venues.filter(({ fields }) => fields.policy !== "none");
  const asked = { event: toHex(event.id), ...span };
  const requests = lent.map(({ doc }) => encodeBody({ a: "create", s: "request/1", f: { ...asked, resource: doc } }));
  if (requests.length > 0) await replica.publish(requests);
  return span.start;
}

/** Nothing else stands there, and nobody was granted it (B1). */
function freeSpan(
  programme: Programme,
  door: DoorProgramme,
  venues: readonly ShownDocument<"resource/1">[],
  now: Seconds,
): Span | undefined {
  const booked = venues.flatMap(({ doc, fields }) => {
    const load = programme.occupancy(doc)?.load();
    return load === undefined ? [] : { load, limit: fields.quantity };
  });
  return meetupSpan(now, { slots: [...door.now, ...door.next].filter(takesPlace), booked }, MEETUP_RULE);
}
