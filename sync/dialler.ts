// Whom to dial and when again: an address for each topic, with back-off, for as long as configuration or discovery
// names it. Knows no sessions; peers.ts says how they ended.
//
// Invariants
// 1. At most one dial, session or wait for each target.
// 2. A target is dialled for ever while it is named; without a name it is dropped when its session ends.
import { Backoff } from "./backoff.ts";
import type { Clock, Connection, Logger, Random, Transport } from "./ports.ts";
import type { Replica } from "./replica.ts";
import type { LiveForm } from "./session/message.ts";

/** A box on the same network answers within a moment; beyond that it is gone or overloaded. */
const DIAL_MS = 5_000;
/** Who does not follow a topic may begin to, but not every minute. */
const UNKNOWN_TOPIC_MS = 10 * 60_000;

/** One address, for one topic. */
export interface Target {
  readonly address: string;
  readonly replica: Replica;
  /** Hex, once proven. */
  key?: string;
  /** How the other side read headers in the last session. */
  liveForm: LiveForm;
}

interface Entry {
  readonly target: Target;
  readonly backoff: Backoff;
  /** Named by discovery or configuration. */
  named: boolean;
  /** A dial or a session is under way. */
  busy: boolean;
  cancelWait?: () => void;
}

export interface DiallerOptions {
  readonly replicas: readonly Replica[];
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly longestRedialMs?: number;
  /** Whether a session with this target would be a new one. */
  readonly isWanted: (target: Target) => boolean;
  readonly connected: (connection: Connection, target: Target) => void;
}

/** How a session with a target ended. */
export type Ending = "lost" | "proven" | "unknown-topic" | "self";

export class Dialler {
  readonly #options: DiallerOptions;
  readonly #entries = new Map<Target, Entry>();
  /** Addresses at which this box itself answers. */
  readonly #own = new Set<string>();
  readonly #dials = new AbortController();

  constructor(options: DiallerOptions) {
    this.#options = options;
  }

  /** Dials an address for every topic now, and again whenever it is lost. */
  add(address: string): void {
    if (this.#dials.signal.aborted || this.#own.has(address)) return;
    const known = this.#at(address);
    for (const entry of known) entry.named = true;
    if (known.length > 0) return;
    const { replicas, random, longestRedialMs } = this.#options;
    for (const replica of replicas) {
      const target: Target = { address, replica, liveForm: "fields" };
      const entry: Entry = { target, backoff: new Backoff(random, longestRedialMs), named: true, busy: false };
      this.#entries.set(target, entry);
      this.#dial(entry);
    }
  }

  forget(address: string): void {
    for (const entry of this.#at(address)) {
      entry.named = false;
      if (!entry.busy) this.#drop(entry);
    }
  }

  /** The session with a target is over. */
  ended(target: Target, ending: Ending): void {
    const entry = this.#entries.get(target);
    if (entry === undefined) return;
    if (ending === "self") {
      this.#own.add(target.address);
      this.#drop(entry);
      return;
    }
    if (ending === "proven") entry.backoff.reset();
    this.#again(entry, ending === "unknown-topic" ? UNKNOWN_TOPIC_MS : 0);
  }

  /** Nobody speaks with this key about this topic any more: other addresses of it may be tried. */
  freed(key: string, replica: Replica, by: Target | undefined): void {
    for (const entry of this.#entries.values()) {
      const { target, busy } = entry;
      if (target !== by && target.key === key && target.replica === replica && !busy) this.#again(entry, 0);
    }
  }

  /** One more connection to a target; rejects with TransportError. */
  connect(target: Target): Promise<Connection> {
    const signal = AbortSignal.any([this.#dials.signal, AbortSignal.timeout(DIAL_MS)]);
    return this.#options.transport.dial(target.address, signal);
  }

  async stop(): Promise<void> {
    this.#dials.abort();
    for (const { cancelWait } of this.#entries.values()) cancelWait?.();
    await this.#options.transport.close();
  }

  #at(address: string): Entry[] {
    return [...this.#entries.values()].filter(({ target }) => target.address === address);
  }

  #drop(entry: Entry): void {
    entry.cancelWait?.();
    this.#entries.delete(entry.target);
  }

  #dial(entry: Entry): void {
    const { target, busy } = entry;
    if (this.#dials.signal.aborted || busy || !this.#options.isWanted(target)) return;
    entry.busy = true;
    this.connect(target).then(
      (connection) => this.#options.connected(connection, target),
      (error: unknown) => {
        this.#options.logger.debug("dial failed", { address: target.address, error: String(error) });
        this.#again(entry, 0);
      },
    );
  }

  #again(entry: Entry, leastMs: number): void {
    entry.busy = false;
    if (this.#dials.signal.aborted) return;
    if (!entry.named) {
      this.#drop(entry);
      return;
    }
    entry.cancelWait?.();
    entry.cancelWait = this.#options.clock.after(leastMs + entry.backoff.next(), () => this.#dial(entry));
  }
}
