// Festivals made of chance, from a seed: what a few people might write in the course of one, sense and nonsense, with
// answers, links, wishes to be forgotten and forked logs; and the ways in which it may reach a box.
import type { BodyToWrite } from "../../../protocol/festival/body.ts";
import { equalBytes, toHex } from "../../../protocol/operation/bytes.ts";
import type { NewEntry, Random } from "../../../sync/ports.ts";
import { withoutBody } from "../../support/test-log.ts";
import { berlin, docOf, exactly, type FestivalBox, Person } from "./festival-box.ts";

const NAMES = ["Ada", "Ben", "Cleo", "Dora"];
const TITLES = ["Barn", "Lakeside"];
const HOUR_SECONDS = 3600;

export interface SomeFestival {
  readonly people: readonly Person[];
  /** Logs, in the order of `people`. */
  readonly logs: readonly (readonly NewEntry[])[];
}

interface Asked {
  readonly entry: NewEntry;
  readonly resource: string;
  readonly start: number;
}

interface Known {
  readonly events: NewEntry[];
  readonly resources: NewEntry[];
  readonly requests: Asked[];
  readonly frames: NewEntry[];
}

export function oneOf<Value>(random: Random, values: readonly Value[]): Value {
  return values[Math.floor(random() * values.length)] as Value;
}

export interface FestivalOptions {
  readonly operations: number;
  /** The same festival by other people, if these keys are others. */
  readonly names?: readonly string[];
  readonly isForked?: boolean;
}

export function someFestival(random: Random, options: FestivalOptions): SomeFestival {
  const { operations, names = NAMES, isForked = true } = options;
  const known: Known = { events: [], resources: [], requests: [], frames: [] };
  const people = names.map((name) => new Person(name));
  const logs = people.map((): NewEntry[] => []);
  const write = (index: number, body: BodyToWrite | Uint8Array, at: number) => {
    const log = logs[index] as NewEntry[];
    const after = isForked && log.length > 0 && random() < 0.02 ? oneOf(random, log) : undefined;
    const entry = (people[index] as Person).write(body, { at, after });
    log.push(entry);
    note(known, entry, body);
  };
  for (const index of people.keys()) {
    write(index, { a: "create", s: "event/1", f: { title: "Soup", when: exactly(someStart(random)) } }, 1);
    write(index, { a: "create", s: "resource/1", f: { kind: "venue", title: oneOf(random, TITLES) } }, 1);
  }
  for (let count = 0; count < operations; count++) {
    const index = Math.floor(random() * people.length);
    const body = someBody({ random, known, people, me: people[index] as Person });
    write(index, body, berlin("12:00") + count * 60);
  }
  return { people, logs };
}

/** Tells a box everything: logs mixed, in batches of any size, a quarter of the bodies later than their headers. */
export async function tell(box: FestivalBox, logs: readonly (readonly NewEntry[])[], random: Random): Promise<void> {
  const rest = logs.map((log) => [...log]);
  const withheld: NewEntry[] = [];
  while (rest.some((log) => log.length > 0) || withheld.length > 0) {
    const operations: NewEntry[] = [];
    for (let room = Math.floor(random() * 8); room > 0; room--) {
      const entry = oneOf(random, rest).shift();
      if (entry === undefined) continue;
      const isLate = random() < 0.25;
      operations.push(isLate ? withoutBody(entry) : entry);
      if (isLate) withheld.push(entry);
    }
    const isArriving = (entry: NewEntry) => operations.every(({ id }) => id !== entry.id) && random() < 0.4;
    const lateBodies = withheld.filter(isArriving);
    for (const entry of lateBodies) withheld.splice(withheld.indexOf(entry), 1);
    await box.hear(operations, { lateBodies: lateBodies.map(({ id, body = new Uint8Array() }) => ({ id, body })) });
  }
}

function note(known: Known, entry: NewEntry, body: BodyToWrite | Uint8Array): void {
  if (body instanceof Uint8Array || body.a !== "create") return;
  if (body.s === "event/1") known.events.push(entry);
  if (body.s === "resource/1") known.resources.push(entry);
  if (body.s === "request/1") known.requests.push({ entry, resource: body.f.resource, start: body.f.start });
  if (body.s === "frame/1") known.frames.push(entry);
}

function someStart(random: Random): number {
  return berlin("18:00") + Math.floor(random() * 12) * 1800;
}

interface Moment {
  readonly random: Random;
  readonly known: Known;
  readonly people: readonly Person[];
  readonly me: Person;
}

function someBody(moment: Moment): BodyToWrite | Uint8Array {
  const { random } = moment;
  const plain = [someEventBody, someEventBody, someEventBody, someResourceBody];
  const kinds = [...plain, someRequestBody, someRequestBody, someAnswer, someAnswer, someAnswer];
  return random() < 0.2 ? somePersonalBody(moment) : oneOf(random, kinds)(moment);
}

/** Mostly one's own, sometimes another's, which must change nothing; seldom one that is nowhere. */
function some({ random, me }: Moment, entries: readonly NewEntry[]): string {
  const mine = madeBy(me, entries);
  const from = mine.length > 0 && random() < 0.7 ? mine : entries;
  return from.length === 0 || random() < 0.03 ? "00".repeat(32) : docOf(oneOf(random, from));
}

function madeBy({ verifyingKey }: Person, entries: readonly NewEntry[]): NewEntry[] {
  return entries.filter(({ author }) => equalBytes(author, verifyingKey));
}

function someEventBody(moment: Moment): BodyToWrite {
  const { random, known } = moment;
  const start = someStart(random);
  const d = some(moment, known.events);
  const venues = [docOf(oneOf(random, known.resources))];
  const vague = { m: "part", day: "2026-07-17", part: "evening", tz: "Europe/Berlin" } as const;
  const f = oneOf(random, [
    { when: exactly(start, start + HOUR_SECONDS), tags: ["fire"] },
    { when: vague, kind: "talk" },
    { venues },
    { place: { text: oneOf(random, TITLES) } },
    { status: oneOf(random, ["cancelled", "planned", "planned"] as const) },
    { capacity: 2, join: "answer" as const },
  ]);
  return oneOf<BodyToWrite>(random, [
    { a: "create", s: "event/1", f: { title: "Soup", ...f } },
    { a: "update", s: "event/1", d, f },
    { a: "update", s: "event/1", d, f },
    { a: "update", s: "event/1", d, f: { venues: null, place: { text: oneOf(random, TITLES) } } },
    { a: "update", s: "event/1", d, f: { title: random() < 0.3 ? "" : "Stew" } },
    ...(random() < 0.2 ? [{ a: "delete", s: "event/1", d } as const] : []),
  ]);
}

function someResourceBody(moment: Moment): BodyToWrite {
  const { random, known, people } = moment;
  const d = some(moment, known.resources);
  const answerer = toHex(oneOf(random, people).verifyingKey);
  const key = toHex(oneOf(random, people).verifyingKey);
  return oneOf<BodyToWrite>(random, [
    { a: "create", s: "resource/1", f: { kind: "venue", title: oneOf(random, TITLES), quantity: 1 } },
    { a: "update", s: "resource/1", d, f: { quantity: 2 } },
    { a: "update", s: "resource/1", d, f: { consumable: true } },
    { a: "update", s: "resource/1", d, f: { answerer, answerFrom: [{ key, seq: Math.floor(random() * 30) }] } },
    { a: "create", s: "frame/1", f: { title: "Summer", tz: "Europe/Berlin", dayStart: 240 } },
    ...(random() < 0.2 ? [{ a: "delete", s: "resource/1", d } as const] : []),
  ]);
}

function someRequestBody(moment: Moment): BodyToWrite {
  const { random, known } = moment;
  const event = some(moment, known.events);
  const resource = docOf(oneOf(random, known.resources));
  const start = someStart(random);
  const d = some(
    moment,
    known.requests.map(({ entry }) => entry),
  );
  return oneOf<BodyToWrite>(random, [
    { a: "create", s: "request/1", f: { event, resource, start, end: start + HOUR_SECONDS } },
    { a: "create", s: "request/1", f: { event, resource, start, end: start + HOUR_SECONDS } },
    { a: "update", s: "request/1", d, f: { start, end: start + HOUR_SECONDS } },
    { a: "update", s: "request/1", d, f: { event } },
    { a: "update", s: "request/1", d, f: { quantity: 2 } },
    ...(random() < 0.3 ? [{ a: "delete", s: "request/1", d } as const] : []),
  ]);
}

/** Mostly about one's own resource, and what was asked for; sometimes nonsense. */
function someAnswer(moment: Moment): BodyToWrite {
  const { random, known, people, me } = moment;
  const event = some(moment, known.events);
  const guest = toHex(oneOf(random, people).verifyingKey);
  const mine = new Set(madeBy(me, known.resources).map(docOf));
  const asked = known.requests.filter(({ resource }) => mine.has(resource));
  const isSeat = asked.length === 0 || random() < 0.25;
  const request = oneOf(random, random() < 0.9 && asked.length > 0 ? asked : known.requests);
  const subject = isSeat || request === undefined ? `${event}:${guest}` : docOf(request.entry);
  const resource = isSeat || request === undefined ? event : request.resource;
  const start = request !== undefined && random() < 0.8 ? request.start : someStart(random);
  const hold = { start, end: start + 2 * HOUR_SECONDS };
  const verdict = oneOf(random, ["accept", "accept", "accept", "wait", "reject", "release"] as const);
  const granted = verdict === "accept" ? { hold, of: 1 + Math.floor(random() * 2) } : {};
  const f = { subject, resource, version: "11".repeat(32), verdict, policy: "manual" as const, ...granted };
  return { a: "set", s: "answer/1", k: subject, f };
}

function somePersonalBody(moment: Moment): BodyToWrite | Uint8Array {
  const { random, known, people } = moment;
  const k = some(moment, known.events);
  const other = toHex(oneOf(random, people).verifyingKey);
  return oneOf<BodyToWrite | Uint8Array>(random, [
    { a: "set", s: "rsvp/1", k, f: { going: oneOf(random, ["yes", "no"] as const), n: 2 } },
    { a: "set", s: "rsvp/1", k, f: { going: "yes", door: 3 } },
    { a: "set", s: "profile/1", k: "", f: { name: "Somebody" } },
    { a: "set", s: "keylink/1", k: other, f: { other, may: ["event/1"] } },
    { a: "create", s: "note/1", f: { text: "lost a hat", about: k } },
    { a: "create", s: "pick/1", f: { title: "Best", items: known.events.map(docOf).slice(0, 5) } },
    ...(random() < 0.2 ? [{ a: "set", s: "forget/1", k: "", f: { upTo: Math.floor(random() * 12) } } as const] : []),
    Uint8Array.of(0xff),
  ]);
}
