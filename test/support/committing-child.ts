// A process that commits as fast as it can and tells on stdout, after each commit, which operations it was promised:
// `node committing-child.ts <database> <person>`. Ends only by being killed.
import { writeSync } from "node:fs";
import { toHex } from "../../protocol/operation/bytes.ts";
import { createNodeCrypto } from "../../sync/crypto/node.ts";
import { commitOf } from "./store-commits.ts";
import { openStore } from "./store-folder.ts";
import { TestLog } from "./test-log.ts";

const STDOUT = 1;
const BATCH = 5;

const [path = "", person = ""] = process.argv.slice(2);
const log = new TestLog(await createNodeCrypto(), person);
const store = openStore(path);
for (;;) {
  const stored = await store.commit(commitOf(log, log.entries(log.appendMany(BATCH))));
  writeSync(STDOUT, stored.map(({ id }) => `${toHex(id)}\n`).join(""));
}
