// The lines that only calendars of our own have (M-87): X-P2P-DOC and, as JSON, whatever the lines of other calendars
// cannot say. A line that cannot be read is as if it were not there.
import { fieldNames } from "../../../protocol/festival/schema.ts";
import type { CborValue } from "../../../protocol/operation/cbor.ts";
import type { CarriedFields } from "../programme-file.ts";
import { asObject } from "../schedule/json-value.ts";
import { carriedOf, readSideRecord, type SideRecord } from "../side-file.ts";
import type { CalendarComponent } from "./calendar-components.ts";
import { unescapeText } from "./calendar-property.ts";

const LINE = /^X-P2P-([A-Z]{1,20}):(.*)$/i;
const DOC = /^[0-9a-f]{64}$/;
/** Property names have no case, names of fields do. */
const FIELDS: ReadonlyMap<string, string> = new Map(
  fieldNames("event/1").map((name): [string, string] => [name.toUpperCase(), name]),
);

export interface CarriedLines {
  /** With this the description begins. */
  readonly summary?: string;
  /** Only where the event says which document it is. */
  readonly carried?: CarriedFields;
}

/** Of a VEVENT. */
export function readCarriedLines(component: CalendarComponent): CarriedLines {
  const found = ownLines(component);
  if (found.size === 0) return {};
  const json = (name: string) => parse(found.get(name)?.[0]);
  const summary = json("SUMMARY");
  const doc = found.get("DOC")?.[0] ?? "";
  const fields = [...found.keys()].flatMap((property): [string, CborValue][] => {
    const name = FIELDS.get(property);
    const value = name === undefined || name === "origin" ? undefined : json(property);
    return name === undefined || value === undefined ? [] : [[name, value as CborValue]];
  });
  const all = { ...asObject(json("FIELDS")), ...Object.fromEntries(fields) };
  return {
    ...(typeof summary === "string" && { summary }),
    ...(DOC.test(doc) && { carried: carriedOf(doc, all, asObject(json("ORIGIN"))) }),
  };
}

/** Of a VCALENDAR: its frames, venues and series. */
export function readCarriedDocuments(component: CalendarComponent): SideRecord[] {
  return (ownLines(component).get("DOCUMENT") ?? []).flatMap((value) => readSideRecord(parse(value)) ?? []);
}

function ownLines(component: CalendarComponent): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { text } of component.lines) {
    const [, name, value = ""] = LINE.exec(text) ?? [];
    if (name === undefined) continue;
    const values = found.get(name.toUpperCase()) ?? [];
    values.push(unescapeText(value));
    found.set(name.toUpperCase(), values);
  }
  return found;
}

/** Absent like what is not JSON. */
function parse(json: string | undefined): unknown {
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
