// Why a button or its light cannot be had.

export type GpioCode =
  /** This machine has no GPIO chip, or none that its kernel shows. */
  | "E_GPIO_MISSING"
  /** No chip has a line of that name. */
  | "E_GPIO_LINE"
  /** Another program or driver holds the line. */
  | "E_GPIO_TAKEN"
  /** The kernel has no /sys/class/gpio (CONFIG_GPIO_SYSFS), or shows no numbers there. */
  | "E_GPIO_SYSFS"
  /** The kernel counts lines from a number that the package cannot be told. */
  | "E_GPIO_NUMBER"
  /** A package that is optional is not installed, or not made for this machine. */
  | "E_GPIO_PACKAGE"
  | "E_GPIO";

/** A line, or the way to it, cannot be had; `code` is stable. */
export class GpioError extends Error {
  override readonly name = "GpioError";
  readonly code: GpioCode;

  constructor(code: GpioCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
