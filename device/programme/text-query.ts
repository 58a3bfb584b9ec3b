// Every text that a screen may have to draw: titles, names and news. For looking up letters; says nothing of what it means.
import type { Database } from "../../sync/store/database.ts";

export class TextQuery {
  readonly #sql: Statements;

  constructor(database: Database) {
    this.#sql = prepareStatements(database);
  }

  texts(): IterableIterator<string> {
    return this.#sql.texts.iterate();
  }
}

type Statements = ReturnType<typeof prepareStatements>;

function prepareStatements(database: Database) {
  return {
    texts: database
      .prepare<[], string>(
        `SELECT title FROM event UNION ALL SELECT hosts FROM event UNION ALL SELECT note FROM event WHERE note IS NOT NULL
        UNION ALL SELECT title FROM resource`,
      )
      .pluck(),
  };
}
