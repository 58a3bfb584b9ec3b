// The replica: one device's copy of one topic, and the one log in which this device writes. Publishes, takes in, tells
// who listens, answers what sessions ask. An own operation is committed before anybody hears of it.
import { asLogId, concatBytes, equalBytes, type Hash, type LogId, type Topic } from "../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../protocol/operation/crypto.ts";
import { createOperation, decodeOperation, type Operation } from "../protocol/operation/operation.ts";
import { type Candidate, Ingest, type IngestListener, type IngestOutcome } from "./ingest.ts";
import { OWN } from "./ingest-group.ts";
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
}

export class Replica {
  readonly topic: Topic;
  readonly suite: CryptoSuite;
  readonly key: OwnKey;
  readonly logId: LogId;
  readonly quota: Quota | undefined;
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #ingest: Ingest;
  readonly #recent = new RecentOperations();
  readonly #listeners = new Set<IngestListener>();
  #head: { readonly id: Hash; readonly seqNum: number } | undefined;
  #timestamp = 0;
  #publishing: Promise<unknown> = Promise.resolve();

  private constructor({ store, suite, topic, key, clock, quota }: ReplicaOptions) {
    this.topic = topic;
    this.suite = suite;
    this.key = key;
    this.#store = store;
    this.#clock = clock;
    this.logId = asLogId(suite.hash(topic));
    this.quota = quota;
    const listener: IngestListener = {
      accepted: (operations) => this.#accepted(operations),
      completed: (operation) => this.#tell((each) => each.completed(operation)),
    };
    this.#ingest = new Ingest({ store, suite, topic, listener, ...(quota && { quota }) });
  }

  /** Finds the end of the own log, so that writing goes on where it stopped. */
  static async open(options: ReplicaOptions): Promise<Replica> {
    const replica = new Replica(options);
    await replica.#findHead();
    options.quota?.load(await options.store.usage(options.topic));
    return replica;
  }

  /** Commits between since the process began; with `count` it gives commits per operation. */
  get commits(): number {
    return this.#ingest.commits;
  }

  /** True if this device's own log has operations in the store. */
  get hasWritten(): boolean {
    return this.#head !== undefined;
  }

  /** Highest timestamp this device ever wrote, in microseconds; 0 before the first. */
  get newestOwn(): number {
    return this.#timestamp;
  }

  /**
   * Writes bodies into the own log, in this order, in one transaction. Resolves when they are durable; rejects with
   * StoreError, and then none was written.
   */
  publish(bodies: readonly Uint8Array[]): Promise<readonly Operation[]> {
    const published = this.#publishing.then(() => this.#publish(bodies));
    this.#publishing = published.catch(() => undefined);
    return published;
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

  async #findHead(): Promise<void> {
    const arrival = await this.#store.lastArrival();
    this.#recent.startAfter(arrival);
    const own = (await this.logs()).find(
      (log) => equalBytes(log.author, this.key.verifyingKey) && equalBytes(log.logId, this.logId),
    );
    const end = own && (await this.#store.get(own.ends[0] as Hash));
    if (end === undefined) return;
    const { header } = decodeOperation(end.headerBytes, undefined, this.suite);
    this.#head = { id: end.id, seqNum: end.seqNum };
    if (header.extensions.kind === "basic") this.#timestamp = header.extensions.timestamp;
  }

  async #publish(bodies: readonly Uint8Array[]): Promise<readonly Operation[]> {
    const operations: Operation[] = [];
    let previous = this.#head;
    let timestamp = this.#timestamp;
    for (const body of bodies) {
      timestamp = Math.max(this.#clock.nowMicros(), timestamp + 1);
      const input = {
        signingKey: this.key.signingKey,
        logId: this.logId,
        timestamp,
        body,
        ...(previous && { previous }),
      };
      const operation = createOperation(input, this.suite);
      operations.push(operation);
      previous = { id: operation.id, seqNum: operation.header.seqNum };
    }
    const outcomes = await this.#ingest.submit(operations.map((operation) => ({ operation, introducer: OWN })));
    const refused = outcomes.find((outcome) => outcome.status !== "inserted");
    if (refused) throw new TypeError(`Cannot publish: the own operation was ${refused.status}`);
    this.#head = previous;
    this.#timestamp = timestamp;
    return operations;
  }

  #accepted(operations: readonly StoredOperation[]): void {
    this.#recent.push(operations);
    this.#tell((listener) => listener.accepted(operations));
  }

  #tell(say: (listener: IngestListener) => void): void {
    for (const listener of this.#listeners) say(listener);
  }
}
