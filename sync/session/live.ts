// Live mode (SPEC.md §5.3): what arrives in the store from elsewhere goes on to the other side, in the order of
// arrival. There is no queue: a cursor runs along the store, so a slow peer costs nothing and a gap cannot open.
import { equalBytes, type Hash } from "../../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../../protocol/operation/crypto.ts";
import { decodeOperation, type Operation } from "../../protocol/operation/operation.ts";
import type { StoredOperation } from "../ports.ts";
import type { Decodable } from "./decodable.ts";
import type { SessionEffect } from "./events.ts";
import type { Message } from "./message.ts";

/**
 * Ids that the other side sent lately although we had them: it need not hear of them again. A relay's neighbours all
 * send the same news within a moment, so a short memory serves; a miss costs one duplicate.
 */
const KNOWN_IDS = 1024;

export class Live {
  readonly #suite: CryptoSuite;
  readonly #session: number;
  readonly #decodable: Decodable;
  readonly #known: Hash[] = [];
  #arrival: number;
  #reading = false;
  #stale = false;

  /** `session` is the number that the store notes as introducer; `arrival` is what log sync covered. */
  constructor(options: {
    readonly suite: CryptoSuite;
    readonly session: number;
    readonly decodable: Decodable;
    readonly arrival: number;
  }) {
    this.#suite = options.suite;
    this.#session = options.session;
    this.#decodable = options.decodable;
    this.#arrival = options.arrival;
  }

  /** All that is known has been sent. */
  get isIdle(): boolean {
    return !this.#reading;
  }

  /** The store has news, or may have. */
  grown(): SessionEffect[] {
    if (this.#reading) {
      this.#stale = true;
      return [];
    }
    this.#reading = true;
    this.#stale = false;
    return [{ type: "readSince", arrival: this.#arrival }];
  }

  page(operations: readonly StoredOperation[]): SessionEffect[] {
    const last = operations.at(-1);
    if (last === undefined) {
      this.#reading = false;
      return this.#stale ? this.grown() : [];
    }
    this.#arrival = last.arrival;
    return [...operations.flatMap((operation) => this.send(operation)), { type: "awaitWritable" }];
  }

  writable(): SessionEffect[] {
    return [{ type: "readSince", arrival: this.#arrival }];
  }

  /** Sends one operation, unless the other side has it or could not read it. */
  send(operation: StoredOperation): SessionEffect[] {
    const { introducer, id, headerBytes, body } = operation;
    if (introducer === this.#session || this.#known.some((known) => equalBytes(known, id))) return [];
    if (!this.#decodable.includes(operation)) return [];
    const { form } = this.#decodable;
    return [{ type: "send", message: { type: "live", headerBytes, form, ...(body && { body }) } }];
  }

  /** Mirrors the form in which the other side writes. */
  receive(message: Extract<Message, { type: "live" }>): Operation {
    this.#decodable.form = message.form;
    const operation = decodeOperation(message.headerBytes, message.body, this.#suite);
    this.#known.push(operation.id);
    if (this.#known.length > KNOWN_IDS) this.#known.shift();
    return operation;
  }
}
