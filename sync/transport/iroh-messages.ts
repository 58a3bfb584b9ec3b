// What the main loop and the process of iroh say to each other. Every connection has a number: positive if this side
// dialled it, negative if it was accepted.
import type { TransportCode } from "../errors.ts";
import type { Connection } from "../ports.ts";

export interface IrohProcessOptions {
  /** Ed25519 seed: a node's id is its author's key. */
  readonly signingKey: Uint8Array;
  readonly alpn: Uint8Array;
  /** "ip:port", at least one. */
  readonly bind: readonly string[];
  readonly accepts: boolean;
}

/** First the stream of the topic handshake, then the one of log sync. */
export type StreamNumber = 0 | 1;

/** What each side says on the first stream: Topic and Done, or Done. */
export const HANDSHAKE_FRAMES = { initiator: 2, acceptor: 1 } as const satisfies Record<Connection["role"], number>;

export type ToIroh =
  /** The first; once. */
  | { readonly type: "start"; readonly options: IrohProcessOptions }
  | { readonly type: "dial"; readonly id: number; readonly nodeId: Uint8Array; readonly hosts: readonly string[] }
  | { readonly type: "write"; readonly id: number; readonly stream: StreamNumber; readonly bytes: Uint8Array }
  /** Frames of so many bytes were delivered, so as many may follow. */
  | { readonly type: "delivered"; readonly id: number; readonly bytes: number }
  /** After what was written before. */
  | { readonly type: "close"; readonly id: number; readonly code: string }
  /** At once, and without a reason. */
  | { readonly type: "drop"; readonly id: number }
  | { readonly type: "stop" };

export type FromIroh =
  /** The addresses at which others can reach this node. */
  | { readonly type: "started"; readonly hosts: readonly string[] }
  | { readonly type: "failed"; readonly code: TransportCode; readonly reason: string }
  | { readonly type: "open"; readonly id: number; readonly key: Uint8Array; readonly remote: string }
  | { readonly type: "refused"; readonly id: number; readonly code: TransportCode; readonly reason: string }
  /** Whole frames, in order. */
  | { readonly type: "frames"; readonly id: number; readonly frames: readonly Uint8Array[] }
  /** The network took all that one "write" brought. */
  | { readonly type: "taken"; readonly id: number; readonly bytes: number }
  /** The last of a connection. */
  | { readonly type: "closed"; readonly id: number; readonly code: string }
  /** Every goodbye was said. */
  | { readonly type: "stopped" };
