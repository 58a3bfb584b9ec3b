// Two implementations, one verdict: p2panda's own crates and ours judge the same headers and the same signatures. Where they
// differ, SPEC.md says that we differ on purpose (support/header-verdicts.ts lists the classes).
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { type TestContext, test } from "node:test";
import { fromHex, toHex } from "../../protocol/operation/bytes.ts";
import { encodeHeader } from "../../protocol/operation/header.ts";
import { createNobleCrypto } from "../../sync/crypto/noble.ts";
import { createNodeCrypto } from "../../sync/crypto/node.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { sharedJson, sharedPath } from "../support/shared-data.ts";
import { HeaderGenerator } from "./support/generated-headers.ts";
import {
  AGREEMENTS,
  askOurs,
  askThem,
  type Comparison,
  compare,
  DIFFERENCES,
  type Theirs,
} from "./support/header-verdicts.ts";
import { MUTATIONS, mutatedHeader } from "./support/mutated-headers.ts";
import { RustPeer, rustPeerMissing } from "./support/rust-peer.ts";
import { signedMessages } from "./support/signed-messages.ts";

const options = { skip: rustPeerMissing() };
const SEED = Number(process.env["SEED"] ?? 20260717);
const HEADERS = 10_000;
/** Of faults; more of the same helps nobody. */
const SHOWN = 5;

const OWN_FIXTURES = new URL("../vectors/headers.json", import.meta.url);
const WIRE_FIXTURES = "data/vectors/p2panda-wire.json";

const suite = await createNodeCrypto();

interface Asked {
  /** Where it comes from. */
  readonly about: string;
  readonly bytes: Uint8Array;
}

/** Asks both; prints how often they agreed and why they did not; fails over every other difference. */
async function judge(t: TestContext, headers: readonly Asked[]): Promise<ReadonlyMap<Comparison, number>> {
  await using oracle = await RustPeer.start();
  const theirs = await askThem(
    oracle,
    headers.map(({ bytes }) => toHex(bytes)),
  );
  const counts = new Map<Comparison, number>();
  const carried: Asked[] = [];
  const unexplained: string[] = [];
  for (const [index, header] of headers.entries()) {
    const comparison = compare(header.bytes, theirs[index] as Theirs, suite);
    if (comparison === undefined) unexplained.push(`${header.about}: ${toHex(header.bytes)}`);
    else counts.set(comparison, (counts.get(comparison) ?? 0) + 1);
    if (comparison?.startsWith("carried")) carried.push(header);
  }
  for (const [comparison, count] of counts) t.diagnostic(`${String(count).padStart(6)} ${comparison}`);
  assert.deepEqual(unexplained.slice(0, SHOWN), [], `${unexplained.length} unexplained differences, seed ${SEED}`);
  await assertDecodableWithoutExtensions(oracle, carried);
  return counts;
}

/** Nothing but the extensions may be what p2panda could not decode. */
async function assertDecodableWithoutExtensions(oracle: RustPeer, headers: readonly Asked[]): Promise<void> {
  const stripped = headers.map(({ bytes }) => {
    const ours = askOurs(bytes, suite);
    assert.ok("operation" in ours);
    return toHex(encodeHeader({ ...ours.operation.header, extensions: { kind: "none" } }));
  });
  const verdicts = await askThem(oracle, stripped);
  const undecodable = headers.filter((_, index) => "error" in (verdicts[index] as Theirs));
  assert.deepEqual(undecodable.map(({ bytes }) => toHex(bytes)).slice(0, SHOWN), [], `seed ${SEED}`);
}

function ownFixtures(): Asked[] {
  const rows = JSON.parse(readFileSync(OWN_FIXTURES, "utf8")) as { comment: string; header: string }[];
  return rows.map(({ comment, header }) => ({ about: comment, bytes: fromHex(header) }));
}

/** Those that p2panda ships, among others. */
function wireFixtures(): Asked[] {
  if (!existsSync(sharedPath(WIRE_FIXTURES))) return [];
  return Object.entries(sharedJson<Record<string, string>>(WIRE_FIXTURES))
    .filter(([name]) => name.endsWith("_signed"))
    .map(([about, hex]) => ({ about, bytes: fromHex(hex) }));
}

test("p2panda and we say the same of every header that lies here", options, async (t) => {
  const counts = await judge(t, [...ownFixtures(), ...wireFixtures()]);
  assert.ok((counts.get("both accept it") ?? 0) >= 4);
});

test("p2panda and we say the same of ten thousand headers, right ones and wrong ones", options, async (t) => {
  t.diagnostic(`seed ${SEED}`);
  const generator = new HeaderGenerator(seededRandom(SEED), suite);
  const headers = Array.from({ length: HEADERS }, (_, index) => ({
    about: `number ${index}`,
    bytes: generator.header(),
  }));
  const counts = await judge(t, headers);
  for (const agreement of AGREEMENTS) assert.ok((counts.get(agreement) ?? 0) > 100, agreement);
  assert.ok((counts.get("both accept it") ?? 0) > HEADERS / 4, "most faults are rare");
});

test("p2panda and we say the same of ten thousand damaged headers, or SPEC.md says why not", options, async (t) => {
  t.diagnostic(`seed ${SEED}, ${Object.keys(MUTATIONS).length} kinds of damage`);
  const generator = new HeaderGenerator(seededRandom(SEED), suite);
  const headers = Array.from({ length: HEADERS }, (_, index) => mutatedHeader(generator, index));
  const counts = await judge(t, headers);
  for (const difference of DIFFERENCES) assert.ok((counts.get(difference) ?? 0) > 0, `never met: ${difference}`);
});

test("ed25519-dalek and both our suites give every signature the same answer", options, async (t) => {
  await using oracle = await RustPeer.start();
  const suites = { node: suite, noble: createNobleCrypto() };
  for (const [file, items] of signedMessages()) {
    const { valid } = await oracle.ask("signatures", { items });
    const strict = valid as readonly boolean[];
    assert.equal(strict.length, items.length);
    t.diagnostic(`${file}: verify_strict accepts ${strict.filter(Boolean).length} of ${items.length}`);
    for (const [name, each] of Object.entries(suites)) {
      const answers = items.map(({ key, sig, msg }) => each.verify(fromHex(msg), fromHex(sig), fromHex(key)));
      const others = items.filter((_, index) => answers[index] !== strict[index]);
      t.diagnostic(`${file}: ${name} accepts ${answers.filter(Boolean).length}, ${others.length} answers differ`);
      assert.deepEqual(others, [], `${file}, ${name}`);
    }
  }
});
