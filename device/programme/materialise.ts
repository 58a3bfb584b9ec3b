// From operations to tables: each body is taken into its document, and what is shown of the document into the tables
// that are asked. Runs inside the transaction that stores the operations, and must not throw for any bytes: it would
// take somebody's operation with it. Only the medium may fail.
import type { SetBody } from "../../protocol/festival/body.ts";
import { type BodyOperation, documentId, documentKey, mergeOperation } from "../../protocol/festival/document.ts";
import type { DocumentState } from "../../protocol/festival/document-state.ts";
import { checkFields, checkKey } from "../../protocol/festival/schema.ts";
import { type LogId, toHex } from "../../protocol/operation/bytes.ts";
import type { StoredOperation } from "../../sync/ports.ts";
import type { Database } from "../../sync/store/database.ts";
import { claimedAt } from "./ageing-table.ts";
import { AnswerTable } from "./answer-table.ts";
import {
  bodyOperation,
  type DocumentChange,
  type DocumentRow,
  DocumentTable,
  type KnownDocument,
  readStoredBody,
} from "./document-table.ts";
import { type EventHistory, mergeHistory } from "./event-history.ts";
import { ForgottenTable } from "./forgotten-table.ts";
import { ShownTables } from "./shown-tables.ts";
import { Standing } from "./standing.ts";
import type { Touched } from "./touched.ts";

/** What is needed of a stored operation. */
export type ReadableOperation = Omit<StoredOperation, "logId" | "introducer">;

interface HeardOperation extends BodyOperation {
  readonly arrival: number;
  readonly headerBytes: Uint8Array;
}

/** What was said in one author's share of a document and is not in the tables yet. */
interface HeardShare {
  readonly key: string;
  readonly author: Uint8Array;
  readonly operations: HeardOperation[];
}

type MergedShare = Pick<DocumentChange, "state" | "history" | "first" | "madeBy">;

/** What may wait to be merged: a box has 512 MiB for everything. */
const MAX_HEARD_BYTES = 16 * 1024 * 1024;
/** What an operation takes in memory beside its body, about. */
const OPERATION_BYTES = 1024;

export class Materialiser {
  readonly #touched: Touched;
  readonly #sql: Statements;
  readonly #answers: AnswerTable;
  readonly #documents: DocumentTable;
  readonly #forgotten: ForgottenTable;
  readonly #shown: ShownTables;
  readonly #standing: Standing;
  readonly #heard = new Map<string, HeardShare>();
  #heardBytes = 0;

  constructor(database: Database, { logId, touched }: { readonly logId: LogId; readonly touched: Touched }) {
    this.#touched = touched;
    this.#sql = prepareStatements(database);
    this.#answers = new AnswerTable(database);
    this.#documents = new DocumentTable(database);
    this.#forgotten = new ForgottenTable(database);
    this.#shown = new ShownTables(database, touched);
    this.#standing = new Standing(database, logId);
  }

  /**
   * Takes one operation of the festival's log in. True if it asks to forget more of its author than before: then all
   * that the author said has to be taken again.
   */
  take(operation: ReadableOperation): boolean {
    const { arrival, author, seqNum, headerBytes, body: bytes } = operation;
    if (bytes === undefined) {
      this.#touchDocument(toHex(operation.id));
      return false;
    }
    const reading = readStoredBody(bytes);
    if (reading.status !== "understood") {
      if (!this.#forgotten.covers(author, seqNum)) this.#sql.countUnread.run(author, reading.status);
      return false;
    }
    const { body } = reading;
    if (body.s === "answer/1") this.#takeAnswer(operation, body);
    const isForgotten = body.s !== "forget/1" && this.#forgotten.covers(author, seqNum);
    if (isForgotten) this.#touchDocument(toHex(operation.id));
    else this.#hear({ ...bodyOperation(operation, body), arrival, headerBytes }, author);
    this.#heardBytes += bytes.length + OPERATION_BYTES;
    if (this.#heardBytes > MAX_HEARD_BYTES) this.flush();
    return body.s === "forget/1" && this.#takeForget(operation, body);
  }

  /** What was taken goes into the tables: all that was said about one document at once. */
  flush(): void {
    for (const share of this.#heard.values()) this.#merge(share);
    this.clear();
  }

  /** What was taken and did not get into the tables is not known any more. */
  clear(): void {
    this.#heard.clear();
    this.#heardBytes = 0;
  }

  /** Takes all that one author said out again. */
  remove(author: Uint8Array): void {
    this.flush();
    for (const thing of this.#answers.thingsOf(author)) this.#touched.things.add(thing);
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
    this.flush();
    const thing = this.#answers.drop(arrival);
    if (thing !== undefined) this.#touched.things.add(thing);
    const row = this.#documents.rowOf(arrival);
    if (row === undefined) return this.#forgotten.covers(author, seqNum) ? [] : "unknown";
    const operations = this.#documents.operationsOf(row.n);
    this.#removeDocument(row);
    return operations;
  }

  #removeDocument(row: DocumentRow): void {
    this.#shown.hide(row);
    if (row.keyed === 0) this.#touchDocument(row.name);
    this.#documents.delete(row.n);
  }

  #touchDocument(doc: string): void {
    this.#touched.events.add(doc);
    this.#touched.documents.add(doc);
  }

  #takeAnswer(operation: ReadableOperation, body: SetBody): void {
    const isSeat = body.k.includes(":");
    if (isSeat && this.#forgotten.covers(operation.author, operation.seqNum)) return;
    const thing = this.#answers.take(operation, body);
    if (thing !== undefined) this.#touched.things.add(thing);
  }

  #takeForget({ author }: ReadableOperation, { k, f }: SetBody): boolean {
    if (checkKey("forget/1", k, f).length > 0 || checkFields("forget/1", f).length > 0) return false;
    return this.#forgotten.raise(author, f["upTo"] as number);
  }

  #hear(operation: HeardOperation, author: Uint8Array): void {
    const key = documentKey(operation);
    const heard = this.#heard.get(key);
    if (heard === undefined) this.#heard.set(key, { key, author, operations: [operation] });
    else heard.operations.push(operation);
    if (operation.body.a !== "set") this.#touched.documents.add(documentId(operation));
  }

  /** Whoever creates or sets something mostly does it for the first time: to look whether they do would cost more. */
  #merge(share: HeardShare): void {
    const action = share.operations[0]?.body.a;
    const isLikelyNew = action === "create" || action === "set";
    if (!isLikelyNew || !this.#save(share, undefined)) this.#save(share, this.#documents.findShare(share.key));
  }

  /** False if it was taken to be new and is not. */
  #save(share: HeardShare, known: KnownDocument | undefined): boolean {
    const { state, history, first, madeBy } = mergeShare(share, known);
    const { author, operations } = share;
    if (known !== undefined && state === known.state) {
      this.#note(known.n, operations);
      if (first < known.first) this.#documents.lowerFirst(known.n, first);
      return true;
    }
    const seen = this.#standing.view(state);
    const n = this.#documents.save({ n: known?.n, author, state, status: seen.status, history, first, madeBy });
    if (n === undefined) return false;
    this.#note(n, operations);
    const row = { n, schema: state.schema, name: state.kind === "keyed" ? state.key : state.doc };
    if (seen.status !== "shown" || state.kind === "withdrawn") {
      if (known) this.#shown.hide(row);
      else if (seen.status === "withdrawn" && state.kind !== "keyed") this.#touchDocument(state.doc);
      return true;
    }
    const [seqNum, version] = state.version;
    const by = { history, author, seqNum, headerBytes: operations.find(({ id }) => id === version)?.headerBytes };
    if (known) this.#shown.replace(row, seen.document, by);
    else this.#shown.show(n, seen.document, by);
    return true;
  }

  #note(n: number, operations: readonly HeardOperation[]): void {
    for (const { arrival, body } of operations) this.#documents.noteOperation(n, arrival, body.a === "delete");
  }
}

function mergeShare({ operations }: HeardShare, known: KnownDocument | undefined): MergedShare {
  let { state, history = [], first = Number.POSITIVE_INFINITY } = known ?? {};
  let madeBy: number | undefined;
  for (const operation of operations) {
    const before: DocumentState | undefined = state;
    state = mergeOperation(before, operation);
    first = Math.min(first, operation.arrival);
    if (state === before) continue;
    history = historyAfter(history, before, { state, operation });
    madeBy = before === undefined || state.kind === "keyed" ? operation.arrival : undefined;
  }
  return { state: state as DocumentState, history, first, madeBy };
}

function historyAfter(
  history: EventHistory,
  before: DocumentState | undefined,
  { state, operation }: { readonly state: DocumentState; readonly operation: HeardOperation },
): EventHistory {
  if (state.kind !== "open" || state.schema !== "event/1") return [];
  return mergeHistory(history, before, operation, () => claimedAt(operation.headerBytes));
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
