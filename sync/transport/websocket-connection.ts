// A connection over one WebSocket: a binary message is a frame. Both ends use this; how they come about is in
// websocket-dial.ts and websocket-accept.ts. Frames go out in windows, so that a burst is one write, and so that we see
// whether the other side takes anything at all.
import type { Socket } from "node:net";
import type WebSocket from "ws";
import { formatAddress } from "../address.ts";
import type { ConnectionEnd } from "../errors.ts";
import { type Clock, type Connection, type ConnectionEvents, DRAINED_BYTES } from "../ports.ts";
import { MAX_MESSAGE_BYTES } from "../session/frame.ts";
import { UNSENT_CAP_BYTES, UNSENT_LIMIT_BYTES } from "./limits.ts";

export const WEBSOCKET_PATH = "/sync";
export const EXTENDED_PROTOCOL = "lagerfeuer.1";
/** In the order of preference. */
export const SUBPROTOCOLS: readonly string[] = [EXTENDED_PROTOCOL, "p2panda.0.7"];

const MAX_FRAME_BYTES = 4 + MAX_MESSAGE_BYTES;
/** The least that an honest IPv4 path delivers at once: 576 bytes less headers (RFC 879). */
const SMALLEST_SEGMENT_BYTES = 536;

/** For both ends. `ws` refuses what is over these before it buffers it, with 1009 or 1008. */
export const WEBSOCKET_OPTIONS = {
  // 1,000 clients cost 301 MB with compression and 63 MB without (reliability §0, 8).
  perMessageDeflate: false,
  maxPayload: MAX_FRAME_BYTES,
  // We never fragment; a browser may.
  maxFragments: 16,
  // The largest message in the smallest segments. ws keeps each segment until a message is whole.
  maxBufferedChunks: Math.ceil(MAX_FRAME_BYTES / SMALLEST_SEGMENT_BYTES),
  // How long the other side may take to answer a goodbye, in milliseconds.
  closeTimeout: 1_000,
};

/**
 * Handed to the socket at once, as one write: three times the frames a second of one write for each. On a link of
 * 128 kbit/s it takes 4 s, so progress shows between two pings.
 */
const WINDOW_BYTES = 64 * 1024;
const PING_INTERVAL_MS = 20_000;
const MISSED_PINGS = 2;
/** First of the codes that RFC 6455 §7.4.2 leaves to applications; the reason says more. */
const CLOSE_STATUS = 4_000;
const TEXT_STATUS = 1_003;
/** Done, going away (a browser's page), and none given. */
const GOOD_STATUSES: readonly number[] = [1_000, 1_001, 1_005];
const NO_GOODBYE_STATUS = 1_006;

export interface WebSocketLink {
  /** Just opened. */
  readonly webSocket: WebSocket;
  readonly socket: Socket;
  readonly role: Connection["role"];
  readonly clock: Clock;
}

export class WebSocketConnection implements Connection {
  readonly role: Connection["role"];
  readonly remote: string;
  readonly extended: boolean;
  readonly #webSocket: WebSocket;
  readonly #socket: Socket;
  readonly #clock: Clock;
  #events: ConnectionEvents | undefined;
  /** Not yet handed to the socket. */
  #queue: Uint8Array[] = [];
  #handedBytes = 0;
  #unsentBytes = 0;
  #flushing = false;
  /** Came after `pause` in the same piece as a frame before it. */
  #held: Uint8Array[] = [];
  #paused = true;
  /** Since the last ping, or as it was then. */
  #taken = false;
  #full = false;
  #bytesRead = 0;
  #unanswered = 0;
  #cancelTimer: () => void;
  #end: string | undefined;
  #closed = false;

  constructor({ webSocket, socket, role, clock }: WebSocketLink) {
    this.role = role;
    this.remote = formatAddress({ host: socket.remoteAddress ?? "unknown", port: socket.remotePort ?? 0 });
    this.extended = webSocket.protocol === EXTENDED_PROTOCOL;
    this.#webSocket = webSocket;
    this.#socket = socket;
    this.#clock = clock;
    this.#cancelTimer = clock.after(PING_INTERVAL_MS, () => this.#beat());
    webSocket.pause();
    webSocket.on("message", (data, isBinary) => this.#received(data as Buffer, isBinary));
    webSocket.on("error", (error) => {
      this.#end ??= endOf(error);
    });
    webSocket.on("close", (status, reason) => this.#finish(goodbye(status, reason.toString())));
  }

  get unsentBytes(): number {
    return this.#unsentBytes;
  }

  listen(events: ConnectionEvents): void {
    this.#events = events;
    if (this.#closed) queueMicrotask(() => events.closed(this.#end ?? "closed"));
    else this.resume();
  }

  send(frame: Uint8Array): void {
    if (this.#end !== undefined) return;
    this.#queue.push(frame);
    this.#unsentBytes += frame.length;
    if (this.#unsentBytes > UNSENT_CAP_BYTES) this.#drop("E_SLOW_READER");
    else if (!this.#flushing) {
      this.#flushing = true;
      queueMicrotask(() => this.#flush());
    }
  }

  pause(): void {
    this.#paused = true;
    this.#webSocket.pause();
  }

  resume(): void {
    this.#paused = false;
    queueMicrotask(() => this.#deliverHeld());
  }

  close(code: string): void {
    this.#close(CLOSE_STATUS, code);
  }

  #close(status: number, code: string): void {
    if (this.#end !== undefined) return;
    this.#end = code;
    for (const frame of this.#queue.splice(0)) this.#webSocket.send(frame);
    this.#webSocket.close(status, code);
    this.#webSocket.resume();
  }

  /** Without a goodbye: it would wait behind what the other side does not take. */
  #drop(code: ConnectionEnd): void {
    this.#end ??= code;
    this.#webSocket.terminate();
  }

  #finish(code: string): void {
    this.#cancelTimer();
    this.#closed = true;
    this.#end ??= code;
    this.#queue = [];
    this.#unsentBytes = 0;
    this.#held = [];
    this.#events?.closed(this.#end);
  }

  /** A copy: a view would keep the whole piece alive in which the network delivered it. */
  #received(data: Buffer, isBinary: boolean): void {
    if (this.#end !== undefined) return;
    if (!isBinary) this.#close(TEXT_STATUS, "E_TEXT" satisfies ConnectionEnd);
    else if (this.#paused) this.#held.push(new Uint8Array(data));
    else this.#events?.frame(new Uint8Array(data));
  }

  #deliverHeld(): void {
    while (!this.#paused && this.#end === undefined) {
      const frame = this.#held.shift();
      if (frame === undefined) {
        this.#webSocket.resume();
        return;
      }
      this.#events?.frame(frame);
    }
  }

  #flush(): void {
    this.#flushing = this.#queue.length > 0 && this.#end === undefined;
    if (!this.#flushing) return;
    const window = this.#takeWindow();
    const taken = (error?: Error | null): void => {
      if (!error) this.#windowTaken();
    };
    this.#socket.cork();
    for (const [index, frame] of window.entries()) {
      this.#webSocket.send(frame, index === window.length - 1 ? taken : undefined);
    }
    this.#socket.uncork();
  }

  #takeWindow(): Uint8Array[] {
    let count = 0;
    this.#handedBytes = 0;
    for (const frame of this.#queue) {
      if (this.#handedBytes >= WINDOW_BYTES) break;
      this.#handedBytes += frame.length;
      count += 1;
    }
    return this.#queue.splice(0, count);
  }

  #windowTaken(): void {
    const before = this.#unsentBytes;
    this.#unsentBytes -= this.#handedBytes;
    this.#taken = true;
    this.#flush();
    if (this.#end !== undefined || before < DRAINED_BYTES || this.#unsentBytes >= DRAINED_BYTES) return;
    this.#events?.drained();
  }

  /** What counts as life is bytes, not messages: a large one may take minutes on a slow link. */
  #beat(): void {
    const wasFull = this.#full;
    this.#full = this.#unsentBytes > UNSENT_LIMIT_BYTES;
    if (wasFull && this.#full && !this.#taken) {
      this.#drop("E_SLOW_READER");
      return;
    }
    const heard = this.#socket.bytesRead !== this.#bytesRead;
    if (heard || this.#taken || this.#paused) this.#unanswered = 0;
    if (this.#unanswered === MISSED_PINGS) {
      this.#drop("E_SILENT");
      return;
    }
    this.#bytesRead = this.#socket.bytesRead;
    this.#taken = false;
    this.#unanswered += 1;
    this.#webSocket.ping();
    this.#cancelTimer = this.#clock.after(PING_INTERVAL_MS, () => this.#beat());
  }
}

/** What broke, in our words. `ws` gives its own errors codes; others are the socket's. */
function endOf(error: Error & { readonly code?: string }): ConnectionEnd {
  if (error.code?.startsWith("WS_ERR_UNSUPPORTED_")) return "E_FRAME_LIMIT";
  return error.code?.startsWith("WS_ERR_") ? "E_TRANSPORT" : "E_LOST";
}

/** The other side's reason goes into our logger: only what looks like a code is taken from it. */
function goodbye(status: number, reason: string): string {
  if (/^\w{1,64}$/.test(reason)) return reason;
  if (status === NO_GOODBYE_STATUS) return "E_LOST" satisfies ConnectionEnd;
  return (GOOD_STATUSES.includes(status) ? "closed" : "E_TRANSPORT") satisfies ConnectionEnd;
}
