// A box that is killed while it writes has everything it promised, also if another process wrote at the same time. This
// shows that commits are whole. That they survive a power cut rests on synchronous=FULL, which database.test.ts asserts
// and only a real cut can show.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { asHash, fromHex } from "../../../protocol/operation/bytes.ts";
import { createNodeCrypto } from "../../../sync/crypto/node.ts";
import { openDatabase } from "../../../sync/store/database.ts";
import { SqliteStore } from "../../../sync/store/sqlite.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { databasePath, openStore } from "../../support/store-folder.ts";
import { TestLog } from "../../support/test-log.ts";

const CHILD = fileURLToPath(new URL("../../support/committing-child.ts", import.meta.url));
const CYCLES = 30;
const MOST_PROMISES = 150;
const SEED = 1;

/** Runs a child until it has promised `promises` operations, kills it, and gives every id that it promised. */
async function promisesBeforeDeath(path: string, person: string, promises: number): Promise<string[]> {
  const child = spawn(process.execPath, [CHILD, path, person], { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) {
    output += chunk;
    if (output.split("\n").length > promises) child.kill("SIGKILL");
  }
  return output.split("\n").slice(0, -1);
}

test(`no promised operation is lost in ${CYCLES} kills, seed ${SEED}`, async (t) => {
  const path = databasePath(t);
  const random = seededRandom(SEED);
  const promised: string[] = [];
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    promised.push(...(await promisesBeforeDeath(path, `person ${cycle}`, 1 + random() * MOST_PROMISES)));
    const database = openDatabase(path, { maxPages: 100_000 });
    const store = new SqliteStore(database);
    const found = await store.find(promised.map((id) => asHash(fromHex(id))));
    assert.deepEqual(new Set(found), new Set(["whole"]), `after ${cycle + 1} kills`);
    assert.equal(database.pragma("integrity_check", { simple: true }), "ok");
    await store.close();
  }
  assert.ok(promised.length > CYCLES, `only ${promised.length} operations were promised`);
});

test("two processes that write at the same time lose nothing", async (t) => {
  const path = databasePath(t);
  const writers = ["ada", "bo"].map((person) => promisesBeforeDeath(path, person, 2 * MOST_PROMISES));
  const promised = (await Promise.all(writers)).flat();
  const store = openStore(path);
  t.after(() => store.close());
  assert.ok(promised.length >= 4 * MOST_PROMISES, `only ${promised.length} operations were promised`);
  const found = await store.find(promised.map((id) => asHash(fromHex(id))));
  assert.deepEqual(new Set(found), new Set(["whole"]));
  const { topic } = new TestLog(await createNodeCrypto(), "ada");
  assert.deepEqual(
    (await store.logs(topic)).map(({ ends }) => ends.length),
    [1, 1],
  );
});
