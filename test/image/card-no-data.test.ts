// The data partition has lost its file system: a started card says so on its screen, and writes nothing anywhere.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { differingPixels } from "../device/display/panel/bench-panels.ts";
import { needsCard } from "./card.ts";
import { dataPartition } from "./card-partitions.ts";
import { BOOT_S, flashedCard, shownFrame, switchOn, until, whitePixels, workFolder } from "./guest-box.ts";

const skip = needsCard();
const SETTINGS = '[screen]\nvenue = "Small Tent"\noutput = "framebuffer"\nname = "door-800x480"\n';
const GOLDEN = new URL("../golden/door-no-memory.png", import.meta.url);
/** Glyphs come from one Skia, but two processors round differently. */
const TOLERATED_PIXELS = 8;

test("without its data partition a card shows what is wrong, and writes nothing", { skip }, async (t) => {
  const card = flashedCard(t, { "lagerfeuer.toml": SETTINGS });
  wipe(card);
  const before = hashOf(card);
  const { guest } = await switchOn(t, { card, screen: { width: 800, height: 480 } });
  const picture = join(workFolder(t), "screen.png");
  const golden = await whitePixels(readFileSync(GOLDEN));
  const isShown = async () =>
    differingPixels((await shownFrame(guest, picture)).pixels, golden.pixels) <= TOLERATED_PIXELS;
  await until("the page is on the screen", isShown, BOOT_S);
  await guest.cutPower();
  assert.equal(hashOf(card), before, "nothing was written");
});

function wipe(card: string): void {
  const { start, length } = dataPartition(card);
  const file = openSync(card, "r+");
  writeSync(file, Buffer.alloc(length), 0, length, start);
  closeSync(file);
}

function hashOf(card: string): string {
  return createHash("sha256").update(readFileSync(card)).digest("hex");
}
