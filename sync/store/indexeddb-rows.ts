// What lies in IndexedDB, row by row. Bodies lie apart, so that whoever looks for ids or places does not read them. Keys
// are bytes where ids and logs are: browsers compare them as we do.
import type { DBSchema, IDBPDatabase } from "idb";
import type { Hash, LogId, VerifyingKey } from "../../protocol/operation/bytes.ts";
import type { LogRange } from "../../protocol/operation/log.ts";
import type { StoredOperation } from "../ports.ts";

/** Bytes as a key of IndexedDB: of no memory that is shared. */
export type KeyBytes = Uint8Array<ArrayBuffer>;

export interface OperationRow {
  readonly arrival: number;
  readonly id: Uint8Array;
  readonly author: VerifyingKey;
  readonly logId: LogId;
  readonly seqNum: number;
  readonly header: Uint8Array;
  readonly backlink?: Uint8Array;
  readonly introducer: number;
  /** Header, and body as far as it is here. */
  readonly size: number;
  /** The sequence number once more, while the body is wanted: rows without it are not in the index. */
  readonly wantedSeq?: number;
}

export interface LogRow {
  readonly author: VerifyingKey;
  readonly logId: LogId;
  /** Hex of the topics that carry it. */
  topics: readonly string[];
  height: number;
  ends: readonly Uint8Array[];
  /** Operations, bodies that are wanted, bytes, and the newest arrival. */
  operations: number;
  wanted: number;
  bytes: number;
  newest: number;
}

export interface StoreSchema extends DBSchema {
  operations: {
    key: number;
    value: OperationRow;
    indexes: {
      id: KeyBytes;
      place: [KeyBytes, KeyBytes, number];
      wanted: [KeyBytes, KeyBytes, number];
    };
  };
  /** By arrival. */
  bodies: { key: number; value: Uint8Array };
  logs: { key: [KeyBytes, KeyBytes]; value: LogRow; indexes: { topics: string } };
  state: { key: string; value: number | string };
}

export const STORE_NAMES: ("operations" | "bodies" | "logs" | "state")[] = ["operations", "bodies", "logs", "state"];

/** In `state`: the highest arrival ever given, and who may write. */
export const ARRIVAL = "arrival";
export const PEN = "pen";

export function createStores(database: IDBPDatabase<StoreSchema>): void {
  const operations = database.createObjectStore("operations", { keyPath: "arrival" });
  operations.createIndex("id", "id", { unique: true });
  operations.createIndex("place", ["author", "logId", "seqNum"]);
  operations.createIndex("wanted", ["author", "logId", "wantedSeq"]);
  database.createObjectStore("bodies");
  const logs = database.createObjectStore("logs", { keyPath: ["author", "logId"] });
  logs.createIndex("topics", "topics", { multiEntry: true });
  database.createObjectStore("state");
}

export function keyOf(bytes: Uint8Array): KeyBytes {
  return bytes as KeyBytes;
}

export function isWanted({ wantedSeq }: OperationRow): boolean {
  return wantedSeq !== undefined;
}

export function placeRange({ author, logId, from, to }: LogRange): IDBKeyRange {
  return IDBKeyRange.bound([author, logId, from], [author, logId, to]);
}

export function storedOperation(row: OperationRow, body: Uint8Array | undefined): StoredOperation {
  const { arrival, id, author, logId, seqNum, header, introducer } = row;
  return { arrival, id: id as Hash, author, logId, seqNum, headerBytes: header, introducer, ...(body && { body }) };
}
