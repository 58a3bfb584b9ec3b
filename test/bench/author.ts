// One of the many people whose logs a replica carries, for benchmarks: writes real operations, one after the other.
import type { LogId, SigningKey } from "../../protocol/operation/bytes.ts";
import { type CborMap, encodeCbor } from "../../protocol/operation/cbor.ts";
import type { CryptoSuite } from "../../protocol/operation/crypto.ts";
import { createOperation, type NewOperation, type Operation } from "../../protocol/operation/operation.ts";
import type { EventBody } from "./event-body.ts";

/** 2026-09-21, in microseconds; each author writes once a second. */
const FIRST_TIMESTAMP = 1_790_000_000_000_000;
const MICROS_PER_SECOND = 1_000_000;

export interface AuthorOptions {
  readonly number: number;
  readonly signingKey: SigningKey;
  readonly logId: LogId;
  readonly suite: CryptoSuite;
  readonly body: EventBody;
  /** Where the log stands; absent if it is empty. */
  readonly previous?: NewOperation["previous"];
}

export class Author {
  readonly #options: AuthorOptions;
  #previous: NewOperation["previous"];

  constructor(options: AuthorOptions) {
    this.#options = options;
    this.#previous = options.previous;
  }

  /** The next operation of this log; `extra` is added to its body. */
  write(extra: CborMap = {}): Operation {
    const { number, signingKey, logId, suite } = this.#options;
    const seqNum = this.#previous ? this.#previous.seqNum + 1 : 0;
    const body = this.#options.body(number, seqNum);
    const timestamp = FIRST_TIMESTAMP + seqNum * MICROS_PER_SECOND;
    const previous = this.#previous && { previous: this.#previous };
    const encoded = encodeCbor({ ...body, ...extra });
    const operation = createOperation({ signingKey, logId, timestamp, body: encoded, ...previous }, suite);
    this.#previous = { id: operation.id, seqNum };
    return operation;
  }
}
