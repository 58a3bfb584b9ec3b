// Cuts the bytes of a QUIC stream into frames (SPEC.md §5.1). Pure; what a frame says is the session's business.
import { MAX_MESSAGE_BYTES } from "../session/frame.ts";

const PREFIX_BYTES = 4;

export class FrameSplitter {
  readonly #prefix = new Uint8Array(PREFIX_BYTES);
  /** Where the next byte belongs: in the prefix, then in the frame, which starts with that prefix. */
  #filled = 0;
  #frame: Uint8Array | undefined;
  #oversize = false;

  /** The frames that end in this piece, length and all, each with memory of its own. */
  push(piece: Uint8Array): Uint8Array[] {
    const frames: Uint8Array[] = [];
    let offset = 0;
    while (offset < piece.length && !this.#oversize) {
      offset += this.#take(piece.subarray(offset));
      if (this.#filled === this.#frame?.length) {
        frames.push(this.#frame);
        this.#frame = undefined;
        this.#filled = 0;
      }
    }
    return frames;
  }

  /** True at a boundary between frames: the only place where a stream may end. */
  get idle(): boolean {
    return this.#filled === 0;
  }

  /** True once a frame announced more than MAX_MESSAGE_BYTES; from there on nothing is taken. */
  get oversize(): boolean {
    return this.#oversize;
  }

  #take(bytes: Uint8Array): number {
    const target = this.#frame ?? this.#prefix;
    const taken = bytes.subarray(0, target.length - this.#filled);
    target.set(taken, this.#filled);
    this.#filled += taken.length;
    if (target === this.#prefix && this.#filled === PREFIX_BYTES) this.#begin();
    return taken.length;
  }

  #begin(): void {
    const length = new DataView(this.#prefix.buffer).getUint32(0);
    this.#oversize = length > MAX_MESSAGE_BYTES;
    if (this.#oversize) return;
    this.#frame = new Uint8Array(PREFIX_BYTES + length);
    this.#frame.set(this.#prefix);
  }
}
