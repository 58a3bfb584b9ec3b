// An operation as a row of SQLite: what both halves of the SQLite store share.
import type { Hash, LogId, VerifyingKey } from "../../protocol/operation/bytes.ts";
import type { LogKey } from "../../protocol/operation/log.ts";
import type { StoredOperation } from "../ports.ts";

/** One row of `SELECT_OPERATION`. SQLite gives Node buffers, and null for a body that is not here. */
export interface StoredRow {
  readonly arrival: number;
  readonly id: Buffer;
  readonly seqNum: number;
  readonly headerBytes: Buffer;
  readonly body: Buffer | null;
  readonly introducer: number;
}

export interface StoredRowOfLog extends StoredRow {
  readonly author: Buffer;
  readonly logId: Buffer;
}

export const SELECT_OPERATION = `
  SELECT operation.n AS arrival, operation.id, operation.seq AS seqNum, operation.header AS headerBytes,
    operation.body, operation.introducer`;

export const SELECT_OPERATION_OF_LOG = `${SELECT_OPERATION}, log.author, log.log_id AS logId`;

/**
 * `+?` in conditions and limits hides the parameter from the query planner. It would plan by the value otherwise, and
 * plan anew after better-sqlite3 cleared the value, which is after each call: 31 instead of 7 µs for this question.
 */
export const OPERATION_BY_ID = `
  ${SELECT_OPERATION_OF_LOG} FROM operation JOIN log ON log.n = operation.log_n WHERE operation.id = +?`;

/** The newest arrival ever given, also if that operation was pruned. */
export const LAST_ARRIVAL = "SELECT max(last, ifnull((SELECT max(n) FROM operation), 0)) FROM arrival";

export function storedOperation(row: StoredRow, { author, logId }: LogKey): StoredOperation {
  const { arrival, seqNum, introducer } = row;
  const id = plainBytes(row.id) as Hash;
  const body = row.body && { body: plainBytes(row.body) };
  return { arrival, id, author, logId, seqNum, headerBytes: plainBytes(row.headerBytes), ...body, introducer };
}

export function storedOperationOfLog(row: StoredRowOfLog): StoredOperation {
  const author = plainBytes(row.author) as VerifyingKey;
  return storedOperation(row, { author, logId: plainBytes(row.logId) as LogId });
}

/** The port promises byte arrays; a Buffer's `slice` and `toString` do something else. The bytes are not copied. */
export function plainBytes(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}
