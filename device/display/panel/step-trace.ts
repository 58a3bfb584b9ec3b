// Steps as lines of JSON, the way the vendors' own drivers were recorded: resets by level, waits without their time,
// long data by length, hash and beginning. Delays leave no trace.
import { createHash } from "node:crypto";
import type { PanelStep } from "./script.ts";

/** Settings are shown whole, pictures are not. */
const LONGEST_SHOWN_BYTES = 256;
const HEAD_BYTES = 16;

export function traceLines(steps: readonly PanelStep[]): string[] {
  return steps.flatMap((step) => traced(step).map(jsonLine));
}

function traced(step: PanelStep): Record<string, string | number>[] {
  switch (step.kind) {
    case "command":
      return [{ op: "cmd", b: hexCode(step.code) }];
    case "data":
      return [tracedData(step.bytes)];
    case "reset":
      return [...(step.pulse.highMs === undefined ? [] : [1]), 0, 1].map((v) => ({ op: "rst", v }));
    case "wait":
      return [{ op: "wait" }];
    case "settle":
      return [{ op: "settle", register: hexCode(step.register) }];
    case "delay":
      return [];
  }
}

function tracedData(bytes: Uint8Array): Record<string, string | number> {
  const data = { op: "data", len: bytes.length };
  if (bytes.length <= LONGEST_SHOWN_BYTES) return { ...data, hex: hexOf(bytes) };
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { ...data, sha256, head: hexOf(bytes.subarray(0, HEAD_BYTES)) };
}

function hexCode(code: number): string {
  return code.toString(16).padStart(code > 0xff ? 4 : 2, "0");
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** With a space after each colon and comma, as in the recordings, so that files can be compared. */
function jsonLine(fields: Record<string, string | number>): string {
  return `{${Object.entries(fields)
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join(", ")}}`;
}
