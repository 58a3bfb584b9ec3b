// What two replicas compare beyond p2panda's heights (SPEC.md §5.5): one fingerprint over how all logs end, and, where
// that differs although heights do not, which logs to send whole. Pure; only our own boxes exchange these.
import { concatBytes, equalBytes, type Hash, toHex } from "../../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../../protocol/operation/crypto.ts";
import { type LogHeights, type LogRange, logName } from "../../protocol/operation/log.ts";
import type { LogState } from "../ports.ts";
import { HEAD_DIGEST_BYTES, type HeadEntry, type Heads } from "./message.ts";

/** What we hold of each log. */
export function heldHeights(logs: readonly LogState[]): LogHeights {
  return nested(logs, (log) => log.height);
}

/**
 * What we say in `Have`. A log with a wanted body is announced only up to the operation before it, so that whoever has
 * the body sends it again: p2panda has no other way to ask (T9).
 */
export function announcedHeights(logs: readonly LogState[]): LogHeights {
  return nested(
    logs.filter((log) => announced(log) >= 0),
    announced,
  );
}

function announced(log: LogState): number {
  return log.wantedFrom === undefined ? log.height : log.wantedFrom - 1;
}

/** Equal on two replicas iff every log ends in the same operations and the same bodies are wanted. `logs` is ordered. */
export function fingerprint(logs: readonly LogState[], suite: CryptoSuite): Hash {
  const parts = logs.flatMap((log) => [log.author, log.logId, uint32(announced(log) + 1), ...log.ends]);
  return suite.hash(concatBytes(...parts));
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** `gaps` names the logs of which this session brought an operation without its predecessor. */
export function headsOf(logs: readonly LogState[], gaps: ReadonlySet<string>, suite: CryptoSuite): Heads {
  return nested(logs, (log) => ({ height: log.height, digest: digest(log, suite), gap: gaps.has(logName(log)) }));
}

function digest(log: LogState, suite: CryptoSuite): Uint8Array {
  return suite.hash(concatBytes(...log.ends)).subarray(0, HEAD_DIGEST_BYTES);
}

/**
 * Logs to send whole, because heights cannot tell which branch the other side has:
 * - its end differs at the same height, or
 * - one of us knows that it is forked, or met an operation that does not fit on what it has.
 * A log that is merely longer here is left to live mode.
 */
export function repairRanges(
  logs: readonly LogState[],
  theirs: Heads,
  gaps: ReadonlySet<string>,
  suite: CryptoSuite,
): LogRange[] {
  return logs
    .filter((log) => needsRepair(log, theirs, gaps, suite))
    .map((log) => ({ ...log, from: 0, to: log.height }));
}

function needsRepair(log: LogState, theirs: Heads, gaps: ReadonlySet<string>, suite: CryptoSuite): boolean {
  const their: HeadEntry | undefined = theirs.get(toHex(log.author))?.get(toHex(log.logId));
  if (their === undefined || equalBytes(their.digest, digest(log, suite))) return false;
  return their.height === log.height || log.ends.length > 1 || their.gap || gaps.has(logName(log));
}

function nested<Value>(
  logs: readonly LogState[],
  value: (log: LogState) => Value,
): ReadonlyMap<string, ReadonlyMap<string, Value>> {
  const authors = new Map<string, Map<string, Value>>();
  for (const log of logs) {
    const author = toHex(log.author);
    const named = authors.get(author) ?? new Map<string, Value>();
    authors.set(author, named.set(toHex(log.logId), value(log)));
  }
  return authors;
}
