// Why a session ends. A peer's fault closes that session only; the code is stable and reaches the logger and `status`.

export type SessionCode =
  | "E_FRAME"
  | "E_FRAME_LIMIT"
  | "E_MESSAGE"
  | "E_ORDER"
  | "E_HELLO"
  | "E_SELF"
  | "E_TOPIC"
  | "E_TOPIC_UNKNOWN"
  | "E_OPERATION"
  | "E_GAP"
  | "E_FAULTS"
  | "E_TIMEOUT"
  | "E_STORE";

export class SessionError extends Error {
  override readonly name = "SessionError";
  readonly code: SessionCode;

  constructor(code: SessionCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
