// All peers of a box: one session for each pair and topic. Whom to dial is dialler.ts; here are the sessions. Addresses
// are hints; a peer is known by the key that it proved.
//
// Invariants
// 1. At most one session for each key and topic, but for the short second one that verifies a transfer.
// 2. Of two connections that a pair opened at once, both sides keep the one that the lower key dialled.
import { compareBytes, toHex, type VerifyingKey } from "../protocol/operation/bytes.ts";
import type { LogHeights } from "../protocol/operation/log.ts";
import { Dialler, type Ending, type Target } from "./dialler.ts";
import { Peer } from "./peer.ts";
import type { PeerEvents } from "./peer-options.ts";
import type { Clock, Connection, DiscoveryEvents, Logger, Random, Transport } from "./ports.ts";
import type { Replica } from "./replica.ts";
import type { Incoming } from "./session/log-sync.ts";
import { HELLO_NONCE_BYTES } from "./session/message.ts";
import { Verification } from "./verification.ts";

/** A session that lived this long proves the address: the next attempt starts with a short delay again. */
const PROVEN_MS = 30_000;

export interface PeersOptions {
  /** Of every topic that this box follows; the first is its own festival. */
  readonly replicas: readonly [Replica, ...Replica[]];
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly logger: Logger;
  /** Longest pause before an address that does not answer is dialled again; a minute if absent. */
  readonly longestRedialMs?: number;
  /** Called when a peer came, went or synced: the screen may want to know. */
  readonly changed: () => void;
  /** A peer that proved its key holds our logs of this replica up to these heights. */
  readonly synced?: (replica: Replica, peer: VerifyingKey, heights: LogHeights) => void;
}

export interface PeerStatus {
  /** Hex, once proven. */
  readonly key?: string;
  readonly remote: string;
  /** Hex, once both sides spoke of it. */
  readonly topic?: string;
  /** Which messages both ends speak. */
  readonly dialect: "lagerfeuer" | "p2panda";
  readonly role: Connection["role"];
  readonly phase: Peer["phase"];
  readonly sent: number;
  readonly received: number;
  /** While something comes in: how far that has come. */
  readonly incoming?: Incoming;
}

export class Peers {
  readonly #options: PeersOptions;
  readonly #dialler: Dialler;
  readonly #verification: Verification;
  readonly #peers = new Map<Peer, Target | undefined>();
  /** Second sessions, which verify. */
  readonly #looks = new Set<Peer>();
  #sessions = 0;
  #stopped = false;
  /** Microseconds since 1970 UTC of the last completed sync of our festival with anybody. */
  lastSync: number | undefined;

  constructor(options: PeersOptions) {
    this.#options = options;
    this.#dialler = new Dialler({
      ...options,
      isWanted: ({ key, replica }) => key === undefined || this.#speaking(key, replica) === undefined,
      connected: (connection, target) => this.#start(connection, target),
    });
    this.#verification = new Verification({ clock: options.clock, look: (target) => this.#look(target) });
  }

  get status(): PeerStatus[] {
    return [...this.#peers.keys()].map((peer) => ({
      ...(peer.key && { key: toHex(peer.key) }),
      remote: peer.connection.remote,
      ...(peer.replica && { topic: toHex(peer.replica.topic) }),
      dialect: peer.connection.extended ? "lagerfeuer" : "p2panda",
      role: peer.connection.role,
      phase: peer.phase,
      sent: peer.sent,
      received: peer.received,
      ...(peer.incoming && { incoming: peer.incoming }),
    }));
  }

  /** Peers of our festival that are in live mode: what they know, we know. */
  get live(): number {
    const [festival] = this.#options.replicas;
    return [...this.#peers.keys()].filter(({ phase, replica }) => phase === "live" && replica === festival).length;
  }

  readonly discovery: DiscoveryEvents = {
    found: (address) => this.add(address),
    lost: (address) => this.#dialler.forget(address),
  };

  /** Dials an address now, and again whenever it is lost. */
  add(address: string): void {
    this.#dialler.add(address);
  }

  accept(connection: Connection): void {
    this.#start(connection, undefined);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const peer of [...this.#peers.keys(), ...this.#looks]) {
      peer.stop();
      peer.drop("closed", "Stopping");
    }
    await this.#dialler.stop();
  }

  #start(connection: Connection, target: Target | undefined): void {
    if (this.#stopped) {
      connection.close("E_STOPPING");
      return;
    }
    const peer = this.#peer(connection, target, this.#peerEvents(target, this.#options.clock.monotonicMs()));
    if (peer.phase !== "closed") this.#peers.set(peer, target);
    this.#options.changed();
  }

  #peer(connection: Connection, target: Target | undefined, events: PeerEvents): Peer {
    const { replicas, clock, randomBytes } = this.#options;
    this.#sessions += 1;
    return new Peer({
      connection,
      replicas: target ? [target.replica, ...replicas.filter((replica) => replica !== target.replica)] : replicas,
      clock,
      number: this.#sessions,
      nonce: randomBytes(HELLO_NONCE_BYTES),
      liveForm: target?.liveForm ?? "fields",
      allowance: target && !connection.extended ? this.#verification.allowanceOf(target) : undefined,
      events,
    });
  }

  #peerEvents(target: Target | undefined, startedMs: number): PeerEvents {
    const { logger, clock, changed } = this.#options;
    return {
      identified: (peer, key) => this.#identified(peer, key, target),
      changed: (peer) => {
        logger.debug("session", { remote: peer.connection.remote, phase: peer.phase });
        changed();
      },
      synced: (peer, heights) => {
        if (peer.replica === this.#options.replicas[0]) this.lastSync = clock.nowMicros();
        const { sent, received } = peer;
        logger.info("synced", { remote: peer.connection.remote, sent, received });
        if (peer.key && peer.replica) this.#options.synced?.(peer.replica, peer.key, heights);
        if (target) this.#verification.synced(target, () => peer.grant());
        changed();
      },
      spent: (peer) => {
        if (target) this.#verification.spent(target, () => peer.grant());
      },
      ended: (peer, code, reason) => {
        this.#peers.delete(peer);
        logger.info("session ended", { remote: peer.connection.remote, code, reason });
        this.#ended(peer, target, endingOf(code, clock.monotonicMs() - startedMs));
        changed();
      },
    };
  }

  /** The address may be tried again, and so may any other that leads to the same key. */
  #ended(peer: Peer, target: Target | undefined, ending: Ending): void {
    if (target) {
      target.liveForm = peer.liveForm;
      this.#verification.ended(target);
      this.#dialler.ended(target, ending);
    }
    if (peer.key && peer.replica) this.#dialler.freed(toHex(peer.key), peer.replica, target);
  }

  #identified(peer: Peer, key: VerifyingKey, target: Target | undefined): boolean {
    const name = toHex(key);
    if (target) target.key = name;
    const other = peer.replica && this.#speaking(name, peer.replica, peer);
    if (other === undefined) return true;
    if (other.connection.role !== peer.connection.role && !this.#dialledByLower(peer, key)) return false;
    other.drop("E_DUPLICATE", "Another connection of this pair is kept");
    return true;
  }

  #dialledByLower(peer: Peer, key: VerifyingKey): boolean {
    const ownIsLower = compareBytes(this.#options.replicas[0].key.verifyingKey, key) < 0;
    return (peer.connection.role === "initiator") === ownIsLower;
  }

  #speaking(key: string, replica: Replica, except?: Peer): Peer | undefined {
    return [...this.#peers.keys()].find(
      (peer) => peer !== except && peer.replica === replica && peer.key && toHex(peer.key) === key,
    );
  }

  #look(target: Target): void {
    this.#dialler.connect(target).then(
      (connection) => this.#startLook(connection, target),
      () => this.#verification.looked(target, undefined),
    );
  }

  #startLook(connection: Connection, target: Target): void {
    if (this.#stopped) {
      connection.close("E_STOPPING");
      return;
    }
    const { logger } = this.#options;
    let sent: number | undefined;
    const look = this.#peer(connection, target, {
      identified: () => true,
      changed: () => {},
      spent: () => {},
      synced: (peer) => {
        sent = peer.sent;
        logger.debug("looked", { remote: connection.remote, sent });
        peer.stop();
      },
      ended: (peer) => {
        this.#looks.delete(peer);
        this.#verification.looked(target, sent);
      },
    });
    if (look.phase !== "closed") this.#looks.add(look);
  }
}

function endingOf(code: string, livedMs: number): Ending {
  if (code === "E_SELF") return "self";
  if (code === "E_TOPIC_UNKNOWN") return "unknown-topic";
  return livedMs > PROVEN_MS ? "proven" : "lost";
}
