// A test as one file for a page: node's test runner, assertions and crypto replaced by those of the page.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = new URL("./", import.meta.url);
const STAND_INS: readonly (readonly [RegExp, string])[] = [
  [/^node:test$/, "page-test.ts"],
  [/sync\/crypto\/node\.ts$/, "page-crypto.ts"],
];

/** `entry` is a file beside the tests. */
export async function bundleForPage(entry: URL): Promise<string> {
  const result = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    plugins: [
      {
        name: "stand-ins",
        setup(plugin) {
          plugin.onResolve({ filter: /^node:assert\/strict$/ }, ({ path }) => ({ path, namespace: "assert" }));
          plugin.onLoad({ filter: /.*/, namespace: "assert" }, () => ({
            contents: 'export { assert as default } from "./page-assert.ts"',
            resolveDir: fileURLToPath(HERE),
          }));
          for (const [filter, file] of STAND_INS) {
            plugin.onResolve({ filter }, () => ({ path: fileURLToPath(new URL(file, HERE)) }));
          }
        },
      },
    ],
  });
  return result.outputFiles[0]?.text ?? "";
}
