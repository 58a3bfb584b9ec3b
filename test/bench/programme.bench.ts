// What it costs to make operations part of the programme, and to ask it what stands at a door, with 5,000 documents.
// One JSON line a row. Run: node test/bench/programme.bench.ts
import { readBody } from "../../protocol/festival/body.ts";
import type { NewEntry } from "../../sync/ports.ts";
import { BERLIN, berlin, docOf, exactly, FestivalBox, Person } from "../device/programme/festival-box.ts";
import { seededRandom } from "../support/seeded-random.ts";

const DOCUMENTS = 5_000;
const VENUES = 40;
const PEOPLE = 50;
/** Every third event is updated, and every second has an answer. */
const UPDATED_SHARE = 1 / 3;
const ANSWERED_SHARE = 1 / 2;
const DAYS = 4;
const BATCH = 100;
const ROUNDS = 5;
const QUESTIONS = 2_000;
const TEXT = "Bring a cup and somebody you have not met yet. ".repeat(12);

const random = seededRandom(1);

function pick<Value>(values: readonly Value[]): Value {
  return values[Math.floor(random() * values.length)] as Value;
}

function aTime() {
  const start = berlin("09:00") + Math.floor(random() * DAYS * 144) * 600;
  return exactly(start, start + 3000);
}

function festival(): NewEntry[] {
  const people = Array.from({ length: PEOPLE }, (_, index) => new Person(`person ${index}`));
  const venues = Array.from({ length: VENUES }, (_, index) => pick(people).venue(`Venue ${index}`));
  const entries = [...venues];
  for (let documents = VENUES; documents < DOCUMENTS; documents++) {
    const author = pick(people);
    const place = { venues: [docOf(pick(venues))] };
    const event = author.event(`Event ${documents}`, { ...place, text: TEXT, when: aTime(), hosts: [{ name: "Mo" }] });
    entries.push(event);
    if (random() < UPDATED_SHARE) entries.push(author.change(event, { when: aTime() }, { at: berlin("08:00") }));
    if (random() >= ANSWERED_SHARE || ++documents >= DOCUMENTS) continue;
    entries.push(pick(people).write({ a: "set", s: "rsvp/1", k: docOf(event), f: { going: "yes" } }));
  }
  return entries;
}

function millisecondsOf(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] as number;
}

function print(row: Readonly<Record<string, unknown>>): void {
  console.log(JSON.stringify(row));
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

async function fill(box: FestivalBox, entries: readonly NewEntry[]): Promise<number> {
  const start = performance.now();
  for (let from = 0; from < entries.length; from += BATCH) await box.hear(entries.slice(from, from + BATCH));
  return performance.now() - start;
}

/** Tables alone: reading every body again and making every row, in one transaction. */
function benchMaterialise(box: FestivalBox, entries: readonly NewEntry[], storedMs: number): void {
  const rebuilds = Array.from({ length: ROUNDS }, () => millisecondsOf(() => box.programme.rebuild()));
  const bodies = entries.flatMap(({ body }) => body ?? []);
  const readMs = millisecondsOf(() => {
    for (const body of bodies) readBody(body);
  });
  const perOperation = (ms: number) => rounded((ms * 1000) / entries.length);
  print({
    bench: "materialise",
    operations: entries.length,
    documents: box.programme.counts().documents,
    usPerOperation: perOperation(quantile(rebuilds, 0.5)),
    usReadBody: perOperation(readMs),
    usStoredAndMaterialised: perOperation(storedMs),
  });
}

function benchDoors(box: FestivalBox): void {
  const times = Array.from({ length: QUESTIONS }, (_, index) => {
    const at = berlin("09:00") + Math.floor(random() * DAYS * 86_400);
    return millisecondsOf(() => box.door(`Venue ${index % VENUES}`, at));
  });
  const p50Ms = rounded(quantile(times, 0.5));
  const p95Ms = rounded(quantile(times, 0.95));
  print({ bench: "door-query", documents: DOCUMENTS, venues: VENUES, p50Ms, p95Ms });
}

const entries = festival();
const box = new FestivalBox({ timezone: BERLIN });
const storedMs = await fill(box, entries);
benchMaterialise(box, entries, storedMs);
benchDoors(box);
