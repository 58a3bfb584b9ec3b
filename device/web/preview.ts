// The preview page's files, read once at start and served from memory.
import { readFileSync } from "node:fs";

const FILES = [
  ["/", "page.html", "text/html; charset=utf-8"],
  ["/preview.css", "preview.css", "text/css; charset=utf-8"],
  ["/favicon.svg", "favicon.svg", "image/svg+xml"],
  ["/preview.js", "preview.js", "text/javascript; charset=utf-8"],
] as const;

export function loadPreview(): ReadonlyMap<string, { readonly type: string; readonly bytes: Uint8Array }> {
  return new Map(
    FILES.map(([path, name, type]) => {
      const bytes = readFileSync(new URL(`./preview/${name}`, import.meta.url));
      return [path, { type, bytes }];
    }),
  );
}
