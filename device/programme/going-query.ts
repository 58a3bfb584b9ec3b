// How many say that they come to an event (M-35): people by identities, doors apart.
import { attendance } from "../../protocol/festival/attendance.ts";
import type { Identities } from "../../protocol/festival/identities.ts";
import type { Database } from "../../sync/store/database.ts";
import type { Going } from "./event-filter.ts";
import { IdentityQuery } from "./identity-query.ts";

export class GoingQuery {
  readonly #sql: Statements;
  readonly #identities: IdentityQuery;

  constructor(database: Database) {
    this.#sql = prepareStatements(database);
    this.#identities = new IdentityQuery(database);
  }

  going(event: string, identities: Identities = this.#identities.identities()): Going {
    const rsvps = this.#sql.yes.all(event).map((row) => ({ ...row, going: "yes" as const }));
    return { ...attendance(rsvps, identities), door: this.#sql.door.get(event) ?? 0 };
  }
}

interface RsvpRow {
  /** Hex. */
  readonly author: string;
  readonly seqNum: number;
  readonly n: number;
}

type Statements = ReturnType<typeof prepareStatements>;

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  return {
    yes: database.prepare<[string], RsvpRow>(
      `SELECT lower(hex(author)) AS author, seq AS seqNum, ifnull(people, 1) AS n FROM rsvp WHERE event = +? AND going = 'yes' AND door IS NULL`,
    ),
    door: database
      .prepare<[string], number>("SELECT sum(door) FROM rsvp WHERE event = +? AND door IS NOT NULL")
      .pluck(),
  };
}
