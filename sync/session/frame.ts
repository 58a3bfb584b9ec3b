// Frames: u32 big-endian length, then one message (SPEC.md §5.1). The same over every transport; a WebSocket message
// holds exactly one frame, a QUIC stream holds them back to back.
import { SessionError } from "./errors.ts";

const PREFIX_BYTES = 4;

/**
 * p2panda allows 128 MiB. The largest honest message is `Have`, about 70 bytes for each log: 4 MiB carries the heights
 * of 60,000 authors, and an attacker cannot make us hold more than that for each connection.
 */
export const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

export function encodeFrame(message: Uint8Array): Uint8Array {
  const frame = new Uint8Array(PREFIX_BYTES + message.length);
  new DataView(frame.buffer).setUint32(0, message.length);
  frame.set(message, PREFIX_BYTES);
  return frame;
}

/** The message in a transport unit that must hold exactly one frame. */
export function decodeFrame(frame: Uint8Array): Uint8Array {
  if (frame.length < PREFIX_BYTES || declaredLength(frame) !== frame.length - PREFIX_BYTES) {
    throw new SessionError("E_FRAME", `Cannot read frame: its length does not match its ${frame.length} bytes`);
  }
  return frame.subarray(PREFIX_BYTES);
}

/** Takes a byte stream in chunks of any size and gives whole messages; throws before it would buffer too much. */
export class FrameDecoder {
  #pending = new Uint8Array(0);

  push(chunk: Uint8Array): Uint8Array[] {
    this.#pending = this.#pending.length === 0 ? chunk.slice() : appended(this.#pending, chunk);
    const messages: Uint8Array[] = [];
    let offset = 0;
    while (this.#pending.length - offset >= PREFIX_BYTES) {
      const length = declaredLength(this.#pending.subarray(offset));
      const end = offset + PREFIX_BYTES + length;
      if (end > this.#pending.length) break;
      messages.push(this.#pending.slice(offset + PREFIX_BYTES, end));
      offset = end;
    }
    this.#pending = this.#pending.subarray(offset);
    return messages;
  }

  /** True at a boundary between frames: the only place where a stream may end. */
  get idle(): boolean {
    return this.#pending.length === 0;
  }
}

function declaredLength(frame: Uint8Array): number {
  const length = new DataView(frame.buffer, frame.byteOffset).getUint32(0);
  if (length > MAX_MESSAGE_BYTES) {
    throw new SessionError("E_FRAME_LIMIT", `Cannot read frame: ${length} bytes is over ${MAX_MESSAGE_BYTES}`);
  }
  return length;
}

function appended(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}
