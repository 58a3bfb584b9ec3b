// The narrow tables that questions are asked of: what is shown of each document, and nothing of the others. One row of
// `document` is shown or hidden as a whole; what follows from several of them is noted as touched.
import type { ResourceFields } from "../../protocol/festival/schema/resource.ts";
import type { SchemaName } from "../../protocol/festival/schema.ts";
import type { Document, MadeDocument } from "../../protocol/festival/view.ts";
import { fromHex } from "../../protocol/operation/bytes.ts";
import type { Database } from "../../sync/store/database.ts";
import { AgeingTable } from "./ageing-table.ts";
import type { EventHistory } from "./event-history.ts";
import { EventTables } from "./event-tables.ts";
import { PictureTable } from "./picture-table.ts";
import type { RequestRow } from "./request-query.ts";
import type { Touched } from "./touched.ts";

const ID_DIGITS = 64;

/** A row of `document`, and what it is known by. */
export interface ShownRow {
  readonly n: number;
  readonly schema: SchemaName;
  /** Its id, or the key under which it was set. */
  readonly name: string;
}

/** What the fields of a document do not say. */
export interface ShownBy {
  readonly history: EventHistory;
  readonly author: Uint8Array;
  /** Of its latest operation. */
  readonly seqNum: number;
  /** Header of its latest operation, if that is at hand. */
  readonly headerBytes: Uint8Array | undefined;
}

export class ShownTables {
  readonly #touched: Touched;
  readonly #events: EventTables;
  readonly #ageing: AgeingTable;
  readonly #pictures: PictureTable;
  readonly #sql: Statements;

  constructor(database: Database, touched: Touched) {
    this.#touched = touched;
    this.#events = new EventTables(database);
    this.#ageing = new AgeingTable(database);
    this.#pictures = new PictureTable(database);
    this.#sql = prepareStatements(database);
  }

  hide(row: ShownRow): void {
    this.#takeOut(row);
    if (row.schema === "event/1") this.#touchBoth(row.name);
  }

  show(n: number, document: Document, by: ShownBy): void {
    this.#putIn(n, document, by);
    if (document.schema === "event/1") this.#touchBoth(document.doc);
  }

  /** Most changes of an event are words: who holds what and how far it is confirmed is then not worked out anew. */
  replace(row: ShownRow, document: Document, by: ShownBy): void {
    const settlesAlike = document.schema !== "event/1" || this.#events.settlesAlike(row.n, document);
    this.#takeOut(row);
    this.#putIn(row.n, document, by);
    if (!settlesAlike) this.#touchBoth(row.name);
  }

  #takeOut({ n, schema, name }: ShownRow): void {
    this.#ageing.hide(n);
    this.#pictures.hide(n);
    switch (schema) {
      case "event/1":
        this.#events.hide(n);
        return;
      case "resource/1":
        this.#sql.hideResource.run(n);
        this.#touchBoth(name);
        return;
      case "frame/1":
        this.#sql.hideFrame.run(n);
        return;
      case "request/1":
        for (const event of this.#sql.hideRequest.all(n)) this.#touched.events.add(event);
        return;
      case "rsvp/1":
        this.#sql.hideRsvp.run(eventOf(name), n);
        return;
      case "keylink/1":
        for (const { author, other } of this.#sql.hideKeylink.all(n)) this.#touchLink(author, other);
        return;
      default:
        return;
    }
  }

  #putIn(n: number, document: Document, { history, seqNum, author, headerBytes }: ShownBy): void {
    this.#ageing.show(n, document, headerBytes);
    this.#pictures.show(n, document);
    switch (document.schema) {
      case "event/1":
        this.#events.show(n, document, history);
        return;
      case "resource/1":
        this.#showResource(n, document);
        return;
      case "frame/1":
        this.#sql.frame.run(n, document.doc, document.fields.tz ?? null, document.fields.dayStart);
        return;
      case "request/1":
        this.#showRequest(n, document, seqNum);
        return;
      case "rsvp/1": {
        const { going, n: people = null, door = null } = document.fields;
        this.#sql.rsvp.run(eventOf(document.key), n, author, seqNum, going, people, door);
        return;
      }
      case "keylink/1": {
        const { other, may, until = null } = document.fields;
        this.#sql.keylink.run(n, document.author, other, JSON.stringify(may), until);
        this.#touchLink(document.author, other);
        return;
      }
      default:
        return;
    }
  }

  /** Its dots, its seats or its holds may be others from now on. */
  #touchBoth(doc: string): void {
    this.#touched.things.add(doc);
    this.#touched.events.add(doc);
  }

  /** What only one side says joins nothing, and is looked at no further. */
  #touchLink(author: string, other: string): void {
    if (this.#sql.isLinked.get(other, author) === 1) this.#touched.links.push([author, other]);
  }

  #showResource(n: number, { doc, author, fields }: Extract<MadeDocument, { schema: "resource/1" }>): void {
    const { kind, title, quantity, consumable, answerer = author, answerFrom, origin }: ResourceFields = fields;
    this.#sql.resource.run({
      n,
      doc,
      author: fromHex(author),
      kind,
      title,
      quantity,
      consumable: consumable === true ? 1 : 0,
      answerer: fromHex(answerer),
      answerFrom: answerFrom === undefined ? null : JSON.stringify(answerFrom),
      imported: origin === undefined ? 0 : 1,
    });
    this.#touchBoth(doc);
  }

  #showRequest(n: number, document: Extract<MadeDocument, { schema: "request/1" }>, seq: number): void {
    const { doc, author, fields } = document;
    const { event, resource, start, end, quantity, note } = fields;
    const times = { start, end, quantity, note: note || null };
    this.#sql.request.run({ n, doc, author: fromHex(author), seq, event, resource, ...times });
    this.#touched.events.add(event);
  }
}

/** The key of an rsvp begins with the event. */
function eventOf(key: string): string {
  return key.slice(0, ID_DIGITS);
}

type Statements = ReturnType<typeof prepareStatements>;

interface ResourceRow {
  readonly n: number;
  readonly doc: string;
  readonly author: Uint8Array;
  readonly kind: string;
  readonly title: string;
  readonly quantity: number;
  readonly consumable: 0 | 1;
  readonly answerer: Uint8Array;
  readonly answerFrom: string | null;
  readonly imported: 0 | 1;
}

interface ShownRequest extends RequestRow {
  readonly n: number;
}

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  type Bytes = Uint8Array;
  type Maybe = number | null;
  return {
    hideResource: database.prepare<[number]>("DELETE FROM resource WHERE n = +?"),
    hideFrame: database.prepare<[number]>("DELETE FROM frame WHERE n = +?"),
    hideRequest: database.prepare<[number], string>("DELETE FROM request WHERE n = +? RETURNING event").pluck(),
    hideRsvp: database.prepare<[string, number]>("DELETE FROM rsvp WHERE event = +? AND n = +?"),
    hideKeylink: database.prepare<[number], { readonly author: string; readonly other: string }>(
      "DELETE FROM keylink WHERE n = +? RETURNING author, other",
    ),
    isLinked: database
      .prepare<[string, string], 0 | 1>("SELECT EXISTS (SELECT 1 FROM keylink WHERE author = +? AND other = +?)")
      .pluck(),
    resource: database.prepare<[ResourceRow]>(
      `INSERT INTO resource VALUES
      (@n, @doc, @author, @kind, @title, @quantity, @consumable, @answerer, @answerFrom, @imported)`,
    ),
    frame: database.prepare<[number, string, string | null, number]>("INSERT INTO frame VALUES (?, ?, ?, ?)"),
    request: database.prepare<[ShownRequest]>(
      `INSERT INTO request VALUES
      (@n, @doc, @author, @seq, @event, @resource, @start, @end, @quantity, @note)`,
    ),
    rsvp: database.prepare<[string, number, Bytes, number, string, Maybe, Maybe]>(
      "INSERT INTO rsvp VALUES (?, ?, ?, ?, ?, ?, ?)",
    ),
    keylink: database.prepare<[number, string, string, string, Maybe]>("INSERT INTO keylink VALUES (?, ?, ?, ?, ?)"),
  };
}
