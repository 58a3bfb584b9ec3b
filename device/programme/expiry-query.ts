// Whose bodies may go (SPEC.md §8.6): of documents that have aged (M-60), that were withdrawn (M-13), and of authors who
// asked to be forgotten (M-61), but never an answer on which somebody's hold still stands (M-23). Drops nothing itself.
import { readBody } from "../../protocol/festival/body.ts";
import { AFTER_EVENT_SECONDS, EXPIRY_GRACE_SECONDS } from "../../protocol/festival/retention.ts";
import { view } from "../../protocol/festival/view.ts";
import type { Seconds } from "../../protocol/festival/when.ts";
import type { Hash } from "../../protocol/operation/bytes.ts";
import type { Database } from "../../sync/store/database.ts";
import { AgeingTable } from "./ageing-table.ts";
import { DocumentTable } from "./document-table.ts";

/** Ids given at once: dropping them is one transaction. */
const PAGE_OPERATIONS = 500;

export class ExpiryQuery {
  readonly #sql: Statements;
  readonly #ageing: AgeingTable;
  readonly #documents: DocumentTable;

  constructor(database: Database) {
    this.#sql = prepareStatements(database);
    this.#ageing = new AgeingTable(database);
    this.#documents = new DocumentTable(database);
  }

  /**
   * Pages of operation ids; between two pages their bodies may be dropped. `now` by a clock that is sure or borrowed. What
   * the tables still say counts, not whether the body is still here: so a power cut between a drop and `dropped` heals.
   */
  *expired(now: Seconds): Generator<readonly Hash[]> {
    const seen = new Set<number>();
    for (const arrivals of [this.#aged(now), this.#sql.withdrawn.all(), this.#forgotten(now)]) {
      const fresh = arrivals.filter((arrival) => !seen.has(arrival));
      for (const arrival of fresh) seen.add(arrival);
      for (let from = 0; from < fresh.length; from += PAGE_OPERATIONS) {
        yield fresh.slice(from, from + PAGE_OPERATIONS).flatMap((arrival) => this.#sql.id.all(arrival)) as Hash[];
      }
    }
  }

  /** Arrivals, as below. */
  #aged(now: Seconds): number[] {
    const before = now - EXPIRY_GRACE_SECONDS;
    const byThemselves = this.#sql.aged.all(before);
    const withEvent = this.#sql.agedWithEvent
      .all(before - AFTER_EVENT_SECONDS)
      .filter(({ key, end }) => this.#hasAged(key, end, before));
    return [...byThemselves, ...withEvent.map(({ n }) => n)].flatMap((n) => this.#sql.whole.all({ n }));
  }

  /** An answer about a seat is kept until its hold has ended too. Whose body is gone already has aged before. */
  #hasAged(key: string, eventEnd: Seconds, before: Seconds): boolean {
    const state = this.#documents.find(key)?.state;
    if (state === undefined) return true;
    const seen = view(state);
    if (seen.status !== "shown") return false;
    const { expiresAt } = this.#ageing.retention(seen.document, { eventEnd });
    return expiresAt !== undefined && expiresAt <= before;
  }

  #forgotten(now: Seconds): number[] {
    return this.#sql.forgetful.all().flatMap(({ author, upTo }) => {
      const wishes = new Set(this.#wishesToKeep(author, upTo));
      const arrivals = this.#sql.forgotten.all({ author, upTo, keptFrom: now - AFTER_EVENT_SECONDS });
      return arrivals.filter((arrival) => !wishes.has(arrival));
    });
  }

  /** Others have to hear the latest wish; and without the one that goes furthest, nobody would know how far it went. */
  #wishesToKeep(author: Uint8Array, upTo: number): number[] {
    const wishes = this.#sql.wishes.all(author);
    return wishes.filter(({ body }, index) => index === 0 || names(body, upTo)).map(({ arrival }) => arrival);
  }
}

function names(bytes: Uint8Array, upTo: number): boolean {
  const reading = readBody(bytes);
  return reading.status === "understood" && reading.body.a === "set" && reading.body.f["upTo"] === upTo;
}

interface AgedRow {
  readonly n: number;
  readonly key: string;
  readonly end: Seconds;
}

interface WishRow {
  readonly arrival: number;
  readonly body: Uint8Array;
}

interface ForgottenRange {
  readonly author: Uint8Array;
  readonly upTo: number;
  /** Holds that end later are still needed. */
  readonly keptFrom: Seconds;
}

type Statements = ReturnType<typeof prepareStatements>;

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  return {
    id: database.prepare<[number], Uint8Array>("SELECT id FROM operation WHERE n = +?").pluck(),
    aged: database
      .prepare<[Seconds], number>(
        `SELECT ageing.n FROM ageing LEFT JOIN event ON event.doc = about
        WHERE ageing.expires <= +? AND event."end" IS NULL`,
      )
      .pluck(),
    agedWithEvent: database.prepare<[Seconds], AgedRow>(
      `SELECT ageing.n, key, event."end" FROM event CROSS JOIN ageing ON about = event.doc
        CROSS JOIN document ON document.n = ageing.n
      WHERE event."end" <= +?`,
    ),
    whole: database
      .prepare<[{ readonly n: number }], number>(
        `SELECT operation FROM document_operation WHERE n = +@n
        UNION ALL SELECT said.operation FROM document AS own CROSS JOIN document AS share
          ON share.doc = own.doc AND share.schema = own.schema AND share.status = 'joined'
          CROSS JOIN document_operation AS said ON said.n = share.n
        WHERE own.n = +@n ORDER BY operation`,
      )
      .pluck(),
    withdrawn: database
      .prepare<[], number>(
        `SELECT said.operation FROM document CROSS JOIN document_operation AS said USING (n)
        WHERE status = 'withdrawn' AND withdraws = 0`,
      )
      .pluck(),
    forgetful: database.prepare<[], { readonly author: Uint8Array; readonly upTo: number }>(
      "SELECT author, up_to AS upTo FROM forgotten ORDER BY author",
    ),
    wishes: database.prepare<[Uint8Array], WishRow>(
      `SELECT operation.n AS arrival, body FROM document
        CROSS JOIN document_operation USING (n) CROSS JOIN operation ON operation.n = document_operation.operation
      WHERE author = +? AND schema = 'forget/1' AND body IS NOT NULL ORDER BY seq DESC, id`,
    ),
    forgotten: database
      .prepare<[ForgottenRange], number>(
        `SELECT operation.n FROM log CROSS JOIN operation ON log_n = log.n
        WHERE log.author = +@author AND seq <= +@upTo AND (
          body IS NOT NULL OR state = 1 OR EXISTS (SELECT 1 FROM answer WHERE answer.operation = operation.n)
        ) AND NOT EXISTS (
          SELECT 1 FROM answer LEFT JOIN resource ON resource.doc = answer.resource
          WHERE answer.operation = operation.n AND instr(subject, ':') = 0 AND (
            ifnull(consumable, 1) = 1 OR EXISTS (
              SELECT 1 FROM answer AS earlier WHERE earlier.resource = answer.resource
                AND earlier.author = answer.author AND earlier.subject = answer.subject
                AND earlier.seq <= answer.seq AND earlier.hold_end > +@keptFrom
            )
          )
        )`,
      )
      .pluck(),
  };
}
