// Which logs a session may bring (SPEC.md §5.2): the one that the topic names, and others that either side named in its
// heights, but never the log of another topic that this box follows. What belongs to one festival must not come in by
// another's door, whoever signed it.
import { asLogId, equalBytes, type LogId, type Topic, toHex } from "../../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../../protocol/operation/crypto.ts";
import { logName } from "../../protocol/operation/log.ts";
import { logIdOf, type Operation } from "../../protocol/operation/operation.ts";
import type { LogState } from "../ports.ts";
import { SessionError } from "./errors.ts";
import type { Message } from "./message.ts";

export class LogGuard {
  readonly #logId: LogId;
  /** Hex of the logs of all topics that are followed here, this one among them. */
  readonly #logIds: ReadonlySet<string>;
  /** Names of logs of the topic under another id than its own. */
  readonly #named = new Set<string>();

  constructor(topic: Topic, topics: readonly Topic[], suite: CryptoSuite) {
    this.#logId = asLogId(suite.hash(topic));
    this.#logIds = new Set(topics.map((each) => toHex(suite.hash(each))));
  }

  /** Logs that we hold of this topic. */
  admitHeld(logs: readonly LogState[]): void {
    for (const log of logs) if (!equalBytes(log.logId, this.#logId)) this.#named.add(logName(log));
  }

  /** Logs that the other side says it holds. */
  admitNamed(message: Extract<Message, { type: "have" | "heads" }>): void {
    const named = message.type === "have" ? message.heights : message.heads;
    for (const [author, logs] of named) {
      for (const logId of logs.keys()) if (!this.#logIds.has(logId)) this.#named.add(`${author}/${logId}`);
    }
  }

  require(operation: Operation): void {
    const logId = logIdOf(operation, this.#logId);
    if (equalBytes(logId, this.#logId)) return;
    if (this.#named.has(logName({ author: operation.header.verifyingKey, logId }))) return;
    throw new SessionError("E_TOPIC", "Cannot take operation: it belongs to a log of another topic");
  }
}
