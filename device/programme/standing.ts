// What is known of a document by its id alone: that it was withdrawn, or that it has not reached us yet. A tombstone says
// only what its signer wants (SPEC.md §8.4); who made a document, the header of the operation with its id tells.
import type { DocumentState } from "../../protocol/festival/document-state.ts";
import { type DocumentView, view } from "../../protocol/festival/view.ts";
import { type LogId, toHex } from "../../protocol/operation/bytes.ts";
import type { Database } from "../../sync/store/database.ts";

export class Standing {
  readonly #logId: LogId;
  readonly #sql: Statements;

  constructor(database: Database, logId: LogId) {
    this.#logId = logId;
    this.#sql = prepareStatements(database);
  }

  /** A document whose bodies are gone, be it by age or because its author asked for it, counts as withdrawn. */
  of(doc: string): DocumentView["status"] {
    const made = this.#sql.made.get(doc, this.#logId);
    if (made === undefined) return "awaited";
    return made.isGone === 1 ? "withdrawn" : (this.#sql.status.get(doc, made.author) ?? "awaited");
  }

  /** What its author made and had forgotten does not come back with a later change (SPEC.md §8.6). */
  view(state: DocumentState): DocumentView {
    const seen = view(state);
    if (seen.status !== "awaited" || state.kind !== "open") return seen;
    return this.#isGone(state.doc, state.author) ? { status: "withdrawn" } : seen;
  }

  /** This author made it, and its body is gone for good. */
  #isGone(doc: string, author: string): boolean {
    const made = this.#sql.made.get(doc, this.#logId);
    return made?.isGone === 1 && toHex(made.author) === author;
  }

  makerOf(doc: string): Uint8Array | undefined {
    return this.#sql.made.get(doc, this.#logId)?.author;
  }
}

interface MadeRow {
  readonly author: Uint8Array;
  readonly isGone: 0 | 1;
}

type Statements = ReturnType<typeof prepareStatements>;

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  type Bytes = Uint8Array;
  return {
    made: database.prepare<[string, Bytes], MadeRow>(
      `SELECT log.author, state = 2 OR seq <= ifnull(up_to, -1) AS isGone
      FROM operation CROSS JOIN log ON log.n = log_n LEFT JOIN forgotten ON forgotten.author = log.author
      WHERE operation.id = unhex(+?) AND log_id = +?`,
    ),
    status: database
      .prepare<[string, Bytes], DocumentView["status"]>(
        `SELECT status FROM document WHERE doc = +? AND author = +?
        ORDER BY status = 'shown' DESC, status = 'withdrawn' DESC, status = 'invalid' DESC LIMIT 1`,
      )
      .pluck(),
  };
}
