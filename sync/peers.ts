// All peers of a replica: whom to dial and when again, whom to accept, one session for each pair. Addresses are hints;
// a peer is known by the key that it proved.
//
// Invariants
// 1. At most one dial or session for each address, and at most one session for each key.
// 2. Of two connections that a pair opened at once, both sides keep the one that the lower key dialled.
// 3. An address is dialled as long as configuration or discovery names it, with back-off, for ever.
import { compareBytes, toHex, type VerifyingKey } from "../protocol/operation/bytes.ts";
import { Backoff } from "./backoff.ts";
import { Peer, type PeerEvents } from "./peer.ts";
import type { Clock, Connection, DiscoveryEvents, Logger, Random, Transport } from "./ports.ts";
import type { Replica } from "./replica.ts";
import { HELLO_NONCE_BYTES } from "./session/message.ts";

/** A box on the same network answers within a moment; beyond that it is gone or overloaded. */
const DIAL_MS = 5_000;
/** A session that lived this long proves the address: the next attempt starts with a short delay again. */
const PROVEN_MS = 30_000;

export interface PeersOptions {
  readonly replica: Replica;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly logger: Logger;
  /** Called when a peer came, went or synced: the screen may want to know. */
  readonly changed: () => void;
}

export interface PeerStatus {
  /** Hex, once proven. */
  readonly key?: string;
  readonly remote: string;
  readonly role: Connection["role"];
  readonly phase: Peer["phase"];
  readonly sent: number;
  readonly received: number;
}

interface Address {
  readonly address: string;
  readonly backoff: Backoff;
  /** Named by discovery or configuration; without a name it is dropped. */
  named: boolean;
  /** A dial under way, a session, or a wait. */
  busy: boolean;
  cancelWait?: () => void;
  key?: string;
}

export class Peers {
  readonly #options: PeersOptions;
  readonly #addresses = new Map<string, Address>();
  readonly #own = new Set<string>();
  readonly #peers = new Map<Peer, Address | undefined>();
  readonly #dials = new AbortController();
  #sessions = 0;
  #stopped = false;
  /** Microseconds since 1970 UTC of the last completed sync with anybody. */
  lastSync: number | undefined;

  constructor(options: PeersOptions) {
    this.#options = options;
  }

  get status(): PeerStatus[] {
    return [...this.#peers.keys()].map((peer) => ({
      ...(peer.key && { key: toHex(peer.key) }),
      remote: peer.connection.remote,
      role: peer.connection.role,
      phase: peer.phase,
      sent: peer.sent,
      received: peer.received,
    }));
  }

  /** Peers that are in live mode: what they know, we know. */
  get live(): number {
    return [...this.#peers.keys()].filter((peer) => peer.phase === "live").length;
  }

  readonly discovery: DiscoveryEvents = {
    found: (address) => this.add(address),
    lost: (address) => this.#forget(address),
  };

  /** Dials an address now, and again whenever it is lost. */
  add(address: string): void {
    if (this.#stopped || this.#own.has(address)) return;
    const known = this.#addresses.get(address);
    if (known) {
      known.named = true;
      return;
    }
    const { random } = this.#options;
    const entry: Address = { address, backoff: new Backoff(random), named: true, busy: false };
    this.#addresses.set(address, entry);
    this.#dial(entry);
  }

  accept(connection: Connection): void {
    if (this.#stopped) connection.close("E_STOPPING");
    else this.#start(connection, undefined);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#dials.abort();
    for (const entry of this.#addresses.values()) entry.cancelWait?.();
    for (const peer of [...this.#peers.keys()]) {
      peer.stop();
      peer.drop("closed", "Stopping");
    }
    await this.#options.transport.close();
  }

  #forget(address: string): void {
    const entry = this.#addresses.get(address);
    if (entry === undefined) return;
    entry.named = false;
    if (entry.busy) return;
    entry.cancelWait?.();
    this.#addresses.delete(address);
  }

  #dial(entry: Address): void {
    if (this.#stopped || entry.busy || (entry.key && this.#byKey(entry.key))) return;
    entry.busy = true;
    const signal = AbortSignal.any([this.#dials.signal, AbortSignal.timeout(DIAL_MS)]);
    this.#options.transport.dial(entry.address, signal).then(
      (connection) => this.#start(connection, entry),
      (error: unknown) => {
        this.#options.logger.debug("dial failed", { address: entry.address, error: String(error) });
        this.#again(entry);
      },
    );
  }

  #again(entry: Address): void {
    entry.busy = false;
    if (this.#stopped) return;
    if (!entry.named) {
      this.#addresses.delete(entry.address);
      return;
    }
    entry.cancelWait?.();
    entry.cancelWait = this.#options.clock.after(entry.backoff.next(), () => this.#dial(entry));
  }

  #start(connection: Connection, entry: Address | undefined): void {
    if (this.#stopped) {
      connection.close("E_STOPPING");
      return;
    }
    const { replica, clock, randomBytes } = this.#options;
    this.#sessions += 1;
    const peer = new Peer({
      connection,
      replica,
      clock,
      number: this.#sessions,
      nonce: randomBytes(HELLO_NONCE_BYTES),
      liveForm: connection.extended ? "bytes" : "fields",
      events: this.#peerEvents(entry, clock.monotonicMs()),
    });
    if (peer.phase !== "closed") this.#peers.set(peer, entry);
    this.#options.changed();
  }

  #peerEvents(entry: Address | undefined, startedMs: number): PeerEvents {
    const { logger, clock, changed } = this.#options;
    return {
      identified: (peer, key) => this.#identified(peer, key, entry),
      changed: (peer) => {
        logger.debug("session", { remote: peer.connection.remote, phase: peer.phase });
        changed();
      },
      synced: (peer) => {
        this.lastSync = clock.nowMicros();
        const { sent, received } = peer;
        logger.info("synced", { remote: peer.connection.remote, sent, received });
        changed();
      },
      ended: (peer, code, reason) => {
        this.#peers.delete(peer);
        logger.info("session ended", { remote: peer.connection.remote, code, reason });
        if (code === "E_SELF" && entry) this.#own.add(entry.address);
        if (code === "E_SELF" && entry) this.#addresses.delete(entry.address);
        else this.#ended(peer, entry, clock.monotonicMs() - startedMs > PROVEN_MS);
        changed();
      },
    };
  }

  /** The address may be tried again, and so may any other that leads to the same key. */
  #ended(peer: Peer, entry: Address | undefined, proven: boolean): void {
    if (proven) entry?.backoff.reset();
    if (entry) this.#again(entry);
    if (peer.key === undefined) return;
    const key = toHex(peer.key);
    for (const other of this.#addresses.values()) if (other.key === key && !other.busy) this.#again(other);
  }

  #identified(peer: Peer, key: VerifyingKey, entry: Address | undefined): boolean {
    const name = toHex(key);
    if (entry) entry.key = name;
    const other = this.#byKey(name, peer);
    if (other === undefined) return true;
    if (other.connection.role !== peer.connection.role && !this.#dialledByLower(peer, key)) return false;
    other.drop("E_DUPLICATE", "Another connection of this pair is kept");
    return true;
  }

  #dialledByLower(peer: Peer, key: VerifyingKey): boolean {
    const ownIsLower = compareBytes(this.#options.replica.key.verifyingKey, key) < 0;
    return (peer.connection.role === "initiator") === ownIsLower;
  }

  #byKey(name: string, except?: Peer): Peer | undefined {
    return [...this.#peers.keys()].find((peer) => peer !== except && peer.key && toHex(peer.key) === name);
  }
}
