// One QUIC connection inside the process of iroh: two streams there and back (SPEC.md §5.1), read and written in small
// pieces, because iroh-ffi passes bytes as arrays of numbers. Its stops and resets can hang, and p2panda spins on a
// stream that ends before Done: only closing the connection ends anything here.
import { setTimeout as delay } from "node:timers/promises";
import type { BiStream, Connection as QuicConnection } from "@number0/iroh/index.js";
import type { ConnectionEnd } from "../errors.ts";
import type { Connection } from "../ports.ts";
import { FAULT_CLOSE, GOOD_CLOSE, goodbye } from "./iroh-errors.ts";
import { FrameSplitter } from "./iroh-frames.ts";
import { type FromIroh, HANDSHAKE_FRAMES, type StreamNumber } from "./iroh-messages.ts";

/** A larger piece is no faster and makes all other connections wait (measured: 2.1 MiB/s at 1 MiB, 2.9 at 64 KiB). */
const PIECE_BYTES = 64 * 1024;
/** Read and not yet delivered: enough that the main loop finds work, little enough that a pause is soon felt. */
const UNDELIVERED_BYTES = 256 * 1024;
/** How long a goodbye waits for what was sent before it, and a half-ended connection for its goodbye. */
const LINGER_MS = 1_000;
/** Below that of any other stream (0), so its bytes leave after all others. */
const LAST_PRIORITY = -1;

export type Post = (message: FromIroh) => void;

export class IrohLink {
  readonly #id: number;
  readonly #quic: QuicConnection;
  readonly #post: Post;
  readonly #onEnd: () => void;
  readonly #theirHandshakeFrames: number;
  readonly #streams: readonly [Promise<BiStream>, Promise<BiStream>];
  #written: Promise<void> = Promise.resolve();
  #undelivered = 0;
  #wakeReader: () => void = () => undefined;
  #over = false;

  constructor(id: number, quic: QuicConnection, post: Post, onEnd: () => void) {
    this.#id = id;
    this.#quic = quic;
    this.#post = post;
    this.#onEnd = onEnd;
    const role: Connection["role"] = id > 0 ? "initiator" : "acceptor";
    this.#theirHandshakeFrames = HANDSHAKE_FRAMES[role === "initiator" ? "acceptor" : "initiator"];
    // Opening is not seen by the other side before the first byte, so the second stream may be there from the start.
    const next = (): Promise<BiStream> => (role === "initiator" ? quic.openBi() : quic.acceptBi());
    const first = next();
    this.#streams = [first, first.then(next)];
    for (const stream of this.#streams) stream.catch(() => undefined);
    void this.#read();
  }

  write(stream: StreamNumber, bytes: Uint8Array): void {
    this.#written = this.#written.then(() => this.#write(stream, bytes));
  }

  delivered(bytes: number): void {
    this.#undelivered -= bytes;
    this.#wakeReader();
  }

  async close(code: string): Promise<void> {
    await Promise.race([this.#allSent(), delay(LINGER_MS)]);
    this.#close(code);
  }

  /** The other side hears no reason. */
  drop(): void {
    this.#close("");
  }

  #close(code: string): void {
    if (this.#over) return;
    const good = code === ("closed" satisfies ConnectionEnd);
    this.#quic.close(good ? GOOD_CLOSE : FAULT_CLOSE, Array.from(Buffer.from(code)));
    this.#ended(code);
  }

  #ended(code: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#post({ type: "closed", id: this.#id, code });
    this.#onEnd();
  }

  async #write(stream: StreamNumber, bytes: Uint8Array): Promise<void> {
    if (this.#over) return;
    try {
      const { send } = await this.#streams[stream];
      for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
        await send.writeAll(Array.from(bytes.subarray(start, start + PIECE_BYTES)));
      }
      this.#post({ type: "taken", id: this.#id, bytes: bytes.length });
    } catch {
      await this.#awaitGoodbye();
    }
  }

  async #read(): Promise<void> {
    try {
      const breach = (await this.#readStream(0, this.#theirHandshakeFrames)) ?? (await this.#readStream(1));
      if (breach !== undefined) this.#close(breach);
      else await this.#awaitGoodbye();
    } catch {
      await this.#awaitGoodbye();
    }
    this.#ended(goodbye(this.#quic.closeReason() ?? ""));
  }

  /** Up to so many frames, or to the end of the stream; what is wrong with it, if anything. */
  async #readStream(stream: StreamNumber, most = Number.POSITIVE_INFINITY): Promise<ConnectionEnd | undefined> {
    const { recv } = await this.#streams[stream];
    const splitter = new FrameSplitter();
    let left = most;
    while (left > 0) {
      await this.#allDelivered();
      const piece = await recv.read(PIECE_BYTES);
      if (piece.length === 0) return splitter.idle && stream === 1 ? undefined : "E_TRANSPORT";
      const frames = splitter.push(Uint8Array.from(piece));
      this.#deliver(frames.slice(0, left));
      left -= frames.length;
      if (splitter.oversize) return "E_FRAME_LIMIT";
    }
    return left < 0 || !splitter.idle ? "E_TRANSPORT" : undefined;
  }

  #deliver(frames: readonly Uint8Array[]): void {
    if (frames.length === 0 || this.#over) return;
    for (const frame of frames) this.#undelivered += frame.length;
    this.#post({ type: "frames", id: this.#id, frames });
  }

  async #allDelivered(): Promise<void> {
    while (this.#undelivered >= UNDELIVERED_BYTES) {
      await new Promise<void>((resolve) => {
        this.#wakeReader = resolve;
      });
    }
  }

  /** The other side ended one half: its goodbye is on the way, or it left without one. */
  async #awaitGoodbye(): Promise<void> {
    await Promise.race([this.#quic.closed(), delay(LINGER_MS)]);
    if (this.#quic.closeReason() === null) this.#close("E_LOST" satisfies ConnectionEnd);
  }

  /**
   * QUIC forgets on close what it has not sent. A stream behind all others, whose end the other side's QUIC (not its
   * application) acknowledges, tells that they went.
   */
  async #allSent(): Promise<void> {
    await this.#written;
    try {
      const marker = await this.#quic.openUni();
      await marker.setPriority(LAST_PRIORITY);
      await marker.writeAll([0]);
      await marker.finish();
      await marker.stopped();
    } catch {
      // The connection ended meanwhile, and with it what was to be sent.
    }
  }
}
