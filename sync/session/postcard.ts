// Postcard, as far as p2panda's sync messages need it (SPEC.md §5.1): varints, byte strings, raw bytes, options.
// Stricter than Rust's reader: over-long varints are refused, because an honest peer never writes one.
import { concatBytes } from "../../protocol/operation/bytes.ts";
import { SessionError } from "./errors.ts";

const CONTINUES = 0x80;
const VARINT_BITS = 7;
/** A u64 needs ten groups of seven bits. */
const MAX_VARINT_BYTES = 10;

export class PostcardReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get rest(): number {
    return this.#bytes.length - this.#offset;
  }

  /** An unsigned integer up to `max`, which is at most 2^53 - 1. */
  uint(what: string, max: number): number {
    let value = 0;
    for (let i = 0; i < MAX_VARINT_BYTES; i++) {
      const byte = this.#byte(what);
      value += (byte & (CONTINUES - 1)) * 2 ** (VARINT_BITS * i);
      if (byte >= CONTINUES) continue;
      if (byte === 0 && i > 0) throw broken(`${what} is not in its shortest form`);
      if (value > max) throw broken(`${what} is over ${max}`);
      return value;
    }
    throw broken(`${what} has no end`);
  }

  bool(what: string): boolean {
    const byte = this.#byte(what);
    if (byte > 1) throw broken(`${what} is not a boolean`);
    return byte === 1;
  }

  /** A byte string: its length, then its bytes. The result is a view, not a copy. */
  bytes(what: string, maxLength: number): Uint8Array {
    return this.raw(this.uint(`length of ${what}`, maxLength), what);
  }

  sizedBytes(what: string, length: number): Uint8Array {
    const bytes = this.bytes(what, length);
    if (bytes.length !== length) throw broken(`${what} has ${bytes.length} bytes instead of ${length}`);
    return bytes;
  }

  raw(length: number, what: string): Uint8Array {
    if (length > this.rest) throw broken(`the message ends inside ${what}`);
    const from = this.#offset;
    this.#offset += length;
    return this.#bytes.subarray(from, this.#offset);
  }

  #byte(what: string): number {
    const byte = this.#bytes[this.#offset];
    if (byte === undefined) throw broken(`the message ends inside ${what}`);
    this.#offset += 1;
    return byte;
  }

  /** Call when all was read: bytes behind the message are refused. */
  end(): void {
    if (this.rest > 0) throw broken(`${this.rest} bytes follow after the message`);
  }
}

function broken(reason: string): SessionError {
  return new SessionError("E_MESSAGE", `Cannot read message: ${reason}`);
}

/** Most numbers of a message fit in one byte. */
const ONE_BYTE_UINTS: readonly Uint8Array[] = Array.from({ length: CONTINUES }, (_, value) => Uint8Array.of(value));

export class PostcardWriter {
  readonly #parts: Uint8Array[] = [];

  uint(value: number): this {
    const single = ONE_BYTE_UINTS[value];
    if (single) return this.raw(single);
    const bytes: number[] = [];
    let rest = value;
    while (rest >= CONTINUES) {
      bytes.push((rest % CONTINUES) + CONTINUES);
      rest = Math.floor(rest / CONTINUES);
    }
    bytes.push(rest);
    return this.raw(Uint8Array.from(bytes));
  }

  bool(value: boolean): this {
    return this.uint(value ? 1 : 0);
  }

  bytes(value: Uint8Array): this {
    return this.uint(value.length).raw(value);
  }

  raw(value: Uint8Array): this {
    this.#parts.push(value);
    return this;
  }

  option(value: Uint8Array | undefined): this {
    return value === undefined ? this.uint(0) : this.uint(1).bytes(value);
  }

  finish(): Uint8Array {
    return concatBytes(...this.#parts);
  }
}
