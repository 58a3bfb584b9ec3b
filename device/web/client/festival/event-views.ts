// One event as a person sees it, from its document and all that others said about it.

import { attendance } from "../../../../protocol/festival/attendance.ts";
import { seatOf } from "../../../../protocol/festival/seats.ts";
import type { MadeDocument } from "../../../../protocol/festival/view.ts";
import type { CalendarDate, When } from "../../../../protocol/festival/when.ts";
import { lineage } from "../../../act/fork.ts";
import type { EventPlace } from "../../../programme/event-filter.ts";
import { formerPlan, leftPlaces, placesOf } from "../../../programme/event-history.ts";
import { whenSpan } from "../../../programme/when-span.ts";
import type { Made, Shown } from "./documents.ts";
import type { Ground } from "./ground.ts";
import type {
  AncestorView,
  EventView,
  GoingView,
  HostView,
  MyRsvpView,
  NeedView,
  NoteView,
  PictureView,
} from "./view.ts";

const ID = /^[0-9a-f]{64}$/;

export function eventView(shown: Shown<"event/1">, ground: Ground): EventView {
  const { doc, version, author, fields } = shown.document;
  const { title, summary, text, status, when, kind, tags = [], lang, links = [], access, capacity, join } = fields;
  const span = whenSpan(when);
  const was = when?.m === "exact" ? formerPlan(shown.history)?.span.start : undefined;
  const day = dayOf(when, ground);
  const requests = ground.settled
    .requestsFor(doc)
    .map((request) => ground.settled.requestView(request, ground.ownKeys));
  const { asked, accepted, percent } = ground.settled.confirmed(doc) ?? { asked: 0, accepted: 0 };
  return {
    id: doc,
    version,
    author,
    mine: ground.ownKeys.has(author),
    mayChange: ground.mayChange(shown.document),
    title,
    ...(summary && { summary }),
    ...(text && { text }),
    status,
    ...(when && { when }),
    ...(span && { span: { start: span.start, end: span.end }, sort: span.sort }),
    ...(day !== undefined && { day }),
    ...(was !== undefined && { wasStart: was }),
    wasAt: [...leftPlaces(shown.history, placesOf(fields)).keys()].flatMap((place) => nameOf(place, ground) ?? []),
    places: placesAt(shown.document, ground),
    ...(kind && { kind }),
    tags,
    ...(lang && { lang: lang.toLowerCase() }),
    hosts: hostsOf(shown.document, ground),
    links,
    ...(access && { access }),
    ...(capacity !== undefined && { capacity }),
    join,
    ...(fields.record && { record: fields.record }),
    ...(fields.note && { news: fields.note }),
    frames: fields.frames ?? [],
    ...(fields.series && { series: fields.series }),
    ...(fields.part && { part: fields.part }),
    imported: fields.origin !== undefined,
    ...(fields.reuse && { reuse: fields.reuse }),
    lineage: lineageView(shown.document, ground),
    requests: requests.filter(({ suggestion, state }) => !suggestion && state.state !== "withdrawn"),
    suggestions: requests.filter(({ suggestion }) => suggestion),
    confirmed: { asked, accepted, ...(percent !== undefined && { percent }) },
    going: goingTo(doc, ground),
    ...myRsvp(doc, ground),
    pictures: picturesOf(fields.images),
    notes: ground.notesAbout(doc),
    needs: needsOf(doc, ground),
    devices: ground.devicesWith(author, shown.seqNum),
  };
}

export function picturesOf(blobs: Made<"event/1">["fields"]["images"] = []): readonly PictureView[] {
  return blobs.map(({ h, t, n }) => ({ hash: h, type: t, bytes: n }));
}

export function lineageView(document: MadeDocument, ground: Ground): readonly AncestorView[] {
  const { documents } = ground;
  return lineage(document, (id) => documents.anyMade(id)).map(({ doc, by, document: original }): AncestorView => {
    const title = original && "title" in original.fields ? original.fields.title : undefined;
    return {
      id: doc,
      ...(!documents.isForgotten(by) && { by }),
      ...(title !== undefined && { title }),
      state: original ? "here" : documents.standing(doc) === "withdrawn" ? "withdrawn" : "awaited",
    };
  });
}

export function noteView({ document, touchedAt }: Shown<"note/1">, ownKeys: ReadonlySet<string>): NoteView {
  const { doc, author, fields } = document;
  const { kind, about, reply, text, blobs, lang } = fields;
  return {
    id: doc,
    author,
    mine: ownKeys.has(author),
    kind,
    ...(about && { about }),
    ...(reply && { reply }),
    ...(text && { text }),
    pictures: picturesOf(blobs),
    ...(lang && { lang }),
    writtenAt: touchedAt,
  };
}

export function needView({ document }: Shown<"need/1">, ownKeys: ReadonlySet<string>): NeedView {
  const { doc, author, fields } = document;
  const { event, title, text, kind } = fields;
  return { id: doc, author, mine: ownKeys.has(author), event, title, ...(text && { text }), ...(kind && { kind }) };
}

function needsOf(event: string, ground: Ground): readonly NeedView[] {
  return ground.needsOf(event).map((need) => needView(need, ground.ownKeys));
}

/** Of vague times the day that they name. */
function dayOf(when: When | undefined, { days }: Ground): CalendarDate | undefined {
  switch (when?.m) {
    case "exact":
      return days.dayOf(when.start);
    case "days":
      return when.from;
    case "part":
      return when.day;
    case "words":
      return when.near;
    default:
      return undefined;
  }
}

/** As on a box: claimed ones by name, then what was granted besides, or else what got lost (device/programme/place-query.ts). */
function placesAt({ doc, author, fields }: Made<"event/1">, ground: Ground): readonly EventPlace[] {
  const granted = new Set(ground.settled.granted(doc));
  const said = placesOf(fields);
  const claimed = said.map((place): EventPlace => {
    const name = nameOf(place, ground);
    if (!ID.test(place)) return { name: place, state: "claimed" };
    if (name !== undefined) return { doc: place, name, state: granted.has(place) ? "confirmed" : "claimed" };
    return { doc: place, state: ground.documents.standing(place) === "withdrawn" ? "lost" : "awaited" };
  });
  const others = [...granted].flatMap((id): EventPlace[] => {
    const venue = said.includes(id) ? undefined : ground.documents.made("resource/1", id)?.document.fields;
    return venue?.kind === "venue" ? [{ doc: id, name: venue.title, state: "confirmed" }] : [];
  });
  const places = [...claimed.sort(byName), ...others.sort(byName)];
  if (places.length > 0) return places;
  const asked = ground.settled.requestsFor(doc).filter(({ document }) => document.author === author);
  const lost = [...new Set(asked.map(({ document }) => document.fields.resource))].sort();
  return lost.filter((id) => ground.documents.standing(id) === "withdrawn").map((id) => ({ doc: id, state: "lost" }));
}

function nameOf(place: string, { documents }: Ground): string | undefined {
  return ID.test(place) ? documents.made("resource/1", place)?.document.fields.title : place;
}

/** By name, nameless ones first. */
function byName(a: EventPlace, b: EventPlace): number {
  const [nameA, nameB] = [a.name ?? "", b.name ?? ""];
  return nameA === nameB ? ((a.doc ?? "") < (b.doc ?? "") ? -1 : 1) : nameA < nameB ? -1 : 1;
}

function hostsOf({ fields }: Made<"event/1">, ground: Ground): readonly HostView[] {
  return (fields.hosts ?? []).flatMap(({ key, name, role }) => {
    const shown = name || (key === undefined ? undefined : ground.nameOf(key));
    return shown ? [{ ...(key !== undefined && { key }), name: shown, ...(role && { role }) }] : [];
  });
}

function goingTo(event: string, ground: Ground): GoingView {
  const rsvps = ground.rsvpsFor(event);
  const entries = rsvps.map(({ document, seqNum }) => {
    const { going, n, door } = document.fields;
    return {
      author: document.author,
      seqNum,
      going,
      ...(n !== undefined && { n }),
      ...(door !== undefined && { door }),
    };
  });
  const { identities: people } = ground.settled;
  const { identities: yes, people: heads } = attendance(entries, people);
  const asked = entries.filter(({ door }) => door === undefined);
  const keysOf = (wanted: "yes" | "maybe") => {
    const saying = asked.filter(({ going }) => going === wanted);
    return [
      ...new Map(saying.map(({ author, seqNum }) => [people.identityOf({ key: author, seqNum }), author])).values(),
    ];
  };
  const keys = keysOf("yes");
  const maybe = keysOf("maybe").filter((key) => !keys.includes(key)).length;
  return { yes, people: heads, maybe, keys, door: entries.reduce((sum, { door = 0 }) => sum + door, 0) };
}

function myRsvp(event: string, ground: Ground): { readonly myRsvp?: MyRsvpView } {
  const mine = ground.rsvpsFor(event).filter(({ document }) => ground.ownKeys.has(document.author));
  const said = mine.find(({ document }) => document.author === ground.me) ?? mine[0];
  if (said === undefined || said.document.fields.door !== undefined) return {};
  const { going, n = 1 } = said.document.fields;
  const taken = ground.settled.seats(event);
  const subject = seatOf(event, said.document.author);
  const outcome = taken?.outcomes.get(subject)?.state;
  if (outcome === "held") return { myRsvp: { going, n, seat: { state: "held" } } };
  if (outcome !== "wait") return { myRsvp: { going, n } };
  return { myRsvp: { going, n, seat: { state: "waiting", position: (taken?.waiting.indexOf(subject) ?? 0) + 1 } } };
}
