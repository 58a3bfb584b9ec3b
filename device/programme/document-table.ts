// Documents as rows, each author's share by itself. A document that one operation made is not written a second time:
// its row names the operation, which lies in the same file. Only what several operations made is kept as a state,
// in the form that is read fastest: the tables are this device's own, and can always be made again.
import { deserialize, serialize } from "node:v8";
import { type Body, type BodyReading, readBody } from "../../protocol/festival/body.ts";
import { type BodyOperation, mergeOperation } from "../../protocol/festival/document.ts";
import type { DocumentState } from "../../protocol/festival/document-state.ts";
import type { SchemaName } from "../../protocol/festival/schema.ts";
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
  /** Arrival of the first of its operations. */
  readonly first: number;
}

/** What one operation made of a document. */
export interface DocumentChange {
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

  /** As readers see it: with what linked keys wrote on it. */
  find(key: string): KnownDocument | undefined {
    const row = this.#sql.find.get(...nameOf(key));
    return row && this.#document(row);
  }

  /** What its author alone wrote. */
  findShare(key: string): KnownDocument | undefined {
    const row = this.#sql.findShare.get(...nameOf(key));
    return row && this.#document(row);
  }

  /** Documents that this author made, in the order of their keys: shown or invalid, but not the ones withdrawn. */
  madeBy(author: Uint8Array): KnownDocument[] {
    return this.#sql.made.all(author).map((row) => this.#document(row));
  }

  /** The same by its row. */
  shareAt(n: number): KnownDocument | undefined {
    const row = this.#sql.shareAt.get(n);
    return row && this.#document(row);
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

  /** Returns the row; nothing if a new one was to be made and there is one. */
  save({ n, author, state, status, history, first, madeBy }: DocumentChange): number | undefined {
    const kept = madeBy === undefined ? serialize(state) : null;
    const said = history.length > 0 ? JSON.stringify(history) : null;
    const columns = [first, status, said, madeBy ?? null, kept] as const;
    if (n === undefined) {
      const name = state.kind === "keyed" ? state.key : state.doc;
      const keyed = state.kind === "keyed" ? 1 : 0;
      const { changes, lastInsertRowid } = this.#sql.insert.run(author, state.schema, name, keyed, ...columns);
      return changes === 0 ? undefined : Number(lastInsertRowid);
    }
    this.#sql.update.run(...columns, n);
    return n;
  }

  lowerFirst(n: number, first: number): void {
    this.#sql.lowerFirst.run(first, n);
  }

  delete(n: number): void {
    this.#sql.deleteOperations.run(n);
    this.#sql.dropJoint.run(n);
    this.#sql.delete.run(n);
  }

  #document({ n, first, history, operation, state }: StateRow): KnownDocument {
    return {
      n,
      first,
      state: state ? (deserialize(state) as DocumentState) : this.#madeState(operation ?? 0),
      history: history === null ? [] : (JSON.parse(history) as EventHistory),
    };
  }

  #madeState(arrival: number): DocumentState | undefined {
    const row = this.#sql.operation.get(arrival);
    const reading = row?.body && readStoredBody(row.body);
    if (!row || !reading || reading.status !== "understood") return undefined;
    return mergeOperation(undefined, bodyOperation(row, reading.body));
  }
}

/** SQLite gives Node's own kind of bytes: as fresh from a peer or out of the file, a body must read the same. */
export function readStoredBody({ buffer, byteOffset, length }: Uint8Array): BodyReading {
  return readBody(new Uint8Array(buffer, byteOffset, length));
}

export function bodyOperation(stored: Pick<StoredOperation, "id" | "author" | "seqNum">, body: Body): BodyOperation {
  return { id: toHex(stored.id), author: toHex(stored.author), seqNum: stored.seqNum, body };
}

type Name = [author: Uint8Array, schema: string, name: string];

/** Takes a documentKey apart. */
function nameOf(key: string): Name {
  const author = key.indexOf(" ") + 1;
  const name = key.indexOf(" ", author) + 1;
  return [fromHex(key.slice(author, name - 1)), key.slice(0, author - 1), key.slice(name)];
}

/** A row by itself: what it is, not what it says. */
export interface DocumentRow {
  readonly n: number;
  readonly schema: SchemaName;
  readonly author: Uint8Array;
  /** Its id, or the key under which it was set. */
  readonly name: string;
  readonly keyed: 0 | 1;
}

/** `joined`: the share is part of a document that a linked key made (M-12). */
export type ShareStatus = DocumentView["status"] | "joined";

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
  const share = "SELECT n, first, history, operation, state FROM document";
  const whole = `SELECT n, first, history, operation, ifnull(joint.state, document.state) AS state
    FROM document LEFT JOIN joint USING (n)`;
  const row = "SELECT n, schema, author, name, keyed FROM document";
  const known = "WHERE author = +? AND schema = +? AND name = +?";
  return {
    find: database.prepare<Name, StateRow>(`${whole} ${known}`),
    findShare: database.prepare<Name, StateRow>(`${share} ${known}`),
    shareAt: database.prepare<[number], StateRow>(`${share} WHERE n = +?`),
    dropJoint: database.prepare<[number]>("DELETE FROM joint WHERE n = +?"),
    made: database.prepare<[Bytes], StateRow>(
      `${whole} WHERE author = +? AND status IN ('shown', 'invalid') ORDER BY key`,
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
    insert: database.prepare<[Bytes, string, string, 0 | 1, ...Columns]>(
      `INSERT INTO document (author, schema, name, keyed, first, status, history, operation, state)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
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
