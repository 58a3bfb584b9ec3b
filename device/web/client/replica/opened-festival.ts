// One festival on this phone: its replica, a writer for each key, the documents that its operations come to. News is taken
// into the documents in slices, so that fingers are never kept waiting; what this phone wrote is there at once.
import type { PictureClaim } from "../../../../protocol/festival/picture.ts";
import { equalBytes, fromHex, type Topic, toHex } from "../../../../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../../../../protocol/operation/crypto.ts";
import type { LogWriter } from "../../../../sync/log-writer.ts";
import { type OwnKey, ownKey } from "../../../../sync/own-key.ts";
import type { BlobStore, Clock, Logger, Store, StoredOperation } from "../../../../sync/ports.ts";
import { Replica } from "../../../../sync/replica.ts";
import { Pictures } from "../../../pictures.ts";
import { FestivalFold } from "../festival/fold.ts";
import { pictureClaims } from "../festival/picture-claims.ts";
import { asPhoneError, PhoneError } from "./phone-error.ts";

/** Operations read from the store at once. */
const PAGE_OPERATIONS = 200;
/** A finger notices 50 ms; a phone takes four times what a laptop takes. */
const SLICE_MS = 8;
/** As on a box that made it itself (sync/ingest-group.ts). */
const OWN = 0;
/** Some two hundred as phones take them; of a phone's own photographs nobody misses so much. */
const PICTURE_MEGABYTES = 64;

export interface OpeningFestival {
  readonly topic: Topic;
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly suite: CryptoSuite;
  readonly clock: Clock;
  readonly logger: Logger;
  /** 32 bytes each; the first is the one by which other devices know this phone. */
  readonly signingKeys: readonly [Uint8Array, ...Uint8Array[]];
  /** Lets others run for a moment. */
  readonly breathe: () => Promise<void>;
  /** The documents are others now: by something done here, by news, or because more of what is stored was read. */
  readonly changed: (by: Change) => void;
}

export type Change = "us" | "others" | "store";

/** What the documents name as far as they were all read: a picture never goes because its document was not read yet. */
interface Claims {
  latest: readonly PictureClaim[];
}

export class OpenedFestival {
  readonly replica: Replica;
  readonly pictures: Pictures;
  readonly fold = new FestivalFold();
  readonly #options: OpeningFestival;
  readonly #writers = new Map<string, Promise<LogWriter>>();
  readonly #queue: StoredOperation[] = [];
  readonly #claims: Claims;
  #isTaking = false;
  #isWhole = false;
  #isForgetful = false;
  /** All that was stored when it was opened is in the documents. Rejects with StoreError. */
  ready: Promise<void> = Promise.resolve();

  private constructor(
    options: OpeningFestival,
    parts: { readonly replica: Replica; readonly pictures: Pictures; readonly claims: Claims },
  ) {
    this.#options = options;
    this.replica = parts.replica;
    this.pictures = parts.pictures;
    this.#claims = parts.claims;
  }

  /** What is stored comes into the documents meanwhile: see `ready`. Rejects with StoreError. */
  static async open(options: OpeningFestival): Promise<OpenedFestival> {
    const { topic, store, suite, clock, breathe } = options;
    const key = keyOf(options.signingKeys[0], suite);
    const claims: Claims = { latest: [] };
    const pictures = new Pictures({
      ...options,
      store: options.blobs,
      claims: () => claims.latest,
      megabytes: PICTURE_MEGABYTES,
    });
    const replica = await Replica.open({ store, suite, topic, clock, key, breathe, blobs: pictures.blobs });
    const opened = new OpenedFestival(options, { replica, pictures, claims });
    replica.subscribe({
      accepted: (operations) => opened.#news(operations),
      completed: (operation) => opened.#news([operation]),
    });
    pictures.blobs.subscribe({ wanted: () => {}, here: () => options.changed("store") });
    opened.ready = opened.#takeStored();
    return opened;
  }

  get topic(): string {
    return toHex(this.#options.topic);
  }

  /** Writes bodies into the log of a key. Resolves with their ids when they are durable and in the documents. */
  async publish(bodies: readonly Uint8Array[], signingKey: Uint8Array): Promise<readonly string[]> {
    const key = keyOf(signingKey, this.#options.suite);
    const name = toHex(key.verifyingKey);
    const writer = this.#writers.get(name) ?? this.replica.writerOf(key);
    this.#writers.set(name, writer);
    try {
      const operations = await (await writer).publish(bodies);
      return operations.map(({ id }) => toHex(id));
    } catch (error) {
      this.#writers.delete(name);
      throw asPhoneError(error);
    }
  }

  /** All operations that are here, page by page, in the order of arrival. */
  async *operations(): AsyncGenerator<readonly StoredOperation[]> {
    let after = 0;
    for (;;) {
      const page = await this.replica.store.since(this.replica.topic, after, PAGE_OPERATIONS);
      if (page.length === 0) return;
      yield page;
      after = page.at(-1)?.arrival ?? after;
    }
  }

  /** Up to where an author's log is here. */
  heightOf(author: string): number {
    return this.fold.documents.logs.heightOf(author);
  }

  async #takeStored(): Promise<void> {
    this.#isForgetful = false;
    this.#isWhole = false;
    for await (const page of this.operations()) await this.#takeSlices([...page], "store");
    this.#isWhole = !this.#isForgetful;
    this.#claimPictures();
    if (this.#isWhole) return;
    this.fold.restart();
    await this.#takeStored();
  }

  #news(operations: readonly StoredOperation[]): void {
    const own = operations.filter(({ logId }) => equalBytes(logId, this.replica.logId));
    if (own.some(({ introducer }) => introducer === OWN)) {
      if (this.fold.take(own)) this.#again();
      this.#claimPictures();
      this.#options.changed("us");
      return;
    }
    this.#queue.push(...own);
    if (!this.#isTaking) void this.#takeQueue();
  }

  async #takeQueue(): Promise<void> {
    this.#isTaking = true;
    this.#isForgetful = false;
    await this.#takeSlices(this.#queue, "others");
    this.#isTaking = false;
    if (this.#isForgetful) this.#again();
    this.#claimPictures();
  }

  #claimPictures(): void {
    if (!this.#isWhole) return;
    this.#claims.latest = pictureClaims(this.fold.documents);
    this.pictures.blobs.renewed();
  }

  /** Empties `operations`, which may grow meanwhile. */
  async #takeSlices(operations: StoredOperation[], by: Change): Promise<void> {
    const { clock, breathe, changed } = this.#options;
    while (operations.length > 0) {
      const until = clock.monotonicMs() + SLICE_MS;
      let taken = 0;
      for (const operation of operations) {
        if (this.fold.take([operation])) this.#isForgetful = true;
        taken += 1;
        if (clock.monotonicMs() >= until) break;
      }
      operations.splice(0, taken);
      changed(by);
      await breathe();
    }
  }

  /** Somebody asks to be forgotten: their documents are made anew from what still counts. */
  #again(): void {
    this.fold.restart();
    this.ready = this.#takeStored();
    this.ready.catch(() => {});
  }
}

export function keyOf(signingKey: Uint8Array, suite: CryptoSuite): OwnKey {
  return ownKey(signingKey as OwnKey["signingKey"], suite);
}

/** Topics come from codes that people scan. */
export function topicOf(hex: string): Topic {
  if (/^[0-9a-f]{64}$/.test(hex)) return fromHex(hex) as Topic;
  throw new PhoneError("E_FESTIVAL", `Cannot open the festival "${hex}": it is no key of one`);
}
