// Which documents age, and until when they are kept (M-60). What hangs on the end of an event is noted with the event:
// its end may change, and is looked up when somebody asks what has expired (expiry-query.ts).
import { type Retention, retentionOf } from "../../protocol/festival/retention.ts";
import type { Document } from "../../protocol/festival/view.ts";
import type { Seconds } from "../../protocol/festival/when.ts";
import { fromHex } from "../../protocol/operation/bytes.ts";
import { CborReader } from "../../protocol/operation/cbor-cursor.ts";
import { decodeExtensions } from "../../protocol/operation/extensions.ts";
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
  return headerBytes === undefined ? 0 : Math.floor(claimedMicros(headerBytes) / MICROS_PER_SECOND);
}

/** The same to the microsecond, as the header has it: its last item. What is stored is known to be canonical. */
export function claimedMicros(headerBytes: Uint8Array): number {
  const reader = new CborReader(headerBytes);
  let last = headerBytes;
  for (let items = reader.array("header"); items > 0; items--) last = reader.item("header");
  const extensions = decodeExtensions(last);
  return extensions.kind === "basic" ? extensions.timestamp : 0;
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
