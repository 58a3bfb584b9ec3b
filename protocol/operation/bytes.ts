// Byte strings: the branded 32- and 64-byte values of an operation, comparison, concatenation, hex.
// Branding happens once, at the edge where bytes come in; inside, the type says what they are.

declare const brand: unique symbol;
type Branded<Name extends string> = Uint8Array & { readonly [brand]: Name };

/** BLAKE3-256 of something: an operation's id, a body's hash. 32 bytes. */
export type Hash = Branded<"Hash">;
/** Ed25519 public key; the author of a log. 32 bytes. */
export type VerifyingKey = Branded<"VerifyingKey">;
/** Ed25519 seed. 32 bytes. */
export type SigningKey = Branded<"SigningKey">;
/** R ‖ S. 64 bytes. */
export type Signature = Branded<"Signature">;
/** What peers gather around: one festival. 32 bytes. */
export type Topic = Branded<"Topic">;
/** Which of an author's logs; BLAKE3(topic) for a festival. 32 bytes. */
export type LogId = Branded<"LogId">;

export const HASH_BYTES = 32;
export const KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;

export function asHash(bytes: Uint8Array): Hash {
  return sized(bytes, HASH_BYTES, "hash") as Hash;
}

export function asVerifyingKey(bytes: Uint8Array): VerifyingKey {
  return sized(bytes, KEY_BYTES, "verifying key") as VerifyingKey;
}

export function asSigningKey(bytes: Uint8Array): SigningKey {
  return sized(bytes, KEY_BYTES, "signing key") as SigningKey;
}

export function asSignature(bytes: Uint8Array): Signature {
  return sized(bytes, SIGNATURE_BYTES, "signature") as Signature;
}

export function asTopic(bytes: Uint8Array): Topic {
  return sized(bytes, HASH_BYTES, "topic") as Topic;
}

export function asLogId(bytes: Uint8Array): LogId {
  return sized(bytes, HASH_BYTES, "log id") as LogId;
}

function sized(bytes: Uint8Array, length: number, what: string): Uint8Array {
  if (bytes.length !== length) throw new RangeError(`Cannot use ${bytes.length} bytes as a ${what}: it has ${length}`);
  return bytes;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Lexicographic order; negative, zero or positive, as `sort` wants it. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

const HEX_PAIRS: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const HEX_VALUES: ReadonlyMap<string, number> = new Map(HEX_PAIRS.map((pair, byte) => [pair, byte]));

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  let hex = "";
  for (const byte of bytes) hex += HEX_PAIRS[byte];
  return hex;
}

/** Reads lower- or upper-case hex; throws RangeError for anything else. */
export function fromHex(hex: string): Uint8Array {
  if (hex.length % 2 !== 0) throw new RangeError(`Cannot read hex: ${hex.length} digits is not an even number`);
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    const value = HEX_VALUES.get(hex.slice(2 * i, 2 * i + 2).toLowerCase());
    if (value === undefined)
      throw new RangeError(`Cannot read hex: "${hex.slice(2 * i, 2 * i + 2)}" is not a hex pair`);
    bytes[i] = value;
  }
  return bytes;
}
