// CPU time of our side: this process and iroh's, which is a child of its own. Not that of the Rust peer.
import { readdirSync, readFileSync } from "node:fs";

/** Linux counts in ticks, and every build of it that runs Node has a hundred in a second. */
const TICK_MS = 10;
const IROH = "iroh-child";
/** Of /proc/<pid>/stat behind the name of the program: user and system time. */
const USER_FIELD = 11;
const SYSTEM_FIELD = 12;

/** Milliseconds so far; where there is no /proc, without iroh's process. */
export function ourCpuMs(): number {
  const { user, system } = process.cpuUsage();
  const children = childPids().filter((pid) => read(`/proc/${pid}/cmdline`).includes(IROH));
  return (user + system) / 1_000 + children.reduce((sum, pid) => sum + processMs(pid), 0);
}

function childPids(): string[] {
  try {
    const threads = readdirSync("/proc/self/task");
    return threads.flatMap((thread) => read(`/proc/self/task/${thread}/children`).split(" ").filter(Boolean));
  } catch {
    return [];
  }
}

function processMs(pid: string): number {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[USER_FIELD] ?? 0) + Number(fields[SYSTEM_FIELD] ?? 0)) * TICK_MS;
}

/** Empty for a process or thread that has just gone. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
