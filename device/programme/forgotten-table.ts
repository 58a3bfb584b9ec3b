// Up to where each author asked to be forgotten (M-61): the highest number that a valid wish ever named. A smaller one
// later takes nothing back.
import type { Database } from "../../sync/store/database.ts";

export class ForgottenTable {
  readonly #sql: Statements;

  constructor(database: Database) {
    this.#sql = prepareStatements(database);
  }

  covers(author: Uint8Array, seqNum: number): boolean {
    const upTo = this.#sql.get.get(author);
    return upTo !== undefined && seqNum <= upTo;
  }

  /** True if that is more than before. */
  raise(author: Uint8Array, upTo: number): boolean {
    return this.#sql.raise.run(author, upTo).changes > 0;
  }

  delete(author: Uint8Array): void {
    this.#sql.delete.run(author);
  }
}

type Statements = ReturnType<typeof prepareStatements>;

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  return {
    get: database.prepare<[Uint8Array], number>("SELECT up_to FROM forgotten WHERE author = +?").pluck(),
    raise: database.prepare<[Uint8Array, number]>(
      `INSERT INTO forgotten VALUES (?, ?)
      ON CONFLICT DO UPDATE SET up_to = excluded.up_to WHERE excluded.up_to > up_to`,
    ),
    delete: database.prepare<[Uint8Array]>("DELETE FROM forgotten WHERE author = ?"),
  };
}
