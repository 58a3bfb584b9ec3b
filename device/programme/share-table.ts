// Shares in documents beside one another: who wrote on one document, and what the shares of linked keys come to together
// (M-12). One share by itself is a row of document-table.ts.
import { serialize } from "node:v8";
import type { BodyOperation } from "../../protocol/festival/document.ts";
import type { DocumentState } from "../../protocol/festival/document-state.ts";
import type { StoredOperation } from "../../sync/ports.ts";
import type { Database } from "../../sync/store/database.ts";
import { bodyOperation, type DocumentRow, readStoredBody, type ShareStatus } from "./document-table.ts";

/** One author's share among those of others. */
export interface DocumentShare extends DocumentRow {
  readonly status: ShareStatus;
  readonly isJoint: 0 | 1;
}

export interface SaidOperation extends BodyOperation {
  readonly headerBytes: Uint8Array;
}

export class ShareTable {
  readonly #sql: Statements;

  constructor(database: Database) {
    this.#sql = prepareStatements(database);
  }

  /** Everybody's shares in what has this id. */
  sharesOf(doc: string): DocumentShare[] {
    return this.#sql.sharesOf.all(doc);
  }

  /** Ids of documents on which this key wrote without having made them, as far as is known. */
  foreignTo(author: Uint8Array): string[] {
    return this.#sql.foreignTo.all(author);
  }

  /** What was said in one share, operation by operation. */
  said(n: number): SaidOperation[] {
    return this.#sql.said.all(n).flatMap(({ body: bytes, headerBytes, ...stored }) => {
      const reading = readStoredBody(bytes);
      return reading.status === "understood" ? { ...bodyOperation(stored, reading.body), headerBytes } : [];
    });
  }

  setStatus(n: number, status: ShareStatus): void {
    this.#sql.setStatus.run(status, n);
  }

  /** `state` is what all linked keys wrote together; nothing where nobody but the author did. */
  saveJoint(n: number, state: DocumentState | undefined): void {
    if (state === undefined) this.#sql.dropJoint.run(n);
    else this.#sql.saveJoint.run(n, serialize(state));
  }
}

type SaidRow = Pick<StoredOperation, "id" | "author" | "seqNum" | "headerBytes"> & { readonly body: Uint8Array };

type Statements = ReturnType<typeof prepareStatements>;

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  type Bytes = Uint8Array;
  return {
    sharesOf: database.prepare<[string], DocumentShare>(
      `SELECT n, schema, author, name, keyed, status, EXISTS (SELECT 1 FROM joint WHERE joint.n = document.n) AS isJoint
      FROM document WHERE doc = +? ORDER BY key`,
    ),
    foreignTo: database
      .prepare<[Bytes], string>(
        `SELECT doc FROM document
        WHERE author = +? AND doc IS NOT NULL AND status IN ('awaited', 'joined', 'withdrawn')`,
      )
      .pluck(),
    said: database.prepare<[number], SaidRow>(
      `SELECT id, author, seq AS seqNum, header AS headerBytes, body
      FROM document_operation AS said CROSS JOIN operation ON operation.n = said.operation
        CROSS JOIN log ON log.n = log_n
      WHERE said.n = +? AND body IS NOT NULL`,
    ),
    setStatus: database.prepare<[string, number]>("UPDATE document SET status = ? WHERE n = +?"),
    saveJoint: database.prepare<[number, Bytes]>("INSERT OR REPLACE INTO joint VALUES (?, ?)"),
    dropJoint: database.prepare<[number]>("DELETE FROM joint WHERE n = +?"),
  };
}
