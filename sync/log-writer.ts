// Writes one key's log of one topic: knows where it ends, signs what follows. Most boxes have one; a machine on which
// several people act has one for each of their keys.
import { asLogId, equalBytes, type Hash, type LogId, type Topic } from "../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../protocol/operation/crypto.ts";
import { createOperation, decodeOperation, type Operation } from "../protocol/operation/operation.ts";
import type { Ingest } from "./ingest.ts";
import { OWN } from "./ingest-group.ts";
import type { OwnKey } from "./own-key.ts";
import type { Clock, Store } from "./ports.ts";

export interface LogWriterOptions {
  readonly store: Store;
  readonly suite: CryptoSuite;
  readonly topic: Topic;
  readonly key: OwnKey;
  readonly clock: Clock;
  readonly ingest: Ingest;
}

export class LogWriter {
  readonly key: OwnKey;
  readonly #options: LogWriterOptions;
  readonly #logId: LogId;
  #head: { readonly id: Hash; readonly seqNum: number } | undefined;
  #timestamp = 0;
  #publishing: Promise<unknown> = Promise.resolve();

  /** Not to be written with before `findEnd`. */
  constructor(options: LogWriterOptions) {
    this.key = options.key;
    this.#options = options;
    this.#logId = asLogId(options.suite.hash(options.topic));
  }

  /** True if the log has operations in the store. */
  get hasWritten(): boolean {
    return this.#head !== undefined;
  }

  /** Highest timestamp that was ever written here, in microseconds; 0 before the first. */
  get newest(): number {
    return this.#timestamp;
  }

  /** Finds the end of the log, so that writing goes on where it stopped. */
  async findEnd(): Promise<void> {
    const { store, suite, topic } = this.#options;
    const own = (await store.logs(topic)).find(
      (log) => equalBytes(log.author, this.key.verifyingKey) && equalBytes(log.logId, this.#logId),
    );
    const end = own && (await store.get(own.ends[0] as Hash));
    if (end === undefined) return;
    const { header } = decodeOperation(end.headerBytes, undefined, suite);
    this.#head = { id: end.id, seqNum: end.seqNum };
    if (header.extensions.kind === "basic") this.#timestamp = header.extensions.timestamp;
  }

  /**
   * Writes bodies into the log, in this order, in one transaction. Resolves when they are durable; rejects with
   * StoreError, and then none was written.
   */
  publish(bodies: readonly Uint8Array[]): Promise<readonly Operation[]> {
    const published = this.#publishing.then(() => this.#publish(bodies));
    this.#publishing = published.catch(() => undefined);
    return published;
  }

  async #publish(bodies: readonly Uint8Array[]): Promise<readonly Operation[]> {
    const { suite, clock, ingest } = this.#options;
    const operations: Operation[] = [];
    let previous = this.#head;
    let timestamp = this.#timestamp;
    for (const body of bodies) {
      timestamp = Math.max(clock.nowMicros(), timestamp + 1);
      const { signingKey } = this.key;
      const input = { signingKey, logId: this.#logId, timestamp, body, ...(previous && { previous }) };
      const operation = createOperation(input, suite);
      operations.push(operation);
      previous = { id: operation.id, seqNum: operation.header.seqNum };
    }
    const outcomes = await ingest.submit(operations.map((operation) => ({ operation, introducer: OWN })));
    const refused = outcomes.find((outcome) => outcome.status !== "inserted");
    if (refused) throw new TypeError(`Cannot publish: the own operation was ${refused.status}`);
    this.#head = previous;
    this.#timestamp = timestamp;
    return operations;
  }
}
