// Frames: u32 big-endian length, then one message (SPEC.md §5.1). The same over every transport; a WebSocket message
// holds exactly one frame, a QUIC stream holds them back to back (transport/iroh-frames.ts).
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

function declaredLength(frame: Uint8Array): number {
  const length = new DataView(frame.buffer, frame.byteOffset).getUint32(0);
  if (length > MAX_MESSAGE_BYTES) {
    throw new SessionError("E_FRAME_LIMIT", `Cannot read frame: ${length} bytes is over ${MAX_MESSAGE_BYTES}`);
  }
  return length;
}
