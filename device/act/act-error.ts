// An act that cannot be done as asked. Whoever asked can do something about it; nothing was published.

export type ActErrorCode =
  | "E_FIELDS"
  | "E_TIME"
  | "E_SERIES_LONG"
  | "E_NOT_YOURS"
  | "E_CANCELLED"
  | "E_NO_TIME"
  | "E_NOT_LENT"
  | "E_TAKEN"
  | "E_CLOSED"
  | "E_NOT_ASKED"
  | "E_NOT_FORKABLE"
  | "E_NOTHING_TO_DO"
  | "E_PICTURE"
  | "E_PICTURE_ROOM";

/** The message is for the person who acts, the code is stable. */
export class ActError extends Error {
  override readonly name = "ActError";
  readonly code: ActErrorCode;

  constructor(code: ActErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
