// Whoever lives in the water: fishes, whales, things with arms, things with shells.
import type { Coat } from "./coat.ts";
import { dot, eye, eyes, fill, line, oval, pair, type Shape } from "./shapes.ts";

export type Swimmer =
  | "fish"
  | "slim"
  | "disc"
  | "whale"
  | "horned"
  | "manatee"
  | "octopus"
  | "squid"
  | "seahorse"
  | "star"
  | "anemone";

export interface SwimmerTraits {
  readonly family: "swimmer";
  readonly body: Swimmer;
}

export function swimmer({ body }: SwimmerTraits, coat: Coat, seed: number): readonly Shape[] {
  switch (body) {
    case "fish":
      return fish("M6 33C12 17 42 14 54 32C43 51 13 49 6 33Z", coat, seed);
    case "slim":
      return fish("M5 33C14 23 42 21 54 32C42 45 14 43 5 33Z", coat, seed);
    case "disc":
      return fish("M8 33C8 15 24 8 34 10C46 14 52 24 53 32C52 42 46 52 34 55C24 57 8 50 8 33Z", coat, seed);
    case "whale":
    case "horned":
      return whale(coat, body === "horned");
    case "manatee":
      return manatee(coat);
    case "octopus":
      return octopus(coat, seed);
    case "squid":
      return squid(coat);
    case "seahorse":
      return seahorse(coat);
    case "star":
      return star(coat, seed);
    case "anemone":
      return anemone(coat);
  }
}

/** Swims to the left; three patterns. */
function fish(outline: string, coat: Coat, seed: number): readonly Shape[] {
  const patterns: readonly (readonly Shape[])[] = [
    [line("M28 24V43M36 23.6V43.6M43 27V40", coat.pale, 3)],
    [dot(31, 27, 2.4, coat.pale), dot(38, 32, 3, coat.pale), dot(31, 38, 2.2, coat.pale), dot(44, 30, 1.8, coat.pale)],
    [line("M25 30C28 32 28 35 25 37M32 28C35.4 31 35.4 35 32 39M40 29C42.6 31.4 42.6 35 40 37", coat.shade, 2)],
  ];
  return [
    dot(7, 17, 2.2, coat.pale),
    dot(11, 10, 1.5, coat.pale),
    fill("M48 32C54 24 58 20 62 19C60 27 60 38 62 46C57 44 52 39 48 32Z", coat.accent),
    fill("M23 20C27 9 38 8 44 12C42 16 42 19 43 23Z", coat.shade),
    fill("M26 45C28 53 34 56 39 55C38 51 38 48 39 44Z", coat.shade),
    fill(outline, coat.fur),
    ...(patterns[seed % patterns.length] ?? []),
    fill("M24 34C29 34 32 38 31 43C27 43 24 39 24 34Z", coat.accent),
    ...eye(16.4, 29.4, 3.2, coat.ink),
    line("M8.6 36.6C11 38.4 13.4 38.4 15.4 37", coat.ink, 1.5),
  ];
}

function whale(coat: Coat, horned: boolean): readonly Shape[] {
  const horn = horned
    ? [fill("M9 27L-1 8L15 21Z", coat.accent)]
    : [line("M20 15C20 8 15 6 12 9M20 15C20 8 25 6 28 9", coat.pale, 2)];
  return [
    ...horn,
    fill("M48 37C50 31 49 25 46 19C51 18 54 21 55 25C57 21 60 19 63 20C62 28 59 38 52 44Z", coat.shade),
    fill("M5 36C5 24 14 19 23 19C37 19 43 33 52 34C52 48 41 54 27 54C13 54 5 47 5 36Z", coat.fur),
    fill("M5.4 40C14 46 30 46 42 49.6C38 52.6 33 54 27 54C14 54 6.4 48.6 5.4 40Z", coat.pale),
    fill("M27 44C33 46 36 51 34 57C29 55 26 50 27 44Z", coat.shade),
    dot(21, 38.4, 2.4, coat.accent),
    ...eye(16, 33.6, 2.8, coat.ink),
    line("M7.6 39.6C9.4 41 11.4 41 13 40", coat.ink, 1.5),
  ];
}

function manatee(coat: Coat): readonly Shape[] {
  return [
    oval(32, 66, 24, 22, coat.shade),
    pair(fill("M12 50C5 50 2 56 3 61C9 62 14 60 16 55Z", coat.fur)),
    fill("M32 13C44 13 49 22 49 31C49 44 47 54 32 54S15 44 15 31C15 22 20 13 32 13Z", coat.fur),
    oval(32, 44, 14.5, 10, coat.pale),
    pair(dot(28.6, 39.6, 1.5, coat.ink)),
    line("M26 47.6C29 50 35 50 38 47.6", coat.ink, 1.6),
    pair(line("M22 44L14.6 42.6M22 46.4L15 47.6", coat.shade, 1)),
    ...eyes(23.6, 29, 2.9, coat.ink),
  ];
}

function octopus(coat: Coat, seed: number): readonly Shape[] {
  return [
    pair(line("M27 42C25 52 14 48 8 54M24 40C18 46 10 42 5 44M30 44C30 54 22 56 18 61", coat.fur, 6)),
    pair(line("M29 46C29 56 27 58 27 63", coat.shade, 5)),
    fill("M32 6C46 6 51 17 50 28C49 38 46 46 32 46S15 38 14 28C13 17 18 6 32 6Z", coat.fur),
    ...[20, 27, 38].map((x, index) => dot(x, 13 + ((seed >> index) & 3), 2.2, coat.shade)),
    pair(dot(19.6, 35.6, 2.7, coat.accent)),
    line("M28.6 36C30 38.6 34 38.6 35.4 36", coat.ink, 1.7),
    ...eyes(24, 29, 3.6, coat.ink),
  ];
}

function squid(coat: Coat): readonly Shape[] {
  return [
    pair(line("M28 44C27 52 22 54 20 61M31 45C31 53 28 56 27 62M25 43C22 48 15 50 11 57", coat.fur, 3.6)),
    pair(fill("M26 8C18 12 12 20 11 29C18 28 24 24 28 20Z", coat.shade)),
    fill("M32 3C41 10 46 22 46 34C46 42 40 47 32 47S18 42 18 34C18 22 23 10 32 3Z", coat.fur),
    oval(32, 19, 3, 7, coat.pale),
    pair(dot(22.6, 40.4, 2.2, coat.accent)),
    line("M29.4 40.4C30.6 42.2 33.4 42.2 34.6 40.4", coat.ink, 1.5),
    ...eyes(25.4, 34, 3.3, coat.ink),
  ];
}

function seahorse(coat: Coat): readonly Shape[] {
  return [
    fill("M42 30C50 28 54 34 52 42C48 41 44 40 40 42Z", coat.accent),
    line("M34 46C38 55 31 61 26 58C22 55 26 51 28.6 53.4", coat.fur, 5),
    fill("M27 22C39 22 46 31 43 41C41 48 37 51 33 50C28 48 30 42 29 36C28 32 25 28 27 22Z", coat.fur),
    line("M33 35L41.4 33.6M33.4 40L42 39.4M34 45L39.6 45.6", coat.shade, 1.8),
    fill(
      "M24 8L27 3L30 7L34 3.6L35 9C41 12 42 20 38 25C34 29 27 28 24 24L10 25C7 25 7 20 10 20L20 18C19 13 21 10 24 8Z",
      coat.fur,
    ),
    dot(32, 22, 2.2, coat.accent),
    ...eye(28, 16, 2.9, coat.ink),
  ];
}

function star(coat: Coat, seed: number): readonly Shape[] {
  const arm =
    "M32 5C36 5 37 16 41 21C46 24 58 22 59 26C60 30 51 35 48 40C47 45 52 55 48.6 57.6C45 60 37 52 32 52S19 60 15.4 57.6C12 55 17 45 16 40C13 35 4 30 5 26C6 22 18 24 23 21C27 16 28 5 32 5Z";
  return [
    fill(arm, coat.fur),
    ...[
      [32, 12],
      [52, 27],
      [45, 52],
      [19, 52],
      [12, 27],
      [32, 20],
    ].map(([x = 0, y = 0], index) => dot(x, y, 1.7 + ((seed >> index) & 1) * 0.7, coat.pale)),
    pair(dot(21.6, 38.6, 2.8, coat.accent)),
    line("M28.6 38.6C30 41 34 41 35.4 38.6", coat.ink, 1.7),
    ...eyes(25.6, 32, 3.4, coat.ink),
  ];
}

function anemone(coat: Coat): readonly Shape[] {
  return [
    pair(
      line(
        "M29 30C29 20 26 14 27 7M24 31C22 22 17 18 17 11M20 33C16 27 10 25 8 19M18 36C13 34 8 34 4 31",
        coat.accent,
        4.6,
      ),
    ),
    line("M32 30V8", coat.fur, 4.6),
    fill("M15 34C20 27 44 27 49 34C51 42 46 50 48 60H16C18 50 13 42 15 34Z", coat.fur),
    oval(32, 34, 15, 4, coat.shade),
    pair(dot(21.6, 50, 2.7, coat.accent)),
    line("M28.6 50C30 52.4 34 52.4 35.4 50", coat.ink, 1.7),
    ...eyes(25.6, 44.6, 3.2, coat.ink),
  ];
}
