// What the box knows of its own Wi-Fi: told by the kernel when a file comes and goes, never asked for.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { hotspotFacts } from "../../device/card/iwd-files.ts";
import { Hotspot } from "../../device/hotspot.ts";
import { reachableAddress } from "../../device/reachable-address.ts";
import { within } from "../support/deadline.ts";

const FACTS = hotspotFacts({ name: "Lagerfeuer Otter", password: "lynx heron oyster marmot" }, "auto");

test("the box hears when its Wi-Fi opens and when it closes", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-hotspot-"));
  const hotspot = new Hotspot(folder);
  t.after(() => {
    hotspot.stop();
    rmSync(folder, { recursive: true });
  });
  let tell = (): void => {};
  const next = () => within("the news", new Promise<void>((resolve) => (tell = resolve)));
  writeFileSync(join(folder, "hotspot.json"), JSON.stringify(FACTS));
  hotspot.start(() => tell());
  assert.equal(hotspot.open, undefined);
  const opened = next();
  writeFileSync(join(folder, "hotspot-open"), "");
  await opened;
  assert.deepEqual(hotspot.open, FACTS);
  const closed = next();
  rmSync(join(folder, "hotspot-open"));
  await closed;
  assert.equal(hotspot.open, undefined);
});

test("a Wi-Fi that was open before the box started is told at once", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-hotspot-"));
  writeFileSync(join(folder, "hotspot.json"), JSON.stringify(FACTS));
  writeFileSync(join(folder, "hotspot-open"), "");
  const hotspot = new Hotspot(folder);
  t.after(() => {
    hotspot.stop();
    rmSync(folder, { recursive: true });
  });
  let told = 0;
  hotspot.start(() => {
    told += 1;
  });
  assert.deepEqual([hotspot.open, told], [FACTS, 1]);
});

test("a machine that is no card has no Wi-Fi of its own", () => {
  const hotspot = new Hotspot(join(tmpdir(), "lagerfeuer-no-card"));
  hotspot.start(() => assert.fail("nothing to tell"));
  assert.equal(hotspot.open, undefined);
  hotspot.stop();
});

test("while it is open, phones are sent to the box's address in it, unless the box listens at one address only", () => {
  assert.equal(reachableAddress("0.0.0.0", 3473, FACTS.address), "http://10.73.73.1:3473");
  assert.equal(reachableAddress("192.0.2.7", 3473, FACTS.address), "http://192.0.2.7:3473");
  assert.equal(reachableAddress("0.0.0.0", undefined, FACTS.address), undefined);
});
