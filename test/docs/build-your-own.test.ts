// docs/build-your-own.md is believed with a soldering iron in hand: its tables name the lines that the code asks for, on the
// pins that they have, each of them once; its settings are settings, and its links lead somewhere.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { buttonLines } from "../../device/button-adapters.ts";
import { readCardSettings } from "../../device/card/card-settings.ts";
import { loadConfig } from "../../device/config.ts";
import { PANEL_NAMES } from "../../device/display/panel/panels.ts";
import type { Kernel } from "../../device/gpio/kernel.ts";
import { chooseScreen } from "../../device/screen-choice.ts";
import { openPanel } from "../../device/screen-wires.ts";
import { SimulatedGpio } from "../device/gpio/simulated-gpio.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const PAGE = read("docs/build-your-own.md");
const VCOM = "-1.53";
/** Lines of the first SPI bus: the kernel drives them. */
const SPI = ["GPIO8", "GPIO9", "GPIO10", "GPIO11"];
/** SPI_IOC_MAGIC in the second byte. */
const SPI_CALL = 0x6b00;

/** The 40 pins as Raspberry Pi numbers them, by line. */
const HEADER: ReadonlyMap<string, number> = new Map(
  Object.entries({
    ...{ GPIO2: 3, GPIO3: 5, GPIO4: 7, GPIO14: 8, GPIO15: 10, GPIO17: 11, GPIO18: 12, GPIO27: 13, GPIO22: 15 },
    ...{ GPIO23: 16, GPIO24: 18, GPIO10: 19, GPIO9: 21, GPIO25: 22, GPIO11: 23, GPIO8: 24, GPIO7: 26, GPIO0: 27 },
    ...{ GPIO1: 28, GPIO5: 29, GPIO6: 31, GPIO12: 32, GPIO13: 33, GPIO19: 35, GPIO16: 36, GPIO26: 37, GPIO20: 38 },
    GPIO21: 40,
  }),
);
const OTHERS: Readonly<Record<string, readonly number[]>> = {
  "3.3 V": [1, 17],
  "5 V": [2, 4],
  ground: [6, 9, 14, 20, 25, 30, 34, 39],
};

interface Wire {
  readonly part: string;
  readonly line: string;
  readonly pin: number;
}

/** The cells of the rows below a heading. */
function rowsUnder(heading: string): string[][] {
  const [, section = ""] = PAGE.split(`### ${heading}\n`);
  const lines = (section.split(/^#/m)[0] ?? "").split("\n").filter((line) => line.startsWith("|"));
  const [, , ...rows] = lines.map((line) => line.split("|").slice(1, -1));
  return rows.map((cells) => cells.map((cell) => cell.trim()));
}

function wiresUnder(heading: string): Wire[] {
  return rowsUnder(heading).map(([part = "", line = "", pin]) => ({ part, line, pin: Number(pin) }));
}

const PANEL_WIRES = {
  A: wiresUnder("A: panels with a driver board"),
  B: wiresUnder("B: panels with an IT8951 board"),
} as const;
const BUTTON_WIRES = wiresUnder("Buttons and light");
const CLOCK_WIRES = wiresUnder("Clock");

function linesOf(wires: readonly Wire[]): string[] {
  return wires.map(({ line }) => line).filter((line) => HEADER.has(line));
}

/** Which lines a panel asks a kernel for that has all of them; whether it then works is not the question. */
async function linesAskedFor(output: string): Promise<string[]> {
  using gpio = new SimulatedGpio({ gpiochip0: [...HEADER.keys()] });
  const root = join(gpio.folder, "root");
  mkdirSync(root);
  symlinkSync(gpio.folder, join(root, "dev"));
  writeFileSync(join(root, "dev/spidev0.0"), "");
  const kernel: Kernel = {
    ioctl: (fd, request, argument) => ((request & 0xff00) === SPI_CALL ? 0 : gpio.ioctl(fd, request, argument)),
    addressOf: () => 1n,
    whenReadable: (fd, listener) => gpio.whenReadable(fd, listener),
  };
  const after = (_ms: number, callback: () => void) => {
    const timer = setImmediate(callback);
    return () => clearImmediate(timer);
  };
  const device = { root, name: "spidev0.0", isSet: false };
  const opened = await openPanel({ output, device, vcomVolts: Number(VCOM) }, { kernel, after }).catch(() => undefined);
  await opened?.transport.close();
  return [...HEADER.keys()].filter((line) => wasAskedFor(gpio, line));
}

function wasAskedFor(gpio: SimulatedGpio, line: string): boolean {
  try {
    return gpio.line(line).name === line;
  } catch {
    return false;
  }
}

test("every panel of the code is on the page, and its table names the lines that it asks for", async () => {
  const listed = [...PAGE.matchAll(/^\| [^|]+ \| `([a-z0-9-]+)` \| \[table ([AB])\]/gm)];
  assert.deepEqual(listed.map(([, name]) => name).sort(), [...PANEL_NAMES].sort());
  for (const [, name, table] of listed) {
    const named = linesOf(PANEL_WIRES[table as "A" | "B"]).filter((line) => !SPI.includes(line));
    assert.deepEqual(named.sort(), (await linesAskedFor(name as string)).sort(), name);
  }
});

test("the panel's bus is the one that the card switches on, and only an IT8951 answers on it", () => {
  assert.match(read("image/boot/config.txt"), /^dtoverlay=lagerfeuer-panel$/m);
  assert.match(read("image/boot/overlays/lagerfeuer-panel.dts"), /target = <&spi>;.*panel@0 \{.*reg = <0>;/s);
  const bus = (wires: readonly Wire[]) => linesOf(wires).filter((line) => SPI.includes(line));
  assert.deepEqual(bus(PANEL_WIRES.A).sort(), ["GPIO10", "GPIO11", "GPIO8"]);
  assert.deepEqual(bus(PANEL_WIRES.B).sort(), ["GPIO10", "GPIO11", "GPIO8", "GPIO9"]);
});

test("the buttons are those of the code, of the card's overlay and of docs/buttons.md, from left to right", () => {
  const named = linesOf(BUTTON_WIRES);
  const config = loadConfig({ flags: {}, env: {} });
  assert.deepEqual(named.slice(0, 3), Object.values(buttonLines(config.buttons)));
  const overlay = read("image/boot/overlays/lagerfeuer-buttons.dts").matchAll(/gpios = <&gpio (\d+) 1>/g);
  assert.deepEqual(
    named.slice(0, 3),
    [...overlay].map(([, line]) => `GPIO${line}`),
  );
  for (const line of named) assert.ok(read("docs/buttons.md").includes(`| ${line} | ${HEADER.get(line)} |`), line);
  assert.ok(read("lagerfeuer.example.toml").includes(`# led = "${named[3]}"`));
});

test("the clock is on the bus of its overlay", () => {
  assert.match(read("image/boot/overlays/lagerfeuer-rtc.dts"), /target = <&i2c1>/);
  assert.match(read("image/boot/config.txt"), /^# dtoverlay=lagerfeuer-rtc$/m);
  assert.deepEqual(linesOf(CLOCK_WIRES), ["GPIO2", "GPIO3"]);
});

test("each line is on the pin that it has", () => {
  const wires = [...PANEL_WIRES.A, ...PANEL_WIRES.B, ...BUTTON_WIRES, ...CLOCK_WIRES];
  for (const { part, line, pin } of wires)
    assert.ok((OTHERS[line] ?? [HEADER.get(line)]).includes(pin), `${part}: ${line} is not pin ${pin}`);
  for (const [part, , , other = ""] of rowsUnder("Buttons and light"))
    assert.ok(OTHERS["ground"]?.includes(Number(/^ground, pin (\d+)$/.exec(other)?.[1])), `${part}: ${other}`);
});

test("the drawing of the header is the header", () => {
  const drawn = [...PAGE.matchAll(/^ *(\S+|3\.3 V) +(\d+) │ *(\d+) {3}(.+)$/gm)];
  const pins = drawn.flatMap(([, left, odd, even, right]) => [
    [Number(odd), left],
    [Number(even), right],
  ]);
  const known = [...HEADER].map(([line, pin]) => [pin, line]);
  const others = Object.entries(OTHERS).flatMap(([name, places]) => places.map((pin) => [pin, name]));
  assert.deepEqual(
    new Map(pins as [number, string][]),
    new Map(([...known, ...others] as [number, string][]).sort(byPin)),
  );
});

function byPin([one]: readonly [number, string], [other]: readonly [number, string]): number {
  return one - other;
}

test("a panel, the buttons, the light and the clock share no pin", () => {
  const grounds = rowsUnder("Buttons and light").map(([, , , other = ""]) => Number(/\d+/.exec(other)?.[0]));
  for (const panel of Object.values(PANEL_WIRES)) {
    const pins = [...[...panel, ...BUTTON_WIRES, ...CLOCK_WIRES].map(({ pin }) => pin), ...grounds];
    assert.equal(new Set(pins).size, pins.length, pins.join(" "));
  }
});

test("settings can be copied as they stand", () => {
  const blocks = [...PAGE.matchAll(/^```toml\n(.*?)^```$/gms)].map(([, text = ""]) => text);
  assert.ok(blocks.length >= 3);
  for (const text of blocks) {
    const { boxText, problems } = readCardSettings(text, "lagerfeuer.toml", {});
    assert.deepEqual(problems, [], text);
    const config = loadConfig({ flags: {}, env: {}, file: { path: "lagerfeuer.toml", text: boxText } });
    assert.doesNotThrow(() => chooseScreen(config.screen), text);
  }
});

test("links lead to a page that is there, and to a heading of it", () => {
  for (const page of ["docs/build-your-own.md", "docs/hardware.md", "image/pi-gen/README.md"]) {
    for (const [, target = "", anchor] of read(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)) {
      const path = target === "" ? page : join(dirname(page), target);
      assert.ok(existsSync(join(ROOT, path)), `${page}: ${target}`);
      if (anchor !== undefined) assert.ok(anchors(read(path)).includes(anchor), `${page}: ${target}#${anchor}`);
    }
  }
});

/** As GitHub makes them of headings. */
function anchors(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, "")
      .replaceAll(" ", "-"),
  );
}
