// What the benchmarks share: statistics, memory of a process, the size of a run, and lines of JSON.
import { readFileSync } from "node:fs";

const KIB_PER_MEGABYTE = 1024;

/** Smaller sizes, for a look in passing: `all.ts --quick` sets it. */
export const quick = process.env["BENCH_QUICK"] === "1";

/** One result on one line. */
export function say(result: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

/** CLOCK_MONOTONIC in milliseconds: the same for all processes of a machine. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The smallest value that `share` of all values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

/** What a process has in memory (VmRSS), or had at its peak (VmHWM), in MiB; NaN where there is no /proc. */
export function memoryMb(pid: number, field: "VmRSS" | "VmHWM"): number {
  try {
    const [, kib] = new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Math.round(Number(kib) / KIB_PER_MEGABYTE);
  } catch {
    return Number.NaN;
  }
}
