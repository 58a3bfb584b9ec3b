// Which keys are one person's, from the links that are shown here (M-50). Only pairs that name each other are read: a
// flood of one-sided links costs nobody anything.
import { type Identities, identities } from "../../protocol/festival/identities.ts";
import type { Database } from "../../sync/store/database.ts";

export const NOBODY_LINKED = identities([]);

export class IdentityQuery {
  readonly #sql: Statements;

  constructor(database: Database) {
    this.#sql = prepareStatements(database);
  }

  identities(): Identities {
    const rows = this.#sql.mutual.all();
    if (rows.length === 0) return NOBODY_LINKED;
    return identities(
      rows.map(({ author, other, may, until }) => ({
        author,
        other,
        may: JSON.parse(may) as string[],
        ...(until !== null && { until }),
      })),
    );
  }
}

interface KeylinkRow {
  readonly author: string;
  readonly other: string;
  readonly may: string;
  readonly until: number | null;
}

type Statements = ReturnType<typeof prepareStatements>;

function prepareStatements(database: Database) {
  return {
    mutual: database.prepare<[], KeylinkRow>(
      `SELECT one.author, one.other, one.may, one.until FROM keylink AS one
      CROSS JOIN keylink AS two ON two.author = one.other AND two.other = one.author
      ORDER BY one.author, one.other`,
    ),
  };
}
