// Reading and writing single CBOR items for the header's fixed shape (SPEC.md §2.2): shortest heads, definite lengths,
// no tags, no floats. Not a general codec: bodies go through cbor.ts.
import { DecodeError } from "./errors.ts";
import { MAX_EXTENSION_DEPTH, MAX_EXTENSION_ITEMS } from "./limits.ts";

const UINT = 0;
const BYTES = 2;
const TEXT = 3;
const ARRAY = 4;
const MAP = 5;
const SIMPLE = 7;

const CBOR_FALSE = 0xf4;
const CBOR_TRUE = 0xf5;
const CBOR_NULL = 0xf6;

/** One pass over header bytes. Every read throws DecodeError where the bytes are short, long-winded or another type. */
export class CborReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get offset(): number {
    return this.#offset;
  }

  get done(): boolean {
    return this.#offset === this.#bytes.length;
  }

  uint(what: string, max: number): number {
    const value = this.#head(UINT, what);
    if (value > max) throw new DecodeError("E_HEADER_LIMIT", `Cannot decode header: ${what} ${value} is over ${max}`);
    return value;
  }

  bytes(what: string, length: number): Uint8Array {
    const actual = this.#head(BYTES, what);
    if (actual !== length) throw syntax(`${what} has ${actual} bytes instead of ${length}`);
    return this.#take(length, what);
  }

  array(what: string): number {
    return this.#head(ARRAY, what);
  }

  bool(what: string): boolean {
    const byte = this.#take(1, what)[0];
    if (byte !== CBOR_FALSE && byte !== CBOR_TRUE) throw syntax(`${what} is not a boolean`);
    return byte === CBOR_TRUE;
  }

  /** Passes over one item of any shape and returns its bytes. */
  item(what: string): Uint8Array {
    const start = this.#offset;
    const budget = { items: MAX_EXTENSION_ITEMS };
    this.#skip(what, MAX_EXTENSION_DEPTH, budget);
    return this.#bytes.subarray(start, this.#offset);
  }

  #skip(what: string, depth: number, budget: { items: number }): void {
    budget.items -= 1;
    if (depth === 0 || budget.items < 0) {
      throw new DecodeError("E_HEADER_LIMIT", `Cannot decode header: ${what} is nested too deep or too large`);
    }
    const major = (this.#peek(what) >> 5) as number;
    if (major === SIMPLE) {
      this.#skipSimple(what);
      return;
    }
    const value = this.#head(major, what);
    if (major === BYTES || major === TEXT) this.#take(value, what);
    if (major < ARRAY) return;
    if (major > MAP) throw syntax(`${what} holds a tag`);
    const children = major === MAP ? value * 2 : value;
    if (children > budget.items) {
      throw new DecodeError("E_HEADER_LIMIT", `Cannot decode header: ${what} holds ${children} items`);
    }
    for (let i = 0; i < children; i++) this.#skip(what, depth - 1, budget);
  }

  #skipSimple(what: string): void {
    const byte = this.#take(1, what)[0];
    if (byte !== CBOR_FALSE && byte !== CBOR_TRUE && byte !== CBOR_NULL) {
      throw syntax(`${what} holds a float or an unknown simple value`);
    }
  }

  #peek(what: string): number {
    const byte = this.#bytes[this.#offset];
    if (byte === undefined) throw syntax(`bytes end before ${what}`);
    return byte;
  }

  #head(major: number, what: string): number {
    const first = this.#peek(what);
    if (first >> 5 !== major) throw syntax(`${what} has CBOR type ${first >> 5} instead of ${major}`);
    this.#offset += 1;
    const info = first & 0x1f;
    if (info < 24) return info;
    if (info > 27) throw canonical(`${what} has an indefinite or reserved length`);
    const width = 1 << (info - 24);
    let value = 0;
    for (let i = 0; i < width; i++) {
      value = value * 256 + this.#peek(what);
      this.#offset += 1;
    }
    if (value < (SHORTEST_FROM[info - 24] as number)) throw canonical(`${what} is not in its shortest form`);
    if (value > Number.MAX_SAFE_INTEGER) {
      throw new DecodeError("E_HEADER_LIMIT", `Cannot decode header: ${what} is over 2^53 - 1`);
    }
    return value;
  }

  #take(length: number, what: string): Uint8Array {
    const end = this.#offset + length;
    if (end > this.#bytes.length) throw syntax(`bytes end inside ${what}`);
    const part = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return part;
  }
}

/** Smallest value that needs an argument of 1, 2, 4 and 8 bytes (RFC 8949 §4.2.1). */
const SHORTEST_FROM = [24, 2 ** 8, 2 ** 16, 2 ** 32] as const;

function syntax(reason: string): DecodeError {
  return new DecodeError("E_HEADER_SYNTAX", `Cannot decode header: ${reason}`);
}

function canonical(reason: string): DecodeError {
  return new DecodeError("E_HEADER_CANONICAL", `Cannot decode header: ${reason}`);
}

/** Enough for a header with its body's hash and a backlink. */
const BUFFER_BYTES = 512;

/** Collects items into one buffer that grows; `finish` returns a copy of what was written. */
export class CborWriter {
  #buffer = new Uint8Array(BUFFER_BYTES);
  #length = 0;

  uint(value: number): this {
    return this.#head(UINT, value);
  }

  bytes(value: Uint8Array): this {
    return this.#head(BYTES, value.length).raw(value);
  }

  array(length: number): this {
    return this.#head(ARRAY, length);
  }

  bool(value: boolean): this {
    this.#reserve(1);
    this.#buffer[this.#length++] = value ? CBOR_TRUE : CBOR_FALSE;
    return this;
  }

  /** Appends an item that is encoded already. */
  raw(item: Uint8Array): this {
    this.#reserve(item.length);
    this.#buffer.set(item, this.#length);
    this.#length += item.length;
    return this;
  }

  finish(): Uint8Array {
    return this.#buffer.slice(0, this.#length);
  }

  #head(major: number, value: number): this {
    this.#reserve(9);
    let width = 0;
    while (width < SHORTEST_FROM.length && value >= (SHORTEST_FROM[width] as number)) width++;
    if (width === 0) {
      this.#buffer[this.#length++] = (major << 5) | value;
      return this;
    }
    const bytes = 1 << (width - 1);
    this.#buffer[this.#length++] = (major << 5) | (23 + width);
    let rest = value;
    for (let i = bytes - 1; i >= 0; i--) {
      this.#buffer[this.#length + i] = rest % 256;
      rest = Math.floor(rest / 256);
    }
    this.#length += bytes;
    return this;
  }

  #reserve(extra: number): void {
    if (this.#length + extra <= this.#buffer.length) return;
    const larger = new Uint8Array(Math.max(this.#buffer.length * 2, this.#length + extra));
    larger.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = larger;
  }
}
