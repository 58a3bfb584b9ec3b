// What a phone keeps beside the operations, in a database of its own.
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { asIndexedDbError } from "../../../../sync/store/indexeddb-errors.ts";
import {
  type Belongings,
  type BelongingsStore,
  type FestivalBelongings,
  NOTHING,
  NOTHING_OF_A_FESTIVAL,
} from "./belongings.ts";

const NAME = "lagerfeuer";
const VERSION = 1;
const ALL = "all";

interface Schema extends DBSchema {
  belongings: { key: string; value: Belongings };
  /** By topic. */
  festivals: { key: string; value: FestivalBelongings };
}

export class IndexedDbBelongings implements BelongingsStore {
  readonly #database: IDBPDatabase<Schema>;

  private constructor(database: IDBPDatabase<Schema>) {
    this.#database = database;
  }

  static async open(): Promise<IndexedDbBelongings> {
    const database = openDB<Schema>(NAME, VERSION, {
      upgrade: (fresh) => {
        for (const name of ["belongings", "festivals"] as const) fresh.createObjectStore(name);
      },
    });
    return new IndexedDbBelongings(await asked("open this phone's belongings", database));
  }

  async read(): Promise<Belongings> {
    return (await asked("read this phone's belongings", this.#database.get("belongings", ALL))) ?? NOTHING;
  }

  async write(belongings: Belongings): Promise<void> {
    await this.#put("belongings", ALL, belongings);
  }

  async readFestival(topic: string): Promise<FestivalBelongings> {
    const kept = await asked("read this phone's belongings", this.#database.get("festivals", topic));
    return kept ?? NOTHING_OF_A_FESTIVAL;
  }

  async writeFestival(topic: string, belongings: FestivalBelongings): Promise<void> {
    await this.#put("festivals", topic, belongings);
  }

  async forgetFestival(topic: string): Promise<void> {
    await asked("forget a festival", this.#database.delete("festivals", topic));
  }

  /** A key must be on the medium before anything is signed with it. */
  async #put<Name extends keyof Schema & ("belongings" | "festivals")>(
    name: Name,
    key: string,
    value: Schema[Name]["value"],
  ): Promise<void> {
    const writing = this.#database.transaction(name, "readwrite", { durability: "strict" });
    await asked("keep this phone's belongings", Promise.all([writing.store.put(value, key), writing.done]));
  }
}

async function asked<Answer>(action: string, question: Promise<Answer>): Promise<Answer> {
  try {
    return await question;
  } catch (error) {
    throw asIndexedDbError(error, action);
  }
}
