// The table [wifi] of the card: which network to join, in which country, and whether the box opens one of its own where
// it finds none. Only the card has it: on other machines the system knows the networks.
import type { ConfigProblem } from "../config-error.ts";
import { ConfigSource, type ValuePlace } from "../config-source.ts";

export interface Wifi {
  /** ISO 3166, two capitals: without it 5 GHz stays off and 2.4 GHz is weak. */
  readonly country?: string;
  readonly network?: string;
  /** Absent for an open network. */
  readonly password?: string;
  /** Opens a network of its own: where none is known or found, always, or never. */
  readonly hotspot: "auto" | "always" | "never";
}

const KEYS = ["country", "network", "password", "hotspot"] as const;
const HOTSPOT = ["auto", "always", "never"] as const;
/** IEEE 802.11: a name is up to 32 bytes. WPA: a password has 8 to 63 printable ASCII characters. */
const MAX_NETWORK_BYTES = 32;
const PASSWORD = /^[\x20-\x7e]{8,63}$/;
const COUNTRY = /^[A-Z]{2}$/;

/** `place` names a key for a message. Without the table there is no Wi-Fi to set up, and a box opens its own. */
export function readWifi(
  table: unknown,
  password: string | undefined,
  place: (name: string) => ValuePlace,
): { readonly wifi?: Wifi; readonly problems: readonly ConfigProblem[] } {
  const source = new ConfigSource();
  if (table === undefined) return { wifi: { hotspot: "auto" }, problems: [] };
  if (typeof table !== "object" || table === null) {
    source.refuse(place(""), table, "a table: [wifi]");
    return { problems: source.problems };
  }
  const given: Record<string, unknown> = { ...table, ...(password !== undefined && { password }) };
  for (const name of Object.keys(given)) {
    if (!(KEYS as readonly string[]).includes(name)) source.unknown(place(name), "a key", { typed: name, known: KEYS });
  }
  const take = (
    name: (typeof KEYS)[number],
    accepts: (text: string) => boolean,
    expected: string,
  ): string | undefined => {
    const value = given[name];
    if (value === undefined || value === "") return undefined;
    if (typeof value === "string" && accepts(value)) return value;
    // Without the password itself: messages end up on screens and in files.
    if (name === "password") source.tell(place(name), "E_CONFIG_VALUE", `cannot be used; use ${expected}`);
    else source.refuse(place(name), value, expected);
    return undefined;
  };
  const country = take("country", (text) => COUNTRY.test(text), "two capitals, such as DE");
  const network = take("network", isNetworkName, `a name of 1 to ${MAX_NETWORK_BYTES} bytes`);
  const secret = take("password", (text) => PASSWORD.test(text), "8 to 63 letters, digits and signs without accents");
  const hotspot = take("hotspot", (text) => (HOTSPOT as readonly string[]).includes(text), "auto, always or never");
  const wifi: Wifi = {
    ...(country !== undefined && { country }),
    ...(network !== undefined && { network }),
    ...(secret !== undefined && { password: secret }),
    hotspot: (hotspot as Wifi["hotspot"] | undefined) ?? "auto",
  };
  return { wifi, problems: source.problems };
}

function isNetworkName(name: string): boolean {
  return Buffer.byteLength(name) <= MAX_NETWORK_BYTES && !/\p{Cc}/u.test(name);
}
