// Mints valid, signed, linked operations: logs of test people in test topics. The same seeds give the same bytes.
import { asLogId, asSigningKey, asTopic, type LogId, type Topic } from "../../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../../protocol/operation/crypto.ts";
import { createOperation, type Operation } from "../../protocol/operation/operation.ts";
import type { NewEntry } from "../../sync/ports.ts";

/** 18:00 UTC on a July evening, in microseconds. */
const FIRST_TIMESTAMP = Date.UTC(2026, 6, 17, 18) * 1_000;

export interface AppendOptions {
  /** The operation to build on: the newest by default, an older one to fork the log. */
  readonly previous?: Operation;
  readonly body?: string;
  readonly pruneFlag?: boolean;
}

export function testTopic(name: string, suite: CryptoSuite): Topic {
  return asTopic(suite.hash(new TextEncoder().encode(name)));
}

/** One author's log of one topic. */
export class TestLog {
  readonly topic: Topic;
  readonly logId: LogId;
  readonly author;
  readonly #suite: CryptoSuite;
  readonly #signingKey;
  #newest: Operation | undefined;

  /** `person` and `topic` are any words. */
  constructor(suite: CryptoSuite, person: string, topic = "summer festival") {
    this.#suite = suite;
    this.#signingKey = asSigningKey(suite.hash(new TextEncoder().encode(person)));
    this.author = suite.verifyingKey(this.#signingKey);
    this.topic = testTopic(topic, suite);
    this.logId = asLogId(suite.hash(this.topic));
  }

  /** Signs the next operation; without a body text it has one of its own, with "" it has none. */
  append({ previous = this.#newest, body, pruneFlag = false }: AppendOptions = {}): Operation {
    const seqNum = previous ? previous.header.seqNum + 1 : 0;
    const operation = createOperation(
      {
        signingKey: this.#signingKey,
        logId: this.logId,
        timestamp: FIRST_TIMESTAMP + seqNum,
        pruneFlag,
        body: new TextEncoder().encode(body ?? `body ${seqNum}`),
        ...(previous && { previous: { id: previous.id, seqNum: previous.header.seqNum } }),
      },
      this.#suite,
    );
    this.#newest = operation;
    return operation;
  }

  appendMany(count: number): Operation[] {
    return Array.from({ length: count }, () => this.append());
  }

  /** What a store is given. */
  entry(operation: Operation, introducer = 0): NewEntry {
    const { id, header, headerBytes, body } = operation;
    const { verifyingKey: author, seqNum, backlink, payloadSize } = header;
    const optional = { ...(backlink && { backlink }), ...(body && { body }) };
    return { id, author, logId: this.logId, seqNum, headerBytes, payloadSize, introducer, ...optional };
  }

  entries(operations: readonly Operation[]): NewEntry[] {
    return operations.map((operation) => this.entry(operation));
  }
}

/** As it comes from a peer that has no body, or withholds it. */
export function withoutBody({ body: _withheld, ...entry }: NewEntry): NewEntry {
  return entry;
}
