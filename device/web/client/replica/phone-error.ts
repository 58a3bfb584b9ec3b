// What went wrong with this phone itself; what cannot be done as asked is an ActError.
import type { PhoneFault } from "../phone.ts";

export class PhoneError extends Error implements PhoneFault {
  override readonly name = "PhoneError";
  readonly code: PhoneFault["code"];

  constructor(code: PhoneFault["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const STORE_CODES: Readonly<Record<string, PhoneFault["code"]>> = {
  E_STORE_LOCKED: "E_OTHER_TAB",
  E_STORE_FULL: "E_STORAGE",
  E_STORE_READONLY: "E_STORAGE",
  E_STORE_CORRUPT: "E_STORAGE",
  E_STORE_IO: "E_STORAGE",
  E_STORE_VERSION: "E_STORAGE",
};

/** A failure of the store in words about this phone; anything else as it came. */
export function asPhoneError(error: unknown): unknown {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  const known = typeof code === "string" ? STORE_CODES[code] : undefined;
  return known === undefined ? error : new PhoneError(known, String(message), { cause: error });
}
