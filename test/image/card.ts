// Where the card lies that `npm run image` made, and whether this machine can start it.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const TOOLS = ["qemu-system-aarch64", "dtc", "mcopy"];

export function cardPath(): string {
  return fileURLToPath(new URL("../../image/out/lagerfeuer.img", import.meta.url));
}

/** False if a card can be started here; else what to do, for a test that is skipped. */
export function needsCard(): string | false {
  if (process.env["TEST_IMAGE"] !== "1") return "starts emulated boxes: npm run test:image";
  const missing = TOOLS.filter((tool) => !isThere(tool));
  if (missing.length > 0)
    return `needs ${missing.join(", ")}: apt-get install qemu-system-arm device-tree-compiler mtools`;
  return existsSync(cardPath()) ? false : "needs a card: npm run image";
}

function isThere(tool: string): boolean {
  try {
    execFileSync("which", [tool], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
