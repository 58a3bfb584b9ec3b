// Why a GPIO line cannot be had.

export type GpioCode =
  /** This machine has no GPIO chip, or none that its kernel shows. */
  | "E_GPIO_MISSING"
  /** No chip has a line of that name. */
  | "E_GPIO_LINE"
  /** Another program or driver holds the line. */
  | "E_GPIO_TAKEN"
  | "E_GPIO";

/** A line cannot be had; `code` is stable. */
export class GpioError extends Error {
  override readonly name = "GpioError";
  readonly code: GpioCode;

  constructor(code: GpioCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
