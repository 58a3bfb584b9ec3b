// Degrees as the kernel's sensors tell them, and silence where they tell nothing sensible.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readRoomTemperature } from "../../../../device/display/output/room-temperature.ts";
import { FakeScreen } from "./fake-screen.ts";

test("the first sensor that says something sensible counts", () => {
  for (const [texts, degrees] of [
    [[], undefined],
    [["21500\n"], 21.5],
    [["-3200\n"], -3.2],
    [["hot", "18000"], 18],
    [["", "200000", "-60000"], undefined],
  ] as const) {
    using files = new FakeScreen();
    for (const [index, text] of texts.entries())
      files.write(`sys/bus/iio/devices/iio:device${index}/in_temp_input`, text);
    assert.equal(readRoomTemperature(files.root), degrees, JSON.stringify(texts));
  }
});
