// From operations to tables: each body is taken into its document, and what is shown of the document into the tables
// that are asked. Runs inside the transaction that stores the operations, and must not throw for any bytes: it would
// take somebody's operation with it. Only the medium may fail.
import { readBody, type SetBody } from "../../protocol/festival/body.ts";
import { type BodyOperation, documentKey, mergeOperation } from "../../protocol/festival/document.ts";
import type { DocumentState } from "../../protocol/festival/document-state.ts";
import { checkFields, checkKey } from "../../protocol/festival/schema.ts";
import { type DocumentView, view } from "../../protocol/festival/view.ts";
import { type LogId, toHex } from "../../protocol/operation/bytes.ts";
import type { StoredOperation } from "../../sync/ports.ts";
import type { Database } from "../../sync/store/database.ts";
import { claimedAt } from "./ageing-table.ts";
import { AnswerTable } from "./answer-table.ts";
import { bodyOperation, type DocumentRow, DocumentTable, type KnownDocument } from "./document-table.ts";
import { type EventHistory, mergeHistory } from "./event-history.ts";
import { ForgottenTable } from "./forgotten-table.ts";
import type { Settlement } from "./settlement.ts";
import { ShownTables } from "./shown-tables.ts";
import { Standing } from "./standing.ts";

/** What is needed of a stored operation. */
export type ReadableOperation = Omit<StoredOperation, "logId" | "introducer">;

export class Materialiser {
  readonly #settlement: Settlement;
  readonly #sql: Statements;
  readonly #answers: AnswerTable;
  readonly #documents: DocumentTable;
  readonly #forgotten: ForgottenTable;
  readonly #shown: ShownTables;
  readonly #standing: Standing;

  constructor(database: Database, { logId, settlement }: { logId: LogId; settlement: Settlement }) {
    this.#settlement = settlement;
    this.#sql = prepareStatements(database);
    this.#answers = new AnswerTable(database);
    this.#documents = new DocumentTable(database);
    this.#forgotten = new ForgottenTable(database);
    this.#shown = new ShownTables(database, settlement);
    this.#standing = new Standing(database, logId);
  }

  /**
   * Takes one operation of the festival's log in. True if it asks to forget more of its author than before: then all
   * that the author said has to be taken again.
   */
  take(operation: ReadableOperation): boolean {
    const { author, seqNum, body: bytes } = operation;
    if (bytes === undefined) {
      this.#settlement.touchEvent(toHex(operation.id));
      return false;
    }
    const reading = readBody(bytes);
    if (reading.status !== "understood") {
      if (!this.#forgotten.covers(author, seqNum)) this.#sql.countUnread.run(author, reading.status);
      return false;
    }
    const { body } = reading;
    if (body.s === "answer/1") this.#takeAnswer(operation, body);
    const isForgotten = body.s !== "forget/1" && this.#forgotten.covers(author, seqNum);
    if (!isForgotten) this.#merge(bodyOperation(operation, body), operation);
    return body.s === "forget/1" && this.#takeForget(operation, body);
  }

  /** Takes all that one author said out again. */
  remove(author: Uint8Array): void {
    for (const thing of this.#answers.thingsOf(author)) this.#settlement.touchThing(thing);
    this.#answers.dropOf(author);
    for (const row of this.#documents.rowsOf(author)) this.#removeDocument(row);
    this.#sql.deleteUnread.run(author);
  }

  /** What this author asked to forget is not known any more. */
  removeForget(author: Uint8Array): void {
    this.#forgotten.delete(author);
  }

  /**
   * Takes out what an operation said whose body is gone, with all of the document it went into, and gives the arrivals of
   * that document's operations; `unknown` if it went into none and may have been counted as unread.
   */
  drop({ arrival, author, seqNum }: Pick<ReadableOperation, "arrival" | "author" | "seqNum">): number[] | "unknown" {
    const thing = this.#answers.drop(arrival);
    if (thing !== undefined) this.#settlement.touchThing(thing);
    const row = this.#documents.rowOf(arrival);
    if (row === undefined) return this.#forgotten.covers(author, seqNum) ? [] : "unknown";
    const operations = this.#documents.operationsOf(row.n);
    this.#removeDocument(row);
    return operations;
  }

  #removeDocument(row: DocumentRow): void {
    this.#shown.hide(rowToHide(row));
    if (row.doc !== null) this.#settlement.touchEvent(row.doc);
    this.#documents.delete(row.n);
  }

  #takeAnswer(operation: ReadableOperation, body: SetBody): void {
    const isSeat = body.k.includes(":");
    if (isSeat && this.#forgotten.covers(operation.author, operation.seqNum)) return;
    const thing = this.#answers.take(operation, body);
    if (thing !== undefined) this.#settlement.touchThing(thing);
  }

  #takeForget({ author }: ReadableOperation, { k, f }: SetBody): boolean {
    if (checkKey("forget/1", k, f).length > 0 || checkFields("forget/1", f).length > 0) return false;
    return this.#forgotten.raise(author, f["upTo"] as number);
  }

  #merge(operation: BodyOperation, stored: ReadableOperation): void {
    const { arrival, author, headerBytes } = stored;
    const key = documentKey(operation);
    const known = this.#documents.find(key);
    const state = mergeOperation(known?.state, operation);
    const first = Math.min(known?.first ?? arrival, arrival);
    if (known !== undefined && state === known.state) {
      this.#documents.noteOperation(known.n, arrival, false);
      if (first < known.first) this.#documents.lowerFirst(known.n, first);
      return;
    }
    const seen = this.#view(state);
    const history = historyAfter(known, state, operation, headerBytes);
    const madeBy = known?.state === undefined || state.kind === "keyed" ? arrival : undefined;
    const n = this.#documents.save({ key, n: known?.n, author, state, status: seen.status, history, first, madeBy });
    this.#documents.noteOperation(n, arrival, operation.body.a === "delete");
    const row = { n, schema: state.schema, ...(state.kind !== "keyed" && { doc: state.doc }) };
    if (known) this.#shown.hide(row);
    else if (seen.status === "withdrawn" && row.doc !== undefined) this.#settlement.touchEvent(row.doc);
    if (seen.status !== "shown" || state.kind === "withdrawn") return;
    const [seqNum, version] = state.version;
    const latest = version === operation.id ? headerBytes : undefined;
    this.#shown.show(n, seen.document, { history, author, seqNum, headerBytes: latest });
  }

  /** What its author made and had forgotten does not come back with a later change (SPEC.md §8.6). */
  #view(state: DocumentState): DocumentView {
    const seen = view(state);
    if (seen.status !== "awaited" || state.kind !== "open") return seen;
    return this.#standing.isGone(state.doc, state.author) ? { status: "withdrawn" } : seen;
  }
}

function rowToHide({ n, schema, doc }: DocumentRow) {
  return { n, schema, ...(doc !== null && { doc }) };
}

function historyAfter(
  known: KnownDocument | undefined,
  state: DocumentState,
  operation: BodyOperation,
  headerBytes: Uint8Array,
): EventHistory {
  if (state.kind !== "open" || state.schema !== "event/1") return [];
  return mergeHistory(known?.history ?? [], known?.state, operation, () => claimedAt(headerBytes));
}

type Statements = ReturnType<typeof prepareStatements>;

function prepareStatements(database: Database) {
  type Bytes = Uint8Array;
  return {
    countUnread: database.prepare<[Bytes, string]>(
      `INSERT INTO unread (author, status, bodies) VALUES (?, ?, 1)
      ON CONFLICT DO UPDATE SET bodies = bodies + 1`,
    ),
    deleteUnread: database.prepare<[Bytes]>("DELETE FROM unread WHERE author = ?"),
  };
}
