// One peer: carries out what a session asks for, against a connection and the replica. One `switch`, no decisions about
// the protocol. A fault of the other side, or of our store, ends this session only.
import { equalBytes, type Topic, toHex, type VerifyingKey } from "../protocol/operation/bytes.ts";
import type { Operation } from "../protocol/operation/operation.ts";
import { BlobPeer } from "./blob-peer.ts";
import { CHUNK_OPERATIONS } from "./catch-up.ts";
import type { IngestListener } from "./ingest.ts";
import { Intake } from "./intake.ts";
import { Outlet } from "./outlet.ts";
import type { PeerOptions } from "./peer-options.ts";
import type { Connection, ConnectionEvents } from "./ports.ts";
import type { Replica } from "./replica.ts";
import type { BlobEffect } from "./session/blob-events.ts";
import type { Phase, SessionEffect, SessionEvent } from "./session/events.ts";
import { encodeFrame } from "./session/frame.ts";
import type { Incoming } from "./session/log-sync.ts";
import { encodeMessage, type LiveForm, type Message } from "./session/message.ts";
import { Session } from "./session/session.ts";

/** Operations read from the store at once; with the largest bodies 4 MiB. */
const PAGE_OPERATIONS = 64;

export class Peer {
  readonly connection: Connection;
  readonly #options: PeerOptions;
  readonly #session: Session;
  readonly #outlet: Outlet;
  readonly #intake: Intake;
  #blobs: BlobPeer | undefined;
  #unsubscribe: () => void = () => {};
  #cancelDeadline: (() => void) | undefined;
  #ended = false;
  phase: Phase = "hello";
  key: VerifyingKey | undefined;
  /** Undefined until both sides know what they speak of. */
  replica: Replica | undefined;
  sent = 0;
  received = 0;

  constructor(options: PeerOptions) {
    const { connection, replicas, clock, number, nonce, liveForm, allowance } = options;
    const [{ suite, key: identity }] = replicas;
    this.#options = options;
    this.connection = connection;
    this.key = connection.peerKey;
    this.#intake = new Intake(connection);
    this.#outlet = new Outlet({
      connection,
      clock,
      isPaced: !connection.extended,
      credit: allowance ? CHUNK_OPERATIONS : Number.POSITIVE_INFINITY,
      pageOperations: PAGE_OPERATIONS,
      writable: () => this.#tell({ type: "writable" }),
      spent: () => options.events.spent(this),
    });
    this.#session = new Session({
      role: connection.role,
      extended: connection.extended,
      topics: replicas.map(({ topic }) => topic),
      suite,
      identity,
      nonce,
      number,
      liveForm,
      allowance,
    });
    connection.listen(this.#connectionEvents());
    this.#tell({ type: "start" });
  }

  /** What was seen of how the other side reads headers. */
  get liveForm(): LiveForm {
    return this.#session.liveForm;
  }

  get incoming(): Incoming | undefined {
    return this.#session.incoming;
  }

  /** What was sent has arrived, so more may go out. */
  grant(): void {
    this.#outlet.grant();
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
      drained: () => this.#outlet.drained(),
      closed: (code) => this.#tell({ type: "closed", code }),
    };
  }

  #tell(event: SessionEvent): void {
    if (this.#ended) return;
    for (const effect of this.#session.handle(event)) this.#carryOut(effect);
  }

  #carryOut(effect: SessionEffect): void {
    switch (effect.type) {
      case "send":
        this.#send(effect.message);
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
        this.#answer(this.#page(this.#spokenOf.since(effect.arrival, PAGE_OPERATIONS)));
        break;
      case "awaitWritable":
        this.#outlet.await();
        break;
      case "ingest":
        this.#ingest(effect.operation);
        break;
      case "blob":
        this.#carryOutBlob(effect.effect);
        break;
      case "deadline":
        this.#setDeadline(effect.ms);
        break;
      case "peer":
        this.key = effect.verifyingKey;
        break;
      case "topic":
        this.#speakOf(effect.topic);
        break;
      case "phase":
        this.phase = effect.phase;
        this.#options.events.changed(this);
        break;
      case "synced":
        this.sent = effect.sent;
        this.received = effect.received;
        this.#options.events.synced(this, effect.heights);
        break;
      case "close":
        this.#end(effect.code, effect.reason);
        break;
    }
  }

  #speakOf(topic: Topic): void {
    this.replica = this.#options.replicas.find((replica) => equalBytes(replica.topic, topic));
    this.#unsubscribe = this.#spokenOf.subscribe(this.#ingestListener());
    if (this.key && this.connection.extended) this.#blobs = this.#blobPeer(this.key);
    if (this.key && !this.#options.events.identified(this, this.key))
      this.#end("E_DUPLICATE", "This pair is connected already");
  }

  #blobPeer(key: VerifyingKey): BlobPeer {
    const { blobs } = this.#spokenOf;
    return new BlobPeer({ blobs, key: toHex(key), tell: (event) => this.#tell({ type: "blob", event }) });
  }

  #carryOutBlob(effect: BlobEffect): void {
    this.#blobs?.carryOut(effect).then(
      (event) => event && this.#tell({ type: "blob", event }),
      (error: unknown) => this.#end("E_STORE", `The store failed: ${String(error)}`),
    );
  }

  /** The session asks for nothing before it named the topic. */
  get #spokenOf(): Replica {
    if (this.replica === undefined) throw new TypeError("Cannot answer the session: its topic is not known yet");
    return this.replica;
  }

  get #store() {
    return this.#spokenOf.store;
  }

  #send(message: Message): void {
    if (message.type === "operation" || message.type === "live") this.#outlet.sent();
    this.connection.send(encodeFrame(encodeMessage(message)));
  }

  /** `arrival` first: what comes between is told twice rather than never. */
  async #readLogs(): Promise<SessionEvent> {
    const arrival = await this.#store.lastArrival();
    return { type: "logs", arrival, logs: await this.#spokenOf.logs() };
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

  #ingest(operation: Operation): void {
    this.#intake.begun();
    const { number: introducer } = this.#options;
    const outcome = this.#spokenOf.receive([{ operation, introducer }]).then((outcomes): SessionEvent[] => {
      this.#intake.committed();
      return outcomes.map((each) => ({ type: "ingested", outcome: each }));
    });
    outcome.then(
      (events) => {
        for (const event of events) this.#tell(event);
      },
      (error: unknown) => this.#end("E_STORE", `The store failed: ${String(error)}`),
    );
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
    this.#outlet.close();
    this.#unsubscribe();
    this.#blobs?.close();
    this.connection.close(code);
    this.#options.events.ended(this, code, reason);
  }
}

type SessionPage = Extract<SessionEvent, { type: "page" }>["operations"];
