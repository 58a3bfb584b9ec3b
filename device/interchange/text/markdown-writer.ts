// Collects markdown from a stream of text, marks and blocks, and keeps white space, list indents and emphasis marks in
// the places where markdown wants them. Knows no HTML.

/** Breaks before the next text: a new line, or an empty line between blocks. */
export type Break = 0 | 1 | 2;

/**
 * Characters that would become markup; "_" within a word, "*" between spaces and anything in an address would not. At
 * the end of a text "<" and "]" may yet: the next one follows them.
 */
const MARKUP =
  /https?:\/\/\S+|[\\`]|\*(?=\S)|(?<=\S)\*|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|<(?=[a-z/!?]|$)|\](?=\(|$)/giu;
const MARKUP_AT_LINE_START = /^(?:#{1,6}(?= )|[>+-](?= )|\*(?= )|={3,}|-{3,}|~{3,})/;
const NUMBER_AT_LINE_START = /^(\d{1,9})([.)])(?= )/;

const CODE_MARK = "`";

export class MarkdownWriter {
  #out = "";
  #break: Break = 0;
  readonly #prefixes: string[] = [];
  readonly #marks: string[] = [];
  /** Marks that are open but not yet written: they wait for their first letter. */
  #waiting = 0;
  /** Marker of a list item that waits for its first text. */
  #marker = "";

  /** The next text begins a new line (1) or block (2). Between a list marker and its text nothing breaks. */
  break(kind: Break): void {
    if (this.#marker === "" && kind > this.#break) this.#break = kind;
  }

  /** Text of the source: white space collapses, markup is escaped. */
  text(source: string): void {
    const collapsed = source.replace(/\s+/gu, " ");
    const atStart = this.#atLineStart();
    const text = atStart || this.#out.endsWith(" ") ? collapsed.trimStart() : collapsed;
    if (text === "") return;
    if (text === " ") {
      this.#out += " ";
      return;
    }
    if (this.#marks.includes(CODE_MARK)) this.#write(text.replaceAll("`", "'"));
    else this.#write(escapeMarkup(text, atStart));
  }

  /** Text as it stands, line by line: code, and lines of a source that has its own. */
  lines(source: string): void {
    for (const [index, line] of source.split("\n").entries()) {
      if (index > 0) this.#newLine();
      this.#write(line);
    }
  }

  /** A line break within a block; the second in a row begins a new block. */
  lineBreak(): void {
    if (this.#out === "" || this.#marker !== "") return;
    if (this.#break === 0) this.#out = `${this.#out.trimEnd()}  `;
    this.#break = this.#break === 0 ? 1 : 2;
  }

  openMark(mark: string): void {
    if (this.#marks.includes(mark) || this.#marks.includes(CODE_MARK)) return;
    this.#marks.push(mark);
    this.#waiting += 1;
  }

  /** Closes the mark and whatever was opened within it. */
  closeMark(mark: string): void {
    if (!this.#marks.includes(mark)) return;
    for (let closed = ""; closed !== mark; ) {
      closed = this.#marks.pop() as string;
      if (this.#waiting > 0) this.#waiting -= 1;
      else this.#append(closed);
    }
  }

  /** Lines from here begin with `prefix`, until `leave`. */
  enter(prefix: string): void {
    this.#prefixes.push(prefix);
  }

  leave(): void {
    this.#marker = "";
    this.#prefixes.pop();
  }

  /** Starts a list item: its first line begins with the marker, the others with as many spaces. */
  item(marker: string, first: boolean): void {
    this.#marker = "";
    this.#break = first ? 2 : 1;
    this.enter(" ".repeat(marker.length));
    this.#marker = marker;
  }

  toString(): string {
    const [outermost] = this.#marks;
    if (outermost !== undefined) this.closeMark(outermost);
    return this.#out.trim();
  }

  #atLineStart(): boolean {
    return this.#out === "" || this.#break > 0 || this.#marker !== "";
  }

  #write(text: string): void {
    if (this.#atLineStart()) this.#startLine();
    const spaces = text.length - text.trimStart().length;
    const opening = this.#marks.slice(this.#marks.length - this.#waiting).join("");
    this.#waiting = 0;
    this.#out += text.slice(0, spaces) + opening + text.slice(spaces);
  }

  /** Marks do not reach over the end of a block: they close before it and open again after it. */
  #startLine(): void {
    const open = this.#marks.slice(0, this.#marks.length - this.#waiting);
    if (this.#break === 2 && this.#out !== "") this.#out = this.#out.trimEnd() + open.toReversed().join("");
    for (let i = 0; i < this.#break && this.#out !== ""; i++) this.#newLine();
    if (this.#out === "") this.#out = this.#prefixes.join("");
    if (this.#marker !== "") this.#out = this.#out.slice(0, this.#out.length - this.#marker.length) + this.#marker;
    if (this.#break === 2) this.#out += open.join("");
    this.#marker = "";
    this.#break = 0;
  }

  /** Marks close right after the last letter: before a space that follows it. */
  #append(mark: string): void {
    const end = this.#out.trimEnd();
    this.#out = end + mark + this.#out.slice(end.length);
  }

  #newLine(): void {
    this.#out = `${this.#out}\n${this.#prefixes.join("")}`;
  }
}

function escapeMarkup(text: string, atLineStart: boolean): string {
  const escaped = text.replace(MARKUP, (found) => (found.length > 1 ? found : `\\${found}`));
  if (!atLineStart) return escaped;
  return escaped.replace(MARKUP_AT_LINE_START, "\\$&").replace(NUMBER_AT_LINE_START, "$1\\$2");
}
