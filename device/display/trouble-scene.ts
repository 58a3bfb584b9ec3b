// What a box says that has no memory: nothing of a programme can stand here, and nobody can be met. It never changes, so
// that a panel is drawn once.
import { directionOf, displayText } from "./display-text.ts";
import type { Scene } from "./scene.ts";
import type { Words } from "./words.ts";

export function troubleScene(room: string, words: Words): Scene {
  return {
    lang: words.lang,
    direction: directionOf(words.now),
    header: { room: displayText(room) },
    body: {
      kind: "notice",
      text: words.noMemory.heading,
      detail: words.noMemory.detail,
      facts: words.noMemory.steps.map((value, index) => ({ name: String(index + 1), value })),
    },
    badge: { text: "", level: "fresh" },
    footer: { labels: [] },
  };
}
