// Which pictures living documents name (SPEC.md §8.7). Of what is shown: with the document goes the claim, and with the
// last claim the picture.
import { type PictureClaim, picturesIn } from "../../protocol/festival/picture.ts";
import type { Document } from "../../protocol/festival/view.ts";
import type { Database } from "../../sync/store/database.ts";

/** Of one author the oldest; the others are not carried. More would not fit into an eighth of most boxes anyway. */
const MAX_AUTHOR_CLAIMS = 1000;
/** Looked through after each commit, in 25 ms at the most: who has many keys shall not make it more. */
const MAX_CLAIMS = 20_000;

interface ClaimRow extends PictureClaim {
  readonly n: number;
}

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
    for (const { hash, bytes } of picturesIn(document)) this.#sql.show.run(n, hash, bytes, author);
  }

  /** In the order in which the documents first came, the oldest first. */
  claims(): PictureClaim[] {
    const ofEach = this.#sql.authors.all().flatMap((author) => this.#sql.claims.all(author, MAX_AUTHOR_CLAIMS));
    const oldestFirst = ofEach.sort((a, b) => a.n - b.n || (a.hash < b.hash ? -1 : 1));
    return oldestFirst.slice(-MAX_CLAIMS).map(({ hash, bytes, author }) => ({ hash, bytes, author }));
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
    authors: database.prepare<[], string>("SELECT DISTINCT author FROM picture").pluck(),
    claims: database.prepare<[string, number], ClaimRow>(
      "SELECT n, hash, bytes, author FROM picture WHERE author = +? ORDER BY n, hash LIMIT +?",
    ),
  };
}
