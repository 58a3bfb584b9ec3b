// Pages made by the box itself, without a script: everything that is put into a template is escaped, unless it came out
// of one.

export class Html {
  readonly text: string;

  /** Takes the text as it is: only `html` calls it. */
  constructor(text: string) {
    this.text = text;
  }
}

export type HtmlValue = Html | string | number | undefined | readonly HtmlValue[];

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A template; values may stand in text and in quoted attributes, nowhere else. */
export function html(literals: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(literals.map((literal, index) => literal + written(values[index])).join(""));
}

function written(value: HtmlValue): string {
  if (value === undefined) return "";
  if (value instanceof Html) return value.text;
  if (typeof value === "object") return value.map(written).join("");
  return String(value).replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}

export interface PageParts {
  readonly title: string;
  readonly body: Html;
  /** BCP 47; English if it is left out. */
  readonly lang?: string;
  readonly direction?: "ltr" | "rtl";
  /** Path of a script. */
  readonly script?: string;
}

export function htmlPage({ title, body, lang = "en", direction = "ltr", script }: PageParts): Uint8Array {
  const page = html`<!doctype html>
<html lang="${lang}" dir="${direction}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/site.css">
    ${script && html`<script type="module" src="${script}"></script>`}
  </head>
  <body>
    ${body}
  </body>
</html>
`;
  return new TextEncoder().encode(page.text);
}
