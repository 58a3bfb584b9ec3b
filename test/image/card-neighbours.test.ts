// Two started cards and a cable between them, no address given and nobody who gives any: they find each other by mDNS and
// agree.
import { test } from "node:test";
import { shellOf } from "../../image/emulator/card-guest.ts";
import type { GuestShell } from "../../image/emulator/guest-shell.ts";
import { needsCard } from "./card.ts";
import { BOOT_S, flashedCard, freePort, type GuestBox, switchOn, thingsOf, until } from "./guest-box.ts";
import { calendarNow } from "./programme-now.ts";

const skip = needsCard();
const SETTINGS = '[festival]\nkey = "two cards"\n';
const SOUP = { title: "Soup for everybody", venue: "Kitchen" };
const STATUS =
  "cd /run/lagerfeuer && /opt/lagerfeuer/bin/node /opt/lagerfeuer/lagerfeuer.js status --json --data /data/lagerfeuer";

test("two cards on one cable find each other and agree", { skip }, async (t) => {
  const [left, right] = [await freePort(), await freePort()];
  const programme = { "programme/soup.ics": calendarNow(SOUP, Date.now()) };
  const a = await switchOn(t, {
    card: flashedCard(t, { "lagerfeuer.toml": SETTINGS, ...programme }),
    wire: { own: left, other: right, mac: "52:54:00:00:00:01" },
  });
  const b = await switchOn(t, {
    card: flashedCard(t, { "lagerfeuer.toml": SETTINGS }),
    wire: { own: right, other: left, mac: "52:54:00:00:00:02" },
  });
  // By what everybody may ask first: a command takes an emulated card as long as half its start.
  await until("both know the soup", async () => (await leastOf(a, b)) > 0, BOOT_S);
  const shells = await Promise.all([shellOf(a.guest), shellOf(b.guest)]);
  await until(
    "both hold the same",
    async () => {
      const [one, other] = await Promise.all(shells.map((shell) => stateOf(shell)));
      return one !== undefined && one.operations > 0 && one.stateHash === other?.stateHash;
    },
    BOOT_S,
  );
});

/** Things that each of them knows at least. */
async function leastOf(...boxes: readonly GuestBox[]): Promise<number> {
  return Math.min(...(await Promise.all(boxes.map(({ url }) => thingsOf(url)))));
}

async function stateOf(shell: GuestShell): Promise<{ readonly operations: number; readonly stateHash: string }> {
  const said = await shell.run(STATUS, BOOT_S);
  return JSON.parse(said.slice(said.indexOf("{"))) as { operations: number; stateHash: string };
}
