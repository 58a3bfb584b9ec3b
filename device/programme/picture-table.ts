// Which pictures living documents name (SPEC.md §8.7). Of what is shown: with the document goes the claim, and with the
// last claim the picture.
import { type PictureClaim, picturesIn } from "../../protocol/festival/picture.ts";
import type { Document } from "../../protocol/festival/view.ts";
import type { Database } from "../../sync/store/database.ts";

/** Of one author; what comes after them is not carried. More would not fit into an eighth of most boxes anyway. */
const MAX_AUTHOR_CLAIMS = 1000;
/** Looked through after each commit, in 25 ms at the most: who has many keys shall not make it more. */
const MAX_CLAIMS = 20_000;

export class PictureTable {
  readonly #sql: Statements;

  constructor(database: Database) {
    this.#sql = prepareStatements(database);
  }

  hide(n: number): void {
    this.#sql.hide.run(n);
  }

  show(n: number, document: Document): void {
    const { author } = document;
    for (const { hash, bytes } of picturesIn(document)) {
      if ((this.#sql.count.get(author) ?? 0) < MAX_AUTHOR_CLAIMS) this.#sql.show.run(n, hash, bytes, author);
    }
  }

  /** In the order in which the documents first came, the oldest first. */
  claims(): PictureClaim[] {
    return this.#sql.claims.all(MAX_CLAIMS).reverse();
  }
}

type Statements = ReturnType<typeof prepareStatements>;

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  return {
    hide: database.prepare<[number]>("DELETE FROM picture WHERE n = +?"),
    show: database.prepare<[number, string, number, string]>(
      "INSERT INTO picture VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
    ),
    count: database.prepare<[string], number>("SELECT count(*) FROM picture WHERE author = +?").pluck(),
    claims: database.prepare<[number], PictureClaim>(
      "SELECT hash, bytes, author FROM picture ORDER BY n DESC, hash DESC LIMIT +?",
    ),
  };
}
