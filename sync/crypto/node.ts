// The device's crypto suite: BLAKE3 by hash-wasm, Ed25519 by OpenSSL through node:crypto. The browser's is noble.ts;
// docs/decisions/002-ed25519-strict-v1.md says why both print the same answers.
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { createBLAKE3, type IHasher } from "hash-wasm";
import {
  asHash,
  asSignature,
  asVerifyingKey,
  type Hash,
  type Signature,
  type SigningKey,
  type VerifyingKey,
} from "../../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../../protocol/operation/crypto.ts";
import { passesStrictPrechecks } from "../../protocol/operation/strict-signature.ts";

/** More authors than write at once at a festival. Importing a key costs a quarter of a verification. */
const VERIFYING_KEYS_KEPT = 1000;
/** A device signs as itself; the rest is for a process that plays several authors. */
const SIGNING_KEYS_KEPT = 16;

/** The hasher is WebAssembly, hence the promise; after that everything but `verifyLater` is synchronous. */
export async function createNodeCrypto(): Promise<CryptoSuite> {
  return new NodeCrypto(await createBLAKE3());
}

class NodeCrypto implements CryptoSuite {
  readonly #hasher: IHasher;
  readonly #verifyingKeys = new KeyCache(VERIFYING_KEYS_KEPT, importVerifyingKey);
  readonly #signingKeys = new KeyCache(SIGNING_KEYS_KEPT, importSigningKey);

  constructor(hasher: IHasher) {
    this.#hasher = hasher;
  }

  /** One hasher serves every call: `init` forgets the last one, and `digest` copies out of the hasher's memory. */
  hash(bytes: Uint8Array): Hash {
    return asHash(this.#hasher.init().update(bytes).digest("binary"));
  }

  verifyingKey(signingKey: SigningKey): VerifyingKey {
    const exported = createPublicKey(this.#signingKeys.get(signingKey)).export({ format: "raw-public" });
    return asVerifyingKey(new Uint8Array(exported));
  }

  sign(message: Uint8Array, signingKey: SigningKey): Signature {
    return asSignature(new Uint8Array(sign(null, message, this.#signingKeys.get(signingKey))));
  }

  verify(message: Uint8Array, signature: Uint8Array, verifyingKey: Uint8Array): boolean {
    if (!passesStrictPrechecks(signature, verifyingKey)) return false;
    return verify(null, message, this.#verifyingKeys.get(verifyingKey), signature);
  }

  /** On libuv's thread pool, which copies the bytes before this returns. */
  verifyLater(message: Uint8Array, signature: Uint8Array, verifyingKey: Uint8Array): Promise<boolean> {
    if (!passesStrictPrechecks(signature, verifyingKey)) return Promise.resolve(false);
    const key = this.#verifyingKeys.get(verifyingKey);
    return new Promise((resolve, reject) => {
      verify(null, message, key, signature, (error, valid) => (error === null ? resolve(valid) : reject(error)));
    });
  }
}

/** Key objects by their raw bytes; the least recently used goes first. A Map remembers the order of insertion. */
class KeyCache {
  readonly #capacity: number;
  readonly #importKey: (raw: Buffer) => KeyObject;
  readonly #keys = new Map<string, KeyObject>();

  constructor(capacity: number, importKey: (raw: Buffer) => KeyObject) {
    this.#capacity = capacity;
    this.#importKey = importKey;
  }

  get(raw: Uint8Array): KeyObject {
    const view = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
    const name = view.toString("latin1");
    const key = this.#keys.get(name) ?? this.#importKey(view);
    this.#keys.delete(name);
    this.#keys.set(name, key);
    if (this.#keys.size > this.#capacity) this.#keys.delete(this.#keys.keys().next().value as string);
    return key;
  }
}

/** OpenSSL takes any 32 bytes here; bytes that are no point fail when a signature is verified. */
function importVerifyingKey(raw: Buffer): KeyObject {
  return createPublicKey({ key: raw, format: "raw-public", asymmetricKeyType: "ed25519" });
}

function importSigningKey(raw: Buffer): KeyObject {
  return createPrivateKey({ key: raw, format: "raw-private", asymmetricKeyType: "ed25519" });
}
