// First wall for the bytes of a body (SPEC.md §7.2): one pass that refuses what a body may not hold, before anything is
// allocated. Not a decoder, and no judge of shortest forms and key order: cbor.ts encodes again and compares for those.

/**
 * - E_CBOR_SYNTAX: not one well-formed item (cut short, trailing bytes, reserved heads, text that is not UTF-8)
 * - E_CBOR_CANONICAL: well-formed, but not the one way in which a body is written
 * - E_CBOR_LIMIT: too large, too deep, too many
 */
export type CborCode = "E_CBOR_SYNTAX" | "E_CBOR_CANONICAL" | "E_CBOR_LIMIT";

/** Bytes that are no body, or a value that cannot be written as one; `code` is stable. */
export class CborError extends Error {
  override readonly name = "CborError";
  readonly code: CborCode;

  constructor(code: CborCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export interface CborLimits {
  readonly bytes: number;
  /** Arrays and maps inside one another; a lone array has depth 1. */
  readonly depth: number;
  /** Data items in the whole, keys and containers included (RFC 8949 §1.2). */
  readonly items: number;
  readonly mapKeys: number;
}

/** Throws CborError for everything that SPEC.md §7.2 forbids, except long forms and key order. */
export function scanCbor(bytes: Uint8Array, limits: CborLimits): void {
  if (bytes.length > limits.bytes) throw limit(`${bytes.length} bytes are over ${limits.bytes}`);
  const scanner = new Scanner(bytes, limits);
  scanner.item(0);
  if (scanner.offset < bytes.length) throw syntax("bytes follow the first item");
}

const NEGATIVE = 1;
const BYTES = 2;
const TEXT = 3;
const ARRAY = 4;
const MAP = 5;
const TAG = 6;
const SIMPLE = 7;

const CBOR_FALSE = 0xf4;
const CBOR_NULL = 0xf6;

const utf8 = new TextDecoder("utf-8", { fatal: true });

class Scanner {
  readonly #bytes: Uint8Array;
  readonly #limits: CborLimits;
  #offset = 0;
  #items = 0;

  constructor(bytes: Uint8Array, limits: CborLimits) {
    this.#bytes = bytes;
    this.#limits = limits;
  }

  get offset(): number {
    return this.#offset;
  }

  /** Passes over one item that stands inside `depth` containers. */
  item(depth: number): void {
    this.#items += 1;
    if (this.#items > this.#limits.items) throw limit(`it holds more than ${this.#limits.items} items`);
    const first = this.#byte();
    const major = first >> 5;
    if (major === TAG) throw canonical("it holds a tag");
    if (major === SIMPLE) {
      if (first < CBOR_FALSE || first > CBOR_NULL) throw canonical("it holds a float, undefined or a simple value");
      return;
    }
    const argument = this.#argument(first & 0x1f);
    if (major === NEGATIVE && argument === Number.MAX_SAFE_INTEGER) throw limit("an integer is below -(2^53 - 1)");
    if (major === BYTES) this.#skip(argument);
    if (major === TEXT) this.#text(argument);
    if (major === ARRAY) this.#array(argument, depth + 1);
    if (major === MAP) this.#map(argument, depth + 1);
  }

  #array(length: number, depth: number): void {
    this.#enter(depth);
    for (let i = 0; i < length; i++) this.item(depth);
  }

  #map(length: number, depth: number): void {
    this.#enter(depth);
    if (length > this.#limits.mapKeys) throw limit(`a map has more than ${this.#limits.mapKeys} keys`);
    for (let i = 0; i < length; i++) {
      const key = this.#bytes[this.#offset];
      if (key !== undefined && key >> 5 !== TEXT) throw canonical("a map has a key that is not text");
      this.item(depth);
      this.item(depth);
    }
  }

  #enter(depth: number): void {
    if (depth > this.#limits.depth) throw limit(`it is nested deeper than ${this.#limits.depth}`);
  }

  /** Texts begin with no byte order mark: decoders disagree on whether it belongs to the text. */
  #text(length: number): void {
    const start = this.#offset;
    this.#skip(length);
    if (this.#isAscii(start)) return;
    const text = this.#bytes.subarray(start, this.#offset);
    if (text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf) throw canonical("a text begins with U+FEFF");
    try {
      utf8.decode(text);
    } catch (cause) {
      throw new CborError("E_CBOR_SYNTAX", "Cannot read CBOR: a text is not UTF-8", { cause });
    }
  }

  /** From `start` to where the scan stands. */
  #isAscii(start: number): boolean {
    for (let i = start; i < this.#offset; i++) if ((this.#bytes[i] as number) >= 0x80) return false;
    return true;
  }

  #argument(info: number): number {
    if (info < 24) return info;
    if (info === 31) throw canonical("it has an indefinite length");
    if (info > 27) throw syntax(`${info} is a reserved length`);
    const width = 1 << (info - 24);
    let value = 0;
    for (let i = 0; i < width; i++) value = value * 256 + this.#byte();
    if (value > Number.MAX_SAFE_INTEGER) throw limit("a number or a length is over 2^53 - 1");
    return value;
  }

  #byte(): number {
    const byte = this.#bytes[this.#offset];
    if (byte === undefined) throw syntax("bytes end before an item");
    this.#offset += 1;
    return byte;
  }

  #skip(length: number): void {
    if (length > this.#bytes.length - this.#offset) throw syntax("bytes end inside a string");
    this.#offset += length;
  }
}

function syntax(reason: string): CborError {
  return new CborError("E_CBOR_SYNTAX", `Cannot read CBOR: ${reason}`);
}

function canonical(reason: string): CborError {
  return new CborError("E_CBOR_CANONICAL", `Cannot read CBOR: ${reason}`);
}

function limit(reason: string): CborError {
  return new CborError("E_CBOR_LIMIT", `Cannot read CBOR: ${reason}`);
}
