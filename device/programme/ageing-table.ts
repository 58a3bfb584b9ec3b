// Which documents age, and until when they are kept (M-60). What hangs on the end of an event is noted with the event:
// its end may change, and is looked up when somebody asks what has expired (expiry-query.ts).
import { type Retention, retentionOf } from "../../protocol/festival/retention.ts";
import type { Document } from "../../protocol/festival/view.ts";
import type { Seconds } from "../../protocol/festival/when.ts";
import { fromHex } from "../../protocol/operation/bytes.ts";
import { decodeHeader } from "../../protocol/operation/header.ts";
import type { Database } from "../../sync/store/database.ts";

const MICROS_PER_SECOND = 1_000_000;
const ID_DIGITS = 64;

export class AgeingTable {
  readonly #sql: Statements;

  constructor(database: Database) {
    this.#sql = prepareStatements(database);
  }

  hide(n: number): void {
    this.#sql.hide.run(n);
  }

  /** `latest` is the header of the operation that gives its version, if it is at hand. */
  show(n: number, document: Document, latest: Uint8Array | undefined): void {
    const { expiresAt } = this.retention(document, { latest });
    if (expiresAt !== undefined) this.#sql.show.run(n, expiresAt, eventOf(document) ?? null);
  }

  retention(document: Document, known: { latest?: Uint8Array | undefined; eventEnd?: Seconds } = {}): Retention {
    const { latest, eventEnd } = known;
    const touchedAt = usesTouch(document) ? claimedAt(latest ?? this.#header(document)) : 0;
    const context = { touchedAt, ...(eventEnd !== undefined && { eventEnd }) };
    return retentionOf<typeof document.schema>(document.schema, document.fields, context);
  }

  #header({ version }: Document): Uint8Array | undefined {
    return this.#sql.header.get(fromHex(version));
  }
}

/** The others need no header decoded. */
function usesTouch({ schema }: Document): boolean {
  return ["presence/1", "rsvp/1", "flag/1", "answer/1", "note/1"].includes(schema);
}

/** The event on whose end it depends how long a document is kept. */
function eventOf(document: Document): string | undefined {
  switch (document.schema) {
    case "rsvp/1":
      return document.fields.expires === undefined ? document.key.slice(0, ID_DIGITS) : undefined;
    case "answer/1":
      return document.fields.resource;
    case "flag/1":
      return document.fields.about;
    default:
      return undefined;
  }
}

/** When an author claims to have written an operation (M-04); 0 where the header does not say. */
export function claimedAt(headerBytes: Uint8Array | undefined): Seconds {
  if (headerBytes === undefined) return 0;
  const { extensions } = decodeHeader(headerBytes).header;
  return extensions.kind === "basic" ? Math.floor(extensions.timestamp / MICROS_PER_SECOND) : 0;
}

type Statements = ReturnType<typeof prepareStatements>;

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  return {
    hide: database.prepare<[number]>("DELETE FROM ageing WHERE n = +?"),
    show: database.prepare<[number, number, string | null]>("INSERT INTO ageing VALUES (?, ?, ?)"),
    header: database.prepare<[Uint8Array], Uint8Array>("SELECT header FROM operation WHERE id = +?").pluck(),
  };
}
