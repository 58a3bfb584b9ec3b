// A store of blobs in a browser's IndexedDB: what SqliteBlobs is to a box, this is to a phone. Lengths lie apart from bytes,
// so that whoever asks what is here reads no picture.
import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from "idb";
import type { Hash } from "../../protocol/operation/bytes.ts";
import type { BlobStore, HeldBlob } from "../ports.ts";
import { asIndexedDbError } from "./indexeddb-errors.ts";
import { type KeyBytes, keyOf } from "./indexeddb-rows.ts";

/** Counts up with every change of a row. */
const VERSION = 1;
const STORE_NAMES: ("bytes" | "lengths")[] = ["bytes", "lengths"];

/** Both by hash. */
interface BlobSchema extends DBSchema {
  bytes: { key: KeyBytes; value: Uint8Array };
  lengths: { key: KeyBytes; value: number };
}

export class IndexedDbBlobs implements BlobStore {
  readonly #database: IDBPDatabase<BlobSchema>;

  private constructor(database: IDBPDatabase<BlobSchema>) {
    this.#database = database;
  }

  /** `name` is that of the database; one for each topic. Rejects with StoreError. */
  static async open(name: string): Promise<IndexedDbBlobs> {
    const opening = openDB<BlobSchema>(name, VERSION, {
      upgrade: (fresh) => {
        for (const store of STORE_NAMES) fresh.createObjectStore(store);
      },
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
    return new IndexedDbBlobs(await asked("open the store of blobs", opening));
  }

  /** Everything in it. Others that have it open let go of it. */
  static async delete(name: string): Promise<void> {
    await deleteDB(name);
  }

  async put(hash: Hash, bytes: Uint8Array): Promise<void> {
    const own = bytes.slice();
    await this.#write("keep a blob", async (stores) => {
      if ((await stores.objectStore("lengths").getKey(keyOf(hash))) !== undefined) return;
      await stores.objectStore("bytes").put(own, keyOf(hash));
      await stores.objectStore("lengths").put(own.length, keyOf(hash));
    });
  }

  get(hash: Hash): Promise<Uint8Array | undefined> {
    return asked("read a blob", this.#database.get("bytes", keyOf(hash)));
  }

  async held(): Promise<HeldBlob[]> {
    const reading = this.#database.transaction("lengths").store;
    const [hashes, lengths] = await asked("list blobs", Promise.all([reading.getAllKeys(), reading.getAll()]));
    return hashes.map((hash, index) => ({ hash: new Uint8Array(hash) as Hash, bytes: lengths[index] ?? 0 }));
  }

  async drop(hashes: readonly Hash[]): Promise<number> {
    return this.#write("drop blobs", async (stores) => {
      let dropped = 0;
      for (const hash of hashes) {
        const key = keyOf(hash);
        if ((await stores.objectStore("lengths").getKey(key)) === undefined) continue;
        await Promise.all(STORE_NAMES.map((name) => stores.objectStore(name).delete(key)));
        dropped += 1;
      }
      return dropped;
    });
  }

  /** Resolves when it is on the medium; a throw inside undoes it. */
  async #write<Result>(action: string, work: (stores: Writing) => Promise<Result>): Promise<Result> {
    const writing = openWriting(this.#database);
    const [result] = await asked(action, Promise.all([work(writing), writing.done]));
    return result;
  }
}

type Writing = ReturnType<typeof openWriting>;

function openWriting(database: IDBPDatabase<BlobSchema>) {
  return database.transaction(STORE_NAMES, "readwrite", { durability: "strict" });
}

async function asked<Answer>(action: string, question: Promise<Answer>): Promise<Answer> {
  try {
    return await question;
  } catch (error) {
    throw asIndexedDbError(error, action);
  }
}
