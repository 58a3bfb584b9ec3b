// Fields of documents as people write them: one option for each field, and how its text becomes the field's value. Empty
// text clears a field. Whether the value is valid, the schema says (checked-body.ts).
import type { DocumentSchema } from "../../protocol/festival/schema.ts";
import type { CborMap, CborValue } from "../../protocol/operation/cbor.ts";
import { ActError } from "./act-error.ts";
import { readMoment } from "./when-input.ts";

/** What a reader asks about the festival around it. */
export interface Surroundings {
  readonly timezone: string;
  /** Id of the document that is meant by an id prefix or a title. Throws if there is none or several. */
  readonly document: (text: string, schema: DocumentSchema) => string;
  /** The key that is meant by a prefix or a name; likewise. */
  readonly key: (text: string) => string;
}

type Reader = (text: string, around: Surroundings) => CborValue;

export interface FieldOption {
  readonly field: string;
  readonly help: string;
  /** May be given several times, and then reads as a list. */
  readonly many: boolean;
  readonly read: Reader;
}

type FieldOptions = Readonly<Record<string, FieldOption>>;

export type EditableSchema =
  | "event/1"
  | "resource/1"
  | "series/1"
  | "frame/1"
  | "need/1"
  | "page/1"
  | "note/1"
  | "pick/1";

const COMMON: FieldOptions = {
  lang: one("lang", "Language of its words, as en or pt-BR", asText),
  reuse: one("reuse", "May others make their own of it: free, ask or please-not", asText),
  archive: one("archive", "Whether archives may keep it: yes or no", asText),
};
const TITLE: FieldOptions = { title: one("title", "Title, one line", asText) };
const TEXT: FieldOptions = { text: one("text", "Some more words", asText) };
const TAGS: FieldOptions = { tag: many("tags", "A tag; repeat it for more", asText) };
const PLACE: FieldOptions = {
  place: one("place", 'Where, in words; "by the lake @52.52,13.405" also says it on the globe', readPlace),
};
const LINKS: FieldOptions = { link: many("links", "A link; repeat it for more", (url) => ({ url })) };
const ACCESS: FieldOptions = { access: one("access", "Steps, doors, quiet corners: who can come in how", asText) };
const CAPACITY: FieldOptions = { capacity: one("capacity", "How many people there is room for", readCount) };
const IN_EVENT: FieldOptions = { event: one("event", "The event that it is about", documentOf("event/1")) };
const IN_FRAME: FieldOptions = {
  frame: one("frame", "The festival or track that it belongs to", documentOf("frame/1")),
};
const KIND = "venue, material, skill, funds, link, token or other";

export const FIELD_OPTIONS: Readonly<Record<EditableSchema, FieldOptions>> = {
  "event/1": {
    ...TITLE,
    ...TEXT,
    summary: one("summary", "One or two sentences", asText),
    status: one("status", "idea or planned", asText),
    kind: one("kind", "workshop, concert, soup: any word", asText),
    ...TAGS,
    host: many("hosts", "Name of somebody who hosts it; repeat it for more", (name) => ({ name })),
    ...LINKS,
    ...PLACE,
    venue: many("venues", "Where it happens, as its author says; ask for it besides", documentOf("resource/1")),
    ...ACCESS,
    ...CAPACITY,
    join: one("join", "open, answer (the host answers), external or none", asText),
    frame: many("frames", "A festival or track that it is part of", documentOf("frame/1")),
    series: one("series", "The series that it belongs to", documentOf("series/1")),
    record: one("record", "May it be recorded: yes, no or ask", asText),
    news: one("note", 'Latest news: "starts 20 min later"', asText),
    ...COMMON,
  },
  "resource/1": {
    ...TITLE,
    ...TEXT,
    kind: one("kind", KIND, asText),
    ...PLACE,
    quantity: one("quantity", "How many at once; 0 is without limit, 1 if it is left out", readCount),
    unit: one("unit", "What is counted: tables, litres", asText),
    consumable: one("consumable", "Used up when it is used: yes or no", readSwitch),
    ...CAPACITY,
    ...ACCESS,
    slot: one("slotMinutes", "It is lent in slots of so many minutes", readCount),
    lead: one("lead", "Minutes of set-up before", readCount),
    tail: one("tail", "Minutes of cleaning after", readCount),
    open: many("open", 'When it can be had: "2026-07-17 10:00/2026-07-17 22:00"', readWindow),
    weekly: many("weekly", 'The same, each week: "mon 10:00-22:00"', readWeekHours),
    closed: many("closed", "When it cannot be had, as with --open", readWindow),
    zone: one("tz", "IANA zone of its times; the festival's if it is left out", asText),
    policy: one("policy", "Who decides: manual (a person), auto, random, ask, or none", asText),
    answerer: one("answerer", "Somebody else who answers for it", (text, { key }) => key(text)),
    ...TAGS,
    ...COMMON,
  },
  "series/1": { ...TITLE, ...TEXT, rule: one("rule", 'In words: "every Wednesday"', asText), ...COMMON },
  "frame/1": {
    ...TITLE,
    ...TEXT,
    start: one("start", "When it begins; events before are part of it all the same", readInstant("--start")),
    end: one("end", "When it ends", readInstant("--end")),
    zone: one("tz", "IANA zone of its times", asText),
    "day-start": one("dayStart", "When a new day begins, as 06:00", readTimeOfDay),
    parent: one("parent", "The festival that it is part of", documentOf("frame/1")),
    ...PLACE,
    ...TAGS,
    conduct: one("conduct", "How people want to be with each other", asText),
    ...LINKS,
    ...COMMON,
  },
  "need/1": {
    ...TITLE,
    ...TEXT,
    ...IN_EVENT,
    kind: one("kind", KIND, asText),
    needed: one("open", "Is it still needed: yes or no", readSwitch),
  },
  "page/1": { ...TITLE, ...TEXT, slug: one("slug", "Name in an address: how-to-get-here", asText), ...IN_FRAME },
  "note/1": { ...TEXT, kind: one("kind", "note, minutes, question, found or thanks", asText), ...COMMON },
  "pick/1": { ...TITLE, ...TEXT, ...IN_FRAME },
};

/** Texts by option: one, or several where it was repeated. */
export type OptionTexts = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Fields that these options name; null where one is to be cleared. Throws E_FIELDS or E_TIME. */
export function readFieldOptions(schema: EditableSchema, texts: OptionTexts, around: Surroundings): CborMap {
  const fields: Record<string, CborValue> = {};
  for (const [option, { field, many, read }] of Object.entries(FIELD_OPTIONS[schema])) {
    const given = [texts[option] ?? []].flat().map((text) => text.normalize("NFC"));
    if (given.length === 0) continue;
    const values = given.flatMap((text) => (text === "" ? [] : [read(text, around)]));
    fields[field] = many && values.length > 0 ? values : (values.at(-1) ?? null);
  }
  return fields;
}

/** Options that somebody gave and that a document of this schema does not have. */
export function foreignOptions(schema: EditableSchema, texts: OptionTexts): readonly string[] {
  const known = FIELD_OPTIONS[schema];
  const all = Object.values(FIELD_OPTIONS).flatMap((options) => Object.keys(options));
  return [...new Set(all)].filter((option) => texts[option] !== undefined && !Object.hasOwn(known, option));
}

function one(field: string, help: string, read: Reader): FieldOption {
  return { field, help, many: false, read };
}

function many(field: string, help: string, read: Reader): FieldOption {
  return { field, help, many: true, read };
}

function asText(text: string): string {
  return text;
}

function documentOf(schema: DocumentSchema): Reader {
  return (text, { document }) => document(text, schema);
}

function readCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw wrong(text, "a whole number");
}

function readSwitch(text: string): boolean {
  if (text === "yes" || text === "no") return text === "yes";
  throw wrong(text, "yes or no");
}

function readInstant(option: string): Reader {
  return (text, { timezone }) => readMoment(text, option, timezone).time;
}

function readWindow(text: string, { timezone }: Surroundings): CborMap {
  const [start, end, ...more] = text.split("/");
  if (start === undefined || end === undefined || more.length > 0) throw wrong(text, '"START/END"');
  const moment = (part: string) => readMoment(part.trim(), "an opening time", timezone).time;
  return { start: moment(start), end: moment(end) };
}

const MINUTES_PER_DAY = 1440;
const DAYS: readonly string[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const WEEK_HOURS = /^([a-z]{3}) (\d{1,2}:\d{2})-(\d{1,2}:\d{2})$/i;

/** "fri 20:00-04:00" ends on Saturday. */
function readWeekHours(text: string): CborMap {
  const [, day = "", from = "", to = ""] = WEEK_HOURS.exec(text) ?? [];
  const dow = DAYS.indexOf(day.toLowerCase()) + 1;
  if (dow === 0) throw wrong(text, 'like "mon 10:00-22:00"');
  const [opens, shuts] = [readTimeOfDay(from), readTimeOfDay(to)];
  return { dow, from: opens, to: shuts > opens ? shuts : shuts + MINUTES_PER_DAY };
}

function readTimeOfDay(text: string): number {
  const [, hours = "", minutes = ""] = /^(\d{1,2}):([0-5]\d)$/.exec(text) ?? [];
  if (hours === "" || Number(hours) > 24) throw wrong(text, "a time of day like 06:00");
  return Number(hours) * 60 + Number(minutes);
}

const MILLIONTHS = 1_000_000;
const ON_THE_GLOBE = /^(.*?)\s*@(-?\d{1,3}(?:\.\d+)?),\s*(-?\d{1,3}(?:\.\d+)?)$/;

function readPlace(text: string): CborMap {
  const [, words = "", latitude, longitude] = ON_THE_GLOBE.exec(text) ?? [];
  if (latitude === undefined || longitude === undefined) return { text };
  const geo = [latitude, longitude].map((degrees) => Math.round(Number(degrees) * MILLIONTHS));
  return { ...(words !== "" && { text: words }), geo };
}

function wrong(text: string, expected: string): ActError {
  return new ActError("E_FIELDS", `Cannot read "${text}": it is not ${expected}`);
}
