// Two network namespaces joined by a cable, for tests that need two hosts. Needs root and iproute2; says so otherwise.
import { execFileSync } from "node:child_process";

export interface Cable {
  readonly left: string;
  readonly right: string;
  /** Pulls the cable, and plugs it in again. */
  plug(connected: boolean): void;
  remove(): void;
}

function ip(...args: string[]): void {
  execFileSync("ip", args, { stdio: "pipe" });
}

/** Why a test cannot have namespaces here, or false. */
export function namespacesMissing(): string | false {
  if (process.getuid?.() !== 0) return "needs root for network namespaces";
  try {
    ip("netns", "add", `lf-${process.pid}-probe`);
    ip("netns", "delete", `lf-${process.pid}-probe`);
    return false;
  } catch {
    return "needs iproute2 and a kernel with network namespaces: apt-get install iproute2";
  }
}

/** `number` keeps the pairs of one process apart. */
export function layCable(number: number): Cable {
  const [left, right] = [`lf-${process.pid}-${number}a`, `lf-${process.pid}-${number}b`];
  const [leftEnd, rightEnd] = [`lfa${process.pid % 10_000}${number}`, `lfb${process.pid % 10_000}${number}`];
  ip("netns", "add", left);
  ip("netns", "add", right);
  ip("link", "add", leftEnd, "netns", left, "type", "veth", "peer", "name", rightEnd, "netns", right);
  for (const [namespace, end, address] of [
    [left, leftEnd, "10.77.0.1/24"],
    [right, rightEnd, "10.77.0.2/24"],
  ] as const) {
    ip("-n", namespace, "address", "add", address, "dev", end);
    ip("-n", namespace, "link", "set", "lo", "up");
    ip("-n", namespace, "link", "set", end, "up");
  }
  return {
    left,
    right,
    plug: (connected) => ip("-n", left, "link", "set", leftEnd, connected ? "up" : "down"),
    remove: () => {
      for (const namespace of [left, right]) ip("netns", "delete", namespace);
    },
  };
}
