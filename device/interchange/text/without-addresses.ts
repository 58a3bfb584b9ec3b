// Drops e-mail addresses from free text of a feed (M-86): an operation is copied to strangers and cannot be called
// back. Handles of the fediverse ("@name@host") and clone addresses ("git@host:path") are not e-mail and stay.

const ADDRESS =
  /(?<![\p{L}\p{N}.%+@-])(?:mailto:)?[\p{L}\p{N}._%+-]{1,128}@(?:[\p{L}\p{N}-]{1,63}\.)+[\p{L}]{2,24}(?![\p{L}\p{N}]|:[\p{L}/~])/giu;
const LEFT_OUT = "[…]";

export interface TextWithoutAddresses {
  readonly text: string;
  readonly dropped: number;
}

export function withoutAddresses(text: string): TextWithoutAddresses {
  if (!text.includes("@")) return { text, dropped: 0 };
  let dropped = 0;
  const rest = text.replace(ADDRESS, () => {
    dropped += 1;
    return LEFT_OUT;
  });
  return { text: rest, dropped };
}

/** True if nothing but an address would be left of a name. */
export function isAddress(text: string): boolean {
  return withoutAddresses(text).text.trim() === LEFT_OUT;
}
