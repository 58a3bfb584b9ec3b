// The browser's crypto suite: plain JavaScript, so it also works on a page from plain HTTP, where crypto.subtle is absent.
// The device's is node.ts. `ed.verify` is not used: neither of its two modes is strict-v1 (SPEC.md §3).
import * as ed from "@noble/ed25519";
import { blake3 } from "@noble/hashes/blake3.js";
import { sha512 } from "@noble/hashes/sha2.js";
import {
  asHash,
  asSignature,
  asVerifyingKey,
  concatBytes,
  equalBytes,
  type Hash,
  type Signature,
  type SigningKey,
  toHex,
  type VerifyingKey,
} from "../../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../../protocol/operation/crypto.ts";
import { passesStrictPrechecks } from "../../protocol/operation/strict-signature.ts";

/** Where a signature's R ends and its S begins. */
const SCALAR_OFFSET = 32;

export function createNobleCrypto(): CryptoSuite {
  ed.hashes.sha512 = sha512;
  return new NobleCrypto();
}

class NobleCrypto implements CryptoSuite {
  hash(bytes: Uint8Array): Hash {
    return asHash(blake3(bytes));
  }

  verifyingKey(signingKey: SigningKey): VerifyingKey {
    return asVerifyingKey(ed.getPublicKey(signingKey));
  }

  sign(message: Uint8Array, signingKey: SigningKey): Signature {
    return asSignature(ed.sign(message, signingKey));
  }

  verify(message: Uint8Array, signature: Uint8Array, verifyingKey: Uint8Array): boolean {
    return passesStrictPrechecks(signature, verifyingKey) && satisfiesEquation(message, signature, verifyingKey);
  }

  verifyLater(message: Uint8Array, signature: Uint8Array, verifyingKey: Uint8Array): Promise<boolean> {
    return Promise.resolve(this.verify(message, signature, verifyingKey));
  }
}

/** The cofactorless equation, compared as bytes: `encode([S]B − [k]A) == R`. R is never decoded. */
function satisfiesEquation(message: Uint8Array, signature: Uint8Array, verifyingKey: Uint8Array): boolean {
  const author = decodePoint(verifyingKey);
  if (author === undefined) return false;
  const commitment = signature.subarray(0, SCALAR_OFFSET);
  const response = littleEndian(signature.subarray(SCALAR_OFFSET));
  const challenge = littleEndian(sha512(concatBytes(commitment, verifyingKey, message))) % ed.Point.CURVE().n;
  const expected = ed.Point.BASE.multiplyUnsafe(response).subtract(author.multiplyUnsafe(challenge));
  return equalBytes(expected.toBytes(), commitment);
}

/** `undefined` where no point of the curve has this y; noble throws for nothing else once the prechecks passed. */
function decodePoint(bytes: Uint8Array): ed.Point | undefined {
  try {
    return ed.Point.fromBytes(bytes);
  } catch {
    return undefined;
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes.toReversed())}`);
}
