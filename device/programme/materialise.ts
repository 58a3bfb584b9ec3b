// From operations to tables: each body is taken into its document, and what is shown of the document into the tables
// that a door asks. Runs inside the transaction that stores the operations, and must not throw for any bytes: it would
// take somebody's operation with it. Only the medium may fail.
import { readBody } from "../../protocol/festival/body.ts";
import { type BodyOperation, documentKey, mergeOperation } from "../../protocol/festival/document.ts";
import type { DocumentState } from "../../protocol/festival/document-state.ts";
import { view } from "../../protocol/festival/view.ts";
import type { Seconds } from "../../protocol/festival/when.ts";
import { decodeHeader } from "../../protocol/operation/header.ts";
import type { StoredOperation } from "../../sync/ports.ts";
import type { Database } from "../../sync/store/database.ts";
import { bodyOperation, DocumentTable, type KnownDocument } from "./document-table.ts";
import { type EventHistory, mergeHistory } from "./event-history.ts";
import { ShownTables } from "./shown-tables.ts";

/** What is needed of a stored operation. */
export type ReadableOperation = Omit<StoredOperation, "logId" | "introducer">;

const MICROS_PER_SECOND = 1_000_000;

export class Materialiser {
  readonly #sql: Statements;
  readonly #documents: DocumentTable;
  readonly #shown: ShownTables;

  constructor(database: Database) {
    this.#sql = prepareStatements(database);
    this.#documents = new DocumentTable(database);
    this.#shown = new ShownTables(database);
  }

  /** Takes one operation of the festival's log in, once. */
  take(operation: ReadableOperation): void {
    if (operation.body === undefined) return;
    const reading = readBody(operation.body);
    if (reading.status === "understood") this.#merge(bodyOperation(operation, reading.body), operation);
    else this.#sql.countUnread.run(operation.author, reading.status);
  }

  /** Forgets all that one author said. */
  forget(author: Uint8Array): void {
    for (const n of this.#documents.rowsOf(author)) this.#shown.hide(n);
    this.#documents.deleteOf(author);
    this.#sql.deleteUnread.run(author);
  }

  #merge(operation: BodyOperation, { arrival, headerBytes }: ReadableOperation): void {
    const key = documentKey(operation);
    const known = this.#documents.find(key);
    const state = mergeOperation(known?.state, operation);
    if (state === known?.state) return;
    const seen = view(state);
    const history = historyAfter(known, state, operation, headerBytes);
    const madeBy = known?.state === undefined || state.kind === "keyed" ? arrival : undefined;
    const n = this.#documents.save({ key, n: known?.n, state, status: seen.status, history, madeBy });
    if (known) this.#shown.hide(n);
    if (seen.status === "shown") this.#shown.show(n, seen.document, history);
  }
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

function claimedAt(headerBytes: Uint8Array): Seconds {
  const { extensions } = decodeHeader(headerBytes).header;
  return extensions.kind === "basic" ? Math.floor(extensions.timestamp / MICROS_PER_SECOND) : 0;
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
