// Dials boxes from a page: the WebSocket of a browser, with the same frames and subprotocols as between boxes. A browser
// answers pings itself and can send none, so that a link is dead only the other end finds out; and it cannot stop to
// listen, so what comes while we are busy is held here, and given on bit by bit: a page that gets a thousand frames at once
// has fingers to answer between them.
import type { ConnectionEnd } from "../errors.ts";
import { TransportError } from "../errors.ts";
import { type Clock, type Connection, type ConnectionEvents, DRAINED_BYTES, type Transport } from "../ports.ts";
import { UNSENT_CAP_BYTES } from "./limits.ts";
import { EXTENDED_PROTOCOL, SUBPROTOCOLS, WEBSOCKET_PATH } from "./websocket-connection.ts";

/** A browser does not say when its buffer is empty; a fifth of the time in which 1 Mbit/s takes what fills it. */
const LOOK_AGAIN_MS = 50;
/** What a finger does not notice, on a phone that takes longer over the last frame than it thought. */
const SLICE_MS = 8;
/** Held while we are busy. More, and we hang up: the next session goes on where the logs end. */
const HELD_LIMIT_BYTES = 32 * 1024 * 1024;
/** First of the codes that are left to applications; the reason says more. */
const CLOSE_STATUS = 4_000;
const GOOD_STATUSES: readonly number[] = [1_000, 1_001, 1_005];

export class BrowserWebSocketTransport implements Transport {
  readonly #clock: Clock;
  readonly #open = new Set<BrowserConnection>();

  constructor({ clock }: { readonly clock: Clock }) {
    this.#clock = clock;
  }

  /** `address` is "host:port". */
  dial(address: string, signal: AbortSignal): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const refuse = (reason: string): void => {
        const code = signal.reason?.name === "TimeoutError" ? "E_DIAL_TIMEOUT" : "E_DIAL";
        reject(new TransportError(code, `Cannot dial "${address}": ${reason}`));
      };
      if (signal.aborted) return refuse("it took too long");
      let webSocket: WebSocket;
      try {
        webSocket = new WebSocket(`ws://${address}${WEBSOCKET_PATH}`, [...SUBPROTOCOLS]);
      } catch (error) {
        return refuse(String(error));
      }
      webSocket.binaryType = "arraybuffer";
      const abort = (): void => webSocket.close();
      signal.addEventListener("abort", abort, { once: true });
      webSocket.onclose = () => refuse(signal.aborted ? "it took too long" : "nobody answers there");
      webSocket.onopen = () => {
        signal.removeEventListener("abort", abort);
        resolve(this.#keep(webSocket, address));
      };
    });
  }

  async close(): Promise<void> {
    for (const connection of this.#open) connection.close("E_STOPPING" satisfies ConnectionEnd);
  }

  #keep(webSocket: WebSocket, remote: string): Connection {
    const connection = new BrowserConnection(webSocket, remote, this.#clock);
    this.#open.add(connection);
    webSocket.addEventListener("close", () => this.#open.delete(connection));
    return connection;
  }
}

class BrowserConnection implements Connection {
  readonly role = "initiator";
  readonly remote: string;
  readonly extended: boolean;
  readonly #webSocket: WebSocket;
  readonly #clock: Clock;
  #events: ConnectionEvents | undefined;
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #paused = true;
  #end: string | undefined;
  #closed = false;
  #cancelLook: (() => void) | undefined;
  #cancelSlice: (() => void) | undefined;

  constructor(webSocket: WebSocket, remote: string, clock: Clock) {
    this.remote = remote;
    this.extended = webSocket.protocol === EXTENDED_PROTOCOL;
    this.#webSocket = webSocket;
    this.#clock = clock;
    webSocket.onmessage = ({ data }: MessageEvent<unknown>) => this.#received(data);
    webSocket.onclose = ({ code, reason }) => {
      this.#deliver(Number.POSITIVE_INFINITY);
      this.#finish(goodbye(code, reason));
    };
  }

  get unsentBytes(): number {
    return this.#webSocket.bufferedAmount;
  }

  listen(events: ConnectionEvents): void {
    this.#events = events;
    if (this.#closed) queueMicrotask(() => events.closed(this.#end ?? "closed"));
    else this.resume();
  }

  send(frame: Uint8Array): void {
    if (this.#end !== undefined) return;
    this.#webSocket.send(frame as Uint8Array<ArrayBuffer>);
    if (this.unsentBytes > UNSENT_CAP_BYTES) this.close("E_SLOW_READER" satisfies ConnectionEnd);
    else if (this.unsentBytes >= DRAINED_BYTES)
      this.#cancelLook ??= this.#clock.after(LOOK_AGAIN_MS, () => this.#look());
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#deliverSoon();
  }

  close(code: string): void {
    if (this.#end !== undefined) return;
    this.#end = code;
    this.#webSocket.close(CLOSE_STATUS, code);
    // A browser may wait a minute for the other end's goodbye; nobody here does.
    queueMicrotask(() => this.#finish(code));
  }

  #finish(code: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelLook?.();
    this.#cancelSlice?.();
    this.#end ??= code;
    this.#held = [];
    this.#events?.closed(this.#end);
  }

  #received(data: unknown): void {
    if (this.#end !== undefined) return;
    if (!(data instanceof ArrayBuffer)) {
      this.close("E_TEXT" satisfies ConnectionEnd);
      return;
    }
    const frame = new Uint8Array(data);
    this.#held.push(frame);
    this.#heldBytes += frame.length;
    if (this.#heldBytes > HELD_LIMIT_BYTES) this.close("E_SLOW_READER" satisfies ConnectionEnd);
    else this.#deliverSoon();
  }

  #deliverSoon(): void {
    if (!this.#paused && this.#held.length > 0) this.#cancelSlice ??= this.#clock.after(0, () => this.#deliverSlice());
  }

  #deliverSlice(): void {
    this.#cancelSlice = undefined;
    this.#deliver(this.#clock.monotonicMs() + SLICE_MS);
    this.#deliverSoon();
  }

  #deliver(untilMs: number): void {
    while (!this.#paused && this.#end === undefined && this.#clock.monotonicMs() < untilMs) {
      const frame = this.#held.shift();
      if (frame === undefined) return;
      this.#heldBytes -= frame.length;
      this.#events?.frame(frame);
    }
  }

  #look(): void {
    this.#cancelLook = undefined;
    if (this.#closed) return;
    if (this.unsentBytes < DRAINED_BYTES) this.#events?.drained();
    else this.#cancelLook = this.#clock.after(LOOK_AGAIN_MS, () => this.#look());
  }
}

/** The other side's reason: only what looks like a code is taken from it. */
function goodbye(status: number, reason: string): string {
  if (/^\w{1,64}$/.test(reason)) return reason;
  return (GOOD_STATUSES.includes(status) ? "closed" : "E_LOST") satisfies ConnectionEnd;
}
