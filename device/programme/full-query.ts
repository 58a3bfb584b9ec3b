// Whether people still fit in, where somebody knows (I-19): a box says so at its door, else the host counts seats (M-34).
// From what nobody said, nothing follows: RSVPs are a hint and never a limit (M-35).
import { MAX_QUANTITY } from "../../protocol/festival/schema/values.ts";
import type { Seconds } from "../../protocol/festival/when.ts";
import type { Database } from "../../sync/store/database.ts";
import { claimedAt } from "./ageing-table.ts";
import { DocumentTable } from "./document-table.ts";

export class FullQuery {
  readonly #documents: DocumentTable;
  readonly #sql: Statements;

  constructor(database: Database) {
    this.#documents = new DocumentTable(database);
    this.#sql = prepareStatements(database);
  }

  /** Undefined where nobody whom `isBelieved` names, by key in hex, said anything of this event at this start. */
  isFull(event: string, start: Seconds, isBelieved: (key: string) => boolean): boolean | undefined {
    return this.#saidAtDoor(event, start, isBelieved) ?? this.#seatsAreGone(event);
  }

  /** Of several boxes, the one that claims to have said it last. */
  #saidAtDoor(event: string, start: Seconds, isBelieved: (key: string) => boolean): boolean | undefined {
    let latest: { readonly isFull: boolean; readonly at: Seconds } | undefined;
    for (const { key, author } of this.#sql.marks.iterate(event)) {
      if (!isBelieved(author)) continue;
      const state = this.#documents.find(key)?.state;
      if (state?.kind !== "keyed" || state.key !== fullKey(event, start)) continue;
      const { full } = state.fields;
      if (typeof full !== "boolean") continue;
      const at = claimedAt(this.#sql.header.get(state.version[1]));
      if (latest === undefined || at > latest.at || (at === latest.at && full)) latest = { isFull: full, at };
    }
    return latest?.isFull;
  }

  #seatsAreGone(event: string): boolean | undefined {
    const seats = this.#sql.seats.get(event);
    return seats === undefined ? undefined : seats.taken >= seats.capacity;
  }
}

/** Under which key a box says that an event is full, so that the word is void once the event has another start. */
export function fullKey(event: string, start: Seconds): string {
  return `${event}@${start}`;
}

type Statements = ReturnType<typeof prepareStatements>;

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  return {
    marks: database.prepare<[string], { readonly key: string; readonly author: string }>(
      `SELECT key, lower(hex(rsvp.author)) AS author FROM rsvp CROSS JOIN document USING (n)
      WHERE event = +? AND going = 'no' AND door = 0`,
    ),
    header: database.prepare<[string], Uint8Array>("SELECT header FROM operation WHERE id = unhex(+?)").pluck(),
    seats: database.prepare<[string], { readonly capacity: number; readonly taken: number }>(
      `SELECT capacity, sum(iif(outcome.state = 'held', ifnull(outcome.quantity, 1), 0)) AS taken
      FROM event CROSS JOIN outcome ON outcome.resource = event.doc
      WHERE event.doc = +? AND capacity BETWEEN 1 AND ${MAX_QUANTITY} GROUP BY event.doc`,
    ),
  };
}
