// A box of ours that dials a node which says whatever a test tells it to. The box is real but for its clock, which stands
// still; the node is the raw side of the Rust peer.
import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { asSigningKey, type Topic, toHex } from "../../../protocol/operation/bytes.ts";
import { createNodeCrypto } from "../../../sync/crypto/node.ts";
import { ownKey } from "../../../sync/own-key.ts";
import { Peers } from "../../../sync/peers.ts";
import type { Transport } from "../../../sync/ports.ts";
import { Replica } from "../../../sync/replica.ts";
import { encodeFrame } from "../../../sync/session/frame.ts";
import { encodeMessage, type Message } from "../../../sync/session/message.ts";
import { MemoryStore } from "../../../sync/store/memory.ts";
import { syncAlpn } from "../../../sync/transport/iroh-alpn.ts";
import { IrohTransport } from "../../../sync/transport/iroh-transport.ts";
import { within } from "../../support/deadline.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { TestLog } from "../../support/test-log.ts";
import { ourCpuMs } from "./cpu-time.ts";
import { type PeerEvent, RustPeer } from "./rust-peer.ts";

export const suite = await createNodeCrypto();

const LOOPBACK = ["127.0.0.1:0"];
const NODE_SEED = "0d".repeat(32);
/** Streams of a connection, as the raw node counts them. */
const HANDSHAKE = 1;
const SYNC = 2;
/** A length, then the number of the message. */
const LIVE_FRAME = /^.{8}01/;
const WATCHED_MS = 1_000;
/** A box that waits needs some 30 ms in a second; one that spins takes all that a busy machine gives it. */
const QUIET_CPU_MS = 150;
/** What came before may still be cleared away in the first second; a busy loop never has a quiet one. */
const WATCHES = 3;

export interface StageOptions {
  /** Followed besides the topic of the stage. */
  readonly otherTopic?: Topic;
}

export class Stage implements AsyncDisposable {
  readonly node: RustPeer;
  readonly #address: string;
  readonly clock = new FakeClock();
  /** Of somebody who is not here; the node may bring it. */
  readonly log = new TestLog(suite, "somebody");
  /** Codes with which sessions ended, in their order. */
  readonly ends: string[] = [];
  /** What the box said of itself. */
  readonly said: string[] = [];
  dials = 0;
  #replica: Replica | undefined;
  #peers: Peers | undefined;
  #connection = 0;
  #changed: () => void = () => {};
  #news = Promise.resolve();

  static async open(options: StageOptions = {}): Promise<Stage> {
    const node = await RustPeer.start();
    const { nodeId, addresses } = await node.ask("rawListen", { seed: NODE_SEED });
    const stage = new Stage(node, `${nodeId}@${(addresses as readonly string[])[0]}`);
    await stage.#openBox(options);
    return stage;
  }

  private constructor(node: RustPeer, address: string) {
    this.node = node;
    this.#address = address;
    this.#awaitNews();
  }

  get replica(): Replica {
    assert.ok(this.#replica);
    return this.#replica;
  }

  get peers(): Peers {
    assert.ok(this.#peers);
    return this.#peers;
  }

  /** The box dials. Resolves when the node heard which topic it asks for. */
  async dialled(): Promise<void> {
    this.peers.add(this.#address);
    const asked = await this.#hears(HANDSHAKE, ({ hex }) => String(hex).endsWith(toHex(this.log.topic)));
    this.#connection = Number(asked["connection"]);
  }

  /** Both sides shake hands. Resolves when the node heard what the box has. */
  async shaken(): Promise<void> {
    await this.dialled();
    await this.shakeHands({ type: "handshakeDone" });
    await this.#hears(SYNC, () => true);
  }

  /** Says messages on the stream of the handshake. */
  async shakeHands(...messages: readonly Message[]): Promise<void> {
    await this.send(framed(messages), HANDSHAKE);
  }

  /** Says messages of log sync and live mode, at once. */
  async say(...messages: readonly Message[]): Promise<void> {
    await this.send(framed(messages));
  }

  /** Any bytes, by default on the stream of log sync. */
  async send(bytes: Uint8Array, stream = SYNC): Promise<void> {
    await this.node.ask("rawSend", { connection: this.#connection, stream, hex: toHex(bytes) });
  }

  /** The box has sent what the node lacks. */
  async hearsDone(): Promise<void> {
    await this.#hears(SYNC, ({ hex }) => hex === toHex(framed([{ type: "done" }])));
  }

  /** The box passed an operation on. */
  async hearsLive(): Promise<void> {
    await this.#hears(SYNC, ({ hex }) => LIVE_FRAME.test(String(hex)));
  }

  /** Ends the stream of log sync. */
  async finish(): Promise<void> {
    await this.node.ask("rawFinish", { connection: this.#connection, stream: SYNC });
  }

  /** With a code of QUIC's; p2panda's nodes give 0. */
  async hangUp(code: number): Promise<void> {
    await this.node.ask("rawClose", { connection: this.#connection, code });
  }

  /** The session ends with this code, and the node hears it. */
  async endsWith(code: string): Promise<void> {
    await this.lost(code);
    const closed = await this.node.waitFor(
      ({ event, connection }) => event === "rawClosed" && connection === this.#connection,
    );
    assert.match(String(closed["reason"]), new RegExp(`\\b${code}\\b`));
  }

  /** The session ends with this code, which is for us alone. */
  async lost(code: string): Promise<void> {
    await this.until(`a session to end with ${code}`, () => this.ends.length > 0);
    assert.equal(this.ends[0], code, this.said.join("\n"));
  }

  async live(): Promise<void> {
    await this.until("live mode", () => this.peers.live === 1);
  }

  /** Looks again whenever the box has news. */
  async until(what: string, holds: () => boolean): Promise<void> {
    const wait = async (): Promise<void> => {
      while (!holds()) await this.#news;
    };
    await within(what, wait());
  }

  /** The box works no more than a box that waits, dials nobody, and still takes in what its own people write. */
  async assertQuiet(dials = 1): Promise<void> {
    const used: number[] = [];
    do {
      const before = ourCpuMs();
      await delay(WATCHED_MS);
      used.push(Math.round(ourCpuMs() - before));
    } while (Math.min(...used) >= QUIET_CPU_MS && used.length < WATCHES);
    assert.ok(Math.min(...used) < QUIET_CPU_MS, `${used} ms of CPU time, each in ${WATCHED_MS} ms of waiting`);
    assert.equal(this.dials, dials);
    assert.equal((await this.replica.publish([Uint8Array.of(0xf6)])).length, 1);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#peers?.stop();
    await this.node.stop();
  }

  async #openBox({ otherTopic }: StageOptions): Promise<void> {
    const { clock } = this;
    const key = ownKey(asSigningKey(new Uint8Array(32).fill(1)), suite);
    const open = (topic: Topic) => Replica.open({ store: new MemoryStore(), suite, topic, key, clock });
    this.#replica = await open(this.log.topic);
    await this.#replica.publish([Uint8Array.of(0xf5), Uint8Array.of(0xf4)]);
    this.#peers = new Peers({
      replicas: otherTopic ? [this.#replica, await open(otherTopic)] : [this.#replica],
      transport: this.#countedTransport(),
      clock,
      random: () => 0.5,
      randomBytes: (length) => new Uint8Array(length),
      logger: { debug: this.#note, info: this.#note, warn: this.#note, error: this.#note },
      changed: () => this.#changed(),
    });
  }

  #countedTransport(): Transport {
    const { signingKey } = this.replica.key;
    const iroh = new IrohTransport({ signingKey, alpn: syncAlpn(suite), bind: LOOPBACK });
    return {
      dial: (address, signal) => {
        this.dials += 1;
        return iroh.dial(address, signal);
      },
      close: () => iroh.close(),
    };
  }

  readonly #note = (message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
    this.said.push(`${message} ${JSON.stringify(fields)}`);
    if (message === "session ended") this.ends.push(String(fields["code"]));
    this.#changed();
  };

  #awaitNews(): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#news = promise;
    this.#changed = () => {
      this.#awaitNews();
      resolve();
    };
  }

  #hears(stream: number, matches: (event: PeerEvent) => boolean): Promise<PeerEvent> {
    return this.node.waitFor((event) => event.event === "rawFrame" && event["stream"] === stream && matches(event));
  }
}

export function framed(messages: readonly Message[]): Uint8Array {
  return Buffer.concat(messages.map((message) => encodeFrame(encodeMessage(message))));
}
