// Which zone a TZID means (M-80): an IANA name, perhaps behind a prefix; a Windows name; what its VTIMEZONE says of
// itself; else a zone with the offsets of that VTIMEZONE.
import type { Seconds } from "../../../protocol/festival/when.ts";
import { knownTimezone, offsetMinutesAt } from "../local-time.ts";
import { fixedTimezone } from "../offset-timezone.ts";
import { quoted } from "../text/fit.ts";
import type { CalendarComponent } from "./calendar-components.ts";
import { readText } from "./calendar-property.ts";
import { WINDOWS_TIMEZONES } from "./windows-timezones.ts";

export interface CalendarTimezone {
  readonly timezone: string;
  /** Set where the zone was guessed. */
  readonly why?: string;
}

/** Zones with summer time, one for each pair of offsets that people live by. */
const SUMMER_TIME_ZONES = [
  ...["Europe/Berlin", "Europe/London", "Europe/Helsinki", "America/New_York", "America/Chicago", "America/Denver"],
  ...["America/Los_Angeles", "America/Anchorage", "America/Halifax", "America/St_Johns", "America/Santiago"],
  ...["Australia/Sydney", "Australia/Adelaide", "Pacific/Auckland", "Asia/Jerusalem", "Atlantic/Azores"],
];
const QUARTER_SECONDS = 91 * 86_400;
/** Calendars that define every zone they know have some hundreds. */
const DEFINITIONS_MAX = 1_000;
/** There are some 600 zones in all. */
const TZIDS_MAX = 700;
/** "America/Indiana/Indianapolis" is as long as zone names get. */
const NAME_PARTS_MAX = 3;

export interface CalendarTimezoneContext {
  readonly definitions: readonly CalendarComponent[];
  /** Zone of the calendar, else of the importer: taken where a TZID says nothing, preferred where it fits. */
  readonly home: string;
  readonly now: Seconds;
}

export class CalendarTimezones {
  readonly #context: CalendarTimezoneContext;
  readonly #definitions: ReadonlyMap<string | undefined, CalendarComponent>;
  readonly #known = new Map<string, CalendarTimezone>();

  constructor(context: CalendarTimezoneContext) {
    this.#context = context;
    const definitions = context.definitions.slice(0, DEFINITIONS_MAX);
    this.#definitions = new Map(definitions.map((definition) => [readText(definition, "tzid"), definition]));
  }

  resolve(tzid: string): CalendarTimezone {
    const known = this.#known.get(tzid);
    if (known) return known;
    if (this.#known.size >= TZIDS_MAX) return { timezone: this.#context.home, why: "names too many zones" };
    const found = this.#find(tzid);
    this.#known.set(tzid, found);
    return found;
  }

  #find(tzid: string): CalendarTimezone {
    const definition = this.#definitions.get(tzid);
    const location = definition && readText(definition, "x-lic-location");
    const named = namedTimezone(tzid) ?? (location === undefined ? undefined : namedTimezone(location));
    if (named !== undefined) return { timezone: named };
    const shown = `zone ${quoted(tzid)}`;
    const fitting = definition && this.#fitting(offsetsOf(definition));
    if (fitting !== undefined)
      return { timezone: fitting, why: `${shown} is read as ${fitting}, which has its offsets` };
    return { timezone: this.#context.home, why: `${shown} is not known; ${this.#context.home} was taken` };
  }

  #fitting(offsets: ReadonlySet<number>): string | undefined {
    const { home, now } = this.#context;
    const [only] = offsets;
    const fixed = offsets.size === 1 && only !== undefined ? fixedTimezone(only) : undefined;
    const candidates = [home, ...(fixed === undefined ? SUMMER_TIME_ZONES : [fixed])];
    return candidates.find((timezone) => equalSets(offsetsAround(now, timezone), offsets));
  }
}

/** "Europe/Berlin", "/mozilla.org/20050126_1/Europe/Berlin", "W. Europe Standard Time". */
export function namedTimezone(name: string): string | undefined {
  const windows = WINDOWS_TIMEZONES.get(name.trim().toLowerCase());
  if (windows !== undefined) return windows;
  const parts = name.trim().split("/").slice(-NAME_PARTS_MAX);
  for (const from of parts.keys()) {
    const timezone = knownTimezone(parts.slice(from).join("/"));
    if (timezone !== undefined) return timezone;
  }
  return undefined;
}

function offsetsAround(now: Seconds, timezone: string): Set<number> {
  return new Set([0, 1, 2, 3].map((quarter) => offsetMinutesAt(now + quarter * QUARTER_SECONDS, timezone)));
}

function equalSets(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  return a.size === b.size && [...a].every((value) => b.has(value));
}

/** Offsets of the newest STANDARD and DAYLIGHT of a VTIMEZONE, in minutes. */
function offsetsOf(definition: CalendarComponent): Set<number> {
  const offsets = new Set<number>();
  for (const name of ["STANDARD", "DAYLIGHT"]) {
    const newest = definition.children
      .filter((child) => child.name === name)
      .toSorted((a, b) => (readText(a, "dtstart") ?? "").localeCompare(readText(b, "dtstart") ?? ""))
      .at(-1);
    const offset = newest && /^([+-])(\d{2}):?(\d{2})/.exec(readText(newest, "tzoffsetto") ?? "");
    if (offset) offsets.add((offset[1] === "-" ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3])));
  }
  return offsets;
}
