// Documents as rows, each author's share by itself. A document that one operation made is not written a second time:
// its row names the operation, which lies in the same file. Only what several operations made is kept as a state.
import { type Body, readBody } from "../../protocol/festival/body.ts";
import { type BodyOperation, mergeOperation } from "../../protocol/festival/document.ts";
import { type DocumentState, decodeState, encodeState } from "../../protocol/festival/document-state.ts";
import type { DocumentView } from "../../protocol/festival/view.ts";
import { fromHex, toHex } from "../../protocol/operation/bytes.ts";
import type { StoredOperation } from "../../sync/ports.ts";
import type { Database } from "../../sync/store/database.ts";
import type { EventHistory } from "./event-history.ts";

export interface KnownDocument {
  /** Its row. */
  readonly n: number;
  /** Absent where its operation is not here any more. */
  readonly state: DocumentState | undefined;
  readonly history: EventHistory;
}

/** What one operation made of a document. */
export interface DocumentChange {
  readonly key: string;
  /** The row it has; absent for a new one. */
  readonly n: number | undefined;
  readonly state: DocumentState;
  readonly status: DocumentView["status"];
  readonly history: EventHistory;
  /** Arrival of the operation, if it alone gives this state. */
  readonly madeBy: number | undefined;
}

export class DocumentTable {
  readonly #sql: Statements;

  constructor(database: Database) {
    this.#sql = prepareStatements(database);
  }

  find(key: string): KnownDocument | undefined {
    const row = this.#sql.find.get(key);
    return row && this.#document(row);
  }

  /** Documents that this author made, in the order of their keys: shown or invalid, but not the ones withdrawn. */
  madeBy(author: Uint8Array): KnownDocument[] {
    return this.#sql.made.all(author).map((row) => this.#document(row));
  }

  rowsOf(author: Uint8Array): number[] {
    return this.#sql.rowsOf.all(author);
  }

  /** Returns the row. */
  save({ key, n, state, status, history, madeBy }: DocumentChange): number {
    const kept = madeBy === undefined ? encodeState(state) : null;
    const columns = [status, history.length > 0 ? JSON.stringify(history) : null, madeBy ?? null, kept] as const;
    if (n === undefined) {
      const { schema, author } = state;
      return Number(this.#sql.insert.run(key, schema, fromHex(author), ...columns).lastInsertRowid);
    }
    this.#sql.update.run(...columns, n);
    return n;
  }

  deleteOf(author: Uint8Array): void {
    this.#sql.deleteOf.run(author);
  }

  #document({ n, history, operation, state }: DocumentRow): KnownDocument {
    return {
      n,
      state: state ? decodeState(state) : this.#madeState(operation ?? 0),
      history: history === null ? [] : (JSON.parse(history) as EventHistory),
    };
  }

  #madeState(arrival: number): DocumentState | undefined {
    const row = this.#sql.operation.get(arrival);
    const reading = row?.body && readBody(row.body);
    if (!row || !reading || reading.status !== "understood") return undefined;
    return mergeOperation(undefined, bodyOperation(row, reading.body));
  }
}

export function bodyOperation(stored: Pick<StoredOperation, "id" | "author" | "seqNum">, body: Body): BodyOperation {
  return { id: toHex(stored.id), author: toHex(stored.author), seqNum: stored.seqNum, body };
}

interface DocumentRow {
  readonly n: number;
  readonly history: string | null;
  readonly operation: number | null;
  readonly state: Buffer | null;
}

type OperationRow = Pick<StoredOperation, "id" | "author" | "seqNum"> & { readonly body: Buffer | null };

type Statements = ReturnType<typeof prepareStatements>;

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  type Bytes = Uint8Array;
  type Columns = [status: string, history: string | null, operation: number | null, state: Bytes | null];
  const row = "SELECT n, history, operation, state FROM document";
  return {
    find: database.prepare<[string], DocumentRow>(`${row} WHERE key = +?`),
    made: database.prepare<[Bytes], DocumentRow>(
      `${row} WHERE author = +? AND status IN ('shown', 'invalid') ORDER BY key`,
    ),
    rowsOf: database.prepare<[Bytes], number>("SELECT n FROM document WHERE author = +?").pluck(),
    insert: database.prepare<[string, string, Bytes, ...Columns]>(
      "INSERT INTO document (key, schema, author, status, history, operation, state) VALUES (?, ?, ?, ?, ?, ?, ?)",
    ),
    update: database.prepare<[...Columns, number]>(
      "UPDATE document SET status = ?, history = ?, operation = ?, state = ? WHERE n = +?",
    ),
    deleteOf: database.prepare<[Bytes]>("DELETE FROM document WHERE author = +?"),
    operation: database.prepare<[number], OperationRow>(
      `SELECT id, author, seq AS seqNum, body FROM operation CROSS JOIN log ON log.n = log_n WHERE operation.n = +?`,
    ),
  };
}
