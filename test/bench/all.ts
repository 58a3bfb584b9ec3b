// Every benchmark in turn, each in a process of its own. `--quick` takes smaller sizes, for a look in passing; figures to
// quote come from a whole run on a quiet machine.   node test/bench/all.ts [--quick]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";

const quick = process.argv.includes("--quick") ? { BENCH_QUICK: "1" } : {};
const benches = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".bench.ts"));
for (const bench of benches.sort()) {
  const env = { ...process.env, ...quick };
  const child = spawn(process.execPath, [join(import.meta.dirname, bench)], { env, stdio: "inherit" });
  const [status] = await once(child, "exit");
  if (status === 0) continue;
  console.error(`Cannot go on: ${bench} failed`);
  process.exitCode = 1;
}
