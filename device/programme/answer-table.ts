// Answers as they were given, operation by operation: who holds a thing follows from all of them in the order of their
// log (M-20), not from the documents, which keep the latest one only.
import type { AnswerEntry, Verdict } from "../../protocol/festival/answers-in-force.ts";
import type { SetBody } from "../../protocol/festival/body.ts";
import type { AnswerFields } from "../../protocol/festival/schema/answer.ts";
import { checkFields, checkKey, readFields } from "../../protocol/festival/schema.ts";
import { fromHex, toHex } from "../../protocol/operation/bytes.ts";
import type { StoredOperation } from "../../sync/ports.ts";
import type { Database } from "../../sync/store/database.ts";

/** Where an answer stands in the order of arrival. */
export interface StoredAnswer extends AnswerEntry {
  readonly arrival: number;
  readonly note?: string;
}

type AnswerOperation = Pick<StoredOperation, "arrival" | "id" | "author" | "seqNum">;

export class AnswerTable {
  readonly #sql: Statements;

  constructor(database: Database) {
    this.#sql = prepareStatements(database);
  }

  /** Gives the thing that is answered for, if the body is a valid answer. */
  take(operation: AnswerOperation, { k, f }: SetBody): string | undefined {
    if (checkKey("answer/1", k, f).length > 0 || checkFields("answer/1", f).length > 0) return undefined;
    const fields = readFields("answer/1", f);
    this.#sql.insert.run(rowOf(operation, fields));
    return fields.resource;
  }

  /** What these keys answered about one thing. */
  about(resource: string, keys: readonly string[]): StoredAnswer[] {
    return [...new Set(keys)].flatMap((key) => this.#sql.about.all(resource, fromHex(key)).map(entryOf));
  }

  at(arrival: number): StoredAnswer | undefined {
    const row = this.#sql.at.get(arrival);
    return row && entryOf(row);
  }

  /** Things about which this key answered anything. */
  thingsOf(author: Uint8Array): string[] {
    return this.#sql.things.all(author);
  }

  /** Gives the thing that was answered for. */
  drop(arrival: number): string | undefined {
    return this.#sql.drop.get(arrival);
  }

  dropOf(author: Uint8Array): void {
    this.#sql.dropOf.run(author);
  }
}

function rowOf({ arrival, id, author, seqNum }: AnswerOperation, fields: AnswerFields): AnswerRow {
  const { subject, resource, version, verdict, start, end, hold, quantity, of, force, note } = fields;
  return {
    operation: arrival,
    id: toHex(id),
    author,
    seq: seqNum,
    subject,
    resource,
    version,
    verdict,
    start: start ?? null,
    end: end ?? null,
    holdStart: hold?.start ?? null,
    holdEnd: hold?.end ?? null,
    quantity: quantity ?? null,
    of: of ?? null,
    force: force === true ? 1 : 0,
    note: note || null,
  };
}

function entryOf(row: AnswerRow): StoredAnswer {
  const { operation, id, seq, subject, resource, version, verdict, start, end, holdStart, holdEnd } = row;
  return {
    arrival: operation,
    id,
    author: toHex(row.author),
    seqNum: seq,
    subject,
    resource,
    version,
    verdict,
    ...(start !== null && { start }),
    ...(end !== null && { end }),
    ...(holdStart !== null && holdEnd !== null && { hold: { start: holdStart, end: holdEnd } }),
    ...(row.quantity !== null && { quantity: row.quantity }),
    ...(row.of !== null && { of: row.of }),
    ...(row.force === 1 && { force: true }),
    ...(row.note !== null && { note: row.note }),
  };
}

interface AnswerRow {
  readonly operation: number;
  readonly id: string;
  readonly author: Uint8Array;
  readonly seq: number;
  readonly subject: string;
  readonly resource: string;
  readonly version: string;
  readonly verdict: Verdict;
  readonly start: number | null;
  readonly end: number | null;
  readonly holdStart: number | null;
  readonly holdEnd: number | null;
  readonly quantity: number | null;
  readonly of: number | null;
  readonly force: 0 | 1;
  readonly note: string | null;
}

type Statements = ReturnType<typeof prepareStatements>;

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  type Bytes = Uint8Array;
  const row = `SELECT operation, id, author, seq, subject, resource, version, verdict, start, "end",
    hold_start AS holdStart, hold_end AS holdEnd, quantity, "limit" AS "of", force, note FROM answer`;
  return {
    insert: database.prepare<[AnswerRow]>(
      `INSERT INTO answer VALUES (@operation, @id, @author, @seq, @subject, @resource, @version, @verdict, @start, @end,
        @holdStart, @holdEnd, @quantity, @of, @force, @note) ON CONFLICT DO NOTHING`,
    ),
    about: database.prepare<[string, Bytes], AnswerRow>(`${row} WHERE resource = +? AND author = +?`),
    at: database.prepare<[number], AnswerRow>(`${row} WHERE operation = +?`),
    things: database.prepare<[Bytes], string>("SELECT DISTINCT resource FROM answer WHERE author = +?").pluck(),
    drop: database.prepare<[number], string>("DELETE FROM answer WHERE operation = +? RETURNING resource").pluck(),
    dropOf: database.prepare<[Bytes]>("DELETE FROM answer WHERE author = +?"),
  };
}
