// The flags with which people run a box, read where they stand: measurements must use the same.
import { readFileSync } from "node:fs";

const { scripts } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  readonly scripts: { readonly lagerfeuer: string };
};

const words = scripts.lagerfeuer.split(" ");

export const NODE_FLAGS: readonly string[] = words
  .slice(words.lastIndexOf("node") + 1)
  .filter((word) => word.startsWith("--"));
