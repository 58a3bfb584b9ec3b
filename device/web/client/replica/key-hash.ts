// The hash by which a key is drawn and named, remembered: each picture of an animal asks for it.
import { fromHex } from "../../../../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../../../../protocol/operation/crypto.ts";

const hashes = new Map<string, Uint8Array>();

export function hashOf(key: string, suite: CryptoSuite): Uint8Array {
  const known = hashes.get(key);
  if (known) return known;
  const hash = suite.hash(fromHex(key));
  hashes.set(key, hash);
  return hash;
}
