// Pictures as panels hold them.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { nearestInk } from "../../../../device/display/panel/inks.ts";
import type { Panel } from "../../../../device/display/panel/panel.ts";
import { PANEL_NAMES } from "../../../../device/display/panel/panels.ts";
import { cutWindow, dirtyWindow, planeOf, planeRowBytes, wholeWindow } from "../../../../device/display/panel/plane.ts";
import { expandScript } from "../../../../device/display/panel/script.ts";
import { changesOnlyWaveform } from "../../../../device/display/panel/ssd1680-waveform.ts";
import { benchTable } from "./bench-panels.ts";

const [PAPER, COLOUR, GREY] = ["waveshare-7in5-v2", "waveshare-7in3-e", "it8951"].map((name) => benchTable(name)) as [
  Panel,
  Panel,
  Panel,
];

function sized(panel: Panel, width: number, height: number): Panel {
  return { ...panel, width, height };
}

function rgba(...colours: readonly (readonly [number, number, number])[]): Uint8Array {
  return Uint8Array.from(colours.flatMap((colour) => [...colour, 255]));
}

test("a portrait picture is turned a quarter to the left on a panel whose rows lie", () => {
  // F in 3 × 5, read from the left after turning: its top is at the left.
  const letter = Uint8Array.of(0b000_11111, 0b011_11111, 0b001_11111, 0b011_11111, 0b011_11111);
  const plane = planeOf(sized(PAPER, 5, 3), { width: 3, height: 5, depth: 1, pixels: letter });
  assert.deepEqual(plane, Uint8Array.of(0b01111_000, 0b01011_000, 0b00000_000));
});

test("a panel that hangs upside down gets its picture backwards", () => {
  const pixels = Uint8Array.of(0b1000_0000, 0b0000_0001);
  const picture = { width: 8, height: 2, depth: 1, pixels } as const;
  assert.deepEqual(planeOf(sized(PAPER, 8, 2), picture, true), Uint8Array.of(0b1000_0000, 0b0000_0001));
  const lopsided = { ...picture, pixels: Uint8Array.of(0b1100_0000, 0) };
  assert.deepEqual(planeOf(sized(PAPER, 8, 2), lopsided, true), Uint8Array.of(0, 0b0000_0011));
});

test("a colour picture becomes ink, grey or black and white, two pixels or eight a byte", () => {
  const pixels = rgba([255, 255, 255], [0, 0, 0], [255, 0, 0], [0, 0, 255]);
  const picture = { width: 4, height: 1, depth: 24, pixels } as const;
  assert.deepEqual(planeOf(sized(COLOUR, 4, 1), picture), Uint8Array.of(0x10, 0x35));
  assert.deepEqual(planeOf(sized(GREY, 4, 1), picture), Uint8Array.of(0xf0, 0x31));
  assert.deepEqual(planeOf(sized(PAPER, 4, 1), picture), Uint8Array.of(0b1000_0000));
});

test("a black and white picture fits every panel", () => {
  const picture = { width: 4, height: 1, depth: 1, pixels: Uint8Array.of(0b1010_1111) } as const;
  assert.deepEqual(planeOf(sized(COLOUR, 4, 1), picture), Uint8Array.of(0x10, 0x10));
  assert.deepEqual(planeOf(sized(GREY, 4, 1), picture), Uint8Array.of(0xf0, 0xf0));
});

test("the six named colours find their ink, and no grey becomes a colour", () => {
  const named: readonly [number, number, number, number][] = [
    [0, 0, 0, 0],
    [255, 255, 255, 1],
    [255, 255, 0, 2],
    [255, 0, 0, 3],
    [0, 0, 255, 5],
    [0, 255, 0, 6],
  ];
  for (const [red, green, blue, code] of named) assert.equal(nearestInk(red, green, blue), code);
  for (let level = 0; level < 256; level++) assert.ok(nearestInk(level, level, level) <= 1, `grey ${level}`);
});

test("the window holds every difference, begins and ends at eight pixels, and is as small as that allows", () => {
  for (const panel of [sized(PAPER, 40, 6), sized(COLOUR, 40, 6)]) {
    const length = planeRowBytes(panel) * panel.height;
    const bytesPerUnit = planeRowBytes(panel) / 5;
    const changes = fc.uniqueArray(fc.nat(length - 1), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(changes, (places) => {
        const before = new Uint8Array(length);
        const after = before.slice();
        for (const place of places) after[place] = 0x10;
        const window = dirtyWindow(panel, before, after);
        const rows = places.map((place) => Math.floor(place / planeRowBytes(panel)));
        const units = places.map((place) => Math.floor((place % planeRowBytes(panel)) / bytesPerUnit));
        assert.deepEqual(window, {
          x: 8 * Math.min(...units),
          y: Math.min(...rows),
          width: 8 * (Math.max(...units) - Math.min(...units) + 1),
          height: Math.max(...rows) - Math.min(...rows) + 1,
        });
        const inside = window ? cutWindow(panel, after, window) : new Uint8Array();
        assert.equal(inside.filter((byte) => byte !== 0).length, places.length);
      }),
    );
  }
});

test("without a difference there is no window, and the whole window is the whole plane", () => {
  for (const name of PANEL_NAMES) {
    const panel = benchTable(name);
    const plane = Uint8Array.from({ length: planeRowBytes(panel) * panel.height }, (_, at) => at % 251);
    assert.equal(dirtyWindow(panel, plane, plane.slice()), undefined);
    assert.deepEqual(cutWindow(panel, plane, wholeWindow(panel)), plane);
  }
});

test("a picture of another size does not fit", () => {
  const picture = { width: 800, height: 479, depth: 1, pixels: new Uint8Array(100 * 479) } as const;
  assert.throws(() => planeOf(PAPER, picture), { name: "RangeError", message: /800 × 479 does not fit/ });
});

test("a mistake in a script is an error, not silence on the wires", () => {
  for (const line of ["0g", "13 nwe", "wait slow", "pause 3", "1"]) {
    assert.throws(() => expandScript([line], PAPER, {}), RangeError, line);
  }
});

test("our waveform drives what changes towards its colour and nothing else", () => {
  const waveform = changesOnlyWaveform();
  assert.equal(waveform.length, 153);
  const firstGroups = [0, 1, 2, 3, 4].map((row) => waveform[12 * row]);
  assert.deepEqual(firstGroups, [0, 0x80, 0x40, 0, 0]);
});
