// Several people on one machine: keys by name, each in a file of its own.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { KeyRing } from "../../device/key-ring.ts";

function emptyFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-ring-"));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test("a key is made when it is first used, and is the same from then on", (t) => {
  const folder = emptyFolder(t);
  const ring = new KeyRing(folder);
  assert.deepEqual(ring.names(), []);
  const marie = ring.file("marie").signingKey();
  assert.notDeepEqual(ring.file("ben").signingKey(), marie);
  assert.deepEqual(new KeyRing(folder).file("marie").signingKey(), marie);
  assert.deepEqual(ring.names(), ["ben", "marie"]);
});

test("nobody but its owner may read a key", (t) => {
  const folder = emptyFolder(t);
  new KeyRing(folder).file("marie").signingKey();
  assert.equal(statSync(join(folder, "keys", "marie")).mode & 0o777, 0o600);
  assert.equal(statSync(join(folder, "keys")).mode & 0o777, 0o700);
});

test("a name cannot leave the folder, hide, or look like an option", (t) => {
  const ring = new KeyRing(emptyFolder(t));
  for (const name of [
    "",
    ".",
    "..",
    "../key",
    "a/b",
    "Marie",
    "ma rie",
    "-marie",
    "marie.used",
    "m".repeat(33),
    "märz",
  ]) {
    assert.throws(() => ring.file(name), { code: "E_KEY_NAME" }, name);
  }
});

test("that a key was used is remembered beside it, and is no key itself", (t) => {
  const ring = new KeyRing(emptyFolder(t));
  const file = ring.file("marie");
  file.signingKey();
  assert.equal(file.wasUsed, false);
  file.markUsed();
  assert.equal(ring.file("marie").wasUsed, true);
  assert.deepEqual(ring.names(), ["marie"]);
});

test("a broken key is said to be broken, not replaced", (t) => {
  const folder = emptyFolder(t);
  const ring = new KeyRing(folder);
  ring.file("marie").signingKey();
  writeFileSync(join(folder, "keys", "marie"), "nonsense\n");
  assert.throws(() => ring.file("marie").signingKey(), { code: "E_KEY_BROKEN" });
});
