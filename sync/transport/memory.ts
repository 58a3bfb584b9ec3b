// Two connections without a network: for tests and the simulator. Nothing arrives until it is delivered, so that a seed
// decides what happens when; faults are asked for frame by frame. Keeps what a real connection promises, and no more.
import type { ConnectionEnd } from "../errors.ts";
import { type Connection, type ConnectionEvents, DRAINED_BYTES } from "../ports.ts";
import { UNSENT_CAP_BYTES } from "./limits.ts";

type Role = Connection["role"];

/** What befalls a frame. "swap": the next one comes first; "cut": the link breaks instead. */
export type Fault = "drop" | "duplicate" | "swap" | "cut";

export interface MemoryPairOptions {
  /** True by default. */
  readonly extended?: boolean;
  /** Deliver in a microtask after each send; otherwise only `deliver` and `pump` do. */
  readonly automatic?: boolean;
  /** Asked once for each frame before it arrives, counted from 1 in each direction. */
  readonly fault?: (frame: number, to: Role) => Fault | undefined;
}

export interface MemoryPair {
  readonly initiator: Connection;
  readonly acceptor: Connection;
  /** Delivers the oldest frame or end on its way, to one side if named; false if there is none. */
  deliver(to?: Role): boolean;
  /** Delivers until nothing is left; returns how many. */
  pump(): number;
  /** Breaks the link: what is on its way is lost. */
  cut(): void;
}

export function memoryPair(options: MemoryPairOptions = {}): MemoryPair {
  return new Link(options);
}

/** `order` is common to both directions. */
type Item =
  | { readonly order: number; readonly frame: Uint8Array; readonly fault: Fault | undefined }
  | { readonly order: number; readonly code: string };

class Link implements MemoryPair {
  readonly options: MemoryPairOptions;
  readonly initiator: MemoryConnection;
  readonly acceptor: MemoryConnection;
  #order = 0;
  #scheduled = false;

  constructor(options: MemoryPairOptions) {
    this.options = options;
    this.initiator = new MemoryConnection(this, "initiator");
    this.acceptor = new MemoryConnection(this, "acceptor");
  }

  deliver(to?: Role): boolean {
    const ready = [this.initiator, this.acceptor].filter((end) => end.ready && (to === undefined || end.role === to));
    const [first, second] = ready;
    if (first === undefined) return false;
    (second !== undefined && second.nextOrder < first.nextOrder ? second : first).take();
    return true;
  }

  pump(): number {
    let count = 0;
    while (this.deliver()) count += 1;
    return count;
  }

  cut(): void {
    this.initiator.lose("E_LOST");
    this.acceptor.lose("E_LOST");
  }

  other(role: Role): MemoryConnection {
    return role === "initiator" ? this.acceptor : this.initiator;
  }

  nextOrder(): number {
    this.#order += 1;
    return this.#order;
  }

  schedule(): void {
    if (!this.options.automatic || this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.pump();
    });
  }
}

class MemoryConnection implements Connection {
  readonly role: Role;
  readonly remote: string;
  readonly extended: boolean;
  readonly #link: Link;
  #inbox: Item[] = [];
  #events: ConnectionEvents | undefined;
  #paused = false;
  #received = 0;
  #unsentBytes = 0;
  #end: string | undefined;

  constructor(link: Link, role: Role) {
    this.role = role;
    this.remote = role === "initiator" ? "memory:acceptor" : "memory:initiator";
    this.extended = link.options.extended ?? true;
    this.#link = link;
  }

  get unsentBytes(): number {
    return this.#unsentBytes;
  }

  /** A pause does not hold back the end that this side itself wanted. */
  get ready(): boolean {
    return this.#events !== undefined && this.#inbox.length > 0 && (!this.#paused || this.#end !== undefined);
  }

  get nextOrder(): number {
    return this.#inbox[0]?.order ?? Number.POSITIVE_INFINITY;
  }

  listen(events: ConnectionEvents): void {
    this.#events = events;
    this.#link.schedule();
  }

  send(frame: Uint8Array): void {
    if (this.#end !== undefined) return;
    this.#unsentBytes += frame.length;
    if (this.#unsentBytes > UNSENT_CAP_BYTES) {
      this.lose("E_SLOW_READER" satisfies ConnectionEnd);
      this.#other.lose("E_LOST" satisfies ConnectionEnd);
    } else this.#other.#arrive(frame.slice());
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#link.schedule();
  }

  close(code: string): void {
    if (this.#end !== undefined) return;
    this.lose(code);
    if (this.#other.#end === undefined) this.#other.#inbox.push({ order: this.#link.nextOrder(), code });
  }

  /** Ends this side; what was on its way here is gone. */
  lose(code: string): void {
    if (this.#end !== undefined) return;
    this.#end = code;
    this.#unsentBytes = 0;
    this.#inbox = [{ order: this.#link.nextOrder(), code }];
    this.#link.schedule();
  }

  /** Gives the first item to who listens. */
  take(): void {
    const item = this.#inbox.shift();
    if (item === undefined) return;
    if ("code" in item) {
      this.#end ??= item.code;
      this.#unsentBytes = 0;
      this.#events?.closed(this.#end);
    } else this.#takeFrame(item.frame, item.fault);
  }

  get #other(): MemoryConnection {
    return this.#link.other(this.role);
  }

  #arrive(frame: Uint8Array): void {
    if (this.#end !== undefined) return;
    this.#received += 1;
    const fault = this.#link.options.fault?.(this.#received, this.role);
    this.#inbox.push({ order: this.#link.nextOrder(), frame, fault });
    this.#link.schedule();
  }

  #takeFrame(frame: Uint8Array, fault: Fault | undefined): void {
    if (fault === "cut") {
      this.#link.cut();
      return;
    }
    const next = this.#inbox[0];
    if (fault === "swap" && next && "frame" in next) {
      this.#inbox.splice(1, 0, { order: next.order, frame, fault: undefined });
      this.take();
      return;
    }
    this.#other.#arrived(frame.length);
    if (fault !== "drop") this.#events?.frame(frame);
    if (fault === "duplicate" && this.#end === undefined) this.#events?.frame(frame.slice());
  }

  #arrived(bytes: number): void {
    if (this.#end !== undefined) return;
    const before = this.#unsentBytes;
    this.#unsentBytes -= bytes;
    if (before >= DRAINED_BYTES && this.#unsentBytes < DRAINED_BYTES) this.#events?.drained();
  }
}
