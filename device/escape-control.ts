// Text from outside, made harmless for a terminal and a line-based reader: what would move the cursor, break the line or
// turn the writing direction becomes \uXXXX. Not for the screen at the door, which has its own rules (display-text.ts).

/** C0 and C1 controls, line and paragraph separators, and the marks that reorder what stands around them. */
const CONTROL = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** The result is still valid inside a JSON string. */
export function escapeControl(text: string): string {
  return text.replace(CONTROL, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
