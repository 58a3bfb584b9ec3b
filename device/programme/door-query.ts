// What stands at one door around one moment: a few questions to the tables, and nothing kept between them. A door is a
// name on a wall, so every venue that carries the name counts, whoever made it.
import type { Identities } from "../../protocol/festival/identities.ts";
import type { Seconds } from "../../protocol/festival/when.ts";
import { toHex } from "../../protocol/operation/bytes.ts";
import type { Database } from "../../sync/store/database.ts";
import { type DoorPolicy, EVERYTHING } from "./door-policy.ts";
import { festivalDayEnd } from "./festival-day.ts";
import { FestivalRule } from "./festival-rule.ts";
import { GoingQuery } from "./going-query.ts";
import { IdentityQuery } from "./identity-query.ts";
import type { DoorProgramme, Slot } from "./slot.ts";

/** No screen lists more, and a flood of events must not stop the picture. */
const MAX_SLOTS = 100;
/** How far "tomorrow" looks. */
const LOOK_AHEAD_SECONDS = 14 * 86_400;
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
interface Look {
  readonly venue: string;
  readonly policy: DoorPolicy;
  readonly identities: Identities;
  /** Identities of those who made the venue. */
  readonly owners: ReadonlySet<string>;
}

export class DoorQuery {
  readonly #sql: Statements;
  readonly #rule: FestivalRule;
  readonly #going: GoingQuery;
  readonly #identities: IdentityQuery;

  /** `timezone` is the box's own, for doors at which nothing else is known. */
  constructor(database: Database, timezone: string) {
    this.#sql = prepareStatements(database);
    this.#rule = new FestivalRule(database, timezone);
    this.#going = new GoingQuery(database);
    this.#identities = new IdentityQuery(database);
  }

  door(venue: string, at: Seconds, policy: DoorPolicy = EVERYTHING): DoorProgramme {
    const identities = this.#identities.identities();
    const owners = new Set(this.#sql.owners.all(venue).map((key) => personOf(key, identities)));
    const look = { venue, policy, identities, owners };
    const rule = this.#rule.atDoor(venue);
    const dayEnd = festivalDayEnd(at, rule);
    const today = this.#slots(look, { endsAfter: at, from: 0, until: dayEnd, limit: MAX_SLOTS });
    const until = dayEnd + LOOK_AHEAD_SECONDS;
    const [tomorrow] = this.#slots(look, { endsAfter: dayEnd, from: dayEnd, until, limit: 1 });
    const now = today.filter(({ start }) => start <= at);
    return {
      venue,
      timezone: rule.timezone,
      now: [...now.filter(takesPlace), ...now.filter((slot) => !takesPlace(slot))],
      next: today.filter(({ start }) => start > at),
      ...(tomorrow && { tomorrow }),
      empty: this.#sql.isEmpty.get() === 1,
    };
  }

  /** A day to show where nobody knows which one it is (M-39). */
  firstStart(venue: string, at: Seconds): Seconds | undefined {
    return this.#sql.slots.get({ venue, endsAfter: at, from: 0, until: Number.MAX_SAFE_INTEGER })?.start;
  }

  #slots(look: Look, { limit, ...window }: SlotWindow): Slot[] {
    const rows: { readonly row: SlotRow; readonly movedTo?: readonly string[] }[] = [];
    for (const row of this.#sql.slots.iterate({ venue: look.venue, ...window })) {
      if (!mayStand(row, look)) continue;
      const movedTo = row.moved === 1 ? this.#movedTo(row) : undefined;
      if (movedTo?.includes(look.venue)) continue;
      rows.push({ row, ...(movedTo && { movedTo }) });
      if (rows.length >= limit) break;
    }
    return rows.map(({ row, movedTo }) => this.#slot(row, movedTo, look));
  }

  #movedTo({ n, doc }: SlotRow): string[] {
    return this.#sql.placeNames.all(n, doc).map(placeName);
  }

  #slot(row: SlotRow, movedTo: readonly string[] | undefined, { identities }: Look): Slot {
    const { doc, title, start, end, status, lang, note, wasStart } = row;
    const { identities: people, door } = this.#going.going(doc, identities);
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
      ...(wasStart !== null && movedTo === undefined && { wasStart }),
      ...(movedTo && { movedTo: movedTo.join(", ") || UNKNOWN_PLACE }),
      going: { door, people },
    };
  }
}

/** M-71. What left a place stands there for whoever had planned on it, so it is treated as if it were there. */
function mayStand({ doc, author, title, isGranted }: SlotRow, { policy, identities, owners }: Look): boolean {
  const key = toHex(author);
  if (policy.hidden?.(doc, key, title)) return false;
  if (policy.show === "everything" || isGranted === 1) return true;
  return owners.has(personOf(author, identities)) || policy.near?.(key) === true;
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

function takesPlace({ status, movedTo }: Slot): boolean {
  return (status === "planned" || status === "idea") && movedTo === undefined;
}

type Statements = ReturnType<typeof prepareStatements>;

interface SlotWindow {
  readonly endsAfter: Seconds;
  readonly from: Seconds;
  readonly until: Seconds;
  readonly limit: number;
}

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
    placeNames: database.prepare<[number, string], PlaceRow>(`
      SELECT place, title AS name FROM event_place LEFT JOIN resource ON resource.doc = place
      WHERE event = +? AND moved = 0
      UNION
      SELECT booking.resource, title FROM booking CROSS JOIN resource ON resource.doc = booking.resource
      WHERE booking.event = +? AND kind = 'venue'
      ORDER BY 2, 1`),
    isEmpty: database
      .prepare<[], number>(
        "SELECT NOT EXISTS (SELECT 1 FROM document WHERE schema IN ('event/1', 'resource/1', 'frame/1'))",
      )
      .pluck(),
  };
}
