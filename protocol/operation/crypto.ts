// The crypto port: what protocol logic needs from a hash and a signature scheme, without choosing an implementation.
// Suites live in sync/crypto (node:crypto on the device, noble in the browser) and must agree on every vector.
import type { Hash, Signature, SigningKey, VerifyingKey } from "./bytes.ts";

/** Ed25519 with the acceptance rule `strict-v1` (SPEC.md §3) and BLAKE3-256, unkeyed. */
export interface CryptoSuite {
  hash(bytes: Uint8Array): Hash;
  verifyingKey(signingKey: SigningKey): VerifyingKey;
  sign(message: Uint8Array, signingKey: SigningKey): Signature;
  /** Never throws for any input bytes: wrong lengths and undecodable points are `false`. */
  verify(message: Uint8Array, signature: Uint8Array, verifyingKey: Uint8Array): boolean;
  /** Same answer as `verify`, computed off the calling thread where the suite can. */
  verifyLater(message: Uint8Array, signature: Uint8Array, verifyingKey: Uint8Array): Promise<boolean>;
}
