// Where things stand: everything on the glass, nothing on top of something else, nothing cut in silence.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { createPainter, createTypesetter } from "../../../device/display/canvas.ts";
import { placeScene } from "../../../device/display/door-layout.ts";
import { doorScene } from "../../../device/display/door-scene.ts";
import type { Box, Mark, TextMark } from "../../../device/display/marks.ts";
import type { Scene } from "../../../device/display/scene.ts";
import { SCREEN_NAMES, screenNamed } from "../../../device/display/screens.ts";
import { ELLIPSIS } from "../../../device/display/text-layout.ts";
import { wordsFor } from "../../../device/display/words.ts";
import { aDevice, aDoor, CAFE, KNOTS } from "./door.ts";
import { type Case, DOORS, SCENES } from "./doors.ts";

const typesetter = createTypesetter();

/** Screens beside those that most boxes have are tried less often: they are drawn by the same rules. */
const MAIN = "door-800x480";

function marksOf({ programme, state, language = "en" }: Case, screenName: string): readonly Mark[] {
  return placeScene(doorScene(programme, state, wordsFor(language)), screenNamed(screenName), typesetter);
}

function textsOf(marks: readonly Mark[]): readonly TextMark[] {
  return marks.filter((mark) => mark.kind === "text");
}

/** Where the letters of a line are: from its capitals down to a little below the baseline. */
function core(mark: TextMark): Box {
  const { size } = mark.style;
  const width = Math.ceil(typesetter.measure(mark.text, mark.style));
  return { x: mark.x, y: Math.round(mark.baseline - 0.66 * size), width, height: Math.round(0.8 * size) };
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

for (const screenName of [...SCREEN_NAMES, "1234x567", "128x296"]) {
  const screen = screenNamed(screenName);
  const { width, height, margin } = screen;

  for (const [name, scene] of Object.entries(SCENES)) {
    test(`${screenName}, ${name}: text keeps off the border, the QR code and other text`, () => {
      const marks = placeScene(scene, screen, typesetter);
      const texts = textsOf(marks);
      for (const mark of texts) {
        const { x, y, width: own, height: tall } = core(mark);
        assert.ok(x >= margin && x + own <= width - margin, `"${mark.text}" is at ${x}…${x + own}`);
        assert.ok(y >= 2 && y + tall <= height, `"${mark.text}" is at ${y}…${y + tall}`);
      }
      for (const [index, mark] of texts.entries()) {
        for (const other of texts.slice(index + 1)) {
          assert.ok(!overlap(core(mark), core(other)), `"${mark.text}" lies on "${other.text}"`);
        }
        for (const qr of marks.filter(({ kind }) => kind === "qr")) {
          assert.ok(!overlap(core(mark), qr.box), `"${mark.text}" lies on the QR code`);
        }
      }
    });
  }

  test(`${screenName}: boxes are whole pixels`, () => {
    for (const scene of Object.values(SCENES)) {
      for (const { box } of placeScene(scene, screen, typesetter)) {
        assert.ok(Object.values(box).every(Number.isInteger), JSON.stringify(box));
      }
    }
  });

  test(`${screenName}: whatever strangers write, nothing throws and no ink leaves its box`, () => {
    const { depth } = screen;
    const paint = createPainter(width, height);
    const words = fc.string({ unit: "binary", maxLength: 100 });
    const letters = fc.string({ unit: "grapheme", maxLength: 100 });
    fc.assert(
      fc.property(fc.oneof(words, letters), words, (title, host) => {
        const now = [{ ...KNOTS, title, lang: host, hosts: [host, "Mo"], note: host }];
        const marks = marksOf({ programme: aDoor({ venue: host, now }), state: aDevice() }, screenName);
        for (const mark of textsOf(marks)) {
          assert.ok(mark.box.x >= 0 && mark.box.x + mark.box.width <= width, mark.text);
        }
        if (depth === 1) paint(marks, () => {});
      }),
      { numRuns: screenName === MAIN ? 200 : 30 },
    );
  });
}

test("a line is clipped to its box, however far its ink would reach", () => {
  const box = { x: 40, y: 50, width: 60, height: 30 };
  const style = { size: 60, weight: 800, lang: "en" };
  const page: Mark = { kind: "fill", box: { x: 0, y: 0, width: 160, height: 120 }, colour: "#ffffff", radius: 0 };
  const text = { kind: "text", x: 20, baseline: 80, text: "Åj̈̈̈gÅj", direction: "ltr", colour: "#000000" } as const;
  let ink = 0;
  createPainter(160, 120)([page, { ...text, box, style }], (top, rgba) => {
    for (let at = 0; at < rgba.length; at += 4) {
      const x = (at / 4) % 160;
      const y = top + Math.floor(at / 4 / 160);
      if (rgba[at] === 255) continue;
      assert.ok(x >= 40 && x < 100 && y >= 50 && y < 80, `ink at ${x}, ${y}`);
      ink++;
    }
  });
  assert.ok(ink > 500);
});

test("what does not fit ends with an ellipsis, and only then", () => {
  const cut = (name: string) =>
    textsOf(marksOf(DOORS[name] as Case, "door-800x480")).some(({ text }) => text.endsWith(ELLIPSIS));
  assert.ok(cut("endless-title"));
  assert.ok(!cut("just-begun"));
});

test("a long word makes the title smaller, it is not split", () => {
  const programme = aDoor({ now: [{ ...KNOTS, title: "Donaudampfschifffahrtsgesellschaft lädt ein" }] });
  const texts = textsOf(marksOf({ programme, state: aDevice() }, "door-800x480")).map(({ text }) => text);
  assert.ok(texts.includes("Donaudampfschifffahrtsgesellschaft"), texts.join(" | "));
});

test("rows that do not fit are counted", () => {
  const texts = textsOf(marksOf(DOORS["more"] as Case, "door-800x480")).map(({ text }) => text);
  assert.ok(
    texts.some((text) => /^\+\d+$/.test(text)),
    texts.join(" | "),
  );
});

test("hosts that do not fit are counted", () => {
  const texts = textsOf(marksOf(DOORS["many-hosts"] as Case, "door-800x480")).map(({ text }) => text);
  assert.ok(
    texts.some((text) => / \+\d+$/.test(text)),
    texts.join(" | "),
  );
});

test("a right-to-left title stands at the right", () => {
  const { width, margin } = screenNamed("door-800x480");
  const title = textsOf(marksOf(DOORS["hebrew"] as Case, "door-800x480")).find(({ text }) => text.includes("קשרים"));
  assert.equal(title?.direction, "rtl");
  assert.equal(
    (title?.x ?? 0) +
      Math.ceil(typesetter.measure(title?.text ?? "", title?.style ?? { size: 1, weight: 1, lang: "" })),
    width - margin,
  );
});

test("a screen whose words are read from the right is a mirror, but its keys stand where they are", () => {
  const { width } = screenNamed(MAIN);
  const arabic = placeScene(SCENES["arabic-words"] as Scene, screenNamed(MAIN), typesetter);
  const english = placeScene(SCENES["full"] as Scene, screenNamed(MAIN), typesetter);
  const codeOf = (marks: readonly Mark[]) => marks.find(({ kind }) => kind === "qr")?.box;
  assert.equal(codeOf(arabic)?.x, width - (codeOf(english)?.x ?? 0) - (codeOf(english)?.width ?? 0));
  const keys = (marks: readonly Mark[]) =>
    marks
      .filter((mark) => mark.kind === "shape" && !mark.shape.startsWith("arrow"))
      .sort((a, b) => a.box.x - b.box.x)
      .map((mark) => mark.kind === "shape" && mark.shape);
  assert.deepEqual(keys(arabic), ["circle", "square", "triangle"]);
  assert.deepEqual(keys(english), ["circle", "square", "triangle"]);
});

test("an arrow points to where the words go on", () => {
  const arrows = (name: string) =>
    placeScene(SCENES[name] as Scene, screenNamed(MAIN), typesetter).flatMap((mark) =>
      mark.kind === "shape" && mark.shape.startsWith("arrow") ? [mark.shape] : [],
    );
  assert.ok(arrows("moved").every((shape) => shape === "arrow"));
  assert.ok(arrows("arabic-moved").every((shape) => shape === "arrow-left"));
});

test("an emergency leaves nothing else on the glass", () => {
  const texts = textsOf(placeScene(SCENES["emergency"] as Scene, screenNamed(MAIN), typesetter));
  assert.equal(
    texts
      .map(({ text }) => text)
      .join(" ")
      .includes("Small Tent"),
    false,
  );
  assert.ok(Math.max(...texts.map(({ style }) => style.size)) > 90);
});

test("a room that is full is in letters as large as the time, and where to go instead is named", () => {
  const texts = textsOf(placeScene(SCENES["full"] as Scene, screenNamed(MAIN), typesetter));
  const sizeOf = (wanted: string) => texts.find(({ text }) => text === wanted)?.style.size;
  assert.equal(sizeOf("FULL"), sizeOf("until 15:00"));
  assert.ok(texts.some(({ text }) => text.includes("Sauna")));
});

const FOSDEM = new URL("../../../../shared/data/schedules/fosdem2026-pretalx.schedule.xml", import.meta.url);
const missing = existsSync(FOSDEM) ? false : "the FOSDEM 2026 programme is not beside the repository";

test("the hundred longest titles of FOSDEM 2026 stand whole on the smallest screen", { skip: missing }, () => {
  const xml = readFileSync(FOSDEM, "utf8");
  const titles = [...xml.matchAll(/<event [\s\S]*?<title>(.*?)<\/title>/g)].map(([, title = ""]) => title);
  assert.ok(titles.length > 500);
  const longest = [...new Set(titles)].sort((a, b) => b.length - a.length).slice(0, 100);
  for (const title of longest) {
    const programme = aDoor({
      now: [{ ...KNOTS, title: title.replaceAll("&amp;", "&") }],
      next: [{ ...CAFE, title: "Tea" }],
    });
    const texts = textsOf(marksOf({ programme, state: aDevice() }, "door-800x480"));
    assert.deepEqual(
      texts.filter(({ text }) => text.endsWith(ELLIPSIS)).map(({ text }) => text),
      [],
      title,
    );
  }
});
