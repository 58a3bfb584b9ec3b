// Writes XML 1.0: elements, attributes and text, nothing else. Whatever the text is, the result is well-formed.

export type XmlAttributes = Readonly<Record<string, string | number>>;

/** Characters that XML 1.0 cannot hold at all, also not as references. */
const ILLEGAL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

export class XmlWriter {
  readonly #parts = ['<?xml version="1.0" encoding="UTF-8"?>\n'];
  readonly #open: string[] = [];

  /** Writes an element with what `inside` writes into it. */
  group(name: string, attributes: XmlAttributes, inside: () => void): void {
    this.#line(`<${name}${attributesText(attributes)}>`);
    this.#open.push(name);
    inside();
    this.#open.pop();
    this.#line(`</${name}>`);
  }

  /** An element with text or nothing within. */
  element(name: string, text: string, attributes: XmlAttributes = {}): void {
    const start = `${name}${attributesText(attributes)}`;
    this.#line(text === "" ? `<${start}/>` : `<${start}>${escapeText(text)}</${name}>`);
  }

  toString(): string {
    return this.#parts.join("");
  }

  #line(markup: string): void {
    this.#parts.push("  ".repeat(this.#open.length), markup, "\n");
  }
}

function attributesText(attributes: XmlAttributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${legal(String(value)).replace(/[&<>"\t\n\r]/g, entity)}"`)
    .join("");
}

/** A return would come back as a newline; ">" stands in "]]>". */
function escapeText(text: string): string {
  return legal(text).replace(/[&<>\r]/g, entity);
}

function legal(text: string): string {
  return text.toWellFormed().replace(ILLEGAL, "");
}

function entity(character: string): string {
  return ENTITIES[character] as string;
}
