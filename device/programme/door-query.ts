// What stands at one door around one moment, or at all of them: now and next, where to go instead, what organisers say,
// and what belongs to no door.
import type { Seconds } from "../../protocol/festival/when.ts";
import type { Database } from "../../sync/store/database.ts";
import { AnnouncementQuery } from "./announcement-query.ts";
import { type DoorPolicy, EVERYTHING } from "./door-policy.ts";
import { festivalDayEnd } from "./festival-day.ts";
import { FestivalRule } from "./festival-rule.ts";
import { type DoorProgramme, takesPlace } from "./slot.ts";
import { type Look, mayStand, SlotQuery } from "./slot-query.ts";
import { UnplacedQuery } from "./unplaced-query.ts";

/** No screen lists more, and a flood of events must not stop the picture. */
const MAX_SLOTS = 100;
/** How far "tomorrow" looks. */
const LOOK_AHEAD_SECONDS = 14 * 86_400;
/** Whoever finds a room full goes where something runs, or begins within this time. */
const SOON_SECONDS = 1800;

/** A door by itself, and when its festival day is over. */
type DoorOfToday = DoorProgramme & { readonly dayEnd: Seconds };

export class DoorQuery {
  readonly #sql: Statements;
  readonly #rule: FestivalRule;
  readonly #slots: SlotQuery;
  readonly #announcements: AnnouncementQuery;
  readonly #unplaced: UnplacedQuery;

  /** `timezone` is the box's own, for doors at which nothing else is known. */
  constructor(database: Database, timezone: string) {
    this.#sql = prepareStatements(database);
    this.#rule = new FestivalRule(database, timezone);
    this.#slots = new SlotQuery(database);
    this.#announcements = new AnnouncementQuery(database);
    this.#unplaced = new UnplacedQuery(database);
  }

  door(venue: string, at: Seconds, policy: DoorPolicy = EVERYTHING): DoorProgramme {
    const look = this.#slots.look(venue, policy);
    const { dayEnd, ...door } = this.#around(look, at);
    const slots = [...door.now, ...door.next];
    const announcements = this.#announcements.announcements({ ...look, events: slots.map(({ doc }) => doc) });
    const unplaced = this.#unplaced.unplaced(
      { start: at, end: dayEnd },
      (row) => mayStand({ ...row, isGranted: false }, look),
      (row) => this.#slots.placesOf(row).join(", "),
    );
    return {
      ...door,
      ...(slots.some(({ full }) => full) && { space: this.#space(look, at) }),
      ...(announcements.length > 0 && { announcements }),
      ...(unplaced.length > 0 && { unplaced }),
    };
  }

  /** All of them by their names, the first with what is said to everybody. */
  doors(at: Seconds, policy: DoorPolicy = EVERYTHING): DoorProgramme[] {
    const looks = this.#sql.venues.all().map((venue) => this.#slots.look(venue, policy));
    return looks.map((look, index) => {
      const { dayEnd: _, ...door } = this.#around(look, at);
      if (index > 0) return door;
      const { identities } = look;
      return { ...door, announcements: this.#announcements.announcements({ events: [], policy, identities }) };
    });
  }

  /** A day to show where nobody knows which one it is (M-39). */
  firstStart(venue: string, at: Seconds): Seconds | undefined {
    return this.#slots.firstStart(venue, at);
  }

  #around(look: Look, at: Seconds): DoorOfToday {
    const { venue } = look;
    const rule = this.#rule.atDoor(venue);
    const dayEnd = festivalDayEnd(at, rule);
    const today = this.#slots.slots(look, { endsAfter: at, from: 0, until: dayEnd, limit: MAX_SLOTS });
    const until = dayEnd + LOOK_AHEAD_SECONDS;
    const later = { endsAfter: dayEnd, from: dayEnd, until, limit: 1, takingPlace: true } as const;
    const [tomorrow] = this.#slots.slots(look, later);
    const now = today.filter(({ start }) => start <= at);
    return {
      venue,
      timezone: rule.timezone,
      now: [...now.filter(takesPlace), ...now.filter((slot) => !takesPlace(slot))],
      next: today.filter(({ start }) => start > at),
      ...(tomorrow && { tomorrow }),
      empty: this.#sql.isEmpty.get() === 1,
      dayEnd,
    };
  }

  /** Other venues where people are known to fit in; those where something runs already come first. */
  #space({ venue, policy }: Look, at: Seconds): string[] {
    const others = this.#sql.venues.all().filter((name) => name !== venue);
    const window = { endsAfter: at, from: 0, until: at + SOON_SECONDS, limit: MAX_SLOTS };
    const found = others.flatMap((name) => {
      const slots = this.#slots.slots(this.#slots.look(name, policy), window).filter(takesPlace);
      const hasSpace = slots.some(({ full }) => full === false) && !slots.some(({ full }) => full === true);
      return hasSpace ? [{ name, runs: slots.some(({ start }) => start <= at) }] : [];
    });
    return [...found.filter(({ runs }) => runs), ...found.filter(({ runs }) => !runs)].map(({ name }) => name);
  }
}

type Statements = ReturnType<typeof prepareStatements>;

function prepareStatements(database: Database) {
  return {
    venues: database
      .prepare<[], string>("SELECT DISTINCT title FROM resource WHERE kind = 'venue' ORDER BY title")
      .pluck(),
    isEmpty: database
      .prepare<[], number>(
        "SELECT NOT EXISTS (SELECT 1 FROM document WHERE schema IN ('event/1', 'resource/1', 'frame/1'))",
      )
      .pluck(),
  };
}
