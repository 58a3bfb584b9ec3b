// Every Ed25519 vector that we have, as bytes to ask anybody about. What the answers should be is the business of
// test/protocol/operation/signature-vectors.test.ts.
import { existsSync, readFileSync } from "node:fs";
import { sharedJson, sharedPath } from "../../support/shared-data.ts";

/** All in hex, as the oracle takes them. */
export interface SignedMessage {
  readonly key: string;
  readonly sig: string;
  readonly msg: string;
}

const OWN_VECTORS = new URL("../../vectors/ed25519.json", import.meta.url);
const PUBLIC_VECTORS = "data/vectors/ed25519/";

interface Wycheproof {
  readonly testGroups: readonly {
    readonly publicKey: { readonly pk: string };
    readonly tests: readonly { readonly sig: string; readonly msg: string }[];
  }[];
}

const READERS: Readonly<Record<string, (path: string) => SignedMessage[]>> = {
  "cctv.json": (path) =>
    sharedJson<SignedMessage[]>(path).map(({ key, sig, msg }) => ({ key, sig, msg: textHex(msg) })),
  "ed25519_test.json": (path) =>
    sharedJson<Wycheproof>(path).testGroups.flatMap(({ publicKey, tests }) =>
      tests.map(({ sig, msg }) => ({ key: publicKey.pk, sig, msg })),
    ),
  "speccheck.json": (path) =>
    sharedJson<{ pub_key: string; signature: string; message: string }[]>(path).map((row) => ({
      key: row.pub_key,
      sig: row.signature,
      msg: row.message,
    })),
  "zip215.json": (path) =>
    sharedJson<{ vk_bytes: string; sig_bytes: string }[]>(path).map((row) => ({
      key: row.vk_bytes,
      sig: row.sig_bytes,
      msg: textHex("Zcash"),
    })),
};

/** File name → vectors: our own, and the public ones where ../shared has them. */
export function signedMessages(): ReadonlyMap<string, readonly SignedMessage[]> {
  const shared = Object.entries(READERS).filter(([file]) => existsSync(sharedPath(PUBLIC_VECTORS + file)));
  return new Map([
    ["our own", ownVectors()],
    ...shared.map(([file, read]) => [file, read(PUBLIC_VECTORS + file)] as const),
  ]);
}

function ownVectors(): SignedMessage[] {
  const rows = JSON.parse(readFileSync(OWN_VECTORS, "utf8")) as { key: string; message: string; signature: string }[];
  return rows.map(({ key, message, signature }) => ({ key, sig: signature, msg: message }));
}

function textHex(text: string): string {
  return Buffer.from(text).toString("hex");
}
