// When a restart could help, and when it could not: the real store, a clock that stands still.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import Sqlite from "better-sqlite3";
import { COMMIT_INTERVAL_MS, Health, MOST_DRAWING_MS, MOST_LAG_MS } from "../../device/health.ts";
import { StoreTrouble } from "../../device/store-trouble.ts";
import { type Database, openDatabase } from "../../sync/store/database.ts";
import { FakeClock } from "../support/fake-clock.ts";

const BEAT_MS = 30_000;
const PAGES = 1_000;

interface Patient {
  readonly path: string;
  readonly database: Database;
  readonly clock: FakeClock;
  readonly trouble: StoreTrouble;
  readonly warnings: unknown[];
  /** Asks once; the event loop takes this long for its turn. */
  readonly check: (lagMs?: number) => Promise<boolean>;
  drawingMs: number | undefined;
}

function patient(t: TestContext): Patient {
  const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-health-"));
  const path = join(folder, "replica.db");
  const database = openDatabase(path, { maxPages: PAGES });
  t.after(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });
  const clock = new FakeClock();
  const trouble = new StoreTrouble();
  const warnings: unknown[] = [];
  const warn = (message: string, fields: Readonly<Record<string, unknown>> = {}) =>
    warnings.push(`${message}: ${fields["part"]}`);
  const logger = { debug: () => {}, info: () => {}, warn, error: () => {} };
  const health = new Health({ database, trouble, drawingMs: () => one.drawingMs, clock, logger });
  const check = (lagMs = 0): Promise<boolean> => {
    const answer = health.check();
    clock.advance(lagMs);
    return answer;
  };
  const one: Patient = { path, database, clock, trouble, warnings, check, drawingMs: undefined };
  return one;
}

/** What another process reads: only what was committed. */
function committed({ path }: Patient): number | undefined {
  const other = new Sqlite(path, { readonly: true });
  const value = other.prepare("SELECT value FROM box_memory WHERE name = 'alive'").pluck().get();
  other.close();
  return value as number | undefined;
}

test("a day of beats writes to the card every half an hour, and proves it each time", async (t) => {
  const one = patient(t);
  const written = new Set<number | undefined>();
  const day = 86_400_000;
  for (let ms = 0; ms < day; ms += BEAT_MS) {
    assert.equal(await one.check(), true);
    written.add(committed(one));
    one.clock.advance(BEAT_MS);
  }
  assert.equal(written.size, day / COMMIT_INTERVAL_MS);
  assert.equal(one.database.inTransaction, false);
});

test("an event loop that lets phones wait is not healthy, and is healthy again when it does not", async (t) => {
  const one = patient(t);
  assert.equal(await one.check(MOST_LAG_MS), true);
  assert.equal(await one.check(MOST_LAG_MS + 1), false);
  assert.equal(await one.check(), true);
  assert.deepEqual(one.warnings, ["Not healthy: event loop"]);
});

test("a loop that does not turn gives no answer, so no beat", async (t) => {
  const one = patient(t);
  const health = new Health({ ...one, drawingMs: () => undefined, logger: { ...console, warn: () => {} } });
  const answer = await Promise.race([health.check(), new Promise((resolve) => setImmediate(resolve, "none"))]);
  assert.equal(answer, "none");
});

test("a screen that waits for what does not come is not healthy; one that is slow is", async (t) => {
  const one = patient(t);
  one.drawingMs = MOST_DRAWING_MS;
  assert.equal(await one.check(), true);
  one.drawingMs = MOST_DRAWING_MS + 1;
  assert.equal(await one.check(), false);
  assert.deepEqual(one.warnings, ["Not healthy: screen"]);
});

test("a card that takes no writes is told on the screen, and no restart is asked for", async (t) => {
  const one = patient(t);
  assert.equal(await one.check(), true);
  one.database.pragma("query_only = ON");
  one.clock.advance(BEAT_MS);
  assert.equal(await one.check(), true);
  assert.equal(one.trouble.trouble, "card-broken");
  one.database.pragma("query_only = OFF");
  one.clock.advance(COMMIT_INTERVAL_MS);
  assert.equal(await one.check(), true);
  assert.equal(one.trouble.trouble, undefined);
  assert.deepEqual(one.warnings, []);
});

test("a small write does not prove that there is room", async (t) => {
  const one = patient(t);
  one.trouble.failed(Object.assign(new Error("no room"), { code: "ENOSPC" }));
  assert.equal(await one.check(), true);
  assert.equal(one.trouble.trouble, "card-full");
});

test("another process that writes is no illness", async (t) => {
  const one = patient(t);
  const other = new Sqlite(one.path);
  other.exec("BEGIN IMMEDIATE");
  one.database.pragma("busy_timeout = 1");
  assert.equal(await one.check(), true);
  assert.equal(one.trouble.trouble, undefined);
  other.exec("ROLLBACK");
  other.close();
});

test("a store that fails in a way nobody knows is not healthy", async (t) => {
  const one = patient(t);
  await one.check();
  one.database.exec("BEGIN");
  one.clock.advance(BEAT_MS);
  assert.equal(await one.check(), false);
  one.database.close();
  assert.equal(await one.check(), false);
  assert.deepEqual(one.warnings, ["Not healthy: store", "Not healthy: store"]);
});
