// Errors of the protocol ring: bytes that are not what they claim to be. A rejected operation is a value, not an error.

export type DecodeCode = "E_HEADER_SYNTAX" | "E_HEADER_CANONICAL" | "E_HEADER_LIMIT";

/** Thrown when header bytes cannot be decoded; `code` is stable. */
export class DecodeError extends Error {
  override readonly name = "DecodeError";
  readonly code: DecodeCode;

  constructor(code: DecodeCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
