// The plug is pulled while operations come in, again and again: the card starts each time, its database is whole, and what
// it acknowledged is there. Acknowledged is what it passed on: beside the box that sends there is one that listens, and
// hears of nothing but from the card. KILLS=20 pulls it twenty times; SEED=… repeats a run. What QEMU had written is kept
// by the host when it is killed: this shows a box that stops anywhere, not a card that lies about what it wrote.
import assert from "node:assert/strict";
import { mkdtempSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
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
const OWN = ["--festival", FESTIVAL];
/** The plug is pulled when as many of the new ones were passed on, at the most; the sender writes on until then. */
const EVENTS = 300;
/** Of one calendar. */
const AT_ONCE = 50;
/** Written and not passed on: enough that some are always on their way. */
const AHEAD = 200;
const LOOK_EVERY_MS = 20;
/** A real card is larger than its image: the data partition grows over this. */
const ROOM_BYTES = 256 * 1024 * 1024;

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
  const sender = await hostBox(t, join(folder, "sender"), port);
  const listener = await hostBox(t, join(folder, "listener"), port);
  for (let kill = 1; kill <= KILLS; kill += 1) {
    // One by one, to be told as they end: twenty of them take an hour.
    await t.test(`pulled for the ${kill}. time: it has what it acknowledged, and is whole`, async (t) => {
      const box = await switchOn(t, { card, port });
      await until("the box answers", async () => (await thingsOf(box.url)) >= 0, BOOT_S);
      const before = operationsOf(sender).size;
      await until("what came before was passed on", async () => operationsOf(listener).size >= before, BOOT_S);
      const pulled = new AbortController();
      const ahead = () => operationsOf(sender).size - operationsOf(listener).size;
      const writing = writeUntil(pulled.signal, ahead, join(folder, `${kill}`), ["--data", sender, ...OWN]);
      const wanted = before + Math.ceil(random() * EVENTS);
      await until(`${wanted} were passed on`, async () => operationsOf(listener).size >= wanted, BOOT_S, LOOK_EVERY_MS);
      await box.guest.cutPower();
      pulled.abort();
      const acknowledged = operationsOf(listener);
      const kept = operationsOfCard(card, mkdtempSync(join(folder, "look-")));
      assert.deepEqual(
        [...acknowledged].filter((id) => !kept.has(id)),
        [],
      );
      await writing;
      const [passed, stored] = [acknowledged.size - before, kept.size - before];
      t.diagnostic(`of the new ones, ${passed} were passed on and ${stored} are on the card (${kept.size} in all)`);
    });
  }
  assert.ok(dataPartition(card).length > length, "the data partition took the whole card");
});

/** Meets nobody but the card. Gives its data folder. */
async function hostBox(t: TestContext, data: string, port: number): Promise<string> {
  const args = [...OWN, "--port", "0", "--no-discovery", "--peer", `127.0.0.1:${port}`];
  const box = new BoxProcess({ data, args });
  t.after(() => box.end("SIGKILL"));
  await box.ready;
  return data;
}

/** Of the card as it lies there; its database must be whole. */
function operationsOfCard(card: string, folder: string): ReadonlySet<string> {
  filesOfData(card, folder);
  const data = join(folder, "lagerfeuer");
  const database = new Database(join(data, "replica.sqlite"));
  try {
    assert.equal(database.pragma("integrity_check", { simple: true }), "ok");
  } finally {
    database.close();
  }
  return operationsOf(data);
}

/** Ids, in hex. */
function operationsOf(data: string): ReadonlySet<string> {
  const database = new Database(join(data, "replica.sqlite"), { readonly: true });
  try {
    return new Set(database.prepare<[], string>("SELECT hex(id) FROM operation").pluck().all());
  } finally {
    database.close();
  }
}

/** The host's box takes calendars of new events, one after the other, and passes them on. */
async function writeUntil(
  pulled: AbortSignal,
  ahead: () => number,
  name: string,
  options: readonly string[],
): Promise<void> {
  for (let number = 1; !pulled.aborted; number += 1) {
    const path = `${name}-${number}.ics`;
    writeFileSync(path, calendarOf(path));
    const { status, stderr } = await lagerfeuer(["import", path, ...options]);
    assert.equal(status, 0, stderr);
    await until("some were passed on", async () => pulled.aborted || ahead() < AHEAD, BOOT_S, LOOK_EVERY_MS);
  }
}

/** Of events that are in no other. */
function calendarOf(name: string): string {
  const events = Array.from({ length: AT_ONCE }, (_, at) => [
    "BEGIN:VEVENT",
    `UID:${name}-${at}`,
    "DTSTAMP:20261121T120000Z",
    "DTSTART:20261121T120000Z",
    "DTEND:20261121T130000Z",
    `SUMMARY:Event ${at}`,
    "LOCATION:Kitchen",
    "END:VEVENT",
  ]);
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Lagerfeuer//test//EN", ...events.flat(), "END:VCALENDAR"];
  return `${lines.join("\r\n")}\r\n`;
}
