// What some animals carry on their heads, drawn behind the ears.
import type { Coat } from "./coat.ts";
import { dot, fill, line, pair, type Shape } from "./shapes.ts";

export type Horns = "none" | "antlers" | "curl" | "up" | "swept" | "spiral" | "nubs";

export function horns(kind: Horns, coat: Coat): readonly Shape[] {
  switch (kind) {
    case "none":
      return [];
    case "antlers":
      return [
        pair(
          line(
            "M26 18C24 12 17 12 14 3M21.5 12.4C22 9 23.5 6.5 25.4 4M16.8 8.6C13.6 9.6 10.6 9 8 7.4",
            coat.accent,
            2.6,
          ),
        ),
      ];
    case "curl":
      return [
        pair(line("M25 19C17 9 5 13 6.5 23C7.8 31 17 31 17 25", coat.pale, 5)),
        pair(line("M12 14.4L14.6 18M7 20L11 20.6M9.6 27.6L12.2 24.6", coat.shade, 1)),
      ];
    case "up":
      return [pair(fill("M23 21C15 18 11 11 15 3C17 9 22 13 29 16Z", coat.pale))];
    case "swept":
      return [
        pair(fill("M25 19C23 12 18 5 10 2C20 2 28 8 30 17Z", coat.pale)),
        pair(line("M25.4 12.4L28.6 11.2M22.8 8.8L25.6 7.2", coat.shade, 1)),
      ];
    case "spiral":
      return [pair(line("M27 19C22 15 28 12 24.6 9S26 5 22 1.6", coat.pale, 3))];
    case "nubs":
      return [pair(line("M27 19L25 9.4", coat.shade, 3)), pair(dot(25, 8, 2.9, coat.ink))];
  }
}
