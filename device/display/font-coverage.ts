// Which characters a WOFF2 file really has: reads its "cmap" table (W3C WOFF2 §4–5, OpenType cmap formats 4 and 12).
// The ranges that font packages declare are wishes of a style sheet; more than half of Atkinson's are not in its file,
// and a character drawn without a glyph comes from whatever font the machine has, or is an empty box.
import { brotliDecompressSync } from "node:zlib";

const HEADER_BYTES = 48;
const TABLE_COUNT_OFFSET = 12;
const SIGNATURE = 0x774f4632;
/** Numbers of known tags in a WOFF2 table directory. */
const TAG_CMAP = 0;
const TAG_GLYF = 10;
const TAG_LOCA = 11;
const TAG_SPELLED_OUT = 63;
/** For glyf and loca this transform means "as it is"; for all other tables 0 does. */
const NULL_GLYPH_TRANSFORM = 3;

export class FontFileError extends Error {
  override readonly name = "FontFileError";
  readonly code = "E_FONT_FILE";
}

/** Code points with a glyph. Throws FontFileError for bytes that are not a WOFF2 font with a cmap. */
export function coverageOf(woff2: Buffer): ReadonlySet<number> {
  try {
    return cmapCodePoints(cmapOf(woff2));
  } catch (cause) {
    if (cause instanceof FontFileError) throw cause;
    throw new FontFileError("Cannot read font: its bytes are not WOFF2", { cause });
  }
}

function cmapOf(woff2: Buffer): Buffer {
  if (woff2.readUInt32BE(0) !== SIGNATURE) throw new FontFileError("Cannot read font: it does not begin with wOF2");
  let at = HEADER_BYTES;
  const base128 = () => {
    let value = 0;
    for (let byte = 0x80; byte & 0x80; at++) {
      byte = woff2.readUInt8(at);
      value = value * 128 + (byte & 0x7f);
    }
    return value;
  };
  let before = 0;
  let cmap: { start: number; end: number } | undefined;
  for (let left = woff2.readUInt16BE(TABLE_COUNT_OFFSET); left > 0; left--) {
    const flags = woff2.readUInt8(at++);
    const tag = flags & 0x3f;
    if (tag === TAG_SPELLED_OUT) at += 4;
    const original = base128();
    const transform = flags >> 6;
    const isPlain = tag === TAG_GLYF || tag === TAG_LOCA ? transform === NULL_GLYPH_TRANSFORM : transform === 0;
    const length = isPlain ? original : base128();
    if (tag === TAG_CMAP) cmap = { start: before, end: before + length };
    before += length;
  }
  if (cmap === undefined) throw new FontFileError("Cannot read font: it has no cmap table");
  return brotliDecompressSync(woff2.subarray(at)).subarray(cmap.start, cmap.end);
}

function cmapCodePoints(cmap: Buffer): ReadonlySet<number> {
  const points = new Set<number>();
  const add = (first: number, last: number) => {
    for (let point = first; point <= last; point++) points.add(point);
  };
  for (let record = cmap.readUInt16BE(2) - 1; record >= 0; record--) {
    const table = cmap.subarray(cmap.readUInt32BE(4 + 8 * record + 4));
    const format = table.readUInt16BE(0);
    if (format === 4) segments(table, add);
    if (format === 12) groups(table, add);
  }
  return points;
}

/** Format 4: the basic plane. U+FFFF only ends the table. */
function segments(table: Buffer, add: (first: number, last: number) => void): void {
  const twiceCount = table.readUInt16BE(6);
  for (let at = 0; at < twiceCount; at += 2) {
    add(table.readUInt16BE(16 + twiceCount + at), Math.min(table.readUInt16BE(14 + at), 0xfffe));
  }
}

/** Format 12: all planes. */
function groups(table: Buffer, add: (first: number, last: number) => void): void {
  for (let left = table.readUInt32BE(12), at = 16; left > 0; left--, at += 12) {
    add(table.readUInt32BE(at), table.readUInt32BE(at + 4));
  }
}
