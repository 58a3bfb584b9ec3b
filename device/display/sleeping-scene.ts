// What stays on the glass while the box has no power: nothing that could be out of date when somebody reads it.
import { directionOf, displayText } from "./display-text.ts";
import type { Scene } from "./scene.ts";
import type { Words } from "./words.ts";

export function sleepingScene(venue: string, words: Words): Scene {
  return {
    lang: words.lang,
    direction: directionOf(words.now),
    header: { room: displayText(venue) },
    body: { kind: "notice", text: words.sleeping.heading, detail: words.sleeping.detail },
    badge: { text: "", level: "fresh" },
    footer: { labels: [] },
  };
}
