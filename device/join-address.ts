// The address that a phone opens from the code at a door. What stands behind "#" never leaves the phone: it says which
// festival is meant also to a phone that has the page already and is of another one, or of none.

/** As many as a code of 33 modules holds (version 4, level M): larger ones take the room of the programme beside it. */
const MAX_BYTES = 62;

/** `festival` is the text by which people know it; absent for the open one, which a phone knows by itself. */
export function joinAddress(address: string, festival: string | undefined): string {
  if (festival === undefined) return address;
  const whole = `${address}/#join=${encodeURIComponent(festival)}`;
  return whole.length <= MAX_BYTES ? whole : address;
}
