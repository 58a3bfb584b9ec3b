// On how many devices something is, and how many encounters ago it came.
import assert from "node:assert/strict";
import { test } from "node:test";
import BetterSqlite3 from "better-sqlite3";
import { Encounters } from "../../device/encounters.ts";
import { asVerifyingKey, toHex, type VerifyingKey } from "../../protocol/operation/bytes.ts";

const LOG = "ab".repeat(32);

function key(number: number): VerifyingKey {
  return asVerifyingKey(new Uint8Array(32).fill(number));
}

function heights(author: VerifyingKey, height: number): ReadonlyMap<string, ReadonlyMap<string, number>> {
  return new Map([[toHex(author), new Map([[LOG, height]])]]);
}

function open(): Encounters {
  return new Encounters(new BetterSqlite3(":memory:"));
}

test("a fresh thing is on this device alone", () => {
  assert.equal(open().holders(key(1), 0), 1);
});

test("each device counts once, and only for what it holds; a lower height later takes nothing back", () => {
  const encounters = open();
  encounters.met(key(7), heights(key(1), 5), LOG, 10);
  encounters.met(key(8), heights(key(1), 3), LOG, 11);
  encounters.met(key(7), heights(key(1), 4), LOG, 12);
  assert.deepEqual(
    [encounters.holders(key(1), 3), encounters.holders(key(1), 4), encounters.holders(key(1), 6)],
    [3, 2, 1],
  );
});

test("what came since the last encounter is the latest news, also when the clock jumps", () => {
  const encounters = open();
  assert.equal(encounters.since(1), 0);
  encounters.met(key(7), heights(key(1), 0), LOG, 10);
  assert.deepEqual([encounters.since(10), encounters.since(9)], [0, 1]);
  encounters.met(key(8), heights(key(1), 0), LOG, 20);
  assert.deepEqual([encounters.since(15), encounters.since(9)], [1, 2]);
});

test("a device that was met is known again, one that was only heard of is not", () => {
  const encounters = open();
  encounters.met(key(7), heights(key(1), 0), LOG, 1);
  assert.deepEqual([encounters.hasMet(key(7)), encounters.hasMet(key(1))], [true, false]);
});

test("of a crowd only the latest devices are remembered", () => {
  const encounters = open();
  for (let number = 0; number < 400; number++) {
    const device = asVerifyingKey(new Uint8Array(32).fill(number % 256).fill(Math.floor(number / 256), 16));
    encounters.met(device, heights(key(1), 1), LOG, number);
  }
  assert.equal(encounters.holders(key(1), 0), 257);
});
