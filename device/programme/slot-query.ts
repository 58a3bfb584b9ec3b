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
import { type Slot, takesPlace } from "./slot.ts";

/** Where an event went whose new venue is not known here (M-09). */
const UNKNOWN_PLACE = "?";

/** How an event stands at a door; if in several ways, in the first of these. */
const STANDS = { granted: 0, asWished: 1, left: 2 } as const;

interface SlotRow {
  readonly n: number;
  readonly stands: (typeof STANDS)[keyof typeof STANDS];
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
  /** Of the event, wherever it is now; null unless exact. */
  readonly startNow: Seconds | null;
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
  /** Leaves out what is off or has moved. */
  readonly takingPlace?: true;
}

/** Where or when an event takes place that left the door or its time there. */
type Move = Pick<Slot, "movedTo" | "newStart">;

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
  slots(look: Look, { limit, takingPlace, ...window }: SlotWindow): Slot[] {
    const rows: { readonly row: SlotRow; readonly move: Move | undefined }[] = [];
    for (const row of this.#sql.slots.iterate({ venue: look.venue, ...window, ...STANDS })) {
      if (!mayStand({ ...row, isGranted: row.stands === STANDS.granted }, look)) continue;
      const move = row.stands === STANDS.left ? this.#moveOf(row, look.venue) : undefined;
      if (move && Object.keys(move).length === 0) continue;
      if (takingPlace && !takesPlace({ ...row, ...move })) continue;
      rows.push({ row, move });
      if (rows.length >= limit) break;
    }
    return rows.map(({ row, move }) => this.#slot(row, move, look, window.endsAfter));
  }

  /** When the first thing begins there that ends after `at`. */
  firstStart(venue: string, at: Seconds): Seconds | undefined {
    return this.#sql.slots.get({ venue, endsAfter: at, from: 0, until: Number.MAX_SAFE_INTEGER, ...STANDS })?.start;
  }

  /** Names of where an event is. */
  placesOf({ n, doc }: Pick<SlotRow, "n" | "doc">): string[] {
    return this.#sql.placeNames.all(n, doc).map(placeName);
  }

  /** Where people may still look for it: what it left, as long as it would have lasted there. */
  #movedFrom({ n }: SlotRow, endsAfter: Seconds, venue: string): string[] {
    const names = this.#sql.leftNames.all({ n, endsAfter }).map(placeName);
    return names.filter((name) => name !== venue);
  }

  /** Empty for what is where it was and when it was, in a venue of the same name. */
  #moveOf(row: SlotRow, venue: string): Move {
    const { start, startNow } = row;
    const places = this.placesOf(row);
    return {
      ...(!places.includes(venue) && { movedTo: places.join(", ") || UNKNOWN_PLACE }),
      ...(startNow !== null && startNow !== start && { newStart: startNow }),
    };
  }

  #slot(row: SlotRow, move: Move | undefined, look: Look, endsAfter: Seconds): Slot {
    const { doc, title, start, end, status, lang, note, wasStart } = row;
    const { identities, venue } = look;
    const { identities: people, door } = this.#going.going(doc, identities);
    const isHere = move === undefined;
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
      ...move,
      ...(movedFrom.length > 0 && { movedFrom: movedFrom.join(", ") }),
      ...(full !== undefined && { full }),
      going: { door, people },
    };
  }
}

/** M-71. What left a place stands there for whoever had planned on it, so it is treated as if it were there. */
export function mayStand(
  { doc, author, title, isGranted }: Pick<SlotRow, "doc" | "author" | "title"> & { readonly isGranted: boolean },
  { policy, identities, owners }: Look,
): boolean {
  const key = toHex(author);
  if (policy.hidden?.(doc, key, title)) return false;
  if (policy.show === "everything" || isGranted) return true;
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
    slots: database.prepare<
      [Omit<SlotWindow, "limit" | "takingPlace"> & { readonly venue: string } & typeof STANDS],
      SlotRow
    >(`
      SELECT event.n, min(at_door.stands) AS stands, at_door.start, at_door."end", doc, author, title, hosts, lang, status,
        note, end_open AS endOpen, was_start AS wasStart, iif(tz IS NULL, NULL, event.start) AS startNow
      FROM (
        SELECT event_place.event AS n, iif(moved, @left, @asWished) AS stands, event_place.start, event_place."end"
        FROM (${venues} UNION SELECT @venue) CROSS JOIN event_place USING (place) WHERE ${inWindow("event_place")}
        UNION ALL
        SELECT event.n, @granted, event.start, event."end"
        FROM (${venues}) CROSS JOIN booking ON booking.resource = place CROSS JOIN event ON event.doc = booking.event
        WHERE ${inWindow("event")} AND event.tz IS NOT NULL
      ) AS at_door CROSS JOIN event ON event.n = at_door.n
      GROUP BY event.n ORDER BY at_door.start, stands, doc`),
    owners: database
      .prepare<[string], Uint8Array>("SELECT DISTINCT author FROM resource WHERE kind = 'venue' AND title = +?")
      .pluck(),
    leftNames: database.prepare<[{ readonly n: number; readonly endsAfter: Seconds }], PlaceRow>(`
      SELECT DISTINCT place, title AS name FROM event_place LEFT JOIN resource ON resource.doc = place
      WHERE event = +@n AND moved = 1 AND "end" > +@endsAfter
        AND place NOT IN (SELECT place FROM event_place WHERE event = +@n AND moved = 0)
      ORDER BY 2, 1`),
    placeNames: database.prepare<[number, string], PlaceRow>(`
      SELECT place, title AS name FROM event_place LEFT JOIN resource ON resource.doc = place
      WHERE event = +? AND moved = 0
      UNION
      SELECT booking.resource, title FROM booking CROSS JOIN resource ON resource.doc = booking.resource
      WHERE booking.event = +? AND kind = 'venue'
      ORDER BY 2, 1`),
  };
}
