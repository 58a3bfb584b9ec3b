// From a panel's script to steps: the only place that reads the little language of panel.ts. Pure; a word that means
// nothing is a mistake in a table and throws.
import type { Panel, PanelFill, Script } from "./panel.ts";
import type { ResetPulse } from "./transport.ts";

export type PanelStep =
  | { readonly kind: "command"; readonly code: number }
  | { readonly kind: "data"; readonly bytes: Uint8Array }
  | { readonly kind: "reset"; readonly pulse: ResetPulse }
  | ({ readonly kind: "wait" } & Patience)
  | ({ readonly kind: "settle"; readonly register: number } & Patience)
  | { readonly kind: "delay"; readonly ms: number };

interface Patience {
  readonly timeoutMs: number;
  /** The glass is driven meanwhile. */
  readonly drives: boolean;
}

/** display.md §3.4: a panel that takes longer is not slow but broken, often a loose ribbon. */
const REFRESH_PATIENCE = 2;
/** Start, power and temperature take 10 to 300 ms. */
const READY_TIMEOUT_MS = 2000;
const SHORT_PULSE: ResetPulse = { lowMs: 1, settleMs: 10 };
const HEX = /^(?:[0-9a-f]{2})+$/;

export function expandScript(script: Script, panel: Panel, fill: PanelFill): PanelStep[] {
  return script.flatMap((line) => expandLine(line.split(" "), panel, fill));
}

function expandLine([verb = "", ...words]: readonly string[], panel: Panel, fill: PanelFill): PanelStep[] {
  switch (verb) {
    case "reset":
      return [{ kind: "reset", pulse: words[0] === "short" ? SHORT_PULSE : panel.reset }];
    case "wait":
      return [{ kind: "wait", ...patienceFor(words[0], panel) }];
    case "settle":
      return [{ kind: "settle", register: codeOf(words[0] ?? ""), ...patienceFor(words[1], panel) }];
    case "delay":
      return [{ kind: "delay", ms: Number(words[0]) }];
    case "+":
      return dataOf(words, fill);
    default:
      return [{ kind: "command", code: codeOf(verb) }, ...dataOf(words, fill)];
  }
}

function patienceFor(mode: string | undefined, panel: Panel): Patience {
  if (mode === undefined) return { timeoutMs: READY_TIMEOUT_MS, drives: false };
  const table = mode === "full" || mode === "fast" || mode === "partial" ? panel[mode] : undefined;
  if (table === undefined) throw new RangeError(`Cannot read panel script: ${panel.name} has no mode "${mode}"`);
  return { timeoutMs: REFRESH_PATIENCE * table.refreshMs, drives: true };
}

function codeOf(word: string): number {
  if (!HEX.test(word)) throw new RangeError(`Cannot read panel script: "${word}" is not a command`);
  return Number.parseInt(word, 16);
}

function dataOf(words: readonly string[], fill: PanelFill): PanelStep[] {
  if (words.length === 0) return [];
  return [{ kind: "data", bytes: joined(words.map((word) => bytesOf(word, fill))) }];
}

function bytesOf(word: string, fill: PanelFill): Uint8Array {
  if (HEX.test(word)) return Uint8Array.from(Buffer.from(word, "hex"));
  const inverse = word.startsWith("~");
  const bytes = fill[inverse ? word.slice(1) : word];
  if (bytes === undefined) throw new RangeError(`Cannot read panel script: "${word}" stands for nothing`);
  return inverse ? bytes.map((byte) => ~byte) : bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only, ...others] = parts;
  return only !== undefined && others.length === 0 ? only : Uint8Array.from(Buffer.concat(parts));
}
