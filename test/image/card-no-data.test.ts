// The data partition has lost its file system: a started card says so on its screen, and writes nothing anywhere.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { needsCard } from "./card.ts";
import { dataPartition } from "./card-partitions.ts";
import { BOOT_S, flashedCard, shownFrame, switchOn, until, workFolder } from "./guest-box.ts";

const skip = needsCard();
/** Text on paper: more ink than a boot message, less than a dark screen. */
const LEAST_WHITE = 0.6;

test("without its data partition a card shows what is wrong, and writes nothing", { skip }, async (t) => {
  const card = flashedCard(t, { "lagerfeuer.toml": '[screen]\noutput = "framebuffer"\n' });
  const { start, length } = dataPartition(card);
  const file = openSync(card, "r+");
  writeSync(file, Buffer.alloc(length), 0, length, start);
  closeSync(file);
  const before = cardHash(card);
  const { guest } = await switchOn(t, { card, screen: { width: 800, height: 480 } });
  const picture = join(workFolder(t), "screen.png");
  await until(
    "the screen is a page",
    async () => {
      const { pixels } = await shownFrame(guest, picture);
      return pixels.reduce((sum, one) => sum + one, 0) > LEAST_WHITE * pixels.length;
    },
    BOOT_S,
  );
  await lookLater(t, picture);
  await guest.cutPower();
  assert.equal(cardHash(card), before, "nothing was written");
});

/** The picture stays where somebody can look at it. */
async function lookLater(t: TestContext, picture: string): Promise<void> {
  t.diagnostic(`picture: sha256 ${createHash("sha256").update(readFileSync(picture)).digest("hex").slice(0, 16)}`);
}

function cardHash(card: string): string {
  return createHash("sha256").update(readFileSync(card)).digest("hex");
}
