import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Neighbours } from "../../../sync/discovery/neighbours.ts";

const door = { host: "192.168.1.20", port: 3473 };

test("a box is new once, however often it is seen", () => {
  const neighbours = new Neighbours();
  assert.equal(neighbours.seen(door, 0), "192.168.1.20:3473");
  assert.equal(neighbours.seen(door, 110_000), undefined);
  assert.deepEqual(neighbours.expire(230_000), []);
});

test("a box that was not seen for more than two minutes is lost once, and may come back", () => {
  const neighbours = new Neighbours();
  neighbours.seen(door, 0);
  assert.deepEqual(neighbours.expire(120_000), []);
  assert.deepEqual(neighbours.expire(120_001), ["192.168.1.20:3473"]);
  assert.deepEqual(neighbours.expire(120_002), []);
  assert.equal(neighbours.seen(door, 120_003), "192.168.1.20:3473");
});

test("one host names at most 8 boxes, all together at most 64", () => {
  const neighbours = new Neighbours();
  const named = (host: string) =>
    Array.from({ length: 20 }, (_, port) => neighbours.seen({ host, port: port + 1 }, 0)).filter(Boolean).length;
  assert.equal(named("10.0.0.1"), 8);
  const others = Array.from({ length: 10 }, (_, index) => named(`10.0.1.${index}`));
  assert.deepEqual(others, [8, 8, 8, 8, 8, 8, 8, 0, 0, 0]);
});

test("whatever is seen, every address is found and lost in turns", () => {
  const sighting = fc.record({ host: fc.nat(20), port: fc.integer({ min: 1, max: 4 }), afterMs: fc.nat(30_000) });
  fc.assert(
    fc.property(fc.array(sighting, { maxLength: 200 }), (sightings) => {
      const neighbours = new Neighbours();
      const known = new Set<string>();
      let nowMs = 0;
      for (const { host, port, afterMs } of sightings) {
        nowMs += afterMs;
        for (const address of neighbours.expire(nowMs)) assert.ok(known.delete(address));
        const found = neighbours.seen({ host: `10.0.0.${host}`, port }, nowMs);
        if (found !== undefined) assert.ok(!known.has(found) && known.add(found));
        assert.ok(known.size <= 64);
      }
    }),
  );
});
