// What text a field may hold (SPEC.md §8.1, M-06): Unicode normal form C, no control characters, limits in bytes of
// UTF-8. For validation only; what a screen makes of bidi controls and stacked accents is the display's business.

/** One line, or several lines parted by "\n". */
export type Lines = "one" | "several";

export interface TextLimits {
  readonly min: number;
  readonly max: number;
  readonly lines: Lines;
}

const utf8 = new TextEncoder();

/** U+2028 and U+2029 break lines too. */
const NOT_IN_ONE_LINE = /[\p{Cc}\u2028\u2029]/u;
const NOT_IN_SEVERAL_LINES = /(?!\n)\p{Cc}/u;

/** Length in UTF-8. */
export function byteLength(text: string): number {
  return utf8.encode(text).length;
}

/** What is wrong with a text, as the end of a sentence, or nothing. */
export function textFault(text: string, limits: TextLimits): string | undefined {
  const bytes = byteLength(text);
  if (bytes < limits.min) return bytes === 0 ? "is empty" : `has less than ${limits.min} bytes`;
  if (bytes > limits.max) return `has more than ${limits.max} bytes`;
  if (limits.lines === "one" && NOT_IN_ONE_LINE.test(text)) return "holds a line break or a control character";
  if (limits.lines === "several" && NOT_IN_SEVERAL_LINES.test(text)) return "holds a control character";
  if (text.normalize("NFC") !== text) return "is not in Unicode normal form C";
  return undefined;
}
