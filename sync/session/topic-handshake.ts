// The topic handshake (SPEC.md §5.2): the initiator names one topic, the acceptor says whether it follows it.
// initiator: Topic ▸ … ◂ Done … ▸ Done. The acceptor is through when the initiator's Done has come.
import { equalBytes, type Topic } from "../../protocol/operation/bytes.ts";
import { SessionError } from "./errors.ts";
import type { Role } from "./hello.ts";
import type { Message } from "./message.ts";

export interface HandshakeStep {
  readonly send: readonly Message[];
  /** Known from here on. */
  readonly topic?: Topic;
  readonly over: boolean;
}

const DONE: Message = { type: "handshakeDone" };

export class TopicHandshake {
  readonly #role: Role;
  readonly #topics: readonly Topic[];
  #topic: Topic | undefined;

  /** The topics that are followed here; an initiator asks for the first. */
  constructor(options: { readonly role: Role; readonly topics: readonly Topic[] }) {
    this.#role = options.role;
    this.#topics = options.topics;
  }

  start(): HandshakeStep {
    const topic = this.#topics[0];
    if (this.#role === "acceptor" || topic === undefined) return { send: [], over: false };
    return { send: [{ type: "topic", topic }], topic, over: false };
  }

  receive(message: Message): HandshakeStep {
    if (this.#role === "initiator" && message.type === "handshakeDone") return { send: [DONE], over: true };
    if (this.#role === "acceptor" && message.type === "topic" && this.#topic === undefined)
      return this.#accept(message);
    if (this.#role === "acceptor" && message.type === "handshakeDone" && this.#topic) return { send: [], over: true };
    throw new SessionError("E_ORDER", `Cannot shake hands: "${message.type}" came out of order`);
  }

  #accept(asked: { readonly topic: Topic }): HandshakeStep {
    this.#topic = this.#topics.find((topic) => equalBytes(topic, asked.topic));
    if (this.#topic) return { send: [DONE], topic: this.#topic, over: false };
    throw new SessionError("E_TOPIC_UNKNOWN", "Cannot shake hands: the other side follows another topic");
  }
}
