// A connection over QUIC as the main loop sees it; the streams themselves are in iroh's process (iroh-link.ts). Frames
// go there in windows, one message for many small ones, and what comes back waits here while the session pauses.
import { concatBytes, type VerifyingKey } from "../../protocol/operation/bytes.ts";
import type { ConnectionEnd } from "../errors.ts";
import { type Connection, type ConnectionEvents, DRAINED_BYTES } from "../ports.ts";
import { HANDSHAKE_FRAMES, type StreamNumber, type ToIroh } from "./iroh-messages.ts";
import { UNSENT_CAP_BYTES } from "./limits.ts";

/** Frames of one message, which iroh writes in one piece. */
const WINDOW_BYTES = 64 * 1024;
/** On the way and not yet taken: the next window is there when one is done. */
const AHEAD_BYTES = 2 * WINDOW_BYTES;

export interface IrohPeer {
  readonly id: number;
  readonly role: Connection["role"];
  readonly remote: string;
  readonly peerKey: VerifyingKey;
  readonly post: (message: ToIroh) => void;
}

export class IrohConnection implements Connection {
  readonly role: Connection["role"];
  readonly remote: string;
  readonly peerKey: VerifyingKey;
  readonly extended = false;
  readonly #id: number;
  readonly #post: IrohPeer["post"];
  #events: ConnectionEvents | undefined;
  /** Not yet handed over. */
  #queue: Uint8Array[] = [];
  #handshakeFrames: number;
  #aheadBytes = 0;
  #unsentBytes = 0;
  #flushing = false;
  /** Came and not yet delivered. */
  #held: Uint8Array[] = [];
  #paused = true;
  /** Iroh said its last: what is held comes before it. */
  #last: string | undefined;
  #end: string | undefined;
  #told = false;

  constructor({ id, role, remote, peerKey, post }: IrohPeer) {
    this.role = role;
    this.remote = remote;
    this.peerKey = peerKey;
    this.#id = id;
    this.#post = post;
    this.#handshakeFrames = HANDSHAKE_FRAMES[role];
  }

  get unsentBytes(): number {
    return this.#unsentBytes;
  }

  listen(events: ConnectionEvents): void {
    this.#events = events;
    this.resume();
  }

  send(frame: Uint8Array): void {
    if (this.#end !== undefined) return;
    this.#queue.push(frame);
    this.#unsentBytes += frame.length;
    if (this.#unsentBytes > UNSENT_CAP_BYTES) {
      this.#end = "E_SLOW_READER" satisfies ConnectionEnd;
      this.#post({ type: "drop", id: this.#id });
    } else if (!this.#flushing) {
      this.#flushing = true;
      queueMicrotask(() => this.#flush());
    }
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    queueMicrotask(() => this.#deliver());
  }

  close(code: string): void {
    if (this.#end !== undefined) return;
    while (this.#queue.length > 0) this.#postWindow();
    this.#end = code;
    this.#post({ type: "close", id: this.#id, code });
  }

  /** From iroh: frames, in order, in memory that they share with others. */
  received(frames: readonly Uint8Array[]): void {
    if (this.#end !== undefined) return;
    for (const frame of frames) this.#held.push(frame.slice());
    this.#deliver();
  }

  /** From iroh: the network took this much. */
  taken(bytes: number): void {
    if (this.#end !== undefined) return;
    const before = this.#unsentBytes;
    this.#unsentBytes -= bytes;
    this.#aheadBytes -= bytes;
    this.#flush();
    if (before >= DRAINED_BYTES && this.#unsentBytes < DRAINED_BYTES) this.#events?.drained();
  }

  /** From iroh, or about its process: nothing follows. */
  ended(code: string): void {
    this.#last = code;
    this.#deliver();
  }

  /** A pause does not hold back the end that this side itself wanted. */
  #deliver(): void {
    let bytes = 0;
    let next = 0;
    while (this.#isOpen && next < this.#held.length) {
      const frame = this.#held[next++] as Uint8Array;
      bytes += frame.length;
      this.#events?.frame(frame);
    }
    this.#held.splice(0, next);
    if (bytes > 0) this.#post({ type: "delivered", id: this.#id, bytes });
    if (this.#last !== undefined && (this.#isOpen || this.#end !== undefined)) this.#finish(this.#last);
  }

  get #isOpen(): boolean {
    return !this.#paused && this.#end === undefined;
  }

  #finish(code: string): void {
    this.#end ??= code;
    this.#queue = [];
    this.#held = [];
    this.#unsentBytes = 0;
    if (this.#events === undefined || this.#told) return;
    this.#told = true;
    this.#events.closed(this.#end);
  }

  #flush(): void {
    if (this.#end !== undefined) return;
    while (this.#queue.length > 0 && this.#aheadBytes < AHEAD_BYTES) this.#postWindow();
    this.#flushing = this.#queue.length > 0;
  }

  #postWindow(): void {
    const stream: StreamNumber = this.#handshakeFrames > 0 ? 0 : 1;
    const frames = this.#takeWindow(stream === 0 ? this.#handshakeFrames : this.#queue.length);
    if (stream === 0) this.#handshakeFrames -= frames.length;
    const bytes = concatBytes(...frames);
    this.#aheadBytes += bytes.length;
    this.#post({ type: "write", id: this.#id, stream, bytes });
  }

  #takeWindow(most: number): Uint8Array[] {
    let count = 0;
    let bytes = 0;
    while (count < most && count < this.#queue.length && bytes < WINDOW_BYTES) {
      bytes += this.#queue[count]?.length ?? 0;
      count += 1;
    }
    return this.#queue.splice(0, count);
  }
}
