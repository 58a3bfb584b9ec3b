// A door's headcount: on disk with each press, sent as an aggregate, never lost with the power.
import assert from "node:assert/strict";
import { test } from "node:test";
import Sqlite, { type Database } from "better-sqlite3";
import { Headcount } from "../../device/headcount.ts";
import { FakeClock } from "../support/fake-clock.ts";

const SOUP = "50".repeat(32);
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

function open(database: Database = new Sqlite(":memory:"), failing = false) {
  const clock = new FakeClock();
  const published: [string, number][] = [];
  const publish = async (event: string, door: number): Promise<void> => {
    if (failing) throw new Error("disk full");
    published.push([event, door]);
  };
  const headcount = new Headcount({ database, clock, logger: silent, windowMs: 300_000, publish });
  return { database, clock, published, headcount };
}

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test("the first press goes out at once, the ones after it together when the window ends", async () => {
  const { headcount, clock, published } = open();
  headcount.change(SOUP, 1);
  await settle();
  assert.deepEqual(published, [[SOUP, 1]]);
  for (let i = 0; i < 4; i++) headcount.change(SOUP, 1);
  await settle();
  assert.deepEqual([headcount.counted(SOUP), headcount.unpublished(SOUP), published.length], [5, 4, 1]);
  clock.advance(300_000);
  await settle();
  assert.deepEqual(published, [
    [SOUP, 1],
    [SOUP, 5],
  ]);
  assert.equal(headcount.unpublished(SOUP), 0);
  clock.advance(600_000);
  await settle();
  assert.equal(published.length, 2, "a window without presses sends nothing");
});

test("a press taken back is taken from the count, which is never below zero", async () => {
  const { headcount } = open();
  headcount.change(SOUP, -1);
  assert.equal(headcount.counted(SOUP), 0);
  headcount.change(SOUP, 1);
  headcount.change(SOUP, -1);
  assert.equal(headcount.counted(SOUP), 0);
});

test("presses that a power cut kept from going out go out after it", async () => {
  const before = open();
  before.headcount.change(SOUP, 1);
  before.headcount.change(SOUP, 1);
  await settle();
  const after = open(before.database);
  after.headcount.start();
  await settle();
  assert.deepEqual(after.published, [[SOUP, 2]]);
});

test("a count that could not be published stays, and is tried again after the window", async () => {
  const broken = open(undefined, true);
  broken.headcount.change(SOUP, 1);
  await settle();
  assert.equal(broken.headcount.unpublished(SOUP), 1);
  const { headcount, published } = open(broken.database);
  headcount.start();
  await settle();
  assert.deepEqual(published, [[SOUP, 1]]);
});

test("after stop no window ends", () => {
  const { headcount, clock } = open();
  headcount.change(SOUP, 1);
  headcount.stop();
  assert.equal(clock.waiting, 0);
});
