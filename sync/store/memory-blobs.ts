// The reference store of blobs: what SqliteBlobs must answer, in the plainest way. For tests, simulations and a page that
// may keep nothing; forgets everything with the process.
import { compareBytes, type Hash, toHex } from "../../protocol/operation/bytes.ts";
import type { BlobStore, HeldBlob } from "../ports.ts";

export class MemoryBlobs implements BlobStore {
  readonly #blobs = new Map<string, { readonly hash: Hash; readonly bytes: Uint8Array }>();

  /** A copy is kept: the bytes may be a view into a frame. */
  async put(hash: Hash, bytes: Uint8Array): Promise<void> {
    const name = toHex(hash);
    if (!this.#blobs.has(name)) this.#blobs.set(name, { hash, bytes: bytes.slice() });
  }

  async get(hash: Hash): Promise<Uint8Array | undefined> {
    return this.#blobs.get(toHex(hash))?.bytes.slice();
  }

  async held(): Promise<HeldBlob[]> {
    const held = [...this.#blobs.values()].map(({ hash, bytes }) => ({ hash, bytes: bytes.length }));
    return held.sort((a, b) => compareBytes(a.hash, b.hash));
  }

  async drop(hashes: readonly Hash[]): Promise<number> {
    return hashes.filter((hash) => this.#blobs.delete(toHex(hash))).length;
  }
}
