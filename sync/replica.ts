// The replica: one device's copy of one topic. Takes in, tells who listens, answers what sessions ask; writes by its
// own log. An own operation is committed before anybody hears of it.
import { asLogId, concatBytes, type Hash, type LogId, type Topic } from "../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../protocol/operation/crypto.ts";
import type { Operation } from "../protocol/operation/operation.ts";
import type { Blobs } from "./blobs.ts";
import { type Candidate, Ingest, type IngestListener, type IngestOutcome } from "./ingest.ts";
import { LogWriter } from "./log-writer.ts";
import type { OwnKey } from "./own-key.ts";
import type { Clock, LogState, Store, StoredOperation } from "./ports.ts";
import type { Quota } from "./quota.ts";
import { RecentOperations } from "./recent-operations.ts";

export interface ReplicaOptions {
  readonly store: Store;
  readonly suite: CryptoSuite;
  readonly topic: Topic;
  readonly key: OwnKey;
  readonly clock: Clock;
  /** Without one, space is only limited by the store. */
  readonly quota?: Quota;
  /** See Ingest. */
  readonly breathe?: () => Promise<void>;
  /** What its operations name by hash; nothing of that is carried without. */
  readonly blobs?: Blobs;
}

export class Replica {
  readonly topic: Topic;
  readonly suite: CryptoSuite;
  readonly key: OwnKey;
  readonly logId: LogId;
  readonly quota: Quota | undefined;
  readonly blobs: Blobs | undefined;
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #ingest: Ingest;
  readonly #recent = new RecentOperations();
  readonly #listeners = new Set<IngestListener>();
  readonly #own: LogWriter;

  private constructor({ store, suite, topic, key, clock, quota, blobs, breathe }: ReplicaOptions) {
    this.topic = topic;
    this.suite = suite;
    this.key = key;
    this.#store = store;
    this.#clock = clock;
    this.logId = asLogId(suite.hash(topic));
    this.quota = quota;
    this.blobs = blobs;
    const listener: IngestListener = {
      accepted: (operations) => this.#accepted(operations),
      completed: (operation) => this.#completed(operation),
    };
    this.#ingest = new Ingest({
      store,
      suite,
      topic,
      listener,
      ...(quota && { quota }),
      ...(breathe && { breathe }),
    });
    this.#own = this.#newWriter(key);
  }

  static async open(options: ReplicaOptions): Promise<Replica> {
    const replica = new Replica(options);
    replica.#recent.startAfter(await options.store.lastArrival());
    await replica.#own.findEnd();
    options.quota?.load(await options.store.usage(options.topic));
    return replica;
  }

  /** Commits since the process began; with `count` it gives commits per operation. */
  get commits(): number {
    return this.#ingest.commits;
  }

  /** True if this device's own log has operations in the store. */
  get hasWritten(): boolean {
    return this.#own.hasWritten;
  }

  /** Highest timestamp this device ever wrote, in microseconds; 0 before the first. */
  get newestOwn(): number {
    return this.#own.newest;
  }

  /** Writes into the own log. See LogWriter.publish. */
  publish(bodies: readonly Uint8Array[]): Promise<readonly Operation[]> {
    return this.#own.publish(bodies);
  }

  /** For another key that this device holds. One writer for each key, or its log forks. */
  async writerOf(key: OwnKey): Promise<LogWriter> {
    const writer = this.#newWriter(key);
    await writer.findEnd();
    return writer;
  }

  /** Takes operations from a session. See Ingest.submit. */
  receive(candidates: readonly Candidate[]): Promise<readonly IngestOutcome[]> {
    return this.#ingest.submit(candidates);
  }

  subscribe(listener: IngestListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  logs(): Promise<LogState[]> {
    return this.#store.logs(this.topic);
  }

  /** Operations that arrived after `arrival`; the latest come from memory, so that live mode needs no query. */
  async since(arrival: number, limit: number): Promise<readonly StoredOperation[]> {
    return this.#recent.since(arrival, limit) ?? (await this.#store.since(this.topic, arrival, limit));
  }

  /** BLAKE3 over all ids in byte order, hex by the caller: equal replicas have equal hashes. */
  async stateHash(): Promise<Hash> {
    return this.suite.hash(concatBytes(...(await this.#store.ids(this.topic))));
  }

  get store(): Store {
    return this.#store;
  }

  #newWriter(key: OwnKey): LogWriter {
    const { topic, suite } = this;
    return new LogWriter({ store: this.#store, clock: this.#clock, ingest: this.#ingest, topic, suite, key });
  }

  #accepted(operations: readonly StoredOperation[]): void {
    this.#recent.push(operations);
    this.#tell((listener) => listener.accepted(operations));
    this.blobs?.renewed();
  }

  #completed(operation: StoredOperation): void {
    this.#tell((listener) => listener.completed(operation));
    this.blobs?.renewed();
  }

  #tell(say: (listener: IngestListener) => void): void {
    for (const listener of this.#listeners) say(listener);
  }
}
