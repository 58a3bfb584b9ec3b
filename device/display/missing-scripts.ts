// Which scripts a festival writes in and this box has no letters for (display.md §5.4): told at the start, not found out
// by whoever stands before a row of question marks. Fetches nothing.
import { missingGlyphs } from "./fonts.ts";

/** The scripts of living languages that people write programmes in, as Unicode names them. */
const SCRIPTS = (
  "Latin Cyrillic Greek Arabic Hebrew Thai Han Hiragana Katakana Hangul Devanagari Bengali Gurmukhi Gujarati Oriya Tamil " +
  "Telugu Kannada Malayalam Sinhala Lao Tibetan Myanmar Georgian Armenian Ethiopic Cherokee Khmer Mongolian Thaana Syriac " +
  "Nko Tifinagh Yi Bopomofo Javanese Balinese Vai Adlam Canadian_Aboriginal"
).split(" ");
const MATCHERS = SCRIPTS.map((name) => [name.replaceAll("_", " "), new RegExp(`\\p{Script=${name}}`, "u")] as const);
const OTHER = "signs";
/** Every letter of the largest festival; what a stranger draws by lot beyond that is not looked up. */
const MAX_CHARACTERS = 3_000;

export interface MissingScript {
  readonly script: string;
  /** Different ones. */
  readonly characters: number;
}

/** The one that lacks most comes first. */
export function missingScripts(texts: Iterable<string>): MissingScript[] {
  const lost = new Map<string, number>();
  for (const character of charactersOf(texts)) {
    if (missingGlyphs(character).length === 0) continue;
    const script = MATCHERS.find(([, matches]) => matches.test(character))?.[0] ?? OTHER;
    lost.set(script, (lost.get(script) ?? 0) + 1);
  }
  return [...lost]
    .map(([script, characters]) => ({ script, characters }))
    .sort((a, b) => b.characters - a.characters || (a.script < b.script ? -1 : 1));
}

function charactersOf(texts: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const text of texts) {
    for (const character of text) found.add(character);
    if (found.size >= MAX_CHARACTERS) break;
  }
  return found;
}
