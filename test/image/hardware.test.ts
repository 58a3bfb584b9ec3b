// The box on a real Linux kernel of a card, with a real /dev/fb0, a real GPIO character device and a real /dev/spidev0.0:
// what the host sees on the emulated screen and pins is what the box says it drew. Runs with `npm run test:image`.
import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { bootFilesOf } from "../../image/emulator/card-files.ts";
import { type Board, BUTTON_BOARD, boardDeviceTree, PANEL_BOARD } from "../../image/emulator/device-tree.ts";
import { Guest } from "../../image/emulator/guest.ts";
import { GuestShell } from "../../image/emulator/guest-shell.ts";
import { boardArguments, type Machine } from "../../image/emulator/machine.ts";
import type { PinEdge, Qtest } from "../../image/emulator/qtest.ts";
import { SpiTap } from "../../image/emulator/spi-tap.ts";
import { benchTable, chipOf, differingPixels, seen } from "../device/display/panel/bench-panels.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { cardPath, needsCard } from "./card.ts";
import { doorSettings, zoneAtNoon } from "./door-settings.ts";
import { BOOT_S, BOX_PORT, drawnFrame, freePort, sceneOf, shownFrame, until, workFolder } from "./guest-box.ts";

const skip = needsCard();
const MEGABYTES = 512;
const VENUE = "Campfire";
const SHELL =
  "root=PARTUUID=6c616765-02 rootfstype=squashfs ro rootwait consoleblank=0 vt.global_cursor_default=0 init=/bin/sh";
const NODE = "MALLOC_ARENA_MAX=1 /opt/lagerfeuer/bin/node --max-semi-space-size=4 /opt/lagerfeuer/lagerfeuer.js";
const PANEL = "waveshare-2in13-v4";
const PANEL_PINS = { clock: 0, data: 1, select: 2, command: 4, reset: 5 };
const BUSY = 6;
const LIGHT = 4;

interface Box {
  readonly guest: Guest;
  readonly pins: Qtest;
  readonly url: string;
}

/** A guest that runs the demo with a configuration of its own. */
async function startBox(
  t: TestContext,
  {
    board,
    config,
    screen,
    onEdge,
  }: { board: Board; config: string; screen?: Machine["screen"]; onEdge: (edge: PinEdge) => void },
): Promise<Box> {
  const folder = workFolder(t);
  const port = await freePort();
  const guest = await Guest.start({
    ...{ folder, ...bootFilesOf(cardPath(), folder), cmdline: SHELL, megabytes: MEGABYTES },
    card: { file: cardPath(), kept: false },
    deviceTree: boardDeviceTree(folder, boardArguments(MEGABYTES), board),
    forward: [{ guest: BOX_PORT, host: port }],
    ...(screen && { screen }),
  });
  t.after(() => guest.cutPower());
  const pins = await guest.pins(onEdge);
  // Buttons pull their line down; nobody presses yet.
  for (const [line, name] of board.pins.entries()) if (/^GPIO(5|6|13)$/.test(name)) pins.drive(line, 1);
  const shell = await GuestShell.open(guest.console);
  await shell.run(
    "modprobe virtio_net; ip link set lo up; card=$(ls /sys/class/net | grep -v lo); ip link set $card up",
  );
  await shell.run("ip addr add 10.0.2.15/24 dev $card");
  if (board.spi) await shell.run("modprobe spi-gpio && ls /dev/spidev0.0");
  if (screen) await shell.run("modprobe virtio_gpu && ls /dev/fb0");
  await shell.run(`mkdir /run/box && cd /run/box && printf '${config.replaceAll("\n", "\\n")}' > lagerfeuer.toml`);
  await shell.run(`(${NODE} start --demo --venue ${VENUE} --no-discovery --data /run/box/data > /run/box/log 2>&1 &)`);
  const box = { guest, pins, url: `http://127.0.0.1:${port}` };
  await until("the box answers", async () => (await fetch(`${box.url}/screen.json`)).ok, BOOT_S).catch(
    async (error: Error) => {
      throw new Error(`${error.message}\n${await shell.run("cat /run/box/log")}`);
    },
  );
  return box;
}

test("a monitor on /dev/fb0 shows the frame, and a press on a GPIO line is answered and counted", {
  skip,
}, async (t) => {
  const edges: PinEdge[] = [];
  const config = doorSettings({ venue: VENUE, timezone: zoneAtNoon(Date.now()) });
  const screen = { width: 800, height: 480 };
  const box = await startBox(t, { board: BUTTON_BOARD, config, screen, onEdge: (edge) => edges.push(edge) });
  const file = join(workFolder(t), "screen.png");
  const differing = async (): Promise<number> => {
    const [shown, drawn] = [await shownFrame(box.guest, file), await drawnFrame(box.url)];
    assert.deepEqual([shown.width, shown.height], [drawn.width, drawn.height]);
    return differingPixels(shown.pixels, drawn.pixels);
  };
  await until("the screen shows the frame", async () => (await differing()) === 0, BOOT_S);
  const before = JSON.stringify(await sceneOf(box.url));
  edges.length = 0;
  box.pins.drive(0, 0);
  await until("the light answers", async () => edges.some(({ line }) => line === LIGHT), BOOT_S);
  box.pins.drive(0, 1);
  await until(
    "the press is on the screen",
    async () => JSON.stringify(await sceneOf(box.url)) !== before && (await differing()) === 0,
    BOOT_S,
  );
  t.diagnostic(`light edges: ${edges.filter(({ line }) => line === LIGHT).length}`);
});

test("the glass of an e-ink panel on /dev/spidev0.0 shows the frame", { skip }, async (t) => {
  const random = seededRandom(1);
  const chip = chipOf(PANEL, random);
  const tap = new SpiTap(PANEL_PINS);
  let command: { code: number; data: number[] } | undefined;
  let bytes = 0;
  const finish = (): void => {
    if (command === undefined) return;
    const { code, data } = command;
    command = undefined;
    beBusy(chip.execute(code, Uint8Array.from(data), performance.now()));
  };
  let pins: Qtest | undefined;
  const beBusy = (ms: number): void => {
    if (ms === 0) return;
    pins?.drive(BUSY, chip.busyLevel);
    setTimeout(() => pins?.drive(BUSY, chip.busyLevel === 1 ? 0 : 1), ms);
  };
  const onEdge = (edge: PinEdge): void => {
    const event = tap.edge(edge);
    if (event === undefined) return;
    if (event.type === "reset") {
      command = undefined;
      beBusy(chip.reset());
    } else if (event.type === "command") {
      finish();
      command = { code: event.byte, data: [] };
      bytes += 1;
      // What starts a refresh has no data and no successor until the line says ready.
      if (REFRESHES.has(event.byte)) finish();
    } else {
      command?.data.push(event.byte);
      bytes += 1;
    }
  };
  const config = `[screen]\noutput = "${PANEL}"\n[buttons]\nsource = "none"\n`;
  const box = await startBox(t, { board: PANEL_BOARD, config, onEdge });
  pins = box.pins;
  await until(
    "the glass shows the frame",
    async () => {
      const drawn = await drawnFrame(box.url);
      return differingPixels(seen(benchTable(PANEL), chip.glass), drawn.pixels) === 0;
    },
    BOOT_S,
  );
  assert.deepEqual(chip.faults, []);
  t.diagnostic(`${bytes} bytes over the wires, refreshes: ${chip.refreshes.join(", ")}`);
});

/** SWRESET and MASTER ACTIVATION of the SSD1680. */
const REFRESHES = new Set([0x12, 0x20]);
