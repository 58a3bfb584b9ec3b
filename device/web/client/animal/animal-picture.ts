// The picture of a key (M-42): the same animal as in its name, in the colours and markings of this one key. A label like
// the name, never a proof; the beads around the large picture carry more of the key, for two phones held side by side.
import { ANIMALS } from "../../../../protocol/festival/words/animals.ts";
import { bird } from "./bird.ts";
import { type Coat, coatFrom, hex } from "./coat.ts";
import { crawler } from "./crawler.ts";
import { mammal } from "./mammal.ts";
import { dot, type Shape } from "./shapes.ts";
import { type Traits, traitsOf } from "./species.ts";
import { swimmer } from "./swimmer.ts";

export interface AnimalPicture {
  /** The round sheet behind the animal, "#rrggbb". */
  readonly ground: string;
  readonly shapes: readonly Shape[];
  /** Looks the other way: draw it mirrored. */
  readonly turned: boolean;
}

/** Bytes 0 to 7 of the hash make the name; these make the coat, the markings, the beads. */
const COAT_AT = 8;
const SEED_AT = 12;
const TURN_AT = 13;
const BEADS_AT = 16;

const BEAD_COUNT = 16;
/** Eight hues that are told apart beside each other: 3 bits a bead. */
const BEAD_HUES: readonly number[] = [25, 65, 100, 145, 195, 250, 300, 350];

/** `keyHash` is the BLAKE3 of a public key, 32 bytes: the same input as of `animalName`. */
export function animalPicture(keyHash: Uint8Array): AnimalPicture {
  const word = new DataView(keyHash.buffer, keyHash.byteOffset, keyHash.byteLength).getUint16(2) % ANIMALS.length;
  const coat = coatFrom(keyHash.subarray(COAT_AT, SEED_AT));
  const seed = keyHash[SEED_AT] ?? 0;
  const shapes = draw(traitsOf(ANIMALS[word] ?? ""), coat, seed);
  return { ground: coat.ground, shapes, turned: ((keyHash[TURN_AT] ?? 0) & 1) === 1 };
}

/** A ring of beads on the same sheet, to be drawn larger than the picture inside it. */
export function beadsOf(keyHash: Uint8Array): readonly Shape[] {
  return Array.from({ length: BEAD_COUNT }, (_, index) => {
    const byte = keyHash[BEADS_AT + index] ?? 0;
    const angle = (index / BEAD_COUNT) * 2 * Math.PI - Math.PI / 2;
    const hue = BEAD_HUES[byte % BEAD_HUES.length] ?? 0;
    const bright = ((byte >> 3) & 1) === 1;
    const paint = hex({ light: bright ? 0.82 : 0.58, chroma: 0.13, hue });
    return dot(tenth(32 + 29 * Math.cos(angle)), tenth(32 + 29 * Math.sin(angle)), 2.6, paint);
  });
}

function draw(traits: Traits, coat: Coat, seed: number): readonly Shape[] {
  switch (traits.family) {
    case "mammal":
      return mammal(traits, coat, seed);
    case "bird":
      return bird(traits, coat, seed);
    case "swimmer":
      return swimmer(traits, coat, seed);
    case "crawler":
      return crawler(traits, coat, seed);
  }
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
