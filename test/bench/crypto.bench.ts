// How fast both crypto suites verify and hash. One JSON line a row, medians of interleaved rounds, so that a busy machine
// slows all rows alike. Run: node test/bench/crypto.bench.ts
import { createPublicKey, verify } from "node:crypto";
import { asSigningKey } from "../../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../../protocol/operation/crypto.ts";
import { passesStrictPrechecks } from "../../protocol/operation/strict-signature.ts";
import { createNobleCrypto } from "../../sync/crypto/noble.ts";
import { createNodeCrypto } from "../../sync/crypto/node.ts";

/** Signatures in flight at once: enough that no thread of the pool waits for this one. */
const POOL_BATCH = 64;
const AUTHORS = 200;
const ROUNDS = 5;
const ROUND_MS = 300;
/** About the size of a header. */
const MESSAGE = Uint8Array.from({ length: 300 }, (_, index) => index % 251);

const node = await createNodeCrypto();
const noble = createNobleCrypto();
const signed = Array.from({ length: AUTHORS }, (_, author) => {
  const signingKey = asSigningKey(node.hash(Uint8Array.of(author)));
  const key = node.verifyingKey(signingKey);
  const keyObject = createPublicKey({ key: Buffer.from(key), format: "raw-public", asymmetricKeyType: "ed25519" });
  return { key, keyObject, signature: node.sign(MESSAGE, signingKey) };
});
type Signed = (typeof signed)[number];

interface Row {
  readonly name: string;
  /** Operations done by one call of `run`. */
  readonly operations: number;
  readonly run: (next: () => Signed) => unknown;
}

const rows: readonly Row[] = [
  { name: "strict-v1 prechecks alone", operations: 1, run: (next) => precheck(next()) },
  { name: "verify, bare node:crypto with key object", operations: 1, run: (next) => verifyBare(next()) },
  { name: "verify, node suite", operations: 1, run: (next) => verifyBy(node, next()) },
  { name: `verifyLater, node suite, ${POOL_BATCH} at once`, operations: POOL_BATCH, run: verifyBatch },
  { name: "verify, noble suite", operations: 1, run: (next) => verifyBy(noble, next()) },
  { name: "hash 300 bytes, node suite", operations: 1, run: () => node.hash(MESSAGE) },
  { name: "hash 300 bytes, noble suite", operations: 1, run: () => noble.hash(MESSAGE) },
];

function precheck({ key, signature }: Signed): void {
  expectValid(passesStrictPrechecks(signature, key));
}

function verifyBare({ keyObject, signature }: Signed): void {
  expectValid(verify(null, MESSAGE, keyObject, signature));
}

function verifyBy(suite: CryptoSuite, { key, signature }: Signed): void {
  expectValid(suite.verify(MESSAGE, signature, key));
}

async function verifyBatch(next: () => Signed): Promise<void> {
  const batch = Array.from({ length: POOL_BATCH }, next);
  const answers = await Promise.all(batch.map(({ key, signature }) => node.verifyLater(MESSAGE, signature, key)));
  expectValid(answers.every(Boolean));
}

function expectValid(valid: boolean): void {
  if (!valid) throw new Error("Cannot measure verification: an honest signature was refused");
}

async function operationsPerSecond({ operations, run }: Row): Promise<number> {
  let calls = 0;
  let turn = 0;
  const next = () => signed[turn++ % AUTHORS] as Signed;
  const start = performance.now();
  let elapsed = 0;
  while (elapsed < ROUND_MS) {
    const result = run(next);
    if (result instanceof Promise) await result;
    calls++;
    elapsed = performance.now() - start;
  }
  return (calls * operations * 1000) / elapsed;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}

const measured = rows.map((): number[] => []);
for (let round = 0; round < ROUNDS; round++) {
  for (const [index, row] of rows.entries()) measured[index]?.push(await operationsPerSecond(row));
}
for (const [index, { name }] of rows.entries()) {
  const rate = median(measured[index] ?? []);
  console.log(JSON.stringify({ bench: "crypto", name, opsPerSecond: Math.round(rate), us: +(1e6 / rate).toFixed(3) }));
}
