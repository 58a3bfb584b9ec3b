// The blobs of one topic on one device: bytes that its operations name by their hash. Keeps what is needed and nothing
// else; compares the hash of whatever comes and of whatever goes out. Knows no documents: what is needed, and what a blob
// may be, its policy says.
import { equalBytes, type Hash, toHex } from "../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../protocol/operation/crypto.ts";
import { type BlobAsker, BlobFetching, type WantedBlob } from "./blob-fetching.ts";
import type { BlobStore, Clock, HeldBlob, Logger } from "./ports.ts";
import type { BlobPart, BlobWant, PartOutcome } from "./session/blob-events.ts";
import { MAX_PART_BYTES } from "./session/blob-message.ts";
import { RecentSet } from "./session/recent-set.ts";

/** One that is forgotten is fetched once more: 2 GiB of nonsense later. */
const MAX_UNFIT = 4096;

export interface BlobPolicy {
  /** All that should be here, most wanted first. Within the room there is: whatever else is here goes. */
  needed(): readonly WantedBlob[];
  /** Whether these bytes are of a kind that is carried. */
  accepts(bytes: Uint8Array): boolean;
}

export interface BlobListener {
  /** There may be something to fetch. */
  wanted(): void;
  here(hash: Hash): void;
}

export interface BlobsOptions {
  readonly store: BlobStore;
  readonly suite: Pick<CryptoSuite, "hash">;
  readonly policy: BlobPolicy;
  readonly clock: Clock;
  readonly logger: Logger;
}

export class Blobs {
  readonly #options: BlobsOptions;
  readonly #fetching: BlobFetching;
  readonly #listeners = new Set<BlobListener>();
  /** Put by us and not named yet, hex: needed all the same. */
  readonly #unnamed = new Set<string>();
  /** Right by their hash and of no kind that is carried, hex: nobody has better bytes. */
  readonly #unfit = new RecentSet(MAX_UNFIT);
  #wanted: Promise<readonly WantedBlob[]> | undefined;
  /** A peer asks for one blob part by part. */
  #last: { readonly hash: Hash; readonly bytes: Uint8Array } | undefined;

  constructor(options: BlobsOptions) {
    this.#options = options;
    const { clock, suite } = options;
    const freed = (): void => this.#tell((listener) => listener.wanted());
    this.#fetching = new BlobFetching({ clock, hash: (bytes) => suite.hash(bytes), freed });
  }

  subscribe(listener: BlobListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What is held, without a look at the bytes. */
  held(): Promise<HeldBlob[]> {
    return this.#options.store.held();
  }

  /** Its bytes, if they still are what the hash says; what is not goes, and is fetched again. Rejects with StoreError. */
  async get(hash: Hash): Promise<Uint8Array | undefined> {
    if (this.#last && equalBytes(this.#last.hash, hash)) return this.#last.bytes;
    const { store, suite, logger } = this.#options;
    const bytes = await store.get(hash);
    if (bytes === undefined) return undefined;
    if (equalBytes(suite.hash(bytes), hash)) {
      this.#last = { hash, bytes };
      return bytes;
    }
    logger.error("blob damaged", { hash: toHex(hash) });
    await store.drop([hash]);
    this.renewed();
    return undefined;
  }

  /** For a peer: from this byte on, as much as fits into a frame. */
  async part({ hash, from }: BlobWant): Promise<BlobPart | undefined> {
    const bytes = await this.get(hash);
    if (bytes === undefined || from >= bytes.length) return undefined;
    return { total: bytes.length, bytes: bytes.subarray(from, from + MAX_PART_BYTES) };
  }

  /** Blobs of our own, durable before `name` publishes what names them. Rejects with StoreError. */
  async add<Named>(blobs: readonly Uint8Array[], name: () => Promise<Named>): Promise<Named> {
    const hashes = blobs.map((bytes) => this.#options.suite.hash(bytes));
    for (const hash of hashes) this.#unnamed.add(toHex(hash));
    try {
      for (const [index, hash] of hashes.entries()) await this.#put(hash, blobs[index] as Uint8Array);
      return await name();
    } finally {
      for (const hash of hashes) this.#unnamed.delete(toHex(hash));
    }
  }

  /** What is needed may have changed. */
  renewed(): void {
    this.#wanted = undefined;
    if (this.#listeners.size === 0) return;
    this.#listWanted().then(
      (wanted) => wanted.length > 0 && this.#tell((listener) => listener.wanted()),
      (error: unknown) => this.#options.logger.error("blobs not listed", { error: String(error) }),
    );
  }

  /** Drops what is not needed any more; gives how many. Rejects with StoreError. */
  async tidy(): Promise<number> {
    const { store, policy } = this.#options;
    const needed = new Set(policy.needed().map(({ hash }) => toHex(hash)));
    const held = await store.held();
    const rest = held.filter(({ hash }) => !needed.has(toHex(hash)) && !this.#unnamed.has(toHex(hash)));
    if (rest.length === 0) return 0;
    this.#last = undefined;
    return store.drop(rest.map(({ hash }) => hash));
  }

  /** What to fetch from a peer that lacks these, hex. Rejects with StoreError. */
  async choose(asker: BlobAsker, lacking: ReadonlySet<string>): Promise<BlobWant | undefined> {
    return this.#fetching.choose(asker, await this.#listWanted(), lacking);
  }

  /** A part that a peer sent. Does not reject: without a store there is just nothing to fetch. */
  async take(asker: BlobAsker, hash: Hash, part: BlobPart): Promise<PartOutcome> {
    const fetched = this.#fetching.take(asker, hash, part);
    switch (fetched.status) {
      case "more":
        return fetched;
      case "stale":
        return { status: "over" };
      case "wrong":
        return this.#fail(asker, hash, fetched.code);
      case "whole":
        return this.#keep(asker, hash, fetched.bytes);
    }
  }

  giveUp(asker: BlobAsker): void {
    this.#fetching.giveUp(asker);
  }

  left(asker: BlobAsker): void {
    this.#fetching.left(asker);
  }

  async #keep(asker: BlobAsker, hash: Hash, bytes: Uint8Array): Promise<PartOutcome> {
    try {
      if (!this.#options.policy.accepts(bytes)) {
        this.#unfit.add(toHex(hash));
        this.#wanted = undefined;
        return this.#fail(asker, hash, "E_BLOB_KIND");
      }
      await this.tidy();
      await this.#put(hash, bytes);
      return { status: "over" };
    } catch (error) {
      return this.#fail(asker, hash, String(error));
    } finally {
      this.#fetching.giveUp(asker);
    }
  }

  #fail({ key }: BlobAsker, hash: Hash, reason: string): PartOutcome {
    this.#options.logger.warn("blob refused", { hash: toHex(hash), peer: key, reason });
    return { status: "failed" };
  }

  async #put(hash: Hash, bytes: Uint8Array): Promise<void> {
    await this.#options.store.put(hash, bytes);
    this.#wanted = undefined;
    this.#tell((listener) => listener.here(hash));
  }

  /** Asked of the store once for all sessions, until something changes. */
  #listWanted(): Promise<readonly WantedBlob[]> {
    this.#wanted ??= this.#missing().catch((error) => {
      this.#wanted = undefined;
      throw error;
    });
    return this.#wanted;
  }

  async #missing(): Promise<readonly WantedBlob[]> {
    const { store, policy } = this.#options;
    const needed = policy.needed();
    if (needed.length === 0) return [];
    const here = new Set((await store.held()).map(({ hash }) => toHex(hash)));
    return needed.filter(({ hash }) => !here.has(toHex(hash)) && !this.#unfit.has(toHex(hash)));
  }

  #tell(say: (listener: BlobListener) => void): void {
    for (const listener of this.#listeners) say(listener);
  }
}
