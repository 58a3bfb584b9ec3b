// Which fonts a text is drawn with: the base face, and for what it lacks whichever other face has it. A character that
// no installed font has is replaced, since Skia would take it from whatever font the machine has.
import { type FontFile, fileFor, filesOf } from "./font-files.ts";
import { recall } from "./recall.ts";

/** Every screen draws its own words with it; the others are optional and may be left off a small card. */
const BASE = "atkinson-hyperlegible-next";
const SCRIPTS = ["noto-sans", "noto-sans-hebrew", "noto-sans-arabic", "noto-sans-thai"];
const EMOJI = "noto-emoji";
/** One code point, several shapes (Han unification): the language of the text decides who is asked first. */
const HAN: ReadonlyMap<string, readonly string[]> = new Map([
  ["ja", ["noto-sans-jp", "noto-sans-sc", "noto-sans-kr"]],
  ["zh", ["noto-sans-sc", "noto-sans-jp", "noto-sans-kr"]],
  ["ko", ["noto-sans-kr", "noto-sans-jp", "noto-sans-sc"]],
]);
const HAN_DEFAULT = "ja";

/** Stands for a character no registered font has. In the base font, so it never needs a font itself. */
const REPLACEMENT = "?";
const JOINER = 0x200d;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;
const MARK = /\p{M}/u;
const GRAPHEMES = new Intl.Segmenter("und", { granularity: "grapheme" });
/**
 * For one text; Skia tries them one after the other. Chinese titles of 44 characters need 8. What a stranger draws by
 * lot from the whole script would need 120, 70 MB and 4 s.
 */
const MAX_FILES = 20;
/** Distinct graphemes of a festival, CJK included. */
const CLUSTER_CACHE_ENTRIES = 5000;

export interface Typeset {
  /** Families for a CSS font value, in order of preference. */
  readonly families: string;
  /** The text, with what has no glyph replaced. */
  readonly text: string;
  /** Code points without a glyph, "U+1F9FF". */
  readonly missing: readonly string[];
}

/** How one grapheme is drawn. */
interface Cluster {
  readonly text: string;
  readonly files: readonly FontFile[];
  readonly missing: readonly string[];
}

const clusters = new Map<string, Cluster>();

/** Chooses and registers the fonts for a text. `lang` is BCP 47. */
export function typeset(text: string, lang: string): Typeset {
  const latin = baseFile();
  if (Array.from(text, (character) => character.codePointAt(0) ?? 0).every((point) => latin.covered?.has(point))) {
    return { families: `"${latin.family}"`, text, missing: [] };
  }
  const order = preference(lang);
  const used = new Set([latin]);
  const missing = new Set<string>();
  let drawable = "";
  for (const { segment } of GRAPHEMES.segment(text)) {
    const cluster = used.size < MAX_FILES ? clusterOf(segment, order) : chooseFor(segment, among(used));
    for (const file of cluster.files) used.add(file);
    for (const point of cluster.missing) missing.add(point);
    drawable += cluster.text;
  }
  const families = order.flatMap(filesOf).filter((file) => used.has(file));
  return {
    families: families.map(({ family }) => `"${family}"`).join(", "),
    text: drawable,
    missing: [...missing],
  };
}

/** Code points of a text that no installed font can draw, "U+1F9FF". */
export function missingGlyphs(text: string, lang = "und"): readonly string[] {
  return typeset(text, lang).missing;
}

function preference(lang: string): readonly string[] {
  const han = HAN.get(lang.toLowerCase().split("-")[0] ?? "") ?? HAN.get(HAN_DEFAULT) ?? [];
  return [BASE, ...SCRIPTS, ...han, EMOJI];
}

type FindFile = (points: readonly number[]) => FontFile | undefined;

function among(files: ReadonlySet<FontFile>): FindFile {
  return (points) => [...files].find(({ covered }) => points.every((point) => covered?.has(point)));
}

function clusterOf(segment: string, order: readonly string[]): Cluster {
  const key = `${order[SCRIPTS.length + 1]} ${segment}`;
  return recall(clusters, CLUSTER_CACHE_ENTRIES, key, () => chooseFor(segment, (points) => fileFor(points, order)));
}

/** One file for the whole grapheme, so that marks and joined emoji meet; else whatever each code point finds. */
function chooseFor(segment: string, find: FindFile): Cluster {
  const points = Array.from(segment, (character) => character.codePointAt(0) ?? 0);
  const visible = points.filter((point) => !INVISIBLE.test(String.fromCodePoint(point)));
  if (visible.length === 0) return { text: segment, files: [], missing: [] };
  const whole = find(points.filter((point) => point === JOINER || visible.includes(point)));
  if (whole !== undefined) return { text: segment, files: [whole], missing: [] };
  const found = new Map(visible.map((point) => [point, find([point])]));
  const lost = visible.filter((point) => found.get(point) === undefined);
  return {
    text: points.map((point) => (lost.includes(point) ? replacementOf(point) : String.fromCodePoint(point))).join(""),
    files: [...found.values()].filter((file) => file !== undefined),
    missing: lost.map((point) => `U+${point.toString(16).toUpperCase().padStart(4, "0")}`),
  };
}

/** A lost mark leaves its letter readable; a lost letter must not vanish. */
function replacementOf(point: number): string {
  return MARK.test(String.fromCodePoint(point)) ? "" : REPLACEMENT;
}

function baseFile(): FontFile {
  const file = fileFor([REPLACEMENT.charCodeAt(0)], [BASE]);
  if (file === undefined) throw new Error(`Cannot draw text: the package "${BASE}" is not installed`);
  return file;
}
