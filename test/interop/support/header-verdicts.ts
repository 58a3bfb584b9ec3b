// What p2panda's crate and ours say of the same header, and how the two compare. A difference is explained only by one of
// the classes below, each of which stands in protocol/SPEC.md as a rule of ours; everything else is a fault.
import { toHex } from "../../../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../../../protocol/operation/crypto.ts";
import { type DecodeCode, DecodeError } from "../../../protocol/operation/errors.ts";
import { MAX_HEADER_BYTES, MAX_SEQ_NUM } from "../../../protocol/operation/limits.ts";
import { decodeOperation, type Operation } from "../../../protocol/operation/operation.ts";
import { type Fault, validateHeader } from "../../../protocol/operation/validate.ts";
import type { RustPeer } from "./rust-peer.ts";

const VARIANT_BASIC = 0;

/** What both say of a header that they can decode. */
interface Read {
  readonly id: string;
  readonly author: string;
  readonly payloadSize: number;
  readonly payloadHash: string | null;
  readonly seq: number;
  readonly backlink: string | null;
  readonly validSignature: boolean;
}

interface Accepted extends Read {
  /** The header as the crate itself writes it; what it verifies and hashes. */
  readonly canonicalHex: string;
  readonly canonical: boolean;
  readonly headerError: string | null;
  /** Null for the type of extensions of applications that have none. */
  readonly extensions: {
    readonly variant: number;
    readonly logId: string;
    readonly timestamp: number;
    readonly prune: boolean;
  } | null;
}

/** The crate's answer: `error` if it cannot decode the bytes. */
export type Theirs = Accepted | { readonly error: string };

export type Ours = { readonly code: DecodeCode } | { readonly operation: Operation; readonly fault: Fault | undefined };

export const AGREEMENTS = [
  "both accept it",
  "both refuse its signature",
  "both refuse its version",
  "both refuse its bytes",
] as const;

export const DIFFERENCES = [
  "stricter: not the canonical bytes (§2.2)",
  "stricter: the last sequence number (§2.3)",
  "stricter: a timestamp over 2⁵³−1 (§2.3)",
  "stricter: over 4 KiB (§2.3)",
  "stricter: extensions with further items are signed as they came (§2.4)",
  "stricter: the set of variant 1 is signed in the order in which it came (§2.4)",
  "carried: extensions that p2panda cannot decode (§2.4)",
  "later: a key that is no point fails with its signature (§3)",
] as const;

export type Comparison = (typeof AGREEMENTS)[number] | (typeof DIFFERENCES)[number];

/** Headers of p2panda's nodes, and headers of applications without extensions: the crate has a type for each. */
export async function askThem(oracle: RustPeer, items: readonly string[]): Promise<Theirs[]> {
  const nodes = await oracle.ask("headers", { items, extensions: "node" }, ORACLE_DEADLINE_MS);
  const others = await oracle.ask("headers", { items, extensions: "none" }, ORACLE_DEADLINE_MS);
  const without = others["verdicts"] as Theirs[];
  return (nodes["verdicts"] as Theirs[]).map((verdict, index) => {
    const other = without[index] as Theirs;
    return "error" in verdict && !("error" in other) ? other : verdict;
  });
}

/** Ten thousand signatures, where nothing is optimised. */
const ORACLE_DEADLINE_MS = 300_000;

export function askOurs(bytes: Uint8Array, suite: CryptoSuite): Ours {
  try {
    const operation = decodeOperation(bytes, undefined, suite);
    return { operation, fault: validateHeader(operation, suite) };
  } catch (error) {
    if (error instanceof DecodeError) return { code: error.code };
    throw error;
  }
}

/** Undefined if nothing in SPEC.md explains what the two say. */
export function compare(bytes: Uint8Array, theirs: Theirs, suite: CryptoSuite): Comparison | undefined {
  const ours = askOurs(bytes, suite);
  if ("error" in theirs) return "code" in ours ? "both refuse its bytes" : explainCarried(theirs.error, ours);
  if ("code" in ours) return explainStricter(bytes, theirs, { ...ours, suite });
  if (sameVerdict(theirs, ours)) return agreement(ours.fault);
  return explainOpaque(theirs, ours);
}

function agreement(fault: Fault | undefined): Comparison | undefined {
  if (fault === undefined) return "both accept it";
  if (fault === "E_SIGNATURE") return "both refuse its signature";
  return fault === "E_VERSION" ? "both refuse its version" : undefined;
}

function sameVerdict(theirs: Accepted, { operation, fault }: Extract<Ours, { operation: Operation }>): boolean {
  const { id, header } = operation;
  const { extensions } = header;
  const said: Read = {
    id: toHex(id),
    author: toHex(header.verifyingKey),
    payloadSize: header.payloadSize,
    payloadHash: header.payloadHash ? toHex(header.payloadHash) : null,
    seq: header.seqNum,
    backlink: header.backlink ? toHex(header.backlink) : null,
    validSignature: fault !== "E_SIGNATURE",
  };
  const sameHeader = Object.entries(said).every(([name, value]) => theirs[name as keyof Read] === value);
  return sameHeader && theirs.canonical && faultOf(theirs) === fault && sameExtensions(theirs.extensions, extensions);
}

function sameExtensions(theirs: Accepted["extensions"], ours: Operation["header"]["extensions"]): boolean {
  if (theirs === null || ours.kind === "none") return theirs === null && ours.kind === "none";
  const sameLog = theirs.logId === (ours.logId && toHex(ours.logId));
  if (ours.kind === "opaque") return sameLog && theirs.variant !== VARIANT_BASIC;
  const { timestamp, pruneFlag } = ours;
  return sameLog && theirs.variant === VARIANT_BASIC && theirs.timestamp === timestamp && theirs.prune === pruneFlag;
}

/** Null for words that no header which can be decoded should deserve. */
function faultOf({ headerError }: Accepted): Fault | undefined | null {
  if (headerError === null) return undefined;
  if (/signature does not match/.test(headerError)) return "E_SIGNATURE";
  return /version/.test(headerError) ? "E_VERSION" : null;
}

/** We refuse to decode what the crate decodes. Of its own canonical bytes we must then say the same as it. */
function explainStricter(
  bytes: Uint8Array,
  theirs: Accepted,
  { code, suite }: { readonly code: DecodeCode; readonly suite: CryptoSuite },
): Comparison | undefined {
  if (theirs.canonical && code !== "E_HEADER_LIMIT") return undefined;
  if (bytes.length > MAX_HEADER_BYTES) return "stricter: over 4 KiB (§2.3)";
  if (theirs.seq > MAX_SEQ_NUM) return "stricter: the last sequence number (§2.3)";
  if ((theirs.extensions?.timestamp ?? 0) > Number.MAX_SAFE_INTEGER) return "stricter: a timestamp over 2⁵³−1 (§2.3)";
  if (theirs.canonical) return undefined;
  const again = compare(Buffer.from(theirs.canonicalHex, "hex"), { ...theirs, canonical: true }, suite);
  return again === undefined || !isAgreement(again) ? undefined : "stricter: not the canonical bytes (§2.2)";
}

export function isAgreement(comparison: Comparison): boolean {
  return (AGREEMENTS as readonly Comparison[]).includes(comparison);
}

/** The crate drops items that it does not know, and writes sets in any order: it hashes and verifies other bytes then. */
function explainOpaque(
  theirs: Accepted,
  { operation }: Extract<Ours, { operation: Operation }>,
): Comparison | undefined {
  if (operation.header.extensions.kind !== "opaque" || theirs.canonical) return undefined;
  return theirs.extensions?.variant === VARIANT_BASIC
    ? "stricter: extensions with further items are signed as they came (§2.4)"
    : "stricter: the set of variant 1 is signed in the order in which it came (§2.4)";
}

/** We decode what the crate refuses. */
function explainCarried(
  error: string,
  { operation, fault }: Extract<Ours, { operation: Operation }>,
): Comparison | undefined {
  if (NO_POINT.test(error))
    return fault === "E_SIGNATURE" ? "later: a key that is no point fails with its signature (§3)" : undefined;
  const { extensions } = operation.header;
  return extensions.kind === "opaque" ? "carried: extensions that p2panda cannot decode (§2.4)" : undefined;
}

const NO_POINT = /point/i;
