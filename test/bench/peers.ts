// Our replica beside other programs, measured by the scripts of ../shared/peers in one run: cold sync, reconnect with
// nothing new, live. Works on a copy, because those scripts write beside themselves. Prints their rows, then ratios: ours
// by the ideal's, and by the better of hypercore and ssb-db2; below 1 ours is better. Not part of all.ts: it installs
// several hundred packages and takes minutes.   node test/bench/peers.ts
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { sharedPath } from "../support/shared-data.ts";
import { rounded, say } from "./measure.ts";
import { NODE_FLAGS } from "./node-flags.ts";

const OURS = "ours";
const CONTENDERS = ["ideal", "hypercore", "ssb-db2", OURS];
const RUNS = process.env["RUNS"] ?? "3";
const CONTENDER = fileURLToPath(new URL("contender.ts", import.meta.url));
/** The last of what is needed to arrive when installing. */
const INSTALLED = ["hypercore", "ssb-db2", "better-sqlite3"];

interface Row {
  readonly bench: string;
  readonly contender: string;
  readonly value?: number;
  readonly p95?: number;
  readonly bytes?: number;
  readonly rssMb?: number;
}

/** Every figure that both have; where less is better, as everywhere here. */
const FIGURES = ["value", "p95", "bytes", "rssMb"] as const;

async function install(folder: string): Promise<boolean> {
  const npm = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"];
  const child = spawn("/usr/bin/env", npm, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  await once(child, "exit");
  return INSTALLED.every((name) => existsSync(join(folder, "node_modules", name)));
}

async function measure(folder: string, script: string): Promise<Row[]> {
  const cmd = [process.execPath, ...NODE_FLAGS, CONTENDER];
  const env = {
    ...process.env,
    RUNS,
    ONLY: CONTENDERS.join(","),
    PEERS_EXTRA: JSON.stringify([{ name: OURS, cmd }]),
  };
  const child = spawn(process.execPath, [join(folder, script)], { env, stdio: ["ignore", "pipe", "inherit"] });
  const rows = new Map<string, Row>();
  for await (const line of createInterface({ input: child.stdout })) {
    process.stdout.write(`${line}\n`);
    const row = JSON.parse(line) as Row;
    rows.set(`${row.bench} ${row.contender}`, row);
  }
  return [...rows.values()];
}

function sayRatios(rows: readonly Row[]): void {
  for (const bench of new Set(rows.map((row) => row.bench))) {
    const inBench = rows.filter((row) => row.bench === bench);
    const ours = inBench.find((row) => row.contender === OURS);
    const ideals = inBench.filter((row) => row.contender.startsWith("ideal"));
    const others = inBench.filter((row) => row !== ours && !ideals.includes(row));
    for (const figure of FIGURES) sayRatio(bench, figure, ours, ideals, others);
  }
}

function sayRatio(
  bench: string,
  figure: (typeof FIGURES)[number],
  ours: Row | undefined,
  ideals: readonly Row[],
  others: readonly Row[],
): void {
  const own = ours?.[figure];
  if (own === undefined) return;
  const best = (rows: readonly Row[]) => Math.min(...rows.map((row) => row[figure] ?? Number.POSITIVE_INFINITY));
  const [byIdeal, byOthers] = [rounded(own / best(ideals)), rounded(own / best(others))];
  say({ bench: "peers", row: bench, figure: figure === "value" ? "ms" : figure, ours: own, byIdeal, byOthers });
}

async function main(): Promise<void> {
  if (!existsSync(sharedPath("peers/sync.mjs"))) {
    say({ bench: "peers", skipped: "needs ../shared/peers beside the repository" });
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-peers-"));
  try {
    cpSync(sharedPath("peers"), folder, { recursive: true });
    if (!(await install(folder))) {
      say({ bench: "peers", skipped: "its packages could not be installed" });
      return;
    }
    const rows = [...(await measure(folder, "sync.mjs")), ...(await measure(folder, "live.mjs"))];
    sayRatios(rows);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

await main();
