// Faces with fur: one head, and what tells a fox from a bear. The sheet is 64 wide; the middle is at 32.
import type { Coat } from "./coat.ts";
import { type Horns, horns } from "./horns.ts";
import { dot, eyes, fill, line, oval, pair, type Shape } from "./shapes.ts";

export type Ears = "round" | "pointed" | "tall" | "leaf" | "droop" | "great" | "tuft" | "tiny";
export type Muzzle = "button" | "broad" | "long" | "snout" | "point" | "cat" | "trunk" | "teeth" | "bill";
export type Mark =
  | "plain"
  | "mask"
  | "patches"
  | "stripes"
  | "spots"
  | "blaze"
  | "quills"
  | "mane"
  | "whiskers"
  | "bands";

export interface MammalTraits {
  readonly family: "mammal";
  readonly ears: Ears;
  readonly muzzle: Muzzle;
  readonly mark: Mark;
  readonly horns: Horns;
}

const HEADS: Readonly<Record<Muzzle, string>> = {
  button: "M32 16C45 16 51 26 51 36C51 47 43 53 32 53S13 47 13 36C13 26 19 16 32 16Z",
  broad: "M32 16C46 16 52 25 52 36C52 48 43 54 32 54S12 48 12 36C12 25 18 16 32 16Z",
  long: "M32 14C42 14 47 21 46 31C45 40 43 57 32 57S19 40 18 31C17 21 22 14 32 14Z",
  snout: "M32 16C44 16 50 24 49 34C48 46 42 55 32 55S16 46 15 34C14 24 20 16 32 16Z",
  point: "M32 17C43 17 51 23 53 35C54 42 41 54 32 55C23 54 10 42 11 35C13 23 21 17 32 17Z",
  cat: "M32 17C46 17 53 26 53 37C53 47 44 53 32 53S11 47 11 37C11 26 18 17 32 17Z",
  trunk: "M32 16C43 16 48 23 47 32C46 40 40 44 38 54C37 59 27 59 26 54C24 44 18 40 17 32C16 23 21 16 32 16Z",
  bill: "M32 17C44 17 50 25 50 34C50 43 43 48 32 48S14 43 14 34C14 25 20 17 32 17Z",
  teeth: "M32 16C44 16 50 24 51 34C53 46 44 53 32 53S11 46 13 34C14 24 20 16 32 16Z",
};

export function mammal(traits: MammalTraits, coat: Coat, seed: number): readonly Shape[] {
  const back = [oval(32, 68, 21, 19, coat.shade), oval(32, 70, 13, 15, coat.pale)];
  const behind = traits.mark === "quills" ? quills(coat) : traits.mark === "mane" ? mane(coat) : [];
  return [
    ...back,
    ...behind,
    ...horns(traits.horns, coat),
    ...ears(traits.ears, coat),
    fill(HEADS[traits.muzzle], traits.mark === "patches" ? coat.pale : coat.fur),
    ...markings(traits.mark, coat, seed),
    ...muzzle(traits.muzzle, coat),
    ...eyes(traits.muzzle === "long" || traits.muzzle === "trunk" ? 23 : 22.5, eyeLine(traits.muzzle), 3.1, coat.ink),
  ];
}

function eyeLine(kind: Muzzle): number {
  return kind === "long" || kind === "trunk" ? 31 : 34;
}

function ears(kind: Ears, coat: Coat): readonly Shape[] {
  const two = (outer: string, inner: string) => [pair(fill(outer, coat.shade)), pair(fill(inner, coat.accent))];
  switch (kind) {
    case "round":
      return [pair(dot(17, 19, 8, coat.shade)), pair(dot(17, 19, 4.4, coat.accent))];
    case "great":
      return [pair(dot(14, 19, 12, coat.shade)), pair(dot(14.5, 19.5, 7.8, coat.accent))];
    case "tiny":
      return [pair(dot(17, 21, 4.6, coat.shade))];
    case "pointed":
      return two("M12 32C9 20 10 10 13 8C19 10 27 17 29 21Z", "M15 27C13 20 13 15 14.5 13.5C18 15 22 18 24 21Z");
    case "tuft":
      return two("M12 32C9 20 9 12 8 3C17 9 27 17 29 21Z", "M15 27C13 20 13 16 13.5 13.5C18 15 22 18 24 21Z");
    case "tall":
      return two("M27 24C20 22 14 4 20 2C27 1 31 14 30 23Z", "M26 21C22 17 18.5 7 21 5.5C24.5 5.5 27.5 14 27.5 21Z");
    case "leaf":
      return two("M20 25C11 26 3 21 2 15C10 11 20 15 23 21Z", "M18 22.5C12 23 7 20 5.5 17C11 15 17 17.5 19 21Z");
    case "droop":
      return [pair(fill("M21 18C11 17 5 27 7 41C8 46 15 46 17 40C19 33 23 27 24 21Z", coat.shade))];
  }
}

function muzzle(kind: Muzzle, coat: Coat): readonly Shape[] {
  const smile = (y: number) =>
    line(`M28 ${y}C28.5 ${y + 3} 31.5 ${y + 3} 32 ${y}C32.5 ${y + 3} 35.5 ${y + 3} 36 ${y}`, coat.ink, 1.5);
  const nose = (y: number, w: number) =>
    fill(
      `M${32 - w} ${y}C${32 - w} ${y - w * 0.7} ${32 + w} ${y - w * 0.7} ${32 + w} ${y}C${32 + w} ${y + w * 0.6} 33 ${y + w} 32 ${y + w}S${32 - w} ${y + w * 0.6} ${32 - w} ${y}Z`,
      coat.ink,
    );
  switch (kind) {
    case "button":
      return [oval(32, 44, 9, 7, coat.pale), nose(41, 2.8), smile(45)];
    case "broad":
      return [oval(32, 44.5, 12, 8.5, coat.pale), nose(41, 4), smile(46.5)];
    case "long":
      return [
        oval(32, 48, 10.5, 8.5, coat.pale),
        pair(oval(28, 46, 1.5, 1.9, coat.ink)),
        line("M28 51.5C30 53.4 34 53.4 36 51.5", coat.ink, 1.5),
      ];
    case "snout":
      return [
        oval(32, 45, 9.5, 6.8, coat.accent),
        pair(oval(28.6, 45, 1.7, 2.3, coat.ink)),
        line("M28 53C30 54.3 34 54.3 36 53", coat.shade, 1.4),
      ];
    case "point":
      return [pair(fill("M11.5 38C18 37 28 40 32 47V55C23 54 11 43 11.5 38Z", coat.pale)), nose(50, 3.2)];
    case "cat":
      return [
        pair(oval(28, 44, 5, 4.2, coat.pale)),
        fill("M29.4 40H34.6L32 43.2Z", coat.accent),
        smile(43.6),
        ...whiskers(coat),
      ];
    case "trunk":
      return [
        oval(32, 55, 5.4, 4, coat.pale),
        pair(dot(30, 55, 1.1, coat.ink)),
        line("M27.6 47H36.4M27 42.5H37", coat.shade, 1.2),
      ];
    case "bill":
      return [
        fill("M32 38C41 38 50 43 50 48.5S42 55 32 55S14 54 14 48.5S23 38 32 38Z", coat.accent),
        pair(dot(28.6, 44, 1.2, coat.ink)),
        line("M17 50C24 52.4 40 52.4 47 50", coat.ink, 1.4),
      ];
    case "teeth":
      return [
        fill("M29 47H35V52C35 53.5 32.3 53.5 32 52C31.7 53.5 29 53.5 29 52Z", "#ffffff"),
        pair(oval(28, 43.5, 5.4, 4.6, coat.pale)),
        nose(40.4, 2.8),
        line("M32 43V47", coat.ink, 1.3),
      ];
  }
}

function whiskers(coat: Coat): readonly Shape[] {
  return [pair(line("M20 44L9 42.4M20 46.5L10 48.4", coat.shade, 1))];
}

function markings(kind: Mark, coat: Coat, seed: number): readonly Shape[] {
  switch (kind) {
    case "mask":
      return [
        pair(fill("M32 33C28 28 17 27 13 36C17 43 28 42 32 37Z", coat.shade)),
        pair(oval(22.5, 34, 4.6, 4.4, coat.pale)),
      ];
    case "patches":
      return [
        pair(fill("M17 31C20 26 28 28 28 34C28 39 22 42 17.5 40C14 38.5 14.5 34 17 31Z", coat.shade)),
        pair(dot(22.5, 34, 4.2, coat.pale)),
      ];
    case "stripes":
      return [
        fill("M30 17H34L33 26H31ZM23 19L27 18L28 25.5L26.4 25.5ZM41 19L37 18L36 25.5L37.6 25.5Z", coat.shade),
        pair(fill("M12.6 35L19.5 38.5L12.7 39.6ZM14.6 43L20.6 43.6L16 47Z", coat.shade)),
      ];
    case "spots":
      return [28, 36, 32, 24, 40].map((x, index) =>
        dot(x, index < 2 ? 21 : index === 2 ? 26 : 26.5, 1.5 + ((seed >> index) & 1) * 0.5, coat.shade),
      );
    case "blaze":
      return [
        fill("M28.6 16.4C30 15.8 34 15.8 35.4 16.4C35 27 37 36 37 42H27C27 36 29 27 28.6 16.4Z", coat.pale),
        pair(fill("M19 21C24 26 26 38 24 44C19 44 14 38 14.5 30Z", coat.shade)),
        pair(dot(22.5, 34, 4, coat.pale)),
      ];
    case "whiskers":
      return [...whiskers(coat), oval(32, 23, 8 - (seed % 3), 3.4, coat.shade)];
    case "bands":
      return [line("M19 24C26 19 38 19 45 24M16 29C25 23.5 39 23.5 48 29", coat.shade, 1.8)];
    default:
      return seed % 3 === 0
        ? [fill("M27 16.6C30 15.8 34 15.8 37 16.6C36 22 34 25 32 25S28 22 27 16.6Z", coat.shade)]
        : [];
  }
}

function quills(coat: Coat): readonly Shape[] {
  const spikes = Array.from({ length: 13 }, (_, index) => {
    const angle = Math.PI * (1 + index / 12);
    const tip = [32 + 29 * Math.cos(angle), 37 + 31 * Math.sin(angle)];
    const root = (turn: number) =>
      `${(32 + 19 * Math.cos(angle + turn)).toFixed(1)} ${(37 + 20 * Math.sin(angle + turn)).toFixed(1)}`;
    return `M${root(-0.17)}L${tip.map((value) => value.toFixed(1)).join(" ")}L${root(0.17)}Z`;
  });
  return [fill(spikes.join(""), coat.shade), dot(32, 37, 20.5, coat.shade)];
}

function mane(coat: Coat): readonly Shape[] {
  const tufts = Array.from({ length: 14 }, (_, index) => {
    const angle = (index / 14) * 2 * Math.PI;
    return dot(round(32 + 19 * Math.cos(angle)), round(36 + 18 * Math.sin(angle)), 7.5, coat.shade);
  });
  return tufts;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
