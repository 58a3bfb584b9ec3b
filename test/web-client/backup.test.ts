// Keys outside the phone, as a file and as words.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { keyWords, readBackup, readKeyWords, writeBackup } from "../../device/web/client/keys/backup.ts";
import { createNobleCrypto } from "../../sync/crypto/noble.ts";
import { somePhone } from "./some-phone.ts";

const suite = createNobleCrypto();
const key = fc.uint8Array({ minLength: 32, maxLength: 32 });

test("words give back the key that they were made of", () => {
  fc.assert(
    fc.property(key, (signingKey) => {
      const words = keyWords(signingKey, suite);
      assert.equal(words.length, 30);
      assert.deepEqual(readKeyWords(`  ${words.join(" \n").toUpperCase()}`, suite), signingKey);
    }),
    { numRuns: 50 },
  );
});

test("a word that is wrong, missing or in another place is noticed", () => {
  const words = [...keyWords(suite.hash(Uint8Array.of(7)), suite)];
  const swapped = words.with(0, words[2] ?? "").with(2, words[0] ?? "");
  for (const wrong of [words.slice(1), words.with(3, "teapot"), swapped, words.with(1, "zebra"), []]) {
    assert.throws(() => readKeyWords(wrong.join(" "), suite), { code: "E_BACKUP" });
  }
});

test("a file gives back all keys, and nothing else is taken for one", () => {
  const keys = [1, 2].map((each) => ({ festival: "ab".repeat(32), signingKey: suite.hash(Uint8Array.of(each)) }));
  assert.deepEqual(
    readBackup(writeBackup(keys)),
    keys.map((each) => ({ ...each, signingKey: Uint8Array.from(each.signingKey) })),
  );
  for (const text of ["", "[]", "{}", '{"format":"lagerfeuer keys 1","keys":[{"key":"12"}]}', "null"]) {
    assert.throws(() => readBackup(text), { code: "E_BACKUP" });
  }
});

test("a restored key does not write before its log was heard", async () => {
  const [phone, other] = [await somePhone(1), await somePhone(2)];
  const words = await phone.keys.backupWords(phone.view().me);
  const [restored] = await other.keys.restore(words.join(" "));
  assert.equal(restored, phone.view().me);
  assert.equal(other.view().me, restored);
  await assert.rejects(other.acts.createEvent({ title: "Too early" }), { code: "E_KEY_WAITS" });
  const file = new Uint8Array(await (await phone.keys.backupFile()).arrayBuffer());
  assert.deepEqual(await other.keys.restore(file), [restored]);
});
