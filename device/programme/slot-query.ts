// The events of one door as slots: a few questions to the tables, and nothing kept between them. A door is a name on a
// wall, so every venue that carries the name counts, whoever made it.
import type { Identities } from "../../protocol/festival/identities.ts";
import type { Seconds } from "../../protocol/festival/when.ts";
import { fromHex, toHex } from "../../protocol/operation/bytes.ts";
import type { Database } from "../../sync/store/database.ts";
import type { DoorPolicy } from "./door-policy.ts";
import { FullQuery } from "./full-query.ts";
import { GoingQuery } from "./going-query.ts";
import { IdentityQuery } from "./identity-query.ts";
import type { Slot } from "./slot.ts";

/** Where an event went whose new venue is not known here (M-09). */
const UNKNOWN_PLACE = "?";

interface SlotRow {
  readonly n: number;
  readonly moved: 0 | 1;
  readonly start: Seconds;
  readonly end: Seconds;
  readonly doc: string;
  readonly author: Uint8Array;
  readonly title: string;
  readonly hosts: string;
  readonly lang: string | null;
  readonly status: Slot["status"];
  readonly note: string | null;
  readonly endOpen: 0 | 1;
  readonly wasStart: Seconds | null;
  readonly isGranted: 0 | 1;
}

/** One question at one door. */
export interface Look {
  readonly venue: string;
  readonly policy: DoorPolicy;
  readonly identities: Identities;
  /** Identities of those who made the venue. */
  readonly owners: ReadonlySet<string>;
}

export interface SlotWindow {
  readonly endsAfter: Seconds;
  readonly from: Seconds;
  readonly until: Seconds;
  readonly limit: number;
}

/** Where an event went that left the door, and from when on that is over. */
interface Move {
  readonly movedTo: readonly string[] | undefined;
  readonly endsAfter: Seconds;
}

export class SlotQuery {
  readonly #sql: Statements;
  readonly #going: GoingQuery;
  readonly #identities: IdentityQuery;
  readonly #full: FullQuery;

  constructor(database: Database) {
    this.#sql = prepareStatements(database);
    this.#going = new GoingQuery(database);
    this.#identities = new IdentityQuery(database);
    this.#full = new FullQuery(database);
  }

  look(venue: string, policy: DoorPolicy): Look {
    const identities = this.#identities.identities();
    const owners = new Set(this.#sql.owners.all(venue).map((key) => personOf(key, identities)));
    return { venue, policy, identities, owners };
  }

  /** In order of start. */
  slots(look: Look, { limit, ...window }: SlotWindow): Slot[] {
    const rows: { readonly row: SlotRow; readonly movedTo?: readonly string[] }[] = [];
    for (const row of this.#sql.slots.iterate({ venue: look.venue, ...window })) {
      if (!mayStand(row, look)) continue;
      const movedTo = row.moved === 1 ? this.placesOf(row) : undefined;
      if (movedTo?.includes(look.venue)) continue;
      rows.push({ row, ...(movedTo && { movedTo }) });
      if (rows.length >= limit) break;
    }
    return rows.map(({ row, movedTo }) => this.#slot(row, { movedTo, endsAfter: window.endsAfter }, look));
  }

  /** When the first thing begins there that ends after `at`. */
  firstStart(venue: string, at: Seconds): Seconds | undefined {
    return this.#sql.slots.get({ venue, endsAfter: at, from: 0, until: Number.MAX_SAFE_INTEGER })?.start;
  }

  /** Names of where an event is. */
  placesOf({ n, doc }: Pick<SlotRow, "n" | "doc">): string[] {
    return this.#sql.placeNames.all(n, doc).map(placeName);
  }

  /** Where people may still look for it: what it left, as long as it would have lasted there. */
  #movedFrom({ n }: SlotRow, endsAfter: Seconds, venue: string): string[] {
    const names = this.#sql.leftNames.all(n, endsAfter).map(placeName);
    return names.filter((name) => name !== venue);
  }

  #slot(row: SlotRow, { movedTo, endsAfter }: Move, look: Look): Slot {
    const { doc, title, start, end, status, lang, note, wasStart } = row;
    const { identities, venue } = look;
    const { identities: people, door } = this.#going.going(doc, identities);
    const isHere = movedTo === undefined;
    const movedFrom = isHere ? this.#movedFrom(row, endsAfter, venue) : [];
    const full = isHere ? this.#full.isFull(doc, start, believedBy(look, row)) : undefined;
    return {
      doc,
      title,
      hosts: JSON.parse(row.hosts) as string[],
      ...(lang !== null && { lang }),
      start,
      end,
      endOpen: row.endOpen === 1,
      status,
      ...(note !== null && { note }),
      ...(wasStart !== null && isHere && { wasStart }),
      ...(movedTo && { movedTo: movedTo.join(", ") || UNKNOWN_PLACE }),
      ...(movedFrom.length > 0 && { movedFrom: movedFrom.join(", ") }),
      ...(full !== undefined && { full }),
      going: { door, people },
    };
  }
}

/** M-71. What left a place stands there for whoever had planned on it, so it is treated as if it were there. */
export function mayStand(
  { doc, author, title, isGranted }: Pick<SlotRow, "doc" | "author" | "title" | "isGranted">,
  { policy, identities, owners }: Look,
): boolean {
  const key = toHex(author);
  if (policy.hidden?.(doc, key, title)) return false;
  if (policy.show === "everything" || isGranted === 1) return true;
  return owners.has(personOf(author, identities)) || policy.near?.(key) === true;
}

/** Whose word about a full room counts: of whoever made the event or the venue, and of keys that are near or trusted. */
function believedBy({ policy, identities, owners }: Look, { author }: SlotRow): (key: string) => boolean {
  const host = personOf(author, identities);
  return (key) => {
    if (policy.show === "everything" || policy.near?.(key) || policy.trusted?.includes(key)) return true;
    const person = personOf(fromHex(key), identities);
    return person === host || owners.has(person);
  };
}

function personOf(key: Uint8Array, { identityOf }: Identities): string {
  return identityOf({ key: toHex(key), seqNum: 0 });
}

interface PlaceRow {
  readonly place: string;
  readonly name: string | null;
}

function placeName({ place, name }: PlaceRow): string {
  return name ?? (/^[0-9a-f]{64}$/.test(place) ? UNKNOWN_PLACE : place);
}

type Statements = ReturnType<typeof prepareStatements>;

/** CROSS JOIN keeps the order of tables that is written: from the name to the events, never the other way round. Why `+`: stored-row.ts. */
function prepareStatements(database: Database) {
  const venues = "SELECT doc AS place FROM resource WHERE kind = 'venue' AND title = +@venue";
  const inWindow = (table: string) =>
    `${table}.start >= +@from AND ${table}.start < +@until AND ${table}."end" > +@endsAfter`;
  return {
    slots: database.prepare<[Omit<SlotWindow, "limit"> & { readonly venue: string }], SlotRow>(`
      SELECT event.n, min(at_door.moved) AS moved, at_door.start, at_door."end", doc, author, title, hosts, lang, status,
        note, end_open AS endOpen, was_start AS wasStart, max(at_door.is_granted) AS isGranted
      FROM (
        SELECT event_place.event AS n, moved, event_place.start, event_place."end", 0 AS is_granted
        FROM (${venues} UNION SELECT @venue) CROSS JOIN event_place USING (place) WHERE ${inWindow("event_place")}
        UNION ALL
        SELECT event.n, 0, event.start, event."end", 1
        FROM (${venues}) CROSS JOIN booking ON booking.resource = place CROSS JOIN event ON event.doc = booking.event
        WHERE ${inWindow("event")} AND event.tz IS NOT NULL
      ) AS at_door CROSS JOIN event ON event.n = at_door.n
      GROUP BY event.n ORDER BY at_door.start, moved, doc`),
    owners: database
      .prepare<[string], Uint8Array>("SELECT DISTINCT author FROM resource WHERE kind = 'venue' AND title = +?")
      .pluck(),
    leftNames: database.prepare<[number, Seconds], PlaceRow>(`
      SELECT DISTINCT place, title AS name FROM event_place LEFT JOIN resource ON resource.doc = place
      WHERE event = +? AND moved = 1 AND "end" > +? ORDER BY 2, 1`),
    placeNames: database.prepare<[number, string], PlaceRow>(`
      SELECT place, title AS name FROM event_place LEFT JOIN resource ON resource.doc = place
      WHERE event = +? AND moved = 0
      UNION
      SELECT booking.resource, title FROM booking CROSS JOIN resource ON resource.doc = booking.resource
      WHERE booking.event = +? AND kind = 'venue'
      ORDER BY 2, 1`),
  };
}
