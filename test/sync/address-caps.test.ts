// Who gets a place when there are few: first whoever comes, then whoever has fewest.
import assert from "node:assert/strict";
import { test } from "node:test";
import { AddressCaps } from "../../sync/address-caps.ts";

function taken(caps: AddressCaps, host: string, wanted: number): number {
  let count = 0;
  while (count < wanted && caps.refusal(host) === undefined) {
    caps.take(host);
    count += 1;
  }
  return count;
}

test("a whole camp behind one router gets half of the places", () => {
  const caps = new AddressCaps({ total: 100, perAddress: 4 });
  assert.equal(taken(caps, "10.0.0.1", 200), 50);
  assert.equal(caps.refusal("10.0.0.1"), "perAddress");
  assert.equal(caps.refusal("10.0.0.2"), undefined);
});

test("in the other half each address gets its share, until all places are taken", () => {
  const caps = new AddressCaps({ total: 100, perAddress: 4 });
  taken(caps, "10.0.0.1", 50);
  for (let host = 2; host < 14; host++) assert.equal(taken(caps, `10.0.0.${host}`, 10), 4);
  assert.equal(taken(caps, "10.0.0.14", 10), 2);
  assert.equal(caps.refusal("10.0.0.15"), "total");
});

test("a place is given back once, however often it is said", () => {
  const caps = new AddressCaps({ total: 2, perAddress: 1 });
  const giveBack = caps.take("10.0.0.1");
  caps.take("10.0.0.2");
  giveBack();
  giveBack();
  caps.take("10.0.0.1");
  assert.equal(caps.refusal("10.0.0.3"), "total");
});

test("a household with IPv6 is one, and an IPv4 address in IPv6 clothes is itself", () => {
  const caps = new AddressCaps({ total: 4, perAddress: 1 });
  caps.take("2001:db8:1:2::1");
  caps.take("::ffff:10.0.0.1");
  assert.equal(caps.refusal("2001:db8:1:2:ffff::2"), "perAddress");
  assert.equal(caps.refusal("10.0.0.1"), "perAddress");
  assert.equal(caps.refusal("2001:db8:1:3::1"), undefined);
});
