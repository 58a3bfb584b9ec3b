// The house has four rooms and one direction (ARCHITECTURE.md): this test reads every import and knows who may ask whom.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = normalize(join(dirname(fileURLToPath(import.meta.url)), ".."));

/** A room or a corner of one, what it may import of the house, and which packages; first match counts. */
const RULES: readonly { from: RegExp; may: RegExp; packages: RegExp }[] = [
  { from: /^protocol\/operation\/cbor\.ts$/, may: /^protocol\/operation\//, packages: /^cbor-x(\/encode)?$/ },
  { from: /^protocol\/operation\//, may: /^protocol\/operation\//, packages: /^$/ },
  { from: /^protocol\/festival\//, may: /^protocol\//, packages: /^$/ },
  {
    from: /^sync\/session\//,
    may: /^(protocol\/operation|sync\/session)\/|^sync\/(ports|ingest|catch-up)\.ts$/,
    packages: /^$/,
  },
  {
    from: /^sync\/store\//,
    may: /^protocol\/operation\/|^sync\/store\/|^sync\/(ports|errors)\.ts$/,
    packages: /^(node:.*|better-sqlite3|idb)$/,
  },
  {
    from: /^sync\/transport\//,
    may: /^protocol\/operation\/(bytes|crypto)\.ts$|^sync\/transport\/|^sync\/session\/frame\.ts$|^sync\/(ports|errors|address|address-caps|node-address)\.ts$/,
    packages: /^(node:.*|ws|@number0\/iroh\/index\.js)$/,
  },
  {
    from: /^sync\/discovery\//,
    may: /^protocol\/operation\/|^sync\/discovery\/|^sync\/(ports|errors|address|node-address)\.ts$/,
    packages: /^(node:.*|bonjour-service)$/,
  },
  {
    from: /^sync\/crypto\//,
    may: /^protocol\/operation\//,
    packages: /^(node:crypto|hash-wasm|@noble\/.*)$/,
  },
  { from: /^sync\/system-clock\.ts$/, may: /^sync\/ports\.ts$/, packages: /^node:.*$/ },
  { from: /^sync\/[^/]+\.ts$/, may: /^protocol\/operation\/|^sync\/session\/|^sync\/[^/]+\.ts$/, packages: /^$/ },
  {
    from: /^device\/interchange\//,
    may: /^protocol\/|^device\/interchange\//,
    packages: /^(saxes|ical\.js|temporal-polyfill)$/,
  },
  {
    from: /^device\/display\//,
    may: /^protocol\/festival\/|^device\/(display|programme)\/|^device\/gpio\/kernel\.ts$/,
    packages: /^(node:.*|@napi-rs\/canvas|linebreak|uqr|temporal-polyfill)$/,
  },
  {
    from: /^device\/programme\//,
    may: /^protocol\/|^sync\/ports\.ts$|^sync\/store\/(database|errors)\.ts$|^device\/programme\//,
    packages: /^(node:v8|better-sqlite3|temporal-polyfill)$/,
  },
  { from: /^device\/gpio\//, may: /^sync\/ports\.ts$|^device\/gpio\//, packages: /^(node:.*|koffi)$/ },
  { from: /^device\/web\/client\/build\.ts$/, may: /^$/, packages: /^(node:.*|esbuild)$/ },
  {
    from: /^device\/web\/client\//,
    may: /^protocol\/|^sync\/(peers|ports|replica|log-writer|own-key|system-clock)\.ts$|^sync\/(session|crypto\/noble|store\/indexeddb|transport\/browser)|^device\/web\/client\/|^device\/act\/|^device\/pictures\.ts$|^device\/programme\/(event-filter|event-history|festival-day|when-span)\.ts$/,
    packages: /^(preact(\/.*)?|idb|temporal-polyfill|uqr)$/,
  },
  {
    from: /^device\/web\//,
    may: /^protocol\/|^sync\/(ports|address-caps)\.ts$|^device\/web\/|^device\/display\/scene\.ts$/,
    packages: /^node:.*$/,
  },
  {
    from: /^device\/keeper\//,
    may: /^protocol\/|^sync\/[^/]+\.ts$|^device\/(keeper|programme|interchange)\//,
    packages: /^temporal-polyfill$/,
  },
  {
    from: /^device\/act\//,
    may: /^protocol\/|^device\/(act|programme)\/|^device\/interchange\/local-time\.ts$/,
    packages: /^temporal-polyfill$/,
  },
  {
    from: /^device\/card\//,
    may: /^device\/(card\/|(config-error|config-source|durable-file|toml-text)\.ts$)/,
    packages: /^(node:fs|node:path)$/,
  },
  { from: /^device\/command\//, may: /^(protocol|sync|device)\//, packages: /^(node:.*|temporal-polyfill)$/ },
  { from: /^device\/[^/]+\.ts$/, may: /^(protocol|sync|device)\//, packages: /.*/ },
  { from: /^image\//, may: /^image\//, packages: /.*/ },
];

/** Only here may adapters be constructed, so nobody may import it. */
const COMPOSITION_ROOT = "device/main.ts";
/** The two ways to run something. */
const ENTRANCES: readonly string[] = ["device/command-line.ts", "device/run-box.ts"];
/** What a build wrote is no source. */
const MADE_FILES = join("image", "out");
const MIN_SOURCE_FILES = 40;

function sources(): string[] {
  const rooms = ["protocol", "sync", "device", "image"].filter((room) => existsSync(join(ROOT, room)));
  return rooms
    .flatMap((room) =>
      readdirSync(join(ROOT, room), { recursive: true, encoding: "utf8" }).map((name) => join(room, name)),
    )
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith(".d.ts") && !name.startsWith(MADE_FILES));
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  const statements = text.matchAll(
    /^\s*(?:import|export)\b[^;]*?\bfrom\s+"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)|^import\s+"([^"]+)"/gms,
  );
  return [...statements].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}

function violation(file: string, specifier: string): string | undefined {
  const rule = RULES.find(({ from }) => from.test(file));
  if (rule === undefined) return `${file} stands in no room of the table`;
  if (!specifier.startsWith(".")) {
    return rule.packages.test(specifier) ? undefined : `${file} may not import the package ${specifier}`;
  }
  const target = relative(ROOT, normalize(join(ROOT, dirname(file), specifier)));
  if (target === COMPOSITION_ROOT && !ENTRANCES.includes(file)) return `${file} may not import the composition root`;
  return rule.may.test(target) ? undefined : `${file} may not import ${target}`;
}

test("imports only point up: protocol ← sync ← device ← image", () => {
  const files = sources();
  assert.ok(files.length >= MIN_SOURCE_FILES, `only ${files.length} source files were seen`);
  const violations = files
    .flatMap((file) => importsOf(file).map((specifier) => violation(file, specifier)))
    .filter(Boolean);
  assert.deepEqual(violations, []);
});

test("the table notices an import that points the wrong way", () => {
  assert.match(violation("protocol/operation/header.ts", "../../sync/ports.ts") ?? "", /may not import sync/);
  assert.match(violation("sync/session/live.ts", "node:fs") ?? "", /may not import the package/);
  assert.match(violation("sync/store/sqlite.ts", "../transport/websocket.ts") ?? "", /may not import sync\/transport/);
  assert.match(violation("device/web/server.ts", "../main.ts") ?? "", /composition root/);
});

test("there is no drawer for things without a name", () => {
  const drawers = sources().filter((file) => /(^|\/)(utils?|helpers?|common|misc|lib)(\/|\.ts$)|manager/.test(file));
  assert.deepEqual(drawers, []);
});
