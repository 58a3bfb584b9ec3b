// One session with one peer, from the first frame to the last (SPEC.md §5): hello (our boxes), topic handshake, log
// sync, live mode, and blobs when there is nothing else to say. Turns events into effects; does no I/O, reads no clock.
// After `close` it answers nothing any more.
import { DecodeError } from "../../protocol/operation/errors.ts";
import { logName } from "../../protocol/operation/log.ts";
import type { IngestOutcome } from "../ingest.ts";
import type { LogState } from "../ports.ts";
import { BlobExchange } from "./blob-exchange.ts";
import { type BlobMessage, isBlobMessage } from "./blob-message.ts";
import { Decodable } from "./decodable.ts";
import { SessionError } from "./errors.ts";
import { type Phase, type SessionEffect, type SessionEvent, STAGES } from "./events.ts";
import { decodeFrame } from "./frame.ts";
import { Hello } from "./hello.ts";
import { Live } from "./live.ts";
import { LogGuard } from "./log-guard.ts";
import { type Incoming, LogSync } from "./log-sync.ts";
import { decodeMessage, type LiveForm, type Message } from "./message.ts";
import type { SessionOptions } from "./session-options.ts";
import { type HandshakeStep, TopicHandshake } from "./topic-handshake.ts";

/** Each handshake step: a phone on a bad link answers within seconds; a silent port scanner must not hold a slot. */
const HANDSHAKE_STEP_MS = 10_000;
/** Silence in log sync: the other side may be writing a large batch to a slow card meanwhile. */
const SYNC_SILENCE_MS = 60_000;
/** After `close` the other side ends the connection; if it does not, we do. */
const CLOSE_MS = 2_000;
/** Operations with a broken signature, body or backlink that one session may bring: Rust peers forward unchecked. */
const MAX_FAULTS = 64;

export class Session {
  readonly #options: SessionOptions;
  readonly #hello: Hello;
  readonly #handshake: TopicHandshake;
  readonly #decodable: Decodable;
  readonly #sync: LogSync;
  readonly #blobs = new BlobExchange();
  #live: Live | undefined;
  #phase: Phase = "hello";
  /** Set once the topic is known, which is before any operation may come. */
  #guard: LogGuard | undefined;
  /** The other side sent something after the handshake. */
  #answered = false;
  #faults = 0;
  #closing = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#hello = new Hello(options);
    this.#handshake = new TopicHandshake(options);
    this.#decodable = new Decodable(options.extended ? "bytes" : options.liveForm);
    this.#sync = new LogSync({ ...options, decodable: this.#decodable });
  }

  /** What was seen of how the other side reads headers. */
  get liveForm(): LiveForm {
    return this.#decodable.form;
  }

  get incoming(): Incoming | undefined {
    return this.#sync.incoming;
  }

  handle(event: SessionEvent): SessionEffect[] {
    if (this.#phase === "closed") return [];
    try {
      const effects = this.#handle(event);
      return this.#isIdle ? [...effects, ...this.#blobs.advance()] : effects;
    } catch (error) {
      if (error instanceof SessionError) return this.#close(error.code, error.message);
      if (error instanceof DecodeError) return this.#close("E_OPERATION", error.message);
      throw error;
    }
  }

  #handle(event: SessionEvent): SessionEffect[] {
    const machine = this.#phase === "live" && this.#live ? this.#live : this.#sync;
    switch (event.type) {
      case "start":
        return this.#options.extended ? this.#startHello() : this.#startHandshake();
      case "frame":
        return this.#receive(decodeMessage(decodeFrame(event.bytes), STAGES[this.#phase]));
      case "logs":
        return this.#logs(event.logs, event.arrival);
      case "totals":
        return this.#advance(this.#sync.totals(event.operations, event.bytes));
      case "page":
        return this.#advance(machine.page(event.operations));
      case "writable":
        return this.#advance(machine.writable());
      case "ingested":
        return this.#ingested(event.outcome);
      case "grown":
        return this.#phase === "live" ? (this.#live?.grown() ?? []) : [];
      case "lateBody":
        return this.#phase === "live" ? (this.#live?.send(event.operation) ?? []) : [];
      case "blob":
        return this.#blobs.tell(event.event);
      case "closed":
        return this.#lost(event.code);
      case "deadline":
        return this.#closing
          ? this.#close("closed", "Closed here")
          : this.#close("E_TIMEOUT", "The other side is silent");
      case "stop":
        return this.#stop();
    }
  }

  /** With one of our own boxes in live mode, and no operation waits to be sent. */
  get #isIdle(): boolean {
    return this.#options.extended && this.#phase === "live" && !this.#closing && this.#live?.isIdle === true;
  }

  #receive(message: Message): SessionEffect[] {
    switch (this.#phase) {
      case "hello":
        return this.#receiveHello(message);
      case "handshake":
        return this.#shakeOn(this.#handshake.receive(message));
      default:
        return this.#receiveSync(message);
    }
  }

  #startHello(): SessionEffect[] {
    return [
      { type: "deadline", ms: HANDSHAKE_STEP_MS },
      { type: "send", message: this.#hello.start() },
    ];
  }

  #receiveHello(message: Message): SessionEffect[] {
    const answer = this.#hello.receive(message);
    if ("send" in answer) return [{ type: "send", message: answer.send }];
    return [{ type: "peer", verifyingKey: answer.peer }, ...this.#startHandshake()];
  }

  #startHandshake(): SessionEffect[] {
    this.#phase = "handshake";
    return [{ type: "phase", phase: "handshake" }, ...this.#shakeOn(this.#handshake.start())];
  }

  #shakeOn({ send, topic, over }: HandshakeStep): SessionEffect[] {
    const sends = send.map((message): SessionEffect => ({ type: "send", message }));
    const effects: SessionEffect[] = [{ type: "deadline", ms: HANDSHAKE_STEP_MS }, ...sends];
    if (topic) {
      this.#guard = new LogGuard(topic, this.#options.topics, this.#options.suite);
      effects.push({ type: "topic", topic });
    }
    return over ? [...effects, ...this.#startSync()] : effects;
  }

  #startSync(): SessionEffect[] {
    this.#phase = "sync";
    return [{ type: "phase", phase: "sync" }, { type: "deadline", ms: SYNC_SILENCE_MS }, ...this.#sync.start()];
  }

  #logs(logs: readonly LogState[], arrival: number): SessionEffect[] {
    const { suite, number: session } = this.#options;
    this.#live ??= new Live({ suite, session, decodable: this.#decodable, arrival });
    this.#guard?.admitHeld(logs);
    return this.#advance(this.#sync.logs(logs));
  }

  #receiveSync(message: Message): SessionEffect[] {
    this.#answered = true;
    if (message.type === "close") return this.#receiveClose(message);
    if (message.type === "live") return this.#receiveLive(message);
    if (isBlobMessage(message)) return this.#receiveBlob(message);
    if (this.#phase === "live")
      throw new SessionError("E_ORDER", `Cannot go back: "${message.type}" came in live mode`);
    if (message.type === "have" || message.type === "heads") this.#guard?.admitNamed(message);
    const effects = this.#sync.receive(message);
    for (const effect of effects) if (effect.type === "ingest") this.#guard?.require(effect.operation);
    return this.#advance([{ type: "deadline", ms: SYNC_SILENCE_MS }, ...effects]);
  }

  #receiveClose(message: Message): SessionEffect[] {
    this.#requireSettled(message);
    return this.#close("closed", "Closed by the other side");
  }

  #receiveLive(message: Extract<Message, { type: "live" }>): SessionEffect[] {
    const live = this.#requireSettled(message);
    const operation = live.receive(message);
    this.#guard?.require(operation);
    return [{ type: "ingest", operation }];
  }

  #receiveBlob(message: BlobMessage): SessionEffect[] {
    this.#requireSettled(message);
    if (this.#options.extended) return this.#blobs.receive(message);
    throw new SessionError("E_ORDER", `Cannot exchange blobs: "${message.type}" came from a p2panda node`);
  }

  #requireSettled({ type }: Message): Live {
    if (this.#live && this.#sync.settled) return this.#live;
    throw new SessionError("E_ORDER", `Cannot sync logs: "${type}" came before both sides were done`);
  }

  #ingested(outcome: IngestOutcome): SessionEffect[] {
    if (outcome.status === "rejected") this.#faults += 1;
    if (this.#faults > MAX_FAULTS) return this.#close("E_FAULTS", `More than ${MAX_FAULTS} operations were rejected`);
    const gap = outcome.status === "gap" ? logName(outcome) : undefined;
    if (!this.#sync.over) return this.#advance(this.#sync.ingested(gap));
    if (gap === undefined || !this.#options.extended) return [];
    return this.#close("E_GAP", "An operation came without its predecessor; a new session will repair the log");
  }

  #advance(effects: SessionEffect[]): SessionEffect[] {
    if (!this.#sync.over || this.#phase === "live" || this.#live === undefined) return effects;
    this.#phase = "live";
    return [...effects, { type: "phase", phase: "live" }, { type: "deadline", ms: undefined }, ...this.#live.grown()];
  }

  /** In live mode say Close and give the other side a moment; before that p2panda takes Close for an error. */
  #stop(): SessionEffect[] {
    if (this.#phase !== "live") return this.#close("closed", "Closed here");
    this.#closing = true;
    return [
      { type: "send", message: { type: "close" } },
      { type: "deadline", ms: CLOSE_MS },
    ];
  }

  /** p2panda completes the handshake for a topic that it does not follow, and then goes without a word. */
  #lost(code: string): SessionEffect[] {
    const { extended, role } = this.#options;
    const left = code === "closed";
    const refused = left && !extended && role === "initiator" && this.#phase === "sync" && !this.#answered;
    if (refused) return this.#close("E_TOPIC_UNKNOWN", "The other side went right after the handshake");
    return this.#close(code, "The connection ended");
  }

  #close(code: string, reason: string): SessionEffect[] {
    this.#phase = "closed";
    return [
      { type: "deadline", ms: undefined },
      { type: "close", code, reason },
    ];
  }
}
