// Stands for sync/crypto/node.ts where a test runs in a page.
import type { CryptoSuite } from "../../../protocol/operation/crypto.ts";
import { createNobleCrypto } from "../../../sync/crypto/noble.ts";

export async function createNodeCrypto(): Promise<CryptoSuite> {
  return createNobleCrypto();
}
