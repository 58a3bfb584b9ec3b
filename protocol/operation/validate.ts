// Judging an operation (SPEC.md §4), as p2panda-core does: three small validators, one rule per line. A verdict is a
// value; the first broken rule names itself.
import { equalBytes, type Hash, type VerifyingKey } from "./bytes.ts";
import type { CryptoSuite } from "./crypto.ts";
import { HEADER_VERSION, type Header } from "./header.ts";
import { MAX_BODY_BYTES } from "./limits.ts";
import { isPrune, type Operation } from "./operation.ts";

export type Fault =
  | "E_SIGNATURE"
  | "E_VERSION"
  | "E_PAYLOAD_HASH"
  | "E_BACKLINK_UNEXPECTED"
  | "E_BACKLINK_MISSING"
  | "E_BODY"
  | "E_BODY_LIMIT"
  | "E_AUTHOR"
  | "E_SEQ_NUM"
  | "E_BACKLINK";

/** What a validator needs to know of the operation before. */
export interface Past {
  readonly id: Hash;
  readonly verifyingKey: VerifyingKey;
  readonly seqNum: number;
}

/**
 * - the signature verifies over the unsigned bytes (E_SIGNATURE)
 * - the version is 1 (E_VERSION)
 * - a payload hash is there iff the payload has a size (E_PAYLOAD_HASH)
 * - the first operation of a log has no backlink (E_BACKLINK_UNEXPECTED)
 * - every later one has (E_BACKLINK_MISSING)
 */
export function validateHeader(operation: Operation, suite: CryptoSuite): Fault | undefined {
  const { header, unsignedBytes } = operation;
  if (!suite.verify(unsignedBytes, header.signature, header.verifyingKey)) return "E_SIGNATURE";
  return validateShape(header);
}

/** `validateHeader` without the signature, for callers that verify signatures elsewhere. */
export function validateShape(header: Header): Fault | undefined {
  if (header.version !== HEADER_VERSION) return "E_VERSION";
  if (header.payloadSize > 0 !== (header.payloadHash !== undefined)) return "E_PAYLOAD_HASH";
  if (header.seqNum === 0 && header.backlink !== undefined) return "E_BACKLINK_UNEXPECTED";
  if (header.seqNum > 0 && header.backlink === undefined) return "E_BACKLINK_MISSING";
  return undefined;
}

/**
 * - a body is at most MAX_BODY_BYTES, also one that is not here yet (E_BODY_LIMIT)
 * - a body that is here has the size and hash that the header promises (E_BODY); a missing one is always fine
 */
export function validateBody(operation: Operation, suite: CryptoSuite): Fault | undefined {
  const { header, body } = operation;
  if (header.payloadSize > MAX_BODY_BYTES) return "E_BODY_LIMIT";
  if (body === undefined) return undefined;
  if (body.length !== header.payloadSize || header.payloadHash === undefined) return "E_BODY";
  return equalBytes(suite.hash(body), header.payloadHash) ? undefined : "E_BODY";
}

/** Header and body together. */
export function validateOperation(operation: Operation, suite: CryptoSuite): Fault | undefined {
  return validateHeader(operation, suite) ?? validateBody(operation, suite);
}

/**
 * - same author (E_AUTHOR)
 * - the sequence number follows the past one (E_SEQ_NUM)
 * - the backlink names the past operation (E_BACKLINK)
 */
export function validateBacklink(header: Header, past: Past): Fault | undefined {
  if (!equalBytes(header.verifyingKey, past.verifyingKey)) return "E_AUTHOR";
  if (header.seqNum !== past.seqNum + 1) return "E_SEQ_NUM";
  if (header.backlink === undefined || !equalBytes(header.backlink, past.id)) return "E_BACKLINK";
  return undefined;
}

/**
 * As `validateBacklink`, where the past may have been pruned away: an operation with the prune flag starts its log
 * anew and needs no past; without the flag a missing past is E_BACKLINK_MISSING.
 */
export function validatePrunableBacklink(operation: Operation, past: Past | undefined): Fault | undefined {
  const { header } = operation;
  if (header.seqNum > 0 && isPrune(operation)) return undefined;
  if (past !== undefined) return validateBacklink(header, past);
  return header.seqNum === 0 ? undefined : "E_BACKLINK_MISSING";
}
