// A crypto suite for simulations: SHA-256 in place of BLAKE3, and "signatures" that anybody could forge but that still tell a changed
// message from an unchanged one. Answers at once, so that a run depends on its seed alone.
import { createHash } from "node:crypto";
import {
  asHash,
  asSignature,
  asVerifyingKey,
  concatBytes,
  equalBytes,
  type Signature,
} from "../../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../../protocol/operation/crypto.ts";

function sign(message: Uint8Array, verifyingKey: Uint8Array): Signature {
  const digest = createHash("sha512").update(concatBytes(verifyingKey, message)).digest();
  return asSignature(new Uint8Array(digest));
}

export function createToyCrypto(): CryptoSuite {
  const hash = (bytes: Uint8Array) => asHash(new Uint8Array(createHash("sha256").update(bytes).digest()));
  const verifyingKey = (signingKey: Uint8Array) => asVerifyingKey(hash(signingKey));
  const verify = (message: Uint8Array, signature: Uint8Array, key: Uint8Array) =>
    equalBytes(signature, sign(message, key));
  return {
    hash,
    verifyingKey,
    sign: (message, signingKey) => sign(message, verifyingKey(signingKey)),
    verify,
    verifyLater: (message, signature, key) => Promise.resolve(verify(message, signature, key)),
  };
}
