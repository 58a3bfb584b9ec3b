// Canonical CBOR for bodies (SPEC.md §7.2): one value, one encoding. The only file that knows cbor-x.
// Reading has two walls: a scan for what a body may not hold (cbor-scan.ts), then encode(decode(bytes)) must equal bytes.
// Not for headers, whose fixed shape has its own codec.
import { Encoder } from "cbor-x/encode";
import { compareBytes, equalBytes } from "./bytes.ts";
import { CborError, type CborLimits, scanCbor } from "./cbor-scan.ts";
import { MAX_BODY_BYTES } from "./limits.ts";

export { type CborCode, CborError, type CborLimits } from "./cbor-scan.ts";

/** Numbers are integers within ±(2^53 − 1). Maps that were read have no prototype, so `__proto__` is an ordinary key. */
export type CborValue = null | boolean | number | string | Uint8Array | readonly CborValue[] | CborMap;

export interface CborMap {
  readonly [key: string]: CborValue;
}

/** body → f → open → window is depth 4; two more for extensions (reliability: 6). */
const MAX_DEPTH = 6;
/** A resource with 400 open and 400 closed windows has about 4,300 items, keys included; twice that is enough. */
const MAX_ITEMS = 8192;
/** resource/1 has 29 fields; as many again for extensions. */
const MAX_MAP_KEYS = 64;

export const BODY_LIMITS: CborLimits = {
  bytes: MAX_BODY_BYTES,
  depth: MAX_DEPTH,
  items: MAX_ITEMS,
  mapKeys: MAX_MAP_KEYS,
};

/**
 * Shortest heads, definite lengths, keys in the bytewise order of their encodings (RFC 8949 §4.2.1). What it returns,
 * `decodeCbor` accepts under the same limits. Throws CborError for anything that is not a CborValue or over a limit.
 */
export function encodeCbor(value: CborValue, limits: CborLimits = BODY_LIMITS): Uint8Array {
  const bytes = new Uint8Array(write(value, limits.depth));
  scanCbor(bytes, limits);
  return bytes;
}

/** Throws CborError unless `bytes` are exactly what `encodeCbor` writes for the value that they hold. */
export function decodeCbor(bytes: Uint8Array, limits: CborLimits = BODY_LIMITS): CborValue {
  scanCbor(bytes, limits);
  // A view of its own, since cbor-x leaves a property on what it reads.
  const value = fromWire(codec.decode(bytes.subarray()) as Wire);
  if (!equalBytes(write(value, limits.depth), bytes)) {
    throw new CborError(
      "E_CBOR_CANONICAL",
      "Cannot read CBOR: a form is not the shortest, or keys repeat or lack order",
    );
  }
  return value;
}

/** What cbor-x is given and gives back: BigInt where it would write a float, Map where an object would reorder keys. */
type Wire = null | boolean | number | bigint | string | Uint8Array | Wire[] | Map<string, Wire>;

// "cbor-x/encode" is its portable build: no native string reader, so that device and browser run the same code.
const codec = new Encoder({
  useRecords: false,
  variableMapSize: true,
  mapsAsObjects: false,
  tagUint8Array: false,
  copyBuffers: true,
});

const UINT32_RANGE = 2 ** 32;

/** Returns a piece of cbor-x's own buffer: to compare or to copy, not to keep. */
function write(value: CborValue, depthLeft: number): Uint8Array {
  return codec.encode(toWire(value, depthLeft));
}

function toWire(value: CborValue, depthLeft: number): Wire {
  switch (typeof value) {
    case "string":
      if (!value.isWellFormed()) throw unwritable("a text has half of a surrogate pair");
      return value;
    case "number":
      return wireNumber(value);
    case "boolean":
      return value;
    case "object":
      return value === null || value instanceof Uint8Array ? value : wireContainer(value, depthLeft);
    default:
      throw unwritable(`${typeof value} is not a CBOR value`);
  }
}

function wireContainer(value: readonly CborValue[] | CborMap, depthLeft: number): Wire {
  if (depthLeft === 0) throw new CborError("E_CBOR_LIMIT", "Cannot write CBOR: it is nested too deep");
  if (isList(value)) return value.map((item) => toWire(item, depthLeft - 1));
  const wire = new Map<string, Wire>();
  for (const key of Object.keys(value).sort(compareKeys)) {
    wire.set(key, toWire(value[key] as CborValue, depthLeft - 1));
  }
  return wire;
}

/** Array.isArray does not narrow a readonly array out of a union. */
function isList(value: readonly CborValue[] | CborMap): value is readonly CborValue[] {
  return Array.isArray(value);
}

function wireNumber(value: number): number | bigint {
  if (!Number.isSafeInteger(value)) throw unwritable(`${value} is not an integer within ±(2^53 - 1)`);
  return value >= UINT32_RANGE || value < -UINT32_RANGE ? BigInt(value) : value;
}

function fromWire(wire: Wire): CborValue {
  if (typeof wire === "bigint") return Number(wire);
  if (Array.isArray(wire)) return wire.map(fromWire);
  if (!(wire instanceof Map)) return wire;
  const map: Record<string, CborValue> = Object.create(null);
  for (const [key, value] of wire) map[key] = fromWire(value);
  return map;
}

const utf8 = new TextEncoder();
const NOT_ASCII = /[\u0080-\uffff]/;

/** The head of a text grows with its length in bytes, so shorter keys come first. */
function compareKeys(a: string, b: string): number {
  if (NOT_ASCII.test(a) || NOT_ASCII.test(b)) return compareEncoded(utf8.encode(a), utf8.encode(b));
  return a.length - b.length || (a < b ? -1 : 1);
}

function compareEncoded(a: Uint8Array, b: Uint8Array): number {
  return a.length - b.length || compareBytes(a, b);
}

function unwritable(reason: string): CborError {
  return new CborError("E_CBOR_CANONICAL", `Cannot write CBOR: ${reason}`);
}
