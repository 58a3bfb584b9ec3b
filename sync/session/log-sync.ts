// Log sync (SPEC.md §5.2, §5.5): both sides say how high their logs reach and send what the other lacks. Symmetric.
// Between our own boxes a fingerprint goes first, and again at the end, with a repair round for forked logs if it still
// differs. Knows nothing of handshake and live mode.
//
// Invariants
// 1. `have` goes out once, after our own logs were read.
// 2. Operations go out only after `preSync`, log by log in sequence order; then exactly one `done`. Never skip one.
// 3. Operations come in only after the other side's `preSync` and before its `done`.
// 4. A round is over when `done` was sent and received and every operation that came in has an outcome.
// 5. The session is over after round one (p2panda), or when fingerprints agree or the repair round is over (our boxes).
import { equalBytes, type Hash } from "../../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../../protocol/operation/crypto.ts";
import { compareHeights, type LogRange } from "../../protocol/operation/log.ts";
import { decodeOperation } from "../../protocol/operation/operation.ts";
import type { Allowance } from "../catch-up.ts";
import type { LogState, StoredOperation } from "../ports.ts";
import type { Decodable } from "./decodable.ts";
import { SessionError } from "./errors.ts";
import type { SessionEffect } from "./events.ts";
import { announcedHeights, fingerprint, headsOf, heldHeights, repairRanges } from "./heads.ts";
import type { Message } from "./message.ts";

/** Named after the message that opens it: heights for all, then the heads of what they could not tell apart. */
type Round = "have" | "heads";

/** What one side does in one round: nothing yet, announced that operations come, finished. */
type Direction = "silent" | "sending" | "done";

type HaveOrHeads = Extract<Message, { type: "have" | "heads" }>;

/** How much of what the other side announced is here by now. It may have announced less, or more, than it sends. */
export interface Incoming {
  readonly expected: number;
  readonly taken: number;
}

export interface LogSyncOptions {
  readonly suite: CryptoSuite;
  readonly extended: boolean;
  readonly decodable: Decodable;
  /** How much of what the other side lacks may be sent in this session; all, if absent. */
  readonly allowance?: Allowance | undefined;
}

export class LogSync {
  readonly #suite: CryptoSuite;
  readonly #extended: boolean;
  readonly #decodable: Decodable;
  readonly #allowance: Allowance | undefined;
  readonly #gaps = new Set<string>();
  #logs: readonly LogState[] | undefined;
  #round: Round = "have";
  #theirFingerprint: Hash | undefined;
  #theirState: HaveOrHeads | undefined;
  #compared = false;
  #announced = false;
  #answered = false;
  #outgoing: Direction = "silent";
  #incoming: Direction = "silent";
  #queue: LogRange[] = [];
  /** Operations that may still be sent in this round. */
  #allowed = 0;
  #inFlight = 0;
  /** Operations of this round, by the other side's `preSync`. */
  #expected = 0;
  #receivedBefore = 0;
  #over = false;
  sent = 0;
  received = 0;

  constructor(options: LogSyncOptions) {
    this.#suite = options.suite;
    this.#allowance = options.allowance;
    this.#decodable = options.decodable;
    this.#extended = options.extended;
  }

  get over(): boolean {
    return this.#over;
  }

  /** True once live messages are in order: both sides are done, even if our store still works. */
  get settled(): boolean {
    return this.#over || (this.#outgoing === "done" && this.#incoming === "done");
  }

  /** Undefined while nothing is on its way. */
  get incoming(): Incoming | undefined {
    if (this.#over || this.#expected === 0) return undefined;
    return { expected: this.#expected, taken: this.received - this.#receivedBefore - this.#inFlight };
  }

  start(): SessionEffect[] {
    return [{ type: "readLogs" }];
  }

  /** The state of our logs, as asked for at the beginning of each round. */
  logs(logs: readonly LogState[]): SessionEffect[] {
    this.#logs = logs;
    if (!this.#extended) return [...this.#announce(logs), ...this.#evaluate()];
    return [send({ type: "fingerprint", hash: fingerprint(logs, this.#suite) }), ...this.#evaluate()];
  }

  receive(message: Message): SessionEffect[] {
    switch (message.type) {
      case "fingerprint":
        this.#require(this.#extended && this.#theirFingerprint === undefined && this.#fingerprintDue(), message);
        this.#theirFingerprint = message.hash;
        return this.#evaluate();
      case "have":
      case "heads":
        this.#require(message.type === this.#round && this.#theirState === undefined, message);
        this.#theirState = message;
        return this.#evaluate();
      case "preSync":
        this.#require(this.#announced && this.#theirState !== undefined && this.#incoming === "silent", message);
        this.#incoming = "sending";
        this.#expected = message.operations;
        this.#receivedBefore = this.received;
        return [];
      case "operation":
        this.#require(this.#incoming === "sending", message);
        return this.#take(message);
      case "done":
        this.#require(this.#announced && this.#theirState !== undefined && this.#incoming !== "done", message);
        this.#incoming = "done";
        return this.#evaluate();
      default:
        throw outOfOrder(message);
    }
  }

  totals(operations: number, bytes: number): SessionEffect[] {
    this.#allowed = this.#allowance?.allow(operations) ?? Number.POSITIVE_INFINITY;
    if (this.#allowed === 0) return this.#finish();
    this.#outgoing = "sending";
    const part = Math.min(1, this.#allowed / operations);
    const message = { type: "preSync", operations: operations * part, bytes: Math.ceil(bytes * part) } as const;
    return [send(message), ...this.#readOn()];
  }

  /** A page of the range at the front of the queue. */
  page(operations: readonly StoredOperation[]): SessionEffect[] {
    const range = this.#queue.shift();
    const last = operations.at(-1);
    if (range && last && last.seqNum < range.to) this.#queue.unshift({ ...range, from: last.seqNum + 1 });
    const decodable = operations.slice(0, this.#allowed).filter((operation) => this.#decodable.includes(operation));
    this.#allowed -= operations.length;
    if (this.#allowed <= 0) this.#queue = [];
    this.sent += decodable.length;
    const sends = decodable.map(({ headerBytes, body }) =>
      send({ type: "operation", headerBytes, ...(body && { body }) }),
    );
    return this.#queue.length > 0 ? [...sends, { type: "awaitWritable" }] : [...sends, ...this.#finish()];
  }

  writable(): SessionEffect[] {
    return this.#readOn();
  }

  /** One operation that came in has an outcome. `gap` names its log if its predecessor is missing here. */
  ingested(gap: string | undefined): SessionEffect[] {
    this.#inFlight -= 1;
    if (gap !== undefined) this.#gaps.add(gap);
    return this.#evaluate();
  }

  /** Before the first round, and again as soon as the other side is done with it. */
  #fingerprintDue(): boolean {
    return !this.#compared || (this.#round === "have" && this.#incoming === "done");
  }

  #announce(logs: readonly LogState[]): SessionEffect[] {
    this.#announced = true;
    if (this.#round === "have") return [send({ type: "have", heights: announcedHeights(logs) })];
    return [send({ type: "heads", heads: headsOf(logs, this.#gaps, this.#suite) })];
  }

  #answer(logs: readonly LogState[], theirs: HaveOrHeads): SessionEffect[] {
    this.#answered = true;
    this.#queue =
      theirs.type === "have"
        ? compareHeights(heldHeights(logs), theirs.heights)
        : repairRanges(logs, theirs.heads, this.#gaps, this.#suite);
    if (this.#queue.length > 0) return [{ type: "readTotals", ranges: this.#queue }];
    this.#allowance?.allow(0);
    return this.#finish();
  }

  #readOn(): SessionEffect[] {
    const range = this.#queue[0];
    return range ? [{ type: "readRange", range }] : this.#finish();
  }

  #finish(): SessionEffect[] {
    this.#outgoing = "done";
    return [send({ type: "done" }), ...this.#evaluate()];
  }

  #take(message: { readonly headerBytes: Uint8Array; readonly body?: Uint8Array }): SessionEffect[] {
    this.#inFlight += 1;
    this.received += 1;
    return [{ type: "ingest", operation: decodeOperation(message.headerBytes, message.body, this.#suite) }];
  }

  /** The one place that decides what is next; every event ends here. */
  #evaluate(): SessionEffect[] {
    if (this.#over || this.#logs === undefined) return [];
    if (this.#extended && !this.#compared) return this.#compare(this.#logs);
    if (this.#theirState && !this.#answered) return this.#answer(this.#logs, this.#theirState);
    const roundOver = this.#outgoing === "done" && this.#incoming === "done" && this.#inFlight === 0;
    if (!roundOver) return [];
    return this.#extended && this.#round === "have" ? this.#repair() : this.#end();
  }

  #repair(): SessionEffect[] {
    this.#round = "heads";
    this.#logs = undefined;
    this.#theirState = undefined;
    this.#compared = false;
    this.#announced = false;
    this.#answered = false;
    this.#outgoing = "silent";
    this.#incoming = "silent";
    this.#expected = 0;
    return [{ type: "readLogs" }];
  }

  #compare(logs: readonly LogState[]): SessionEffect[] {
    if (this.#theirFingerprint === undefined) return [];
    const equal = equalBytes(this.#theirFingerprint, fingerprint(logs, this.#suite));
    this.#compared = true;
    this.#theirFingerprint = undefined;
    return equal ? this.#end() : [...this.#announce(logs), ...this.#evaluate()];
  }

  #end(): SessionEffect[] {
    this.#over = true;
    const heights = heldHeights(this.#logs ?? []);
    return [{ type: "synced", sent: this.sent, received: this.received, heights }];
  }

  #require(inOrder: boolean, message: Message): void {
    if (!inOrder) throw outOfOrder(message);
  }
}

function send(message: Message): SessionEffect {
  return { type: "send", message };
}

function outOfOrder(message: Message): SessionError {
  return new SessionError("E_ORDER", `Cannot sync logs: "${message.type}" came out of order`);
}
