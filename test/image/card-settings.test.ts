// Somebody edits lagerfeuer.toml on the card: a mistake is explained on the screen of a started card, and what was mended
// counts at the next start.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { readTextFromCard } from "../../image/emulator/card-files.ts";
import { editCard } from "../../image/emulator/card-guest.ts";
import { differingPixels } from "../device/display/panel/bench-panels.ts";
import { needsCard } from "./card.ts";
import { BOOT_S, drawnFrame, flashedCard, sceneOf, shownFrame, switchOn, until, workFolder } from "./guest-box.ts";

const skip = needsCard();
const MONITOR = { screen: { width: 800, height: 480 } };
const WRONG = `[festival]
key = "a secret of ours"
[screen]
venue = "Kitchen"
output = "framebuffer"
rotaton = 90
`;
const RIGHT = WRONG.replace("rotaton", "rotation").replace("Kitchen", "Sauna");

test("a wrong key is explained with its line; a right one changes venue and rotation", { skip }, async (t) => {
  const card = flashedCard(t, { "lagerfeuer.toml": WRONG });
  const picture = join(workFolder(t), "screen.png");
  const first = await switchOn(t, { card, ...MONITOR });
  await until(
    "the mistake is explained",
    async () => /"[^"]*rotaton/.test(JSON.stringify(await sceneOf(first.url))),
    BOOT_S,
  );
  const told = JSON.stringify(await sceneOf(first.url));
  assert.match(told, /6/);
  assert.match(told, /screen\.rotation/);
  await until(
    "the page is on the screen",
    async () => {
      const [shown, drawn] = [await shownFrame(first.guest, picture), await drawnFrame(first.url)];
      return differingPixels(shown.pixels, drawn.pixels) === 0;
    },
    BOOT_S,
  );
  await first.guest.cutPower();
  const left = readTextFromCard(card, "lagerfeuer.toml");
  assert.doesNotMatch(left, /a secret of ours/, "the key of the festival is taken off the card");

  editCard(card, { "lagerfeuer.toml": RIGHT });
  const second = await switchOn(t, { card, ...MONITOR });
  await until("the box answers", async () => (await sceneOf(second.url)).header.room === "Sauna", BOOT_S);
  const { width, height } = await drawnFrame(second.url);
  assert.deepEqual([width, height], [480, 800]);
  assert.doesNotMatch(JSON.stringify(await sceneOf(second.url)), /rotat/);
});
