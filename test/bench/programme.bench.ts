// What it costs to make operations part of the programme, beside what it costs to verify them, and to ask it things: a
// festival of 5,000 documents in 100,000 operations. One JSON line a row. Run: node test/bench/programme.bench.ts
import Sqlite from "better-sqlite3";
import { encodeBody, readBody } from "../../protocol/festival/body.ts";
import { asLogId, asSigningKey, toHex } from "../../protocol/operation/bytes.ts";
import { createOperation } from "../../protocol/operation/operation.ts";
import { validateOperation } from "../../protocol/operation/validate.ts";
import { createNodeCrypto } from "../../sync/crypto/node.ts";
import type { NewEntry } from "../../sync/ports.ts";
import { migrate } from "../../sync/store/migrations.ts";
import { SqliteStore } from "../../sync/store/sqlite.ts";
import { BERLIN, berlin, docOf, exactly, FestivalBox, Person, TOPIC } from "../device/programme/festival-box.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { percentile, quick, rounded, say } from "./measure.ts";

const OPERATIONS = quick ? 10_000 : 100_000;
/** Venues, events, and a request for each; the rest of the operations change them or answer them. */
const DOCUMENTS = quick ? 500 : 5_000;
const VENUES = 40;
const PEOPLE = 200;
const ANSWERED_SHARE = 0.9;
const UPDATES_SHARE = 0.2;
const DAYS = 7;
const BATCH = 100;
const QUESTIONS = quick ? 100 : 500;
const VERIFIED = 1_000;
const SLOT_SECONDS = 3_000;
const TEXT = "Bring a cup and somebody you have not met yet. ".repeat(12);

const random = seededRandom(1);

function pick<Value>(values: readonly Value[]): Value {
  return values[Math.floor(random() * values.length)] as Value;
}

function someTime() {
  const start = berlin("09:00") + Math.floor(random() * DAYS * 144) * 600;
  return { start, end: start + SLOT_SECONDS };
}

interface Made {
  readonly entry: NewEntry;
  readonly author: Person;
}

function festival(): NewEntry[] {
  const people = Array.from({ length: PEOPLE }, (_, index) => new Person(`person ${index}`));
  const venues = Array.from({ length: VENUES }, (_, index) => {
    const author = pick(people);
    const f = { kind: "venue", title: `Venue ${index}`, quantity: 1 } as const;
    return { author, entry: author.write({ a: "create", s: "resource/1", f }) };
  });
  const events: Made[] = [];
  const entries = venues.map(({ entry }) => entry);
  for (let documents = VENUES; documents < DOCUMENTS; documents += 2) {
    const author = pick(people);
    const venue = pick(venues);
    const { start, end } = someTime();
    const event = author.event(`Event ${documents}`, eventFields(venue.entry, { start, end }));
    const f = { event: docOf(event), resource: docOf(venue.entry), start, end };
    const request = author.write({ a: "create", s: "request/1", f });
    entries.push(event, request);
    events.push({ entry: event, author });
    if (random() < ANSWERED_SHARE) entries.push(venue.author.write(answerTo(request, venue.entry, { start, end })));
  }
  while (entries.length < OPERATIONS) {
    const { entry, author } = pick(events);
    if (random() < UPDATES_SHARE) entries.push(author.change(entry, { note: `Soon, ${entries.length}` }));
    else entries.push(pick(people).write({ a: "set", s: "rsvp/1", k: docOf(entry), f: { going: "yes" } }));
  }
  return entries;
}

function eventFields(venue: NewEntry, { start, end }: { start: number; end: number }) {
  const kind = pick(["workshop", "concert", "talk"]);
  return {
    venues: [docOf(venue)],
    text: TEXT,
    when: exactly(start, end),
    hosts: [{ name: "Mo" }],
    kind,
    tags: ["fire"],
  };
}

function answerTo(request: NewEntry, venue: NewEntry, hold: { start: number; end: number }) {
  const subject = docOf(request);
  const common = { subject, resource: docOf(venue), version: subject, policy: "auto" } as const;
  return { a: "set", s: "answer/1", k: subject, f: { ...common, verdict: "accept", hold, of: 1 } } as const;
}

function millisecondsOf(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** What this process computed: whatever else the machine does meanwhile, two of these can be compared. */
function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function cpuMillisecondsOf(work: () => void): number {
  const start = cpuMilliseconds();
  work();
  return cpuMilliseconds() - start;
}

type Hearing = Pick<FestivalBox, "hear">;

async function fill(box: Hearing, entries: readonly NewEntry[]): Promise<number> {
  const start = cpuMilliseconds();
  for (let from = 0; from < entries.length; from += BATCH) await box.hear(entries.slice(from, from + BATCH));
  return cpuMilliseconds() - start;
}

/** A store that makes nothing of what it stores. */
function bareStore(): Hearing {
  const database = new Sqlite(":memory:");
  database.pragma("foreign_keys = ON");
  migrate(database);
  const store = new SqliteStore(database);
  return {
    hear: (operations) => store.commit({ topic: TOPIC, operations, lateBodies: [], prunes: [] }).then(() => undefined),
  };
}

/** One signature and two hashes, as each operation costs before it is stored. */
async function usToVerify(): Promise<number> {
  const suite = await createNodeCrypto();
  const signingKey = asSigningKey(suite.hash(Uint8Array.of(1)));
  const body = encodeBody({ a: "create", s: "event/1", f: { title: "Soup", text: TEXT } });
  const options = { signingKey, logId: asLogId(suite.hash(Uint8Array.of(2))), timestamp: 1, body };
  const operation = createOperation(options, suite);
  const ms = cpuMillisecondsOf(() => {
    for (let count = 0; count < VERIFIED; count++) validateOperation(operation, suite);
  });
  return (ms * 1000) / VERIFIED;
}

/**
 * Rebuilding: reading every body again and making every row, in one transaction. As they arrive: what a commit of 100
 * costs more than without a programme.
 */
async function benchMaterialise(box: FestivalBox, entries: readonly NewEntry[], heardMs: number): Promise<void> {
  const storedMs = await fill(bareStore(), entries);
  const rebuildMs = cpuMillisecondsOf(() => box.programme.rebuild());
  const bodies = entries.flatMap(({ body }) => body ?? []);
  const readMs = cpuMillisecondsOf(() => {
    for (const body of bodies) readBody(body);
  });
  const usVerify = await usToVerify();
  const perOperation = (ms: number) => rounded((ms * 1000) / entries.length);
  say({
    bench: "materialise",
    operations: entries.length,
    usRebuilt: perOperation(rebuildMs),
    usAsTheyArrive: perOperation(heardMs - storedMs),
    usReadBody: perOperation(readMs),
    usStored: perOperation(storedMs),
    usVerify: rounded(usVerify),
    rebuiltPerVerify: rounded((rebuildMs * 1000) / entries.length / usVerify),
    arrivingPerVerify: rounded(((heardMs - storedMs) * 1000) / entries.length / usVerify),
  });
}

function benchQuestion(question: string, ask: (index: number, at: number) => unknown): void {
  const times = Array.from({ length: QUESTIONS }, (_, index) => {
    const at = berlin("09:00") + Math.floor(random() * DAYS * 86_400);
    return millisecondsOf(() => ask(index, at));
  });
  const [p50Ms, p95Ms] = [rounded(percentile(times, 0.5)), rounded(percentile(times, 0.95))];
  say({ bench: question, documents: DOCUMENTS, operations: OPERATIONS, p50Ms, p95Ms });
}

const entries = festival();
const box = new FestivalBox({ timezone: BERLIN });
const heardMs = await fill(box, entries);
await benchMaterialise(box, entries, heardMs);
const { programme } = box;
const someDoc = (index: number) => docOf(entries[VENUES + (index % DOCUMENTS)] as NewEntry);
benchQuestion("door", (index, at) => programme.door(`Venue ${index % VENUES}`, at));
benchQuestion("now", (_, at) => programme.events({ now: at }));
benchQuestion("next", (_, at) => programme.events({ window: { from: at, to: at + 86_400 }, limit: 20 }));
benchQuestion("list of one venue", (index) => programme.events({ venue: `Venue ${index % VENUES}`, kind: "talk" }));
benchQuestion("words in titles", (index) => programme.events({ words: `event ${100 + index}` }));
benchQuestion("document", (index) => programme.document(someDoc(index).slice(0, 12)));
benchQuestion("occupancy", (index) => programme.occupancy(docOf(entries[index % VENUES] as NewEntry)));
benchQuestion("asked of me", (index) =>
  programme.requests({ owner: toHex((entries[index % VENUES] as NewEntry).author) }),
);
benchQuestion("going", (index) => programme.going(someDoc(index)));
