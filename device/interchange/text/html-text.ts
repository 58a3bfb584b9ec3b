// HTML of a foreign programme → markdown (M-83). Only structure that markdown has survives; scripts, styles and unsafe
// links do not. A scanner, not a parser: it runs once over the text, keeps no tree and cannot nest too deeply.
import { decodeEntities } from "./html-entities.ts";
import { MarkdownWriter } from "./markdown-writer.ts";

const BLOCKS = words(
  "p div ul ol li h1 h2 h3 h4 h5 h6 pre blockquote hr table tr section article header footer dl dt dd figure figcaption",
  "center form",
);
const INLINE = words(
  "a em i strong b code tt kbd samp br span u s del ins small big sub sup font abbr acronym cite dfn q mark img wbr bdi bdo",
  "html-blob thead tbody tfoot th td caption html body input button",
);
/** Elements whose content is not text for people. */
const SILENT = words("script style head iframe object svg math template noscript");
const MARKS: ReadonlyMap<string, string> = new Map(
  Object.entries({ em: "*", i: "*", strong: "**", b: "**", code: "`", tt: "`", kbd: "`", samp: "`" }),
);
const TOKEN = /<!--[\s\S]*?(?:-->|$)|<[!?][^>]*(?:>|$)|<(\/?)([a-z][a-z0-9-]{0,15})((?:\s[^<>]*)?)\/?>/gi;
const HREF = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i;
const SAFE_LINK = /^https?:\/\/[^\s<>]+$/i;
/** Lists and quotations nest visibly only so far. */
const DEPTH_MAX = 6;

/** True if the text has at least one tag that HTML knows. */
function isHtml(text: string): boolean {
  for (const [, , name] of text.matchAll(TOKEN)) if (name !== undefined && isElement(name.toLowerCase())) return true;
  return false;
}

/** Markdown of HTML. Text without any tag of HTML comes back as it is. */
export function markdownFromHtml(html: string): string {
  if (!isHtml(html)) return html;
  const reader = new HtmlReader(html);
  let end = 0;
  for (const token of html.matchAll(TOKEN)) {
    const name = token[2]?.toLowerCase();
    if (name !== undefined && !isElement(name)) continue;
    reader.text(html.slice(end, token.index));
    end = token.index + token[0].length;
    if (name !== undefined)
      reader.tag({ name, closes: token[1] === "/", attributes: token[3] ?? "", index: token.index });
  }
  reader.text(html.slice(end));
  return reader.toString();
}

function words(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.join(" ").split(" "));
}

function isElement(name: string): boolean {
  return BLOCKS.has(name) || INLINE.has(name) || SILENT.has(name);
}

/** Without blocks or breaks the line ends of the source are the only ones there are. */
function hasBlocks(html: string): boolean {
  for (const [, , name] of html.matchAll(TOKEN)) {
    if (name !== undefined && (BLOCKS.has(name.toLowerCase()) || name.toLowerCase() === "br")) return true;
  }
  return false;
}

interface Tag {
  readonly name: string;
  readonly closes: boolean;
  readonly attributes: string;
  readonly index: number;
}

class HtmlReader {
  readonly #writer = new MarkdownWriter();
  readonly #html: string;
  readonly #collapsesLines: boolean;
  readonly #lastClosings = new Map<string, number>();
  /** Open lists and quotations; a list counts its items. */
  readonly #containers: { name: string; items: number; inItem: boolean }[] = [];
  #silent: string | undefined;
  #verbatim: string | undefined;
  #link: { readonly url: string; text: string } | undefined;

  constructor(html: string) {
    this.#html = html.toLowerCase();
    this.#collapsesLines = hasBlocks(html);
  }

  toString(): string {
    if (this.#verbatim !== undefined) this.#closePre();
    this.#closeLink();
    return this.#writer.toString();
  }

  text(source: string): void {
    if (this.#silent !== undefined || source === "") return;
    const text = decodeEntities(source);
    if (this.#verbatim !== undefined) this.#verbatim += text;
    else if (this.#link) this.#link.text += text;
    else if (this.#collapsesLines) this.#writer.text(text);
    else this.#textInLines(text);
  }

  tag(tag: Tag): void {
    const { name, closes } = tag;
    if (this.#silent !== undefined) {
      if (closes && name === this.#silent) this.#silent = undefined;
    } else if (SILENT.has(name)) {
      if (!closes && this.#lastClosing(name) > tag.index) this.#silent = name;
    } else if (this.#verbatim !== undefined) {
      if (closes && name === "pre") this.#closePre();
    } else if (BLOCKS.has(name)) {
      this.#closeLink();
      this.#block(name, closes);
    } else if (!this.#link || name === "a") {
      this.#inline(tag);
    } else if (name === "br") {
      this.#link.text += " ";
    }
  }

  /** What is never closed hides nothing. */
  #lastClosing(name: string): number {
    const known = this.#lastClosings.get(name) ?? this.#html.lastIndexOf(`</${name}`);
    this.#lastClosings.set(name, known);
    return known;
  }

  #textInLines(text: string): void {
    for (const [index, line] of text.split("\n").entries()) {
      if (index > 0) this.#writer.break(line.trim() === "" ? 2 : 1);
      this.#writer.text(line);
    }
  }

  #inline({ name, closes, attributes }: Tag): void {
    const mark = MARKS.get(name);
    if (name === "br") this.#writer.lineBreak();
    else if (name === "td" || name === "th") this.#writer.text(" ");
    else if (mark !== undefined && closes) this.#writer.closeMark(mark);
    else if (mark !== undefined) this.#writer.openMark(mark);
    else if (name === "a") {
      this.#closeLink();
      const url = closes ? undefined : linkTarget(attributes);
      if (url !== undefined) this.#link = { url, text: "" };
    }
  }

  #block(name: string, closes: boolean): void {
    if (name === "ul" || name === "ol" || name === "blockquote") this.#container(name, closes);
    else if (name === "li") this.#item(closes);
    else if (name === "pre" && !closes) this.#verbatim = "";
    else if (name === "tr") this.#writer.break(1);
    else if (name === "hr") this.#rule();
    else {
      this.#writer.break(2);
      if (!closes && /^h\d$/.test(name)) this.#heading(Number(name[1]));
    }
  }

  #container(name: string, closes: boolean): void {
    this.#writer.break(2);
    if (!closes) {
      if (this.#containers.length >= DEPTH_MAX) return;
      if (name === "blockquote") this.#writer.enter("> ");
      this.#containers.push({ name, items: 0, inItem: false });
    } else if (this.#containers.at(-1)?.name === name) {
      const container = this.#containers.pop();
      if (name === "blockquote" || container?.inItem) this.#writer.leave();
      this.#writer.break(2);
    }
  }

  #item(closes: boolean): void {
    const list = this.#containers.at(-1);
    this.#writer.break(1);
    if (!list || list.name === "blockquote") return;
    if (list.inItem) this.#writer.leave();
    list.inItem = !closes;
    if (closes) return;
    list.items += 1;
    const nested = this.#containers.length > 1;
    this.#writer.item(list.name === "ol" ? `${list.items}. ` : "- ", list.items === 1 && !nested);
  }

  /** The two largest headings belong to the page around a text, not to the text. */
  #heading(level: number): void {
    this.#writer.lines(`${"#".repeat(Math.max(level, 3))} `);
  }

  #rule(): void {
    this.#writer.break(2);
    this.#writer.lines("---");
    this.#writer.break(2);
  }

  #closePre(): void {
    this.#writer.break(2);
    this.#writer.lines(`\`\`\`\n${(this.#verbatim ?? "").replaceAll("```", "'''").replace(/^\n|\s+$/g, "")}\n\`\`\``);
    this.#writer.break(2);
    this.#verbatim = undefined;
  }

  #closeLink(): void {
    const link = this.#link;
    if (!link) return;
    this.#link = undefined;
    const text = link.text.replace(/\s+/gu, " ").trim();
    if (text === "" || text === link.url) this.#writer.lines(link.url);
    else
      this.#writer.lines(`[${text.replace(/[\\[\]`*<]/g, "\\$&")}](${link.url.replace(/[()]/g, encodeParenthesis)})`);
  }
}

function linkTarget(attributes: string): string | undefined {
  const match = HREF.exec(attributes);
  const url = decodeEntities(match?.[1] ?? match?.[2] ?? match?.[3] ?? "").trim();
  return SAFE_LINK.test(url) ? url : undefined;
}

function encodeParenthesis(character: string): string {
  return character === "(" ? "%28" : "%29";
}
