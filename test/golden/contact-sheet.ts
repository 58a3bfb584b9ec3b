// All golden pictures on one page, each also a quarter as large: what cannot be read there has no hierarchy. Writes the
// page beside the differences, which are not kept; `--open` shows it.
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { GOLDEN_FRAMES, type GoldenFrame } from "../device/display/golden-frames.ts";

const PAGE = fileURLToPath(new URL("diff/contact-sheet.html", import.meta.url));
const OPENER = process.platform === "darwin" ? "open" : "xdg-open";
const STYLE = `
  body { margin: 2rem; background: #55606b; color: #fff; font: 16px/1.4 system-ui, sans-serif; }
  h2 { margin: 3rem 0 1rem; }
  main { display: flex; flex-wrap: wrap; gap: 1.5rem; align-items: flex-start; }
  figure { margin: 0; }
  figcaption { margin-bottom: .3rem; }
  img.whole { max-width: 800px; max-height: 800px; vertical-align: top; }
  img.quarter { zoom: .25; margin-left: 24px; vertical-align: top; }`;

function pageOf(frames: readonly GoldenFrame[]): string {
  const groups = Map.groupBy(frames, ({ screen }) => screen);
  const parts = [...groups].map(
    ([screen, own]) => `<h2>${screen}</h2>\n<main>\n${own.map(figureOf).join("\n")}\n</main>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Doors</title>
<style>${STYLE}
</style>
<h1>${frames.length} doors</h1>
${parts.join("\n")}
</html>
`;
}

function figureOf({ name }: GoldenFrame): string {
  const image = (size: string) => `<img class="${size}" src="../${name}.png" alt="${name}, ${size}">`;
  return `<figure><figcaption>${name}</figcaption>${image("whole")}${image("quarter")}</figure>`;
}

mkdirSync(fileURLToPath(new URL("diff/", import.meta.url)), { recursive: true });
writeFileSync(PAGE, pageOf(GOLDEN_FRAMES));
console.log(PAGE);
if (process.argv.includes("--open")) spawn(OPENER, [PAGE], { stdio: "ignore", detached: true }).unref();
