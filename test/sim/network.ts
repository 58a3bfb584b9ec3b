// A simulated network: real replicas, real sessions, memory stores; a seeded scheduler decides which link delivers its
// next frame, which link breaks, what is delivered twice or garbled. One seed is one run.
import { asLogId, asSigningKey, asTopic } from "../../protocol/operation/bytes.ts";
import { createOperation, type Operation } from "../../protocol/operation/operation.ts";
import { type BlobPolicy, Blobs } from "../../sync/blobs.ts";
import { ownKey } from "../../sync/own-key.ts";
import { Peer } from "../../sync/peer.ts";
import type { Connection, ConnectionEvents, Random } from "../../sync/ports.ts";
import { Replica } from "../../sync/replica.ts";
import { HELLO_NONCE_BYTES } from "../../sync/session/message.ts";
import { MemoryStore } from "../../sync/store/memory.ts";
import { MemoryBlobs } from "../../sync/store/memory-blobs.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { createToyCrypto } from "../support/toy-crypto.ts";

const suite = createToyCrypto();
const TOPIC = asTopic(suite.hash(new TextEncoder().encode("simulated festival")));
const LOG_ID = asLogId(suite.hash(TOPIC));

/** Chances per delivered frame. */
export interface Faults {
  readonly cut: number;
  readonly duplicate: number;
  readonly garble: number;
}

export const NO_FAULTS: Faults = { cut: 0, duplicate: 0, garble: 0 };

export interface Node {
  readonly name: string;
  readonly replica: Replica;
}

/** A node that holds blobs, and what it holds of them. */
export interface BlobNode extends Node {
  readonly blobs: Blobs;
  readonly shelf: MemoryBlobs;
}

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Lets everything run that waits for nothing but its turn. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

class End implements Connection {
  readonly role: Connection["role"];
  readonly remote: string;
  readonly extended: boolean;
  readonly link: Link;
  other: End | undefined;
  events: ConnectionEvents | undefined;
  readonly outbox: Uint8Array[] = [];
  unsentBytes = 0;
  paused = false;

  constructor(link: Link, role: Connection["role"], remote: string, extended: boolean) {
    this.link = link;
    this.role = role;
    this.remote = remote;
    this.extended = extended;
  }

  send(frame: Uint8Array): void {
    if (!this.link.open) return;
    this.outbox.push(frame);
    this.unsentBytes += frame.length;
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
  }

  close(code: string): void {
    this.link.cut(code);
  }

  listen(events: ConnectionEvents): void {
    this.events = events;
  }
}

/** One connection between two nodes, until it breaks. */
class Link {
  readonly a: End;
  readonly b: End;
  open = true;
  readonly codes: string[] = [];

  constructor(a: Node, b: Node, extended: boolean) {
    this.a = new End(this, "initiator", b.name, extended);
    this.b = new End(this, "acceptor", a.name, extended);
    this.a.other = this.b;
    this.b.other = this.a;
  }

  get deliverable(): End[] {
    if (!this.open) return [];
    return [this.a, this.b].filter((end) => end.outbox.length > 0 && !end.other?.paused);
  }

  cut(code: string): void {
    if (!this.open) return;
    this.open = false;
    this.codes.push(code);
    this.a.events?.closed(code);
    this.b.events?.closed(code);
  }
}

export class SimulatedNetwork {
  readonly nodes: Node[] = [];
  readonly clock = new FakeClock();
  /** Why sessions ended, oldest first. */
  readonly endings: string[] = [];
  readonly #random: Random;
  #links: Link[] = [];
  #sessions = 0;
  delivered = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  async addNode(name: string): Promise<Node> {
    return this.#add({ name, replica: await this.#open(name) });
  }

  async addBlobNode(name: string, policy: BlobPolicy): Promise<BlobNode> {
    const shelf = new MemoryBlobs();
    const blobs = new Blobs({ store: shelf, suite, policy, clock: this.clock, logger: silent });
    return this.#add({ name, replica: await this.#open(name, blobs), blobs, shelf });
  }

  #add<Added extends Node>(node: Added): Added {
    this.nodes.push(node);
    return node;
  }

  #open(name: string, blobs?: Blobs): Promise<Replica> {
    const key = ownKey(asSigningKey(suite.hash(new TextEncoder().encode(name))), suite);
    const store = new MemoryStore();
    return Replica.open({ store, suite, topic: TOPIC, key, clock: this.clock, ...(blobs && { blobs }) });
  }

  connect(a: Node, b: Node, extended = true): void {
    const link = new Link(a, b, extended);
    this.#links.push(link);
    this.#session(a, link.a);
    this.#session(b, link.b);
  }

  /** A link whose other end is no replica: the test feeds it what it likes. */
  connectStranger(node: Node, extended: boolean): { send(frame: Uint8Array): void; readonly open: () => boolean } {
    const link = new Link({ ...node, name: "stranger" }, node, extended);
    this.#links.push(link);
    link.a.listen({ frame: () => {}, drained: () => {}, closed: () => {} });
    this.#session(node, link.b);
    return { send: (frame) => link.a.send(frame), open: () => link.open };
  }

  #session({ replica, name }: Node, connection: End): void {
    this.#sessions += 1;
    const nonce = new Uint8Array(HELLO_NONCE_BYTES).map(() => Math.floor(this.#random() * 256));
    new Peer({
      connection,
      replicas: [replica],
      clock: this.clock,
      number: this.#sessions,
      nonce,
      liveForm: connection.extended ? "bytes" : "fields",
      events: {
        identified: () => true,
        spent: () => {},
        changed: () => {},
        synced: () => {},
        ended: (_peer, code) => this.endings.push(`${name}: ${code}`),
      },
    });
  }

  /** Delivers one frame of a random link; false if there is nothing to deliver. */
  async step(faults: Faults): Promise<boolean> {
    await settle();
    this.#links = this.#links.filter((link) => link.open);
    const ends = this.#links.flatMap((link) => link.deliverable);
    const from = ends[Math.floor(this.#random() * ends.length)];
    if (from === undefined) return false;
    if (this.#random() < faults.cut) from.link.cut("E_CUT");
    else this.#deliver(from, faults);
    return true;
  }

  #deliver(from: End, faults: Faults): void {
    const frame = from.outbox.shift() as Uint8Array;
    from.unsentBytes -= frame.length;
    this.delivered += 1;
    const garbled = this.#random() < faults.garble ? this.#garble(frame) : frame;
    from.other?.events?.frame(garbled);
    if (this.#random() < faults.duplicate) from.other?.events?.frame(frame);
    if (from.outbox.length === 0) from.events?.drained();
  }

  #garble(frame: Uint8Array): Uint8Array {
    const garbled = frame.slice();
    const at = Math.floor(this.#random() * garbled.length);
    garbled[at] = (garbled[at] as number) ^ (1 + Math.floor(this.#random() * 255));
    return garbled;
  }

  /** Delivers until nothing moves any more. */
  async run(faults: Faults = NO_FAULTS, maxSteps = 100_000): Promise<void> {
    for (let step = 0; step < maxSteps; step++) if (!(await this.step(faults))) return;
    throw new Error(`Still busy after ${maxSteps} steps`);
  }

  async cutAll(): Promise<void> {
    for (const link of this.#links) link.cut("E_CUT");
    await settle();
  }

  /** Connects every node with the next, in a ring, and runs without faults until all is quiet; as often as it takes. */
  async heal(rounds = 4): Promise<void> {
    await this.cutAll();
    for (let round = 0; round < rounds; round++) {
      for (const [index, node] of this.nodes.entries()) {
        const next = this.nodes[(index + 1) % this.nodes.length] as Node;
        if (next !== node) this.connect(node, next);
      }
      await this.run();
      await this.cutAll();
    }
  }
}

/** Mints an operation of any author, outside of any replica: for equivocation and for strangers. */
export function mint(author: string, previous: Operation | undefined, text: string, pruneFlag = false): Operation {
  const input = {
    signingKey: asSigningKey(suite.hash(new TextEncoder().encode(author))),
    logId: LOG_ID,
    timestamp: 1_790_000_000_000_000,
    pruneFlag,
    body: new TextEncoder().encode(text),
    ...(previous && { previous: { id: previous.id, seqNum: previous.header.seqNum } }),
  };
  return createOperation(input, suite);
}
