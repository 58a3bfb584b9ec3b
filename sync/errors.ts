// Errors of transports, and the codes with which a connection ends. What a session finds wrong is in session/errors.ts.

export type TransportCode =
  /** The other end did not become a connection: no route, refused, full, or not one of us. */
  | "E_DIAL"
  /** The same, but because the time that the caller gave was over. */
  | "E_DIAL_TIMEOUT"
  /** An address that names no host and port. */
  | "E_ADDRESS"
  /** The other end is of another network of p2panda nodes. */
  | "E_NETWORK_ID"
  /** Another node than the one that was called answers there. */
  | "E_PEER_KEY"
  /** QUIC is not there for this platform. */
  | "E_IROH_MISSING"
  /** Another process listens on our port. */
  | "E_PORT_TAKEN"
  | "E_TRANSPORT";

/** Thrown when a connection or a listener cannot be had; `code` is stable. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  readonly code: TransportCode;

  constructor(code: TransportCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What a transport itself gives `closed`; everything else there is a session's code. */
export type ConnectionEnd =
  /** A good end: the other side went away and said so. */
  | "closed"
  /** Nothing was heard although we asked. */
  | "E_SILENT"
  /** The other side does not take what we send. */
  | "E_SLOW_READER"
  /** The link broke without a goodbye. */
  | "E_LOST"
  /** A message larger than MAX_MESSAGE_BYTES, refused before it was taken in. */
  | "E_FRAME_LIMIT"
  /** Text where only bytes are spoken. */
  | "E_TEXT"
  /** Any other breach of the transport's own protocol. */
  | "E_TRANSPORT"
  /** The process ends. */
  | "E_STOPPING";
