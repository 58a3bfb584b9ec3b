// A stored operation as the documents need it: ids as text, and what its header claims.
import type { Seconds } from "../../../../protocol/festival/when.ts";
import { toHex } from "../../../../protocol/operation/bytes.ts";
import { decodeHeader } from "../../../../protocol/operation/header.ts";
import type { StoredOperation } from "../../../../sync/ports.ts";

const MICROS_PER_SECOND = 1_000_000;

export interface ReadOperation {
  readonly id: string;
  readonly author: string;
  readonly seqNum: number;
  readonly arrival: number;
  readonly backlink?: string;
  /** What its author claims (M-04); 0 where the header does not say. */
  readonly writtenAt: Seconds;
  /** The same in microseconds, for what was written without knowledge of each other. */
  readonly timestamp: number;
  readonly body: Uint8Array | undefined;
  /** The body is still to come. */
  readonly isWanted: boolean;
}

export function readOperation(stored: Omit<StoredOperation, "logId" | "introducer">): ReadOperation {
  const { id, author, seqNum, arrival, headerBytes, body } = stored;
  const { backlink, extensions, payloadSize } = decodeHeader(headerBytes).header;
  const timestamp = extensions.kind === "basic" ? extensions.timestamp : 0;
  return {
    id: toHex(id),
    author: toHex(author),
    seqNum,
    arrival,
    ...(backlink && { backlink: toHex(backlink) }),
    writtenAt: Math.floor(timestamp / MICROS_PER_SECOND),
    timestamp,
    body,
    isWanted: body === undefined && payloadSize > 0,
  };
}
