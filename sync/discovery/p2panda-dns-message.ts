// DNS messages as far as p2panda's Rust nodes need them (RFC 1035 §4, RFC 6762): one question is written, the SRV, TXT,
// A and AAAA records of an answer are read. Not a resolver: nothing is cached, and lifetimes are not looked at. Hence not
// bonjour-service: some of these nodes name no PTR record and give all others 0 seconds to live, which is a goodbye to it.
import { concatBytes } from "../../protocol/operation/bytes.ts";

/** RFC 6762 §17: no mDNS message is larger, and none of a Rust node is over 1472. */
const MAX_MESSAGE_BYTES = 9_000;
/** What fits into 1472 bytes with 12 for each record; quadratic work stays small. */
const MAX_RECORDS = 128;
/** RFC 1035 §2.3.4, without the root's empty label. */
const MAX_NAME_BYTES = 254;
const MAX_LABEL_BYTES = 63;

const HEADER_BYTES = 12;
/** "This is an answer", an ordinary query's, without an error (RFC 6762 §18.2, §18.3, §18.11). */
const ANSWER_FLAGS = 0x8000;
const FLAGS_MASK = 0xf80f;
/** The highest two bits of a length say that the rest of the name stands elsewhere (RFC 1035 §4.1.4). */
const POINTER = 0xc0;

const INTERNET = 1;
/** The highest bit of a class asks to flush a cache (RFC 6762 §10.2). */
const CLASS_MASK = 0x7fff;
const A = 1;
const PTR = 12;
const TXT = 16;
const AAAA = 28;
const SRV = 33;

export type DnsRecord = { readonly name: string } & (
  | { readonly type: "SRV"; readonly port: number; readonly target: string }
  | { readonly type: "TXT"; readonly texts: readonly string[] }
  /** 4 bytes or 16. */
  | { readonly type: "address"; readonly ip: Uint8Array }
);

/** Thrown where bytes are not a DNS message; `code` is stable. */
export class DnsMessageError extends Error {
  override readonly name = "DnsMessageError";
  readonly code = "E_DNS_MESSAGE";
}

/** The question whose answers name everybody of a service: PTR, to all. */
export function writeQuestion(service: string): Uint8Array {
  const labels = service.split(".").map((label) => Uint8Array.of(label.length, ...[...label].map(codeOf)));
  const header = Uint8Array.of(0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0);
  return concatBytes(header, ...labels, Uint8Array.of(0, 0, PTR, 0, INTERNET));
}

/**
 * Records of an answer that a service can be found by, in their order, names in lower case; none if it is a question.
 * Throws DnsMessageError.
 */
export function readAnswer(message: Uint8Array): DnsRecord[] {
  if (message.length > MAX_MESSAGE_BYTES) throw syntax(`${message.length} bytes are over ${MAX_MESSAGE_BYTES}`);
  const reader = new DnsReader(message);
  reader.uint16();
  if ((reader.uint16() & FLAGS_MASK) !== ANSWER_FLAGS) return [];
  const questions = reader.uint16();
  const records = reader.uint16() + reader.uint16() + reader.uint16();
  if (questions + records > MAX_RECORDS) throw syntax(`it holds ${questions + records} records`);
  for (let i = 0; i < questions; i++) {
    reader.name();
    reader.take(4);
  }
  return Array.from({ length: records }, () => readRecord(reader)).filter((record) => record !== undefined);
}

/** Undefined for a record of another type or class. */
function readRecord(reader: DnsReader): DnsRecord | undefined {
  const name = reader.name();
  const type = reader.uint16();
  const recordClass = reader.uint16() & CLASS_MASK;
  reader.take(4);
  const length = reader.uint16();
  return reader.within(length, () => (recordClass === INTERNET ? readData(reader, name, type, length) : undefined));
}

function readData(reader: DnsReader, name: string, type: number, length: number): DnsRecord | undefined {
  switch (type) {
    case SRV: {
      reader.take(4);
      return { name, type: "SRV", port: reader.uint16(), target: reader.name() };
    }
    case TXT:
      return { name, type: "TXT", texts: readTexts(reader, length) };
    case A:
      return { name, type: "address", ip: reader.take(4) };
    case AAAA:
      return { name, type: "address", ip: reader.take(16) };
    default:
      return undefined;
  }
}

function readTexts(reader: DnsReader, length: number): string[] {
  const texts: string[] = [];
  for (let rest = length; rest > 0; ) {
    const size = reader.uint8();
    texts.push(latin1(reader.take(size)));
    rest -= 1 + size;
  }
  return texts;
}

/** One pass over a message. Every read throws DnsMessageError where the bytes are short. */
class DnsReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  uint8(): number {
    return this.take(1)[0] as number;
  }

  uint16(): number {
    return this.uint8() * 256 + this.uint8();
  }

  take(length: number): Uint8Array {
    const part = this.#bytes.subarray(this.#offset, this.#offset + length);
    if (part.length < length) throw syntax("its bytes end too early");
    this.#offset += length;
    return part;
  }

  /** Reads what stands in the next `length` bytes; what is left of them is passed over. */
  within<T>(length: number, read: () => T): T {
    const end = this.#offset + length;
    if (end > this.#bytes.length) throw syntax("its bytes end inside a record");
    const result = read();
    if (this.#offset > end) throw syntax("a record is longer than it says");
    this.#offset = end;
    return result;
  }

  /** Labels in lower case with dots between them. A pointer only leads further back, so that every name ends. */
  name(): string {
    const labels: string[] = [];
    let end: number | undefined;
    let earliest = this.#offset;
    let bytes = 0;
    for (let size = this.uint8(); size > 0; size = this.uint8()) {
      if (size >= POINTER) {
        const target = (size - POINTER) * 256 + this.uint8();
        if (target >= earliest || target < HEADER_BYTES) throw syntax("a name does not point back");
        end ??= this.#offset;
        earliest = target;
        this.#offset = target;
        continue;
      }
      bytes += 1 + size;
      if (size > MAX_LABEL_BYTES || bytes > MAX_NAME_BYTES) throw syntax("a name is too long");
      labels.push(latin1(this.take(size)).toLowerCase());
    }
    this.#offset = end ?? this.#offset;
    return labels.join(".");
  }
}

/** Names and texts that matter here are ASCII; what is not stays different from all of them. */
function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function codeOf(character: string): number {
  return character.charCodeAt(0);
}

function syntax(reason: string): DnsMessageError {
  return new DnsMessageError(`Cannot read DNS message: ${reason}`);
}
