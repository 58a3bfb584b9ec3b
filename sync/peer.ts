// One peer: carries out what a session asks for, against a connection and the replica. One `switch`, no decisions about
// the protocol. A fault of the other side, or of our store, ends this session only.
import type { VerifyingKey } from "../protocol/operation/bytes.ts";
import type { Operation } from "../protocol/operation/operation.ts";
import type { IngestListener } from "./ingest.ts";
import { type Clock, type Connection, type ConnectionEvents, DRAINED_BYTES } from "./ports.ts";
import type { Replica } from "./replica.ts";
import type { Phase, SessionEffect, SessionEvent } from "./session/events.ts";
import { encodeFrame } from "./session/frame.ts";
import { encodeMessage, type LiveForm } from "./session/message.ts";
import { Session } from "./session/session.ts";

/** Operations read from the store at once; with the largest bodies 4 MiB. */
const PAGE_OPERATIONS = 64;
/** Operations between socket and commit: enough to fill the next group while one commits, little enough to hold. */
const INGEST_HIGH = 512;
const INGEST_LOW = 256;

export interface PeerOptions {
  readonly connection: Connection;
  readonly replica: Replica;
  readonly clock: Clock;
  /** Of this session in this run, from 1. */
  readonly number: number;
  readonly nonce: Uint8Array;
  readonly liveForm: LiveForm;
  readonly events: PeerEvents;
}

export interface PeerEvents {
  /** The other side proved its key. Return false to end this session as a duplicate. */
  identified(peer: Peer, key: VerifyingKey): boolean;
  changed(peer: Peer): void;
  synced(peer: Peer): void;
  ended(peer: Peer, code: string, reason: string): void;
}

export class Peer {
  readonly connection: Connection;
  readonly #options: PeerOptions;
  readonly #session: Session;
  readonly #unsubscribe: () => void;
  #cancelDeadline: (() => void) | undefined;
  #awaitsWritable = false;
  #ingesting = 0;
  #paused = false;
  #ended = false;
  phase: Phase = "hello";
  key: VerifyingKey | undefined;
  sent = 0;
  received = 0;

  constructor(options: PeerOptions) {
    const { connection, replica, number, nonce, liveForm } = options;
    this.#options = options;
    this.connection = connection;
    this.#session = new Session({
      role: connection.role,
      extended: connection.extended,
      topic: replica.topic,
      suite: replica.suite,
      identity: replica.key,
      nonce,
      number,
      liveForm,
    });
    this.#unsubscribe = replica.subscribe(this.#ingestListener());
    connection.listen(this.#connectionEvents());
    this.#tell({ type: "start" });
  }

  /** Says `Close` where the other side expects it; who does not want to wait for its answer drops the peer then. */
  stop(): void {
    this.#tell({ type: "stop" });
  }

  /** Ends at once, for a reason outside the session. */
  drop(code: string, reason: string): void {
    this.#end(code, reason);
  }

  #ingestListener(): IngestListener {
    return {
      accepted: () => this.#tell({ type: "grown" }),
      completed: (operation) => this.#tell({ type: "lateBody", operation }),
    };
  }

  #connectionEvents(): ConnectionEvents {
    return {
      frame: (bytes) => this.#tell({ type: "frame", bytes }),
      drained: () => this.#writeOn(),
      closed: (code) => this.#end(code, "The connection ended"),
    };
  }

  #tell(event: SessionEvent): void {
    if (this.#ended) return;
    for (const effect of this.#session.handle(event)) this.#carryOut(effect);
  }

  #carryOut(effect: SessionEffect): void {
    switch (effect.type) {
      case "send":
        this.connection.send(encodeFrame(encodeMessage(effect.message)));
        break;
      case "readLogs":
        this.#answer(this.#readLogs());
        break;
      case "readTotals":
        this.#answer(this.#store.totals(effect.ranges).then((totals) => ({ type: "totals", ...totals })));
        break;
      case "readRange":
        this.#answer(this.#page(this.#store.read(effect.range, PAGE_OPERATIONS)));
        break;
      case "readSince":
        this.#answer(this.#page(this.#options.replica.since(effect.arrival, PAGE_OPERATIONS)));
        break;
      case "awaitWritable":
        this.#awaitsWritable = true;
        this.#writeOn();
        break;
      case "ingest":
        this.#ingest(effect.operation);
        break;
      case "deadline":
        this.#setDeadline(effect.ms);
        break;
      case "peer":
        this.key = effect.verifyingKey;
        if (!this.#options.events.identified(this, this.key))
          this.#end("E_DUPLICATE", "This pair is connected already");
        break;
      case "phase":
        this.phase = effect.phase;
        this.#options.events.changed(this);
        break;
      case "synced":
        this.sent = effect.sent;
        this.received = effect.received;
        this.#options.events.synced(this);
        break;
      case "close":
        this.#end(effect.code, effect.reason);
        break;
    }
  }

  get #store() {
    return this.#options.replica.store;
  }

  /** `arrival` first: what comes between is told twice rather than never. */
  async #readLogs(): Promise<SessionEvent> {
    const arrival = await this.#store.lastArrival();
    return { type: "logs", arrival, logs: await this.#options.replica.logs() };
  }

  async #page(read: Promise<SessionPage>): Promise<SessionEvent> {
    return { type: "page", operations: await read };
  }

  #answer(answer: Promise<SessionEvent>): void {
    answer.then(
      (event) => this.#tell(event),
      (error: unknown) => this.#end("E_STORE", `The store failed: ${String(error)}`),
    );
  }

  #writeOn(): void {
    if (!this.#awaitsWritable || this.connection.unsentBytes >= DRAINED_BYTES) return;
    this.#awaitsWritable = false;
    queueMicrotask(() => this.#tell({ type: "writable" }));
  }

  #ingest(operation: Operation): void {
    this.#ingesting += 1;
    if (this.#ingesting >= INGEST_HIGH && !this.#paused) {
      this.#paused = true;
      this.connection.pause();
    }
    const { replica, number: introducer } = this.#options;
    const outcome = replica.receive([{ operation, introducer }]).then((outcomes): SessionEvent[] => {
      this.#ingested();
      return outcomes.map((each) => ({ type: "ingested", outcome: each }));
    });
    outcome.then(
      (events) => {
        for (const event of events) this.#tell(event);
      },
      (error: unknown) => this.#end("E_STORE", `The store failed: ${String(error)}`),
    );
  }

  #ingested(): void {
    this.#ingesting -= 1;
    if (!this.#paused || this.#ingesting > INGEST_LOW) return;
    this.#paused = false;
    this.connection.resume();
  }

  #setDeadline(ms: number | undefined): void {
    this.#cancelDeadline?.();
    this.#cancelDeadline =
      ms === undefined ? undefined : this.#options.clock.after(ms, () => this.#tell({ type: "deadline" }));
  }

  #end(code: string, reason: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.phase = "closed";
    this.#setDeadline(undefined);
    this.#unsubscribe();
    this.connection.close(code);
    this.#options.events.ended(this, code, reason);
  }
}

type SessionPage = Extract<SessionEvent, { type: "page" }>["operations"];
