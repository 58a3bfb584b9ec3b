// Documents as readers see them: one by its id or the beginning of it, all of one schema, what somebody set.
import type { DocumentSchema, KeyedSchema, SchemaName } from "../../protocol/festival/schema.ts";
import { type Document, type MadeDocument, view } from "../../protocol/festival/view.ts";
import { fromHex, type LogId, toHex } from "../../protocol/operation/bytes.ts";
import type { Database } from "../../sync/store/database.ts";
import { DocumentTable } from "./document-table.ts";
import type { LocalChoice } from "./local-choice.ts";
import { Standing } from "./standing.ts";

export type FoundDocument =
  | { readonly status: "shown"; readonly document: MadeDocument }
  /** By its author, or its body has gone (SPEC.md §8.6). */
  | { readonly status: "withdrawn"; readonly doc: string; readonly author: string }
  /** Something about it is here; it is not. */
  | { readonly status: "awaited"; readonly doc: string }
  | { readonly status: "invalid"; readonly doc: string; readonly author: string; readonly reasons: readonly string[] }
  | { readonly status: "unknown" }
  /** The first of those that begin like this. */
  | { readonly status: "ambiguous"; readonly ids: readonly string[] };

export type ShownDocument<Schema extends SchemaName> = Extract<Document, { readonly schema: Schema }>;

/** Fewer digits than this are no id that a person would type. */
const MIN_PREFIX_DIGITS = 4;
const ID_DIGITS = 64;
/** More are no help to whoever has to choose. */
const MAX_AMBIGUOUS_IDS = 10;

export class DocumentQuery {
  readonly #table: DocumentTable;
  readonly #standing: Standing;
  readonly #sql: Statements;

  constructor(database: Database, logId: LogId) {
    this.#table = new DocumentTable(database);
    this.#standing = new Standing(database, logId);
    this.#sql = prepareStatements(database);
  }

  document(id: string): FoundDocument {
    if (id.length === ID_DIGITS) return this.#whole(id);
    if (!/^[0-9a-f]{4,63}$/.test(id) || id.length < MIN_PREFIX_DIGITS) return { status: "unknown" };
    const ids = this.#sql.beginning.all(id, `${id}g`);
    const [only] = ids;
    if (only === undefined) return { status: "unknown" };
    return ids.length === 1 ? this.#whole(only) : { status: "ambiguous", ids };
  }

  /** In the order in which they first arrived here. */
  documents<Schema extends DocumentSchema>(schema: Schema, choice: LocalChoice = {}): ShownDocument<Schema>[] {
    return this.#shown(schema, undefined, choice);
  }

  keyed<Schema extends KeyedSchema>(
    schema: Schema,
    author?: string,
    choice: LocalChoice = {},
  ): ShownDocument<Schema>[] {
    return this.#shown(schema, author, choice);
  }

  #shown<Schema extends SchemaName>(
    schema: Schema,
    author: string | undefined,
    { hidden, clock }: LocalChoice,
  ): ShownDocument<Schema>[] {
    const rows = { schema, clock: clock ?? null };
    const { ofSchema, ofAuthor } = this.#sql;
    const keys = author === undefined ? ofSchema.all(rows) : ofAuthor.all({ ...rows, author: fromHex(author) });
    const shown = keys.flatMap((key) => this.#read(key) ?? []) as ShownDocument<Schema>[];
    if (hidden === undefined) return shown;
    return shown.filter((document) => !hidden(nameOf(document), document.author, textOf(document)));
  }

  #read(key: string): Document | undefined {
    const state = this.#table.find(key)?.state;
    const seen = state && view(state);
    return seen?.status === "shown" ? seen.document : undefined;
  }

  #whole(doc: string): FoundDocument {
    const maker = this.#standing.makerOf(doc);
    if (maker === undefined)
      return this.#sql.isNamed.get(doc) === 1 ? { status: "awaited", doc } : { status: "unknown" };
    const author = toHex(maker);
    switch (this.#standing.of(doc)) {
      case "withdrawn":
        return { status: "withdrawn", doc, author };
      case "awaited":
        return { status: "awaited", doc };
      default:
        return this.#made(doc, author);
    }
  }

  /** Its author may have written about it in other schemas too: those shares never show. */
  #made(doc: string, author: string): FoundDocument {
    for (const key of this.#sql.shares.all(doc, fromHex(author))) {
      const state = this.#table.find(key)?.state;
      const seen = state && view(state);
      if (seen?.status === "shown") return { status: "shown", document: seen.document as MadeDocument };
      if (seen?.status === "invalid") return { status: "invalid", doc, author, reasons: seen.reasons };
    }
    return { status: "awaited", doc };
  }
}

function nameOf(document: Document): string {
  return "doc" in document ? document.doc : document.key;
}

/** What a reader would see of it. */
function textOf({ fields }: Document): string {
  const { title, name, text, about } = fields as Readonly<Record<string, unknown>>;
  return [title, name, text, about].filter((part) => typeof part === "string").join("\n");
}

interface SchemaRows {
  readonly schema: string;
  readonly clock: number | null;
}

type Statements = ReturnType<typeof prepareStatements>;

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  type Bytes = Uint8Array;
  const shown = `status = 'shown' AND (@clock IS NULL OR expires IS NULL OR expires > @clock) ORDER BY first, key`;
  const key = "SELECT key FROM document LEFT JOIN ageing USING (n)";
  return {
    beginning: database
      .prepare<[string, string], string>(
        `SELECT DISTINCT doc FROM document WHERE doc >= +? AND doc < +? LIMIT ${MAX_AMBIGUOUS_IDS}`,
      )
      .pluck(),
    isNamed: database.prepare<[string], 0 | 1>("SELECT EXISTS (SELECT 1 FROM document WHERE doc = +?)").pluck(),
    shares: database
      .prepare<[string, Bytes], string>("SELECT key FROM document WHERE doc = +? AND author = +? ORDER BY key")
      .pluck(),
    ofSchema: database.prepare<[SchemaRows], string>(`${key} WHERE schema = +@schema AND ${shown}`).pluck(),
    ofAuthor: database
      .prepare<[SchemaRows & { readonly author: Bytes }], string>(
        `${key} WHERE author = +@author AND schema = +@schema AND ${shown}`,
      )
      .pluck(),
  };
}
