// Logs as sync sees them: how high each author's log reaches, and which ranges another replica lacks (SPEC.md §5.2).
// Heights only: two branches of equal height look alike here (session/heads.ts tells them apart between our own boxes).
import { equalBytes, fromHex, type LogId, toHex, type VerifyingKey } from "./bytes.ts";

/** Which log: an author may have several, one for each topic. */
export interface LogKey {
  readonly author: VerifyingKey;
  readonly logId: LogId;
}

/** A log as a key for maps. */
export function logName(log: LogKey): string {
  return `${toHex(log.author)}/${toHex(log.logId)}`;
}

export function isSameLog(a: LogKey, b: LogKey): boolean {
  return equalBytes(a.author, b.author) && equalBytes(a.logId, b.logId);
}

/** author hex → log id hex → highest sequence number held. */
export type LogHeights = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Operations `from ≤ seqNum ≤ to` of one log. */
export interface LogRange extends LogKey {
  readonly from: number;
  readonly to: number;
}

/**
 * What `remote` lacks of `local`, ordered by author and log id:
 * - a log that remote does not name: from its beginning
 * - a log that remote holds lower than local: from remote's height + 1
 * - anything else: nothing
 */
export function compareHeights(local: LogHeights, remote: LogHeights): LogRange[] {
  const ranges: LogRange[] = [];
  for (const author of [...local.keys()].sort()) {
    const logs = local.get(author) as ReadonlyMap<string, number>;
    for (const logId of [...logs.keys()].sort()) {
      const to = logs.get(logId) as number;
      const theirs = remote.get(author)?.get(logId);
      if (theirs !== undefined && theirs >= to) continue;
      const from = theirs === undefined ? 0 : theirs + 1;
      ranges.push({ author: fromHex(author) as VerifyingKey, logId: fromHex(logId) as LogId, from, to });
    }
  }
  return ranges;
}
