// What every store of blobs must do, whatever it lies on. Run by test/sync/store/memory-blobs.test.ts and
// sqlite-blobs.test.ts, and in a page by test/web-client/indexeddb.test.ts.
import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { asHash } from "../../protocol/operation/bytes.ts";
import { MAX_BLOB_BYTES } from "../../protocol/operation/limits.ts";
import type { BlobStore } from "../../sync/ports.ts";

/** Makes an empty store and has it closed after the test. */
export type BlobSetup = (t: TestContext) => BlobStore | Promise<BlobStore>;

const [low, high] = [asHash(new Uint8Array(32).fill(1)), asHash(new Uint8Array(32).fill(200))];

export function blobContract(name: string, setup: BlobSetup): void {
  describe(name, () => {
    test("an empty store holds nothing and drops nothing", async (t) => {
      const store = await setup(t);
      assert.equal(await store.get(low), undefined);
      assert.deepEqual(await store.held(), []);
      assert.equal(await store.drop([low]), 0);
    });

    test("a blob is given back byte for byte, from one byte to the largest", async (t) => {
      const store = await setup(t);
      const largest = Uint8Array.from({ length: MAX_BLOB_BYTES }, (_, index) => (index * 31) & 255);
      await store.put(high, largest);
      await store.put(low, Uint8Array.of(7));
      assert.deepEqual(await store.get(high), largest);
      assert.deepEqual(await store.get(low), Uint8Array.of(7));
      assert.deepEqual(await store.held(), [
        { hash: low, bytes: 1 },
        { hash: high, bytes: MAX_BLOB_BYTES },
      ]);
    });

    test("what is put or given back is nobody's to change", async (t) => {
      const store = await setup(t);
      const given = Uint8Array.of(1, 2, 3);
      await store.put(low, given.subarray(1));
      given.fill(9);
      (await store.get(low))?.fill(8);
      assert.deepEqual(await store.get(low), Uint8Array.of(2, 3));
    });

    test("a blob that is put again stays as it was", async (t) => {
      const store = await setup(t);
      await store.put(low, Uint8Array.of(1));
      await store.put(low, Uint8Array.of(2));
      assert.deepEqual(await store.get(low), Uint8Array.of(1));
    });

    test("what is dropped is gone, the rest stays, and what was dropped may come again", async (t) => {
      const store = await setup(t);
      await store.put(low, Uint8Array.of(1));
      await store.put(high, Uint8Array.of(2));
      assert.equal(await store.drop([low, low]), 1);
      assert.equal(await store.get(low), undefined);
      assert.deepEqual(await store.get(high), Uint8Array.of(2));
      await store.put(low, Uint8Array.of(3));
      assert.deepEqual(await store.get(low), Uint8Array.of(3));
    });
  });
}
