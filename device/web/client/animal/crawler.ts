// Whoever crawls, hops in the grass, flies on thin wings or carries a house: insects, lizards, newts, turtles, shells.
import type { Coat } from "./coat.ts";
import { dot, eye, eyes, fill, line, oval, pair, type Shape } from "./shapes.ts";

export type Crawler =
  | "butterfly"
  | "moth"
  | "bee"
  | "beetle"
  | "dragonfly"
  | "hopper"
  | "caterpillar"
  | "ant"
  | "lizard"
  | "newt"
  | "turtle"
  | "snail"
  | "fan"
  | "lobster";

export interface CrawlerTraits {
  readonly family: "crawler";
  readonly body: Crawler;
}

const DRAWINGS: Readonly<Record<Crawler, (coat: Coat, seed: number) => readonly Shape[]>> = {
  butterfly: (coat, seed) => butterfly(coat, seed, false),
  moth: (coat, seed) => butterfly(coat, seed, true),
  bee,
  beetle,
  dragonfly,
  hopper,
  caterpillar,
  ant,
  lizard,
  newt,
  turtle,
  snail,
  fan,
  lobster,
};

export function crawler({ body }: CrawlerTraits, coat: Coat, seed: number): readonly Shape[] {
  return DRAWINGS[body](coat, seed);
}

function smile(y: number, coat: Coat): Shape {
  return line(`M28.8 ${y}C30.2 ${y + 2.2} 33.8 ${y + 2.2} 35.2 ${y}`, coat.ink, 1.6);
}

function feelers(coat: Coat, y: number): Shape {
  return pair(line(`M29 ${y}C27 ${y - 6} 23 ${y - 9} 19 ${y - 9}`, coat.ink, 1.7));
}

function butterfly(coat: Coat, seed: number, soft: boolean): readonly Shape[] {
  const upper = soft ? "M30 32C22 16 6 12 2 20C0 30 14 40 30 38Z" : "M30 31C26 14 10 4 4 11C-1 19 10 37 30 37Z";
  const lower =
    seed % 2 === 0
      ? "M30 37C16 36 6 44 9 53C13 61 27 55 31 42Z"
      : "M30 37C18 37 8 42 8 50C9 55 14 54 16 61C24 60 29 52 31 42Z";
  return [
    pair(fill(lower, coat.shade)),
    pair(fill(upper, coat.fur)),
    pair(dot(soft ? 14 : 13, soft ? 26 : 21, 5.2, coat.pale)),
    pair(dot(soft ? 14 : 13, soft ? 26 : 21, 2.5, coat.accent)),
    pair(dot(17, 48, 3.2, coat.accent)),
    feelers(coat, 20),
    ...(soft ? [pair(line("M23 13L21 9M20.6 11.6L17 8.6", coat.ink, 1.3))] : [pair(dot(19, 11, 1.8, coat.ink))]),
    fill("M32 30C36 30 36.6 38 36 46C35.4 54 33 57 32 57S28.6 54 28 46C27.4 38 28 30 32 30Z", coat.ink),
    dot(32, 26, 7.6, coat.pale),
    smile(27.6, coat),
    ...eyes(29.2, 24.6, 1.7, coat.ink),
  ];
}

function bee(coat: Coat): readonly Shape[] {
  return [
    pair(fill("M28 27C22 12 8 9 6 17C5 26 16 32 28 31Z", coat.pale)),
    pair(fill("M26 32C16 30 8 34 10 40C13 44 22 41 27 36Z", coat.pale)),
    feelers(coat, 16),
    pair(dot(19, 7, 1.8, coat.ink)),
    fill("M32 24C43 24 48 33 47 42C46 52 39 60 32 60S18 52 17 42C16 33 21 24 32 24Z", coat.fur),
    fill(
      "M18.6 33.4H45.4C46.4 35.4 47 37.4 47 39.6H17C17 37.4 17.6 35.4 18.6 33.4ZM17.4 45.6H46.6C45.8 48 44.8 50 43.6 51.6H20.4C19.2 50 18.2 48 17.4 45.6Z",
      coat.ink,
    ),
    dot(32, 21.6, 10.4, coat.fur),
    pair(dot(24.4, 25, 2.1, coat.accent)),
    smile(24.6, coat),
    ...eyes(27.2, 20.4, 2.4, coat.ink),
  ];
}

function beetle(coat: Coat, seed: number): readonly Shape[] {
  const spots =
    seed % 2 === 0
      ? [pair(dot(22, 37, 4, coat.ink)), pair(dot(24, 49, 3.2, coat.ink))]
      : [pair(line("M23 30C19 38 20 48 25 55", coat.pale, 2.2))];
  return [
    pair(line("M16 34L6 28M14 43L3 43M17 51L8 58", coat.ink, 2.6)),
    feelers(coat, 12),
    dot(32, 18, 10, coat.ink),
    fill("M32 21C47 21 53 32 52 42C51 53 42 60 32 60S13 53 12 42C11 32 17 21 32 21Z", coat.fur),
    line("M32 26V60", coat.ink, 1.8),
    ...spots,
    fill("M19.4 25C23 20 41 20 44.6 25C41 30 23 30 19.4 25Z", coat.shade),
    ...eyes(27.6, 15.4, 2.7, "#1d1714"),
    pair(dot(27.6, 15.4, 3.4, coat.pale)),
    ...eyes(27.6, 15.4, 2.3, coat.ink),
  ];
}

function dragonfly(coat: Coat): readonly Shape[] {
  return [
    pair(fill("M29 27C20 17 4 14 1 20C1 27 16 32 29 31Z", coat.pale)),
    pair(fill("M29 33C18 33 5 38 5 44C9 49 22 43 30 37Z", coat.pale)),
    fill("M32 24C37 24 38 32 36 38C35 46 34.6 56 32 62C29.4 56 29 46 28 38C26 32 27 24 32 24Z", coat.fur),
    line("M29 43H35M29.6 49H34.4M30.4 55H33.6", coat.shade, 1.8),
    pair(dot(25.2, 14.6, 7.4, coat.shade)),
    dot(32, 19, 7.6, coat.fur),
    smile(21.4, coat),
    ...eyes(26.4, 14.8, 3.3, coat.ink),
  ];
}

function hopper(coat: Coat): readonly Shape[] {
  return [
    pair(line("M26 14C22 6 14 4 6 7", coat.shade, 1.9)),
    pair(line("M18 62C8 54 8 40 12 34C16 44 17 52 22 60", coat.shade, 4)),
    fill("M32 38C42 38 45 50 45 64H19C19 50 22 38 32 38Z", coat.shade),
    fill("M32 12C42 12 50 17 49 25C47 36 40 48 32 48S17 36 15 25C14 17 22 12 32 12Z", coat.fur),
    pair(oval(17.6, 23, 6.4, 7.6, coat.pale)),
    smile(41, coat),
    pair(dot(25.4, 36, 2.1, coat.accent)),
    ...eyes(18.4, 23, 3.4, coat.ink),
  ];
}

function caterpillar(coat: Coat, seed: number): readonly Shape[] {
  const rings = [
    [55, 49],
    [46, 45],
    [37, 48],
  ].flatMap(([x = 0, y = 0], index) => [
    line(`M${x} ${y + 8}V${y + 12}`, coat.ink, 2.2),
    dot(x, y, 9, index % 2 === seed % 2 ? coat.shade : coat.fur),
  ]);
  return [
    ...rings,
    line("M16 22C15 14 10 11 6 12M30 22C31 14 36 11 40 12", coat.ink, 1.8),
    dot(6, 12, 2, coat.accent),
    dot(40, 12, 2, coat.accent),
    dot(23, 35, 15.6, coat.fur),
    dot(14, 40, 2.6, coat.accent),
    dot(32, 40, 2.6, coat.accent),
    line("M19 41C21 44 25 44 27 41", coat.ink, 1.7),
    ...eye(17.4, 33.4, 3, coat.ink),
    ...eye(28.6, 33.4, 3, coat.ink),
  ];
}

function ant(coat: Coat): readonly Shape[] {
  return [
    pair(line("M28 45L14 40L8 44M28 49L14 52L9 60M27 41L17 33", coat.shade, 2.3)),
    pair(line("M28 14C25 6 19 6 15 9", coat.shade, 2)),
    oval(32, 58, 10.5, 9.5, coat.fur),
    oval(32, 43, 6.4, 7, coat.shade),
    fill("M32 10C44 10 48 18 46 26C44 34 38 38 32 38S20 34 18 26C16 18 20 10 32 10Z", coat.fur),
    pair(dot(22, 29.6, 2.3, coat.accent)),
    smile(31, coat),
    ...eyes(25.2, 23.6, 3.3, coat.ink),
  ];
}

function lizard(coat: Coat, seed: number): readonly Shape[] {
  return [
    oval(32, 66, 20, 20, coat.shade),
    ...(seed % 3 === 0 ? [fill("M24 18L27 8L31 15L34 7L37 15L41 10L42 19Z", coat.accent)] : []),
    pair(dot(19, 23, 8.6, coat.fur)),
    fill("M32 16C47 16 55 28 54 38C53 49 44 54 32 54S11 49 10 38C9 28 17 16 32 16Z", coat.fur),
    fill("M12 42C20 47 44 47 52 42C50 50 42 54 32 54S14 50 12 42Z", coat.pale),
    line("M13 41C20 46.4 44 46.4 51 41", coat.ink, 1.7),
    pair(dot(29.4, 36.4, 1.1, coat.ink)),
    ...[26, 32, 38].map((x, index) => dot(x, 24 + (index % 2) * 3.6, 1.9, coat.shade)),
    pair(dot(19.4, 23.4, 5.8, coat.pale)),
    ...eyes(19.8, 23.6, 3.6, coat.ink),
  ];
}

function newt(coat: Coat): readonly Shape[] {
  return [
    oval(32, 66, 18, 16, coat.shade),
    pair(line("M14 30C8 26 5 22 3 17M12 35C7 34 3 32 0 29M13 40C8 42 4 42 1 42", coat.accent, 4)),
    fill("M32 18C47 18 55 27 54 36C53 47 44 53 32 53S11 47 10 36C9 27 17 18 32 18Z", coat.fur),
    pair(dot(17.4, 41.6, 3.2, coat.accent)),
    line("M24 42C27 45.4 37 45.4 40 42", coat.ink, 1.7),
    dot(28, 24, 1.7, coat.shade),
    dot(37, 26, 2.1, coat.shade),
    ...eyes(20.4, 34.4, 3, coat.ink),
  ];
}

function turtle(coat: Coat, seed: number): readonly Shape[] {
  const plates = seed % 2 === 0 ? "M26 28L36 24L44 30L42 39H29Z" : "M28 24L35 30L42 24M24 40L35 30L46 40";
  return [
    pair(fill("M18 46C12 48 10 56 13 60H22C24 56 24 50 23 46Z", coat.fur)),
    fill("M54 42C58 42 62 45 63 49C59 50 55 49 52 47Z", coat.fur),
    fill("M16 46C8 45 2 40 2 32C2 25 8 21 13 23C19 25 18 33 22 38Z", coat.fur),
    fill("M14 47C15 27 24 15 36 15S56 28 57 47C57 51 14 51 14 47Z", coat.shade),
    line(plates, coat.fur, 2.6),
    line("M14.4 46C24 49 47 49 56.6 46", coat.pale, 4),
    dot(12, 36, 2, coat.accent),
    ...eye(9, 29.6, 2.6, coat.ink),
    line("M3.6 36C5 37.6 7 38 8.6 37.4", coat.ink, 1.5),
  ];
}

function snail(coat: Coat): readonly Shape[] {
  return [
    line("M11 30L8 17M18 30L20 17", coat.fur, 2.8),
    fill("M6 36C6 28 22 26 23 38C24 48 32 51 46 51C54 51 60 54 62 58H20C9 58 6 48 6 36Z", coat.fur),
    dot(40, 35, 18.4, coat.shade),
    line("M26 41C28 26 47 22 52 34C55 44 40 49 36 40C34 35 41 31 44 36", coat.pale, 3.2),
    dot(9.4, 42, 2.4, coat.accent),
    line("M11 45.4C13 47.4 16 47.2 17.6 45", coat.ink, 1.6),
    ...eye(8, 16, 3.3, coat.ink),
    ...eye(20.4, 16, 3.3, coat.ink),
  ];
}

function fan(coat: Coat): readonly Shape[] {
  return [
    fill("M24 50H40L42 59H22Z", coat.shade),
    fill(
      "M32 8C36 8 38 11 41 11C45 11 47 14 50 17C54 19 56 23 56 28C58 36 48 47 40 53H24C16 47 6 36 8 28C8 23 10 19 14 17C17 14 19 11 23 11C26 11 28 8 32 8Z",
      coat.fur,
    ),
    line("M32 51V13M28 51L20 15M36 51L44 15M25 51L11.6 25M39 51L52.4 25", coat.shade, 1.7),
    pair(dot(21, 41, 2.7, coat.accent)),
    smile(40.4, coat),
    ...eyes(25.6, 35, 3.4, coat.ink),
  ];
}

function lobster(coat: Coat): readonly Shape[] {
  return [
    pair(line("M27 20C24 10 16 5 8 6", coat.shade, 1.7)),
    pair(line("M20 36C12 36 9 32 10 26", coat.fur, 4)),
    pair(fill("M10 28C3 26 1 16 6 11C8 14 9 16 10.4 17C11.4 14 13 12 16 11C19 18 16 27 10 28Z", coat.fur)),
    pair(line("M20 44L10 45M21 49L12 53", coat.shade, 2.4)),
    fill("M25 50H39L42 60C38 63 36 58 32 62C28 58 26 63 22 60Z", coat.shade),
    fill("M32 16C43 16 46 26 45 36C44 46 40 54 32 54S20 46 19 36C18 26 21 16 32 16Z", coat.fur),
    line("M21 43C27 46 37 46 43 43M23.6 49C29 51 35 51 40.4 49", coat.shade, 1.8),
    pair(dot(23.6, 34, 2.4, coat.accent)),
    smile(34, coat),
    ...eyes(26, 28, 3.3, coat.ink),
  ];
}
