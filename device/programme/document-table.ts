// Documents as rows, each author's share by itself. A document that one operation made is not written a second time:
// its row names the operation, which lies in the same file. Only what several operations made is kept as a state.
import { type Body, readBody } from "../../protocol/festival/body.ts";
import { type BodyOperation, mergeOperation } from "../../protocol/festival/document.ts";
import { type DocumentState, decodeState, encodeState } from "../../protocol/festival/document-state.ts";
import type { SchemaName } from "../../protocol/festival/schema.ts";
import type { DocumentView } from "../../protocol/festival/view.ts";
import { toHex } from "../../protocol/operation/bytes.ts";
import type { StoredOperation } from "../../sync/ports.ts";
import type { Database } from "../../sync/store/database.ts";
import type { EventHistory } from "./event-history.ts";

export interface KnownDocument {
  /** Its row. */
  readonly n: number;
  /** Absent where its operation is not here any more. */
  readonly state: DocumentState | undefined;
  readonly history: EventHistory;
  /** Arrival of the first of its operations. */
  readonly first: number;
}

/** What one operation made of a document. */
export interface DocumentChange {
  readonly key: string;
  /** The row it has; absent for a new one. */
  readonly n: number | undefined;
  readonly author: Uint8Array;
  readonly state: DocumentState;
  readonly status: DocumentView["status"];
  readonly history: EventHistory;
  readonly first: number;
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

  rowsOf(author: Uint8Array): DocumentRow[] {
    return this.#sql.rowsOf.all(author);
  }

  /** The document into which an operation went. */
  rowOf(arrival: number): DocumentRow | undefined {
    return this.#sql.rowOf.get(arrival);
  }

  /** Arrivals of the operations that went into it. */
  operationsOf(n: number): number[] {
    return this.#sql.operationsOf.all(n);
  }

  noteOperation(n: number, arrival: number, withdraws: boolean): void {
    this.#sql.note.run(arrival, n, withdraws ? 1 : 0);
  }

  /** Returns the row. */
  save({ key, n, author, state, status, history, first, madeBy }: DocumentChange): number {
    const kept = madeBy === undefined ? encodeState(state) : null;
    const said = history.length > 0 ? JSON.stringify(history) : null;
    const columns = [first, status, said, madeBy ?? null, kept] as const;
    if (n === undefined) {
      const { schema } = state;
      const doc = state.kind === "keyed" ? null : state.doc;
      return Number(this.#sql.insert.run(key, schema, author, doc, ...columns).lastInsertRowid);
    }
    this.#sql.update.run(...columns, n);
    return n;
  }

  lowerFirst(n: number, first: number): void {
    this.#sql.lowerFirst.run(first, n);
  }

  delete(n: number): void {
    this.#sql.deleteOperations.run(n);
    this.#sql.delete.run(n);
  }

  #document({ n, first, history, operation, state }: StateRow): KnownDocument {
    return {
      n,
      first,
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

/** A row by itself: what it is, not what it says. */
export interface DocumentRow {
  readonly n: number;
  readonly schema: SchemaName;
  readonly author: Uint8Array;
  readonly doc: string | null;
}

interface StateRow {
  readonly n: number;
  readonly first: number;
  readonly history: string | null;
  readonly operation: number | null;
  readonly state: Buffer | null;
}

type OperationRow = Pick<StoredOperation, "id" | "author" | "seqNum"> & { readonly body: Buffer | null };

type Statements = ReturnType<typeof prepareStatements>;

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  type Bytes = Uint8Array;
  type Columns = [first: number, status: string, history: string | null, operation: number | null, state: Bytes | null];
  const state = "SELECT n, first, history, operation, state FROM document";
  const row = "SELECT n, schema, author, doc FROM document";
  return {
    find: database.prepare<[string], StateRow>(`${state} WHERE key = +?`),
    made: database.prepare<[Bytes], StateRow>(
      `${state} WHERE author = +? AND status IN ('shown', 'invalid') ORDER BY key`,
    ),
    rowsOf: database.prepare<[Bytes], DocumentRow>(`${row} WHERE author = +?`),
    rowOf: database.prepare<[number], DocumentRow>(
      `${row} WHERE n = (SELECT n FROM document_operation WHERE operation = +?)`,
    ),
    operationsOf: database
      .prepare<[number], number>("SELECT operation FROM document_operation WHERE n = +? ORDER BY operation")
      .pluck(),
    note: database.prepare<[number, number, 0 | 1]>(
      "INSERT INTO document_operation VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    ),
    insert: database.prepare<[string, string, Bytes, string | null, ...Columns]>(
      `INSERT INTO document (key, schema, author, doc, first, status, history, operation, state)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    update: database.prepare<[...Columns, number]>(
      "UPDATE document SET first = ?, status = ?, history = ?, operation = ?, state = ? WHERE n = +?",
    ),
    lowerFirst: database.prepare<[number, number]>("UPDATE document SET first = ? WHERE n = +?"),
    delete: database.prepare<[number]>("DELETE FROM document WHERE n = +?"),
    deleteOperations: database.prepare<[number]>("DELETE FROM document_operation WHERE n = +?"),
    operation: database.prepare<[number], OperationRow>(
      `SELECT id, author, seq AS seqNum, body FROM operation CROSS JOIN log ON log.n = log_n WHERE operation.n = +?`,
    ),
  };
}
