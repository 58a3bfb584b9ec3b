// Times of a calendar (M-80): "Z" is an instant shown in the calendar's zone, TZID names a zone, and a floating time is
// in the importer's zone and marked.
import type { Seconds } from "../../../protocol/festival/when.ts";
import {
  isRepresentable,
  readDate,
  readDateTime,
  resolveWall,
  secondsOf,
  type WallTime,
  type WrittenTime,
  wallAt,
} from "../local-time.ts";
import { ProgrammeFileError } from "../programme-file.ts";
import { quoted, type Remark } from "../text/fit.ts";
import { type CalendarProperty, parameterText } from "./calendar-property.ts";
import type { CalendarTimezones } from "./calendar-timezones.ts";

export interface CalendarTime {
  /** Local time; midnight for a date. */
  readonly wall: WallTime;
  readonly seconds: Seconds;
  readonly timezone: string;
  /** A whole day. */
  readonly isDate: boolean;
  /** The file gives the instant, not the wall time. */
  readonly isInstant: boolean;
}

export interface CalendarZones {
  readonly timezones: CalendarTimezones;
  /** Of the calendar, else of the importer. */
  readonly home: string;
  readonly importer: string;
}

/** ical.js turns a date without VALUE=DATE into this. */
const MANGLED_DATE = /^(\d{4}-\d{2}-\d{2})T::$/;
/** Two for each of 20,000 events and some exceptions; EXDATE and RDATE could list half a million in 8 MiB. */
const TIMES_MAX = 50_000;

/** Reads the times of one calendar. */
export class CalendarClock {
  readonly #zones: CalendarZones;
  #times = 0;

  constructor(zones: CalendarZones) {
    this.#zones = zones;
  }

  /** All times of a property (EXDATE and RDATE may list several). Throws an Error that says which is none. */
  read(property: CalendarProperty, remark: Remark): CalendarTime[] {
    this.#times += property.values.length;
    if (this.#times > TIMES_MAX) {
      throw new ProgrammeFileError("E_FILE_TOO_LARGE", `Cannot read calendar: it has more than ${TIMES_MAX} times`);
    }
    return property.values.map((value) => {
      const text = String(Array.isArray(value) ? value[0] : value);
      const time = this.#read(MANGLED_DATE.exec(text)?.[1] ?? text, property, remark);
      if (time === undefined || !isRepresentable(time.seconds)) {
        throw new Error(`${property.name.toUpperCase()} ${quoted(property.source)} is not a time`);
      }
      return time;
    });
  }

  #read(text: string, property: CalendarProperty, remark: Remark): CalendarTime | undefined {
    const date = readDate(text);
    if (date) return this.#local({ wall: date.toPlainDateTime(), isDate: true }, this.#zones.home);
    const written = readDateTime(text);
    if (written?.offsetMinutes !== undefined) return this.#instant(written as Required<WrittenTime>);
    if (!written) return undefined;
    const time = this.#local({ wall: written.wall, isDate: false }, this.#zoneOf(property, remark));
    if (time.adjusted !== undefined) remark(time.adjusted);
    return time;
  }

  #instant(written: Required<WrittenTime>): CalendarTime {
    const seconds = secondsOf(written);
    const timezone = this.#zones.home;
    return { wall: wallAt(seconds, timezone), seconds, timezone, isDate: false, isInstant: true };
  }

  #local(local: { wall: WallTime; isDate: boolean }, timezone: string): CalendarTime & { readonly adjusted?: string } {
    return { ...local, ...resolveWall(local.wall, timezone), timezone, isInstant: false };
  }

  #zoneOf(property: CalendarProperty, remark: Remark): string {
    const { timezones, importer } = this.#zones;
    const tzid = parameterText(property, "tzid");
    if (tzid === undefined) {
      remark(`${property.name.toUpperCase()} names no zone; ${importer} was taken`);
      return importer;
    }
    const { timezone, why } = timezones.resolve(tzid);
    if (why !== undefined) remark(why);
    return timezone;
  }
}
