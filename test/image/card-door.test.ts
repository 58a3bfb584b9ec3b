// The card as it is flashed, started whole with a monitor and buttons: it takes the programmes that lie on it, shows the
// right door, answers a hand, and keeps to what its unit allows. One start for all of it, since a start takes minutes.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as pass } from "node:timers/promises";
import { Temporal } from "temporal-polyfill";
import { createRenderer, pngOf } from "../../device/display/renderer.ts";
import { shellOf } from "../../image/emulator/card-guest.ts";
import { BUTTON_BOARD } from "../../image/emulator/device-tree.ts";
import type { GuestShell } from "../../image/emulator/guest-shell.ts";
import { differingPixels } from "../device/display/panel/bench-panels.ts";
import { lagerfeuer } from "../support/box-process.ts";
import { needsShared, sharedPath } from "../support/shared-data.ts";
import { needsCard } from "./card.ts";
import { doorSettings, SCREEN, zoneAtNoon } from "./door-settings.ts";
import {
  BOOT_S,
  drawnFrame,
  flashedCard,
  type GuestBox,
  sceneOf,
  shownFrame,
  switchOn,
  thingsOf,
  until,
  type WhitePixels,
  whitePixels,
  workFolder,
} from "./guest-box.ts";
import { calendarNow } from "./programme-now.ts";

const SOUP = { title: "Soup for everybody", venue: "Kitchen" };
const FOSDEM = "data/schedules/fosdem2026-pretalx.schedule.xml";
const ZONE = zoneAtNoon(Date.now());
const SETTINGS = doorSettings({ venue: SOUP.venue, timezone: ZONE });
const FIRST_BUTTON = 0;
const LIGHT = 4;
const PRESSED = 0;
const RELEASED = 1;
/** Longer than a line bounces, shorter than a hold. */
const PRESS_MS = 300;
/** Glyphs come from one Skia, but two processors round differently. */
const TOLERATED_PIXELS = 8;
/** Below them the address takes room, which a picture made by `render` has not. */
const TITLE_ROWS = 210;
/** FOSDEM is verified and written at a tenth of a board's speed. */
const IMPORT_S = 1200;
const MOST_EXPOSED = 1.8;
/** docs/web.md, docs/p2panda.md: the page, and mDNS. DHCP's client is the system's own. */
const PORTS = ["tcp 3473", "udp 5353", "udp 68"];
const MOST_RESIDENT_MB = 200;
const COMMAND = "/opt/lagerfeuer/bin/node /opt/lagerfeuer/lagerfeuer.js";
const DATA = "--data /data/lagerfeuer";

const skip = needsCard() || needsShared(FOSDEM).skip;

test("a flashed card shows its door, takes a press, and keeps to its unit", { skip }, async (t) => {
  const soup = calendarNow(SOUP, Date.now());
  const lights: number[] = [];
  const card = flashedCard(t, {
    "lagerfeuer.toml": SETTINGS,
    "programme/soup.ics": soup,
    "programme/fosdem.xml": readFileSync(sharedPath(FOSDEM), "utf8"),
  });
  const box = await switchOn(t, { card, board: BUTTON_BOARD, screen: { width: 800, height: 480 } });
  const pins = await box.guest.pins(({ line, level }) => line === LIGHT && lights.push(level));
  for (const line of [0, 1, 2]) pins.drive(line, RELEASED);
  const shell = await shellOf(box.guest);
  const picture = join(workFolder(t), "screen.png");
  const shown = () => shownFrame(box.guest, picture);
  const differing = async () => differingPixels((await shown()).pixels, (await drawnFrame(box.url)).pixels);

  await t.test(
    "the programme on the card is on the screen, as the box says and as this machine draws it",
    async (t) => {
      await until(
        "the soup is announced",
        async () => JSON.stringify(await sceneOf(box.url)).includes(SOUP.title),
        BOOT_S,
      );
      await until("the screen shows the frame", async () => (await differing()) === 0, BOOT_S);
      await until(
        "both draw the same",
        async () => (await awayFromWords(box, await shown())) <= TOLERATED_PIXELS,
        BOOT_S,
      );
      await until(
        "both say the same",
        async () => (await awayFromGolden(t, { box, soup, shown: await shown() })) <= TOLERATED_PIXELS,
        BOOT_S,
      );
    },
  );

  await t.test("a press is answered by the light and becomes an operation", async () => {
    lights.length = 0;
    pins.drive(FIRST_BUTTON, PRESSED);
    await pass(PRESS_MS);
    pins.drive(FIRST_BUTTON, RELEASED);
    await until("the light answers", async () => lights.length > 0, BOOT_S);
    await until(
      "it is counted",
      async () => /coming +1 at the door/.test(await told(shell, `show "${SOUP.title}"`)),
      BOOT_S,
    );
  });

  await t.test("the service runs confined, and listens on what is documented", async (t) => {
    const score = await shell.run(
      "SYSTEMD_COLORS=0 systemd-analyze security --no-pager lagerfeuer.service | tail -n 1",
    );
    t.diagnostic(score.trim());
    assert.ok(Number(/: ([\d.]+)/.exec(score)?.[1]) <= MOST_EXPOSED, score);
    const sockets = await shell.run("ss -Htuln");
    const reachable = sockets.split("\n").flatMap((line) => portsOf(line));
    assert.deepEqual([...new Set(reachable)].sort(), PORTS, sockets);
    const ask = "systemctl is-active systemd-timesyncd systemd-resolved; [ -r /etc/resolv.conf ] && echo readable";
    assert.equal(await shell.run(ask), "active\nactive\nreadable\n", "the time is asked for, by name");
    assert.match(
      await shell.run("systemctl show -p NRestarts -p ActiveState lagerfeuer"),
      /NRestarts=0\nActiveState=active/,
    );
  });

  await t.test("nobody can log in, and no secret is the same on every card", async () => {
    assert.equal(await shell.run("cut -d: -f2 /etc/shadow | sort -u | tr -d '!*\\n'"), "");
    assert.equal(await shell.run("find / -xdev '(' -name 'ssh_host_*' -o -name authorized_keys ')'"), "");
    const packages = (await shell.run(`dpkg-query -W -f '\${Package} \${Version}\\n'`)).trim().split("\n");
    const listed = readFileSync(new URL("../../image/out/packages.txt", import.meta.url), "utf8");
    for (const one of packages) assert.ok(listed.includes(one), `${one} is on the card and in no list`);
  });

  await t.test("FOSDEM beside it fits into the memory of a Zero 2 W", async (t) => {
    await until("FOSDEM is imported", async () => (await thingsOf(box.url)) > 900, IMPORT_S);
    const process = await shell.run(
      "pid=$(systemctl show -P MainPID lagerfeuer); grep -E 'VmRSS|VmHWM' /proc/$pid/status",
    );
    const memory = await shell.run("grep -E 'MemTotal|MemAvailable' /proc/meminfo");
    t.diagnostic(`${process}${memory}`.replaceAll(/\s+/g, " "));
    assert.ok(Number(/VmRSS:\s+(\d+)/.exec(process)?.[1]) / 1024 <= MOST_RESIDENT_MB, process);
  });

  await t.test("the comparison fails once nothing is drawn any more", async () => {
    const last = await drawnFrame(box.url);
    await shell.run("systemctl stop lagerfeuer");
    await until("the frame is gone", async () => differingPixels((await shown()).pixels, last.pixels) > 1000, BOOT_S);
  });
});

async function told(shell: GuestShell, command: string): Promise<string> {
  return await shell.run(`cd /run/lagerfeuer && ${COMMAND} ${command} ${DATA} 2>&1`, BOOT_S);
}

/** Loopback is the machine's own business. */
function portsOf(line: string): string[] {
  const [protocol, , , , local = ""] = line.trim().split(/\s+/);
  const at = local.lastIndexOf(":");
  if (at < 0 || /^(127\.|\[::1\])/.test(local)) return [];
  return [`${protocol} ${local.slice(at + 1)}`];
}

/** Differing pixels of header and title, which this machine draws for the same minute from the same file. */
async function awayFromGolden(
  t: TestContext,
  { box, soup, shown }: { box: GuestBox; soup: string; shown: WhitePixels },
): Promise<number> {
  const folder = workFolder(t);
  const { clock } = (await (await fetch(`${box.url}/join.json`)).json()) as { clock: { now: number } };
  const at = Temporal.Instant.fromEpochMilliseconds(1000 * clock.now).toString();
  writeFileSync(join(folder, "soup.ics"), soup);
  const [data, out] = [join(folder, "data"), join(folder, "golden.png")];
  const own = ["--data", data, "--timezone", ZONE];
  for (const command of [
    ["import", join(folder, "soup.ics")],
    ["render", "--venue", SOUP.venue, "--screen", SCREEN, "--at", at, "--out", out],
  ]) {
    const { status, stderr } = await lagerfeuer([...command, ...own]);
    assert.equal(status, 0, stderr);
  }
  const golden = await whitePixels(readFileSync(out));
  const rows = shown.width * TITLE_ROWS;
  return differingPixels(shown.pixels.subarray(0, rows), golden.pixels.subarray(0, rows));
}

/** Differing pixels of the whole picture, which this machine draws from the words that the box says are on it. */
async function awayFromWords({ url }: GuestBox, shown: WhitePixels): Promise<number> {
  const drawn = createRenderer(SCREEN).draw(await sceneOf(url));
  return differingPixels(shown.pixels, (await whitePixels(pngOf(drawn))).pixels);
}
