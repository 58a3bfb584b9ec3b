// The animal of a key (M-42): the same everywhere, another for every key, and never lost against its ground.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { animalPicture, beadsOf } from "../../../device/web/client/animal/animal-picture.ts";
import { coatFrom } from "../../../device/web/client/animal/coat.ts";
import { SHEET } from "../../../device/web/client/animal/shapes.ts";
import { isKnown } from "../../../device/web/client/animal/species.ts";
import { animalName } from "../../../protocol/festival/animal-name.ts";
import { ANIMALS } from "../../../protocol/festival/words/animals.ts";

const KEYS = 3_000;
/** WCAG 2.2, 1.4.11: what has to be seen to understand a picture. */
const MIN_CONTRAST = 3;

/** Stands for the hash of a key: 32 bytes without a pattern, the same on every run. */
function hashOf(number: number): Uint8Array {
  return new Uint8Array(createHash("sha256").update(`key ${number}`).digest());
}

test("every animal of the word list has a body of its own kind", () => {
  assert.deepEqual(
    ANIMALS.filter((word) => !isKnown(word)),
    [],
  );
});

test("a key looks the same wherever it is drawn", () => {
  for (let number = 0; number < 50; number++) {
    assert.deepEqual(animalPicture(hashOf(number)), animalPicture(hashOf(number).slice()));
    assert.deepEqual(beadsOf(hashOf(number)), beadsOf(hashOf(number).slice()));
  }
});

test("two keys of one name still differ, by coat, ground, markings or beads", () => {
  const drawn = new Set<string>();
  for (let number = 0; number < KEYS; number++) {
    const hash = hashOf(number);
    hash.set(hashOf(0).subarray(0, 8));
    drawn.add(JSON.stringify([animalPicture(hash), beadsOf(hash)]));
  }
  assert.equal(drawn.size, KEYS);
});

test("without the beads, pictures of one animal repeat less often than once in fifty keys", () => {
  const drawn = new Set(
    Array.from({ length: 50 }, (_, number) => JSON.stringify(animalPicture(ofAnimal("otter", number)))),
  );
  assert.ok(drawn.size >= 45, `only ${drawn.size} of 50 otters differ`);
});

test("the picture shows the animal of the name", () => {
  const fox = ofAnimal("fox", 7);
  assert.match(animalName(fox).name, / Fox$/);
  const shapes = ({ shapes: drawn }: ReturnType<typeof animalPicture>) => drawn.map(({ d }) => d).join("");
  assert.notEqual(shapes(animalPicture(fox)), shapes(animalPicture(ofAnimal("owl", 7))));
});

test("an animal stands out from its ground", () => {
  let least = Number.POSITIVE_INFINITY;
  for (let number = 0; number < KEYS; number++) {
    const { fur, ground } = coatFrom(hashOf(number).subarray(8, 12));
    least = Math.min(least, contrast(fur, ground));
  }
  assert.ok(least >= MIN_CONTRAST, `the weakest contrast is ${least.toFixed(2)}`);
});

test("nothing is drawn far outside its sheet, and every number is one", () => {
  for (const [index] of ANIMALS.entries()) {
    const hash = hashOf(index);
    new DataView(hash.buffer).setUint16(2, index);
    for (const { d, paint } of animalPicture(hash).shapes) {
      assert.match(paint, /^#[0-9a-f]{6}$/);
      assert.match(d, /^M[-\d., MmLlCcSsVvHhAaZz]+$/, d);
      const start = /^M(-?[\d.]+)[ ,]?(-?[\d.]+)/.exec(d)?.slice(1).map(Number) ?? [];
      for (const value of start) assert.ok(value > -SHEET / 4 && value < SHEET * 1.25, d);
    }
  }
});

function ofAnimal(word: string, number: number): Uint8Array {
  const hash = hashOf(number);
  new DataView(hash.buffer).setUint16(2, ANIMALS.indexOf(word));
  return hash;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(paint: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(paint.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
