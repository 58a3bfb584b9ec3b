// What strict-v1 (SPEC.md §3) refuses by looking at bytes alone: lengths, unreduced numbers, small-order points.
// Not the signature equation; each suite adds it. Both suites ask here first, so that none of them decides what a
// library's own taste would: libraries differ on exactly these inputs. Runs per operation: no BigInt, no allocation.
import { fromHex, KEY_BYTES, SIGNATURE_BYTES } from "./bytes.ts";

/** Points and scalars alike are 32 little-endian bytes; a signature is the point R, then the scalar S. */
const ENCODED_BYTES = 32;
const SCALAR_OFFSET = ENCODED_BYTES;
const LAST = ENCODED_BYTES - 1;
const ALL_BITS = 0xff;
/** The top bit of an encoded point is the sign of x; y is the rest. */
const Y_BITS = 0x7f;

/** p = 2²⁵⁵ − 19. */
const FIELD_PRIME = fromHex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
/** L = 2²⁵² + 27742317777372353535851937790883648493. */
const GROUP_ORDER = fromHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
/**
 * The five y of the eight points of order 1, 2, 4 and 8, and y + p for the two that still fit in 255 bits. Step 3 already
 * refuses those two; with them the list is complete by itself, as the rule has it.
 */
const SMALL_ORDER_Y: readonly Uint8Array[] = [
  fromHex("0000000000000000000000000000000000000000000000000000000000000000"), // 0
  fromHex("0100000000000000000000000000000000000000000000000000000000000000"), // 1
  fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), // order 8
  fromHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), // order 8
  fromHex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"), // p − 1
  fromHex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"), // p
  fromHex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"), // p + 1
];

/**
 * Steps 1–4 of strict-v1; a suite may then check `encode([S]B − [k]A) == R` and nothing else.
 * 1. The signature has 64 bytes and the verifying key 32.
 * 2. S < L: otherwise S + L would be a second signature, thus a second id, for the same header.
 * 3. The y of A and of R are smaller than p.
 * 4. Neither A nor R has small order: a key of small order accepts messages its owner never saw.
 */
export function passesStrictPrechecks(signature: Uint8Array, verifyingKey: Uint8Array): boolean {
  return (
    signature.length === SIGNATURE_BYTES &&
    verifyingKey.length === KEY_BYTES &&
    isBelow(GROUP_ORDER, signature, SCALAR_OFFSET, ALL_BITS) &&
    isBelow(FIELD_PRIME, verifyingKey, 0, Y_BITS) &&
    isBelow(FIELD_PRIME, signature, 0, Y_BITS) &&
    !hasSmallOrder(verifyingKey) &&
    !hasSmallOrder(signature)
  );
}

/** Compares the number at `offset` with `bound` from its most significant byte down; nearly always the first decides. */
function isBelow(bound: Uint8Array, bytes: Uint8Array, offset: number, topBits: number): boolean {
  for (let i = LAST; i >= 0; i--) {
    const byte = (bytes[offset + i] as number) & (i === LAST ? topBits : ALL_BITS);
    const difference = byte - (bound[i] as number);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** Looks at the point in the first 32 bytes, whatever the sign of its x. */
function hasSmallOrder(bytes: Uint8Array): boolean {
  for (const y of SMALL_ORDER_Y) if (startsWithY(bytes, y)) return true;
  return false;
}

function startsWithY(bytes: Uint8Array, y: Uint8Array): boolean {
  for (let i = 0; i < LAST; i++) if (bytes[i] !== y[i]) return false;
  return ((bytes[LAST] as number) & Y_BITS) === y[LAST];
}
