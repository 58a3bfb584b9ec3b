// Protocol and festival documents for somebody without a network: the files themselves, as text to read, and one page
// that links them.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { html, htmlPage } from "./html.ts";
import { Content } from "./reply.ts";
import type { Files } from "./static-files.ts";

const ROOT = new URL("../../", import.meta.url);
const FOLDERS = ["protocol/", "docs/"];

/** By path, the index under "/docs"; only the index where a box was built without documents. */
export function docsPages(): Files {
  const found = FOLDERS.flatMap((folder) => documentsIn(new URL(folder, ROOT)));
  const pages = new Map(
    found.map(({ name, bytes }) => {
      return [`/docs/${name}`, new Content({ type: "text/plain; charset=utf-8", bytes, keeping: "asking" })];
    }),
  );
  const index = new Content({ type: "text/html; charset=utf-8", bytes: indexPage(found), keeping: "asking" });
  return pages.set("/docs", index);
}

interface Document {
  readonly name: string;
  readonly bytes: Uint8Array;
}

function documentsIn(folder: URL): readonly Document[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".md"));
  return names.sort().map((name) => ({ name, bytes: readFileSync(new URL(name, folder)) }));
}

function indexPage(documents: readonly Document[]): Uint8Array {
  const links = documents.map(({ name, bytes }) => {
    return html`<li><a href="/docs/${name}">${headingOf(bytes) ?? name}</a> <span class="aside">${name}</span></li>`;
  });
  return htmlPage({
    title: "To read · Lagerfeuer",
    body: html`<main class="page">
      <h1>To read</h1>
      <p>How the festival works and what the boxes say to each other, kept in this box: no internet needed.</p>
      ${links.length === 0 ? html`<p>This box was built without its documents.</p>` : html`<ul class="list">${links}</ul>`}
      <p><a href="/">Back to the festival</a></p>
    </main>`,
  });
}

function headingOf(bytes: Uint8Array): string | undefined {
  return /^#\s+(.+)$/m.exec(new TextDecoder().decode(bytes))?.[1];
}
