// Programmes without a field for it cancel in the title: "CANCELLED: Soup", "Soup (COVID cancelled)", "Soup - abgesagt"
// (M-84). This reads the word at the start, in brackets, or after a dash at the end.

const WORD = "(?:cancelled|canceled|abgesagt)";
const AT_START = new RegExp(`^\\s*[[(*]*\\s*${WORD}(?!\\p{L})\\s*[\\])*]*\\s*[:!,–—-]*\\s*`, "iu");
const AT_END = new RegExp(`\\s*[:–—-]\\s*${WORD}\\s*[!*]*\\s*$`, "iu");
const BRACKETS = /[[(]([^[\]()]{1,60})[\])]/gu;
const SAYS_CANCELLED = new RegExp(`(?<!\\p{L})${WORD}(?!\\p{L})`, "iu");
const SAYS_NOT = /(?<!\p{L})(?:not|nicht)(?!\p{L})/iu;

export interface ReadTitle {
  readonly title: string;
  readonly cancelled: boolean;
}

/** The title, one line, without the word. A title that is nothing but the word stays as it is. */
export function readCancelledTitle(title: string): ReadTitle {
  let rest = title.replace(BRACKETS, (whole, inside: string) =>
    SAYS_CANCELLED.test(inside) && !SAYS_NOT.test(inside) ? " " : whole,
  );
  rest = rest.replace(AT_START, "").replace(AT_END, "").replace(/ +/g, " ").trim();
  if (rest === title) return { title, cancelled: false };
  return { title: rest === "" ? title : rest, cancelled: true };
}
