// Whatever strangers write as a title, the door is drawn and every letter stays in its box (display.md §5.8). 400 titles;
// TITLES=100000 tries as many as that, and SEED=… repeats a run.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createPainter, createTypesetter } from "../../../device/display/canvas.ts";
import { placeScene } from "../../../device/display/door-layout.ts";
import { doorScene } from "../../../device/display/door-scene.ts";
import type { TextMark } from "../../../device/display/marks.ts";
import { screenNamed } from "../../../device/display/screens.ts";
import { LANGUAGES, wordsFor } from "../../../device/display/words.ts";
import type { Slot } from "../../../device/programme/slot.ts";
import { hostileText } from "../../support/hostile-text.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { aDevice, aDoor, CAFE, KNOTS } from "./door.ts";

const TITLES = Number(process.env["TITLES"] ?? 400);
const SEED = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
assert.ok(Number.isSafeInteger(SEED), "SEED is a whole number");
/** Painting takes longer than placing. */
const PAINT_EVERY = 10;
const SCREENS = ["door-800x480", "door-400x300", "door-480x800", "door-296x128"].map((name) => screenNamed(name));
const WHITE = 255;

const typesetter = createTypesetter();

/** A door with one such title, in some state; every eighth also has nothing else that is honest. */
function hostileScene(random: () => number) {
  const title = hostileText(random);
  const any = random() < 1 / 8 ? () => hostileText(random) : undefined;
  const states: readonly Partial<Slot>[] = [
    {},
    { status: "cancelled" },
    { movedTo: any?.() ?? "Barn" },
    { full: true },
    { movedFrom: any?.() ?? "Barn" },
  ];
  const state = states[Math.floor(random() * states.length)];
  const words = any && { lang: any(), hosts: [any(), any()], note: any() };
  const programme = aDoor({
    venue: any?.() ?? "Small Tent",
    now: [{ ...KNOTS, title, ...words, ...state }],
    next: [{ ...CAFE, title: any?.() ?? CAFE.title }],
    space: [any?.() ?? "Sauna"],
  });
  const language = LANGUAGES[Math.floor(random() * LANGUAGES.length)] ?? "en";
  return { title, scene: doorScene(programme, aDevice(), wordsFor(language)) };
}

function assertInside(mark: TextMark, { width, height }: { readonly width: number; readonly height: number }): void {
  const { box, x, text, style } = mark;
  assert.ok(box.x >= 0 && box.x + box.width <= width && box.y + box.height <= height + style.size, "off the glass");
  const right = x + typesetter.measure(text, style);
  assert.ok(x >= box.x - style.size && right <= box.x + box.width + style.size, `"${text}" reaches ${x}…${right}`);
}

test(`${TITLES} titles never throw and never leave their box`, async (t) => {
  t.diagnostic(`SEED=${SEED}`);
  const random = seededRandom(SEED);
  const painters = SCREENS.map(({ width, height }) => createPainter(width, height));
  for (let count = 0; count < TITLES; count++) {
    const { title, scene } = hostileScene(random);
    const which = count % SCREENS.length;
    const screen = SCREENS[which] as (typeof SCREENS)[number];
    try {
      const marks = placeScene(scene, screen, typesetter);
      for (const mark of marks) if (mark.kind === "text") assertInside(mark, screen);
      if (Math.floor(count / SCREENS.length) % PAINT_EVERY === 0) assertWhiteMargin(marks, which);
    } catch (cause) {
      throw new Error(`Title ${count} of SEED=${SEED}: ${JSON.stringify(title)}`, { cause });
    }
    // As on the device, where the event loop turns between two frames: Node frees what bands were read into then.
    if (which === 0) await nextTurn();
  }

  /** Beside the boxes is the sentinel: ink that left its box would be there. */
  function assertWhiteMargin(marks: ReturnType<typeof placeScene>, which: number): void {
    const { width, height, header, footer } = SCREENS[which] as (typeof SCREENS)[number];
    const left = Math.min(...marks.map(({ box }) => Math.floor(box.x)));
    const right = Math.max(...marks.map(({ box }) => Math.ceil(box.x + box.width)));
    painters[which]?.(marks, (top, rgba) => {
      for (let at = 0; at < rgba.length; at += 4) {
        const x = (at / 4) % width;
        const y = top + Math.floor(at / 4 / width);
        if (x >= left && x < right) continue;
        if (y < header.height || y >= height - footer.height) continue;
        assert.equal(rgba[at], WHITE, `ink at ${x}, ${y}`);
      }
    });
  }
});
