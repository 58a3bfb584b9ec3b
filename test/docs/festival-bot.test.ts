// docs/festival.md says what is true: its examples are the bytes that it prints, and its bot runs as it stands there,
// against two boxes that know nothing of poems (R-23).
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { checkFields, readBody, SCHEMA_NAMES } from "../../protocol/festival/index.ts";
import { asTopic, fromHex, toHex } from "../../protocol/operation/bytes.ts";
import { BODY_LIMITS, type CborMap, encodeCbor } from "../../protocol/operation/cbor.ts";
import { openDatabase } from "../../sync/store/database.ts";
import { SqliteStore } from "../../sync/store/sqlite.ts";
import { BoxProcess, eventually, lagerfeuer } from "../support/box-process.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PAGE = readFileSync(join(ROOT, "docs", "festival.md"), "utf8");
const BOT_LINES_MAX = 60;

/** The blocks of the page in one notation, in order. */
function blocks(notation: string): string[] {
  return [...PAGE.matchAll(/^```(\S+)\n(.*?)^```$/gms)].flatMap(([, of, text]) =>
    of === notation ? [text ?? ""] : [],
  );
}

/** Diagnostic notation is JSON where neither bytes nor other keys than text occur; comments stand between slashes. */
function readDiagnostic(text: string): CborMap {
  return JSON.parse(text.replaceAll(/("(?:[^"\\]|\\.)*")|\/[^/]*\//g, "$1")) as CborMap;
}

const examples = blocks("cbor-diag").map(readDiagnostic);

test("the first example is the bytes beside it", () => {
  const [hex = ""] = blocks("hex");
  const bytes = fromHex(hex.replaceAll(/#.*|\s/g, ""));
  assert.equal(toHex(encodeCbor(examples[0] as CborMap)), toHex(bytes));
  assert.ok(PAGE.includes(`The same as bytes, ${bytes.length} of them`), `${bytes.length} bytes`);
});

test("every example is understood and valid; an update is, on the document before it", () => {
  assert.equal(examples.length, 6);
  const made = new Map<string, CborMap>();
  for (const example of examples) {
    const reading = readBody(encodeCbor(example));
    assert.equal(reading.status, "understood", JSON.stringify(example));
    if (reading.status !== "understood" || reading.body.a === "delete") continue;
    const { a, s, f } = reading.body;
    const fields = a === "update" ? { ...made.get(s), ...f } : f;
    made.set(s, fields);
    assert.deepEqual(checkFields(s, fields as never), []);
  }
});

test("the page names every schema, and the limits of bodies as they are", () => {
  const unnamed = SCHEMA_NAMES.filter((name) => !PAGE.includes(`\`${name}\``));
  assert.deepEqual(unnamed, []);
  const { bytes, depth, items, mapKeys } = BODY_LIMITS;
  const count = (number: number) => number.toLocaleString("en");
  assert.ok(PAGE.includes(`| ${count(bytes)} bytes |`));
  assert.ok(PAGE.includes(`| ${depth}, ${count(items)}, ${mapKeys} |`));
});

const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-bot-"));
const FESTIVAL = ["--festival", "poem bot test"];
const running: (() => Promise<unknown>)[] = [];
after(async () => {
  await Promise.all(running.map((end) => end()));
  rmSync(folder, { recursive: true, force: true });
});

async function startBox(name: string, ...args: readonly string[]): Promise<{ box: BoxProcess; address: string }> {
  const data = join(folder, name);
  const box = new BoxProcess({
    data,
    args: ["--port", "0", "--host", "127.0.0.1", "--no-discovery", ...FESTIVAL, ...args],
  });
  running.push(() => box.end("SIGTERM"));
  return { box, address: new URL(await box.ready).host.replace("localhost", "127.0.0.1") };
}

async function ask<Answer>(box: BoxProcess, ...args: readonly string[]): Promise<Answer> {
  const { status, stdout, stderr } = await lagerfeuer([...args, "--json", "--data", box.options.data, ...FESTIVAL]);
  assert.equal(status, 0, `${args.join(" ")}: ${stderr}`);
  return JSON.parse(stdout) as Answer;
}

/** Beside the README, as the page says: a folder in which the rooms of this repository stand. */
function saveBot(): string {
  const [code = ""] = blocks("js");
  assert.ok(code.split("\n").length <= BOT_LINES_MAX, "the bot is short");
  for (const room of ["protocol", "sync"]) symlinkSync(join(ROOT, room), join(folder, room));
  writeFileSync(join(folder, "poem-bot.mjs"), code);
  return join(folder, "poem-bot.mjs");
}

function startBot(path: string, address: string): { readonly end: () => Promise<string> } {
  const bot: ChildProcess = spawn(process.execPath, [path, address, FESTIVAL[1] as string], { cwd: folder });
  let stderr = "";
  bot.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  const end = async (): Promise<string> => {
    if (bot.exitCode === null && bot.signalCode === null) {
      bot.kill("SIGINT");
      await once(bot, "exit");
    }
    return stderr;
  };
  running.push(end);
  return { end };
}

interface Noted {
  readonly notes: readonly { readonly fields: { readonly about: string; readonly text: string } }[];
}

async function poems(box: BoxProcess): Promise<ReadonlyMap<string, string>> {
  const { notes } = await ask<Noted>(box, "list", "notes", "--by", "Poem bot");
  assert.equal(new Set(notes.map(({ fields }) => fields.about)).size, notes.length, "one poem for each event");
  return new Map(notes.map(({ fields }) => [fields.about, fields.text]));
}

const DAY_MS = 86_400_000;
const TOMORROW = new Date(Date.now() + DAY_MS).toISOString().replace(/:\d\d\.\d+Z$/, "Z");
const WEEK_SECONDS = 7 * 86_400;

/** As the bot would write it, by another hand. */
function expectedPoem(event: string, title: string): Uint8Array {
  const lines = [
    `${title}: somebody brings a kettle,`,
    `and ${Number(`0x${event.slice(0, 2)}`)} stars bring the rest.`,
  ];
  const expires = Date.parse(TOMORROW) / 1000 + WEEK_SECONDS;
  return encodeCbor({ a: "create", s: "x-poem/1", f: { about: event, expires, lines } });
}

/** All bodies that a box holds, as they lie in its store, by operation id. */
async function bodiesOf(box: BoxProcess, topic: string): Promise<ReadonlyMap<string, string>> {
  const store = new SqliteStore(openDatabase(join(box.options.data, "replica.sqlite"), { maxPages: 100_000 }));
  const operations = await store.since(asTopic(fromHex(topic)), 0, 1_000);
  await store.close();
  return new Map(operations.map(({ id, body = new Uint8Array() }) => [toHex(id), toHex(body)]));
}

async function publishRaw(box: BoxProcess, bodies: readonly string[]): Promise<void> {
  const note = readFileSync(join(box.options.data, "box.json"), "utf8");
  const { port, token } = JSON.parse(note) as { port: number; token: string };
  const answer = await fetch(`http://127.0.0.1:${port}/control/publish`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ bodies, as: "weather" }),
  });
  assert.equal(answer.status, 200, await answer.text());
}

test("the bot of the page writes its poems once each; boxes show the notes and carry the poems as they are", async () => {
  const near = await startBox("near");
  const far = await startBox("far", "--peer", near.address);
  const path = saveBot();
  const event = async (box: BoxProcess, title: string): Promise<string> =>
    (await ask<{ id: string }>(box, "create", "event", title, "--start", TOMORROW, "--as", "ada")).id;
  const known = async (count: number) => (await poems(far.box).catch(() => new Map())).size === count;

  const soup = await event(near.box, "Soup");
  const bot = startBot(path, near.address);
  await eventually("a poem for what was there before the bot", 20_000, () => known(1));
  const tea = await event(far.box, "Tea");
  await eventually("a poem for what came from the other box", 20_000, () => known(2));
  assert.equal(await bot.end(), "");

  const again = startBot(path, near.address);
  const embers = await event(far.box, "Embers");
  await eventually("a poem by the bot that was started again", 20_000, () => known(3));
  assert.equal(await again.end(), "");
  const titles = new Map([
    [soup, "Soup"],
    [tea, "Tea"],
    [embers, "Embers"],
  ]);
  const said = await poems(far.box);
  for (const [id, title] of titles) assert.match(said.get(id) ?? "", new RegExp(`^${title}: somebody brings a kettle`));
  const { people } = await ask<{ people: { name: string; is?: string }[] }>(far.box, "list", "people");
  assert.equal(people.find(({ name }) => name === "Poem bot")?.is, "bot");

  const strange = toHex(new TextEncoder().encode("no CBOR at all"));
  await publishRaw(near.box, [strange]);
  await eventually("equal replicas", 20_000, async () => {
    const [left, right] = await Promise.all([near.box.status(), far.box.status()]);
    return left["stateHash"] === right["stateHash"];
  });
  const { topic, unreadable } = (await far.box.status()) as { topic: string; unreadable: number };
  assert.equal(unreadable, 1, "only what is no CBOR");
  for (const { box } of [near, far]) assert.equal(await box.end("SIGTERM"), 0, box.said);
  const [left, right] = [await bodiesOf(near.box, topic), await bodiesOf(far.box, topic)];
  assert.deepEqual([...left].sort(), [...right].sort());
  const held = new Set(right.values());
  for (const [id, title] of titles) assert.ok(held.has(toHex(expectedPoem(id, title))), `the poem for ${title}`);
  assert.ok(held.has(strange));
});
