// The languages of the phone. The first that the browser asks for and that is here; English where none is.
import { ARABIC } from "./ar.ts";
import { GERMAN } from "./de.ts";
import { ENGLISH, type Words } from "./en.ts";

export type { Words } from "./en.ts";

const LANGUAGES: ReadonlyMap<string, Words> = new Map<string, Words>([
  ["en", ENGLISH],
  ["de", GERMAN],
  ["ar", ARABIC],
]);

/** All of them, to choose from. */
export const ALL_WORDS: readonly Words[] = [...LANGUAGES.values()];

/** `tags` are BCP 47, the dearest first. */
export function wordsFor(tags: readonly string[]): Words {
  for (const tag of tags) {
    const words = LANGUAGES.get(tag.toLowerCase().split("-")[0] ?? "");
    if (words !== undefined) return words;
  }
  return ENGLISH;
}
