// Font files as npm brings them: one package per face, cut into subsets. A file is read and registered when a text first
// needs it, since a Japanese face alone has 124. Registration is global in Skia, so what is registered is kept here
// for the whole process too.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { coverageOf } from "./font-coverage.ts";
import { GlobalFonts } from "./skia.ts";

/** Files are looked up by the upper bits of a code point: a character nobody has is known to be lost at once. */
const PAGE_BITS = 8;

export interface FontFile {
  readonly family: string;
  readonly path: string;
  /** Pairs first, last: what the package promises. */
  readonly declared: readonly (readonly [number, number])[];
  covered?: ReadonlySet<number>;
}

/** All files of one package. */
interface Face {
  readonly files: readonly FontFile[];
  readonly byPage: ReadonlyMap<number, readonly FontFile[]>;
}

const require = createRequire(import.meta.url);
const faces = new Map<string, Face>();

/** The subsets of a face in the order of its package; none if that is not installed. */
export function filesOf(name: string): readonly FontFile[] {
  return faceOf(name).files;
}

/** The first file of these faces that has all the code points, registered; undefined also for no code points. */
export function fileFor(points: readonly number[], order: readonly string[]): FontFile | undefined {
  const [first] = points;
  if (first === undefined) return undefined;
  for (const name of order) {
    const file = faceOf(name)
      .byPage.get(first >> PAGE_BITS)
      ?.find((one) => points.every((point) => promises(one, point) && coverage(one).has(point)));
    if (file !== undefined) return file;
  }
  return undefined;
}

function promises(file: FontFile, point: number): boolean {
  return file.declared.some(([first, last]) => point >= first && point <= last);
}

function coverage(file: FontFile): ReadonlySet<number> {
  if (file.covered === undefined) {
    file.covered = coverageOf(readFileSync(file.path));
    GlobalFonts.registerFromPath(file.path, file.family);
  }
  return file.covered;
}

function faceOf(name: string): Face {
  const known = faces.get(name);
  if (known !== undefined) return known;
  const files = readPackage(`@fontsource-variable/${name}`, name);
  const byPage = new Map<number, FontFile[]>();
  for (const file of files) {
    for (const page of new Set(file.declared.flatMap(pagesOf))) byPage.set(page, [...(byPage.get(page) ?? []), file]);
  }
  const face = { files, byPage };
  faces.set(name, face);
  return face;
}

function pagesOf([first, last]: readonly [number, number]): readonly number[] {
  const from = first >> PAGE_BITS;
  return Array.from({ length: (last >> PAGE_BITS) - from + 1 }, (_, index) => from + index);
}

function readPackage(specifier: string, name: string): readonly FontFile[] {
  let ranges: Readonly<Record<string, string>>;
  try {
    ranges = JSON.parse(readFileSync(require.resolve(`${specifier}/unicode.json`), "utf8"));
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "MODULE_NOT_FOUND") return [];
    throw cause;
  }
  return Object.entries(ranges).map(([subset, declared]) => {
    const family = `${name}-${subset.replace(/[[\]]/g, "")}`;
    return {
      family,
      path: require.resolve(`${specifier}/files/${family}-wght-normal.woff2`),
      declared: declared.split(",").map(parseRange),
    };
  });
}

/** "U+0400-045F" or "U+0301". */
function parseRange(range: string): readonly [number, number] {
  const [first = "", last = first] = range.trim().slice("U+".length).split("-");
  return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
}
