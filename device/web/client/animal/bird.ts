// Birds: a round one on its branch, seen from the side; owls and penguins look straight at you.
import type { Coat } from "./coat.ts";
import { dot, eye, eyes, fill, line, oval, pair, type Shape } from "./shapes.ts";

export type Beak = "seed" | "thin" | "hook" | "long" | "curved" | "duck" | "great" | "spoon";
export type Stance = "perched" | "neck" | "owl" | "penguin";
export type Crest = "bald" | "tuft" | "crown" | "swept";

export interface BirdTraits {
  readonly family: "bird";
  readonly stance: Stance;
  readonly beak: Beak;
  readonly crest: Crest;
}

export function bird(traits: BirdTraits, coat: Coat, seed: number): readonly Shape[] {
  switch (traits.stance) {
    case "owl":
      return owl(coat, seed);
    case "penguin":
      return penguin(traits, coat);
    case "neck":
      return necked(traits, coat, seed);
    case "perched":
      return perched(traits, coat, seed);
  }
}

function perched(traits: BirdTraits, coat: Coat, seed: number): readonly Shape[] {
  const cap = seed % 3;
  return [
    line("M2 58C20 55.5 44 60 62 56.4", coat.shade, 3),
    line("M27 51V57M34 51V57", coat.accent, 2),
    fill("M20 40C12 42 6 46 1 53C2 55 5 56 8 55C15 53 22 50 26 47Z", coat.shade),
    ...crest(traits.crest, coat, 36, 14),
    fill("M13 41C12 25 24 12 37 12C47 12 52 19 52 28C52 43 43 53 30 53C21 53 14 49 13 41Z", coat.fur),
    fill("M51.8 30C51 43.5 43 53 30 53C27 53 24.4 52.6 22 51.6C34 49 38 40 40 33C42 29 48 28 51.8 30Z", coat.pale),
    ...(cap === 0 ? [fill("M24 17.6C28 14 33 12 37 12C46 12 51.4 18 52 25C44 25 32 25 24 17.6Z", coat.shade)] : []),
    ...(cap === 1 ? [dot(43.4, 33, 3.2, coat.accent)] : []),
    fill("M15 37C22 28 35 32 37 40C33 47 22 50 13.6 45Z", coat.shade),
    line("M19 41C24 41.6 29 41 32 39.4M17 37.6C23 36 28 36.4 31 38", coat.fur, 1.3),
    ...beak(traits.beak, coat, 51, 26),
    ...eye(42.6, 24, 3, coat.ink),
  ];
}

function necked(traits: BirdTraits, coat: Coat, seed: number): readonly Shape[] {
  return [
    line("M26 52V62M33 52V62", coat.accent, 2),
    fill("M10 44C2 44 0 40 0 37C6 38 12 38 16 38Z", coat.shade),
    ...crest(traits.crest, coat, 41, 10),
    line("M38 44C48 38 33 27 41 16", coat.fur, 7.6),
    fill("M8 40C14 34 40 32 43 42C44 50 34 54 26 54C16 54 9 48 8 40Z", coat.fur),
    fill("M12 40C20 35 33 37 35 42C31 49 18 49 12 40Z", coat.shade),
    line("M18 42C23 43.6 28 43 31 41.6", coat.fur, 1.3),
    dot(42, 14.6, 6.4, coat.fur),
    ...(seed % 2 === 0 ? [fill("M36.4 11.4C38.4 8 45 7 48 12C44 13 40 13 36.4 11.4Z", coat.shade)] : []),
    ...beak(traits.beak, coat, 47.6, 15),
    ...eye(43.4, 13.6, 2.1, coat.ink),
  ];
}

function owl(coat: Coat, seed: number): readonly Shape[] {
  const tufts = seed % 2 === 0 ? [pair(fill("M15 24C12 16 12 10 13 6C18 9 24 12 28 14Z", coat.shade))] : [];
  return [
    ...tufts,
    fill("M32 10C47 10 53 22 53 36C53 52 44 60 32 60S11 52 11 36C11 22 17 10 32 10Z", coat.fur),
    oval(32, 52, 14, 12, coat.pale),
    line("M26 48L28 50L30 48M34 48L36 50L38 48M30 53L32 55L34 53", coat.shade, 1.5),
    pair(fill("M11 38C14 42 18 50 17 57C13 53 11 46 11 38Z", coat.shade)),
    pair(dot(22.6, 29, 10.4, coat.pale)),
    fill("M29.4 32H34.6L32 39Z", coat.accent),
    ...eyes(23.4, 29, 5.2, coat.ink),
  ];
}

function penguin(traits: BirdTraits, coat: Coat): readonly Shape[] {
  return [
    ...crest(traits.crest, coat, 32, 12),
    pair(fill("M15 32C8 36 4 44 5 52C10 51 14 46 17 42Z", coat.shade)),
    fill("M32 9C45 9 50 20 50 34C50 54 43 62 32 62S14 54 14 34C14 20 19 9 32 9Z", coat.shade),
    fill(
      "M32 24C35 17 45 18 45 28C45 33 46 38 46 44C46 55 40 62 32 62S18 55 18 44C18 38 19 33 19 28C19 18 29 17 32 24Z",
      coat.pale,
    ),
    fill("M27.6 32C29.6 29.8 34.4 29.8 36.4 32C35.4 35 33.4 36.4 32 36.4S28.6 35 27.6 32Z", coat.accent),
    pair(dot(21.6, 34.4, 2.3, coat.accent)),
    ...eyes(25, 27, 2.7, coat.ink),
  ];
}

/** At `x`, `y`, pointing right. */
function beak(kind: Beak, coat: Coat, x: number, y: number): readonly Shape[] {
  const at = (d: string) => fill(`M${x} ${y}${d}`, coat.accent);
  switch (kind) {
    case "seed":
      return [at("m-1.5-3.6l9.5 4l-9.5 4.6z")];
    case "thin":
      return [at("m-1.5-2l12.5 2.6l-12.5 2.4z")];
    case "long":
      return [at("m-1.5-2l17 3.4l-17 2z")];
    case "hook":
      return [at("m-2-4.6c6-1.4 10.6 1 10.4 8.4c-2-2-4.6-2.6-9.4-.8z")];
    case "curved":
      return [at("m-1.5-2.4c8-1.4 13 3 14 11c-4-5.6-8.4-6.6-14-6.6z")];
    case "duck":
      return [at("m-2-2.6c5 0 9 1.2 12.6 1.4c2 .4 1.6 4.6-.6 4.8c-4.4.4-8 .2-12-1z")];
    case "great":
      return [
        at("m-3-8c8-2.4 15 3 15 12.6c-4.4-2.6-9-3-14.4-1.6z"),
        fill(`M${x + 8} ${y + 1.6}c2 1.6 4 3 4 3c0-4-1.2-7-3.2-9.2z`, coat.ink),
      ];
    case "spoon":
      return [at("m-1.5-2c4 .4 6.6.4 8.6.6c2.4-2.6 7.4-1.4 7 2c-.2 3-5 4-7.2 1.2c-2.6.4-5 .2-8.4-.4z")];
  }
}

/** Growing from the top of a head at `x`, `y`. */
function crest(kind: Crest, coat: Coat, x: number, y: number): readonly Shape[] {
  switch (kind) {
    case "bald":
      return [];
    case "tuft":
      return [
        fill(
          `M${x - 5} ${y + 4}C${x - 9} ${y - 5} ${x - 8} ${y - 8} ${x - 8} ${y - 9}C${x - 2} ${y - 8} ${x + 4} ${y - 2} ${x + 5} ${y + 3}Z`,
          coat.shade,
        ),
      ];
    case "swept":
      return [
        line(
          `M${x} ${y + 2}C${x - 6} ${y - 4} ${x - 12} ${y - 3} ${x - 17} ${y + 1}M${x + 1} ${y + 1}C${x - 4} ${y - 7} ${x - 9} ${y - 8} ${x - 15} ${y - 6}`,
          coat.shade,
          2.4,
        ),
      ];
    case "crown":
      return [-7, 0, 7].flatMap((step) => [
        line(`M${x} ${y + 2}L${x + step} ${y - 7}`, coat.shade, 1.8),
        dot(x + step, y - 7.6, 2.2, coat.accent),
      ]);
  }
}
