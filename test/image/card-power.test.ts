// The plug is pulled while operations come in, again and again: the card starts each time, its database is whole, and what
// the host saw the box acknowledge is there. KILLS=20 pulls it twenty times; SEED=… repeats a run. What QEMU had written
// is kept by the host when it is killed: this shows a box that stops anywhere, not a card that lies about what it wrote.
import assert from "node:assert/strict";
import { mkdtempSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pass } from "node:timers/promises";
import Database from "better-sqlite3";
import { BoxProcess, lagerfeuer } from "../support/box-process.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { needsCard } from "./card.ts";
import { dataPartition, filesOfData } from "./card-partitions.ts";
import { BOOT_S, flashedCard, freePort, switchOn, thingsOf, until, workFolder } from "./guest-box.ts";

const skip = needsCard();
const KILLS = Number(process.env["KILLS"] ?? 3);
const SEED = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
const FESTIVAL = "a card and its power";
/** Enough that the plug is pulled long before all of them came. */
const EVENTS = 400;
/** A real card is larger than its image: the data partition grows over this. */
const ROOM_BYTES = 256 * 1024 * 1024;
const LOOK_EVERY_MS = 100;

test(`the plug is pulled ${KILLS} times while operations come in: nothing acknowledged is lost`, {
  skip,
}, async (t) => {
  t.diagnostic(`SEED=${SEED}`);
  const random = seededRandom(SEED);
  const card = flashedCard(t, { "lagerfeuer.toml": `[festival]\nkey = "${FESTIVAL}"\n` });
  const { start, length } = dataPartition(card);
  truncateSync(card, start + length + ROOM_BYTES);
  const folder = workFolder(t);
  const port = await freePort();
  const own = ["--festival", FESTIVAL];
  const args = [...own, "--port", "0", "--no-discovery", "--peer", `127.0.0.1:${port}`];
  const host = new BoxProcess({ data: join(folder, "host"), args });
  t.after(() => host.end("SIGKILL"));
  await host.ready;
  let acknowledged = 0;
  for (let kill = 1; kill <= KILLS; kill += 1) {
    // One by one, to be told as they end: twenty of them take an hour.
    await t.test(`pulled for the ${kill}. time: it starts, has what it acknowledged, and is whole`, async (t) => {
      const box = await switchOn(t, { card, port });
      await until("the box answers", async () => (await thingsOf(box.url)) >= 0, BOOT_S);
      const there = await thingsOf(box.url);
      assert.ok(there >= acknowledged, `${there} of ${acknowledged} are left`);
      await publish(join(folder, `${kill}.ics`), kill, ["--data", join(folder, "host"), ...own]);
      const wanted = there + Math.ceil(random() * EVENTS * 0.8);
      await until(`${wanted} came in`, async () => (await thingsOf(box.url)) >= wanted, BOOT_S);
      await pass(random() * LOOK_EVERY_MS);
      acknowledged = await thingsOf(box.url);
      await box.guest.cutPower();
      assert.deepEqual(integrity(card, mkdtempSync(join(folder, "look-"))), "ok");
      t.diagnostic(`${there} were there, cut after ${acknowledged}`);
    });
  }
  assert.ok(dataPartition(card).length > length, "the data partition took the whole card");
});

function integrity(card: string, folder: string): unknown {
  filesOfData(card, folder);
  const database = new Database(join(folder, "lagerfeuer", "replica.sqlite"));
  try {
    return database.pragma("integrity_check", { simple: true });
  } finally {
    database.close();
  }
}

/** The host's box takes a calendar of new events, and passes them on. */
async function publish(path: string, round: number, options: readonly string[]): Promise<void> {
  const events = Array.from({ length: EVENTS }, (_, at) => [
    "BEGIN:VEVENT",
    `UID:${round}-${at}`,
    "DTSTAMP:20261121T120000Z",
    "DTSTART:20261121T120000Z",
    "DTEND:20261121T130000Z",
    `SUMMARY:Event ${at} of round ${round}`,
    "LOCATION:Kitchen",
    "END:VEVENT",
  ]);
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Lagerfeuer//test//EN", ...events.flat(), "END:VCALENDAR"];
  writeFileSync(path, `${lines.join("\r\n")}\r\n`);
  const { status, stderr } = await lagerfeuer(["import", path, ...options]);
  assert.equal(status, 0, stderr);
}
