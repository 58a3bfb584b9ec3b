// From operations to documents, in memory: what device/programme does on a box with tables. Reduces by protocol/festival,
// so that phone and box see the same; remembers what changed, so that only that is drawn again. Never throws for any bytes.

import type { AnswerEntry } from "../../../../protocol/festival/answers-in-force.ts";
import { readBody, type SetBody } from "../../../../protocol/festival/body.ts";
import { documentKey, mergeOperation } from "../../../../protocol/festival/document.ts";
import type { DocumentState } from "../../../../protocol/festival/document-state.ts";
import {
  checkFields,
  checkKey,
  type DocumentSchema,
  type KeyedSchema,
  readFields,
  type SchemaName,
} from "../../../../protocol/festival/schema.ts";
import { type Document, type KeyedDocument, type MadeDocument, view } from "../../../../protocol/festival/view.ts";
import type { Seconds } from "../../../../protocol/festival/when.ts";
import { type EventHistory, mergeHistory } from "../../../programme/event-history.ts";
import { HeardLogs } from "./heard-logs.ts";
import type { ReadOperation } from "./read-operation.ts";

type DocumentOf<Name extends SchemaName> = Extract<Document, { readonly schema: Name }>;

export interface Shown<Name extends SchemaName = never> {
  readonly document: [Name] extends [never] ? Document : DocumentOf<Name>;
  readonly history: EventHistory;
  /** Arrival of the first of its operations. */
  readonly first: number;
  /** Of its latest operation: place in its author's log, and when that claims to have been written. */
  readonly seqNum: number;
  readonly touchedAt: Seconds;
}

export type Standing = "shown" | "withdrawn" | "invalid" | "awaited";

interface Known {
  readonly state: DocumentState;
  readonly status: Standing;
  readonly shown: Shown | undefined;
  readonly history: EventHistory;
  readonly first: number;
  readonly touchedAt: Seconds;
}

export interface Answer extends AnswerEntry {
  readonly note?: string;
}

export class Documents {
  readonly logs = new HeardLogs();
  /** Documents that came, changed or went since somebody last looked and cleared it; by schema and id, or key. */
  readonly changed = new Set<string>();
  readonly #known = new Map<string, Known>();
  readonly #shown = new Map<SchemaName, Map<string, Shown>>();
  readonly #made = new Map<string, Shown>();
  readonly #answers = new Map<string, Map<string, Answer>>();
  readonly #forgotten = new Map<string, number>();
  #unreadable = 0;
  #unknown = 0;

  /** True if its author asks to forget more than before: then all operations have to be taken again, by fresh documents. */
  take(operation: ReadOperation): boolean {
    this.logs.take(operation);
    if (operation.body === undefined) return false;
    const reading = readBody(operation.body);
    const isForgotten = operation.seqNum <= (this.#forgotten.get(operation.author) ?? -1);
    if (reading.status !== "understood") {
      if (isForgotten) return false;
      if (reading.status === "unknown") this.#unknown += 1;
      else this.#unreadable += 1;
      return false;
    }
    const { body } = reading;
    if (body.s === "answer/1" && !(isForgotten && body.k.includes(":"))) this.#takeAnswer(operation, body);
    if (body.s === "forget/1") this.#merge(operation, body);
    else if (!isForgotten) this.#merge(operation, body);
    return body.s === "forget/1" && this.#raiseForgotten(operation, body);
  }

  /** What was asked to be forgotten, for those who begin anew. */
  inherit(other: Documents): void {
    for (const [author, upTo] of other.#forgotten) this.#forgotten.set(author, upTo);
  }

  /** In the order in which they first arrived here. */
  all<Name extends SchemaName>(schema: Name): Shown<Name>[] {
    const shown = (this.#shown.get(schema) ?? new Map()) as ReadonlyMap<string, Shown<Name>>;
    return [...shown.values()].sort((a, b) => a.first - b.first);
  }

  made<Name extends DocumentSchema>(schema: Name, id: string): Shown<Name> | undefined {
    const found = this.#made.get(id);
    return found?.document.schema === schema ? (found as unknown as Shown<Name>) : undefined;
  }

  anyMade(id: string): MadeDocument | undefined {
    return this.#made.get(id)?.document as MadeDocument | undefined;
  }

  keyed<Name extends KeyedSchema>(schema: Name, author: string, key = ""): Shown<Name> | undefined {
    return this.#shown.get(schema)?.get(`${schema} ${author} ${key}`) as unknown as Shown<Name> | undefined;
  }

  /** What is known of a document by its id alone; whoever made it decides. */
  standing(id: string): Standing {
    const author = this.logs.authorOf(id);
    if (author === undefined) return "awaited";
    if (this.logs.seqNumOf(id) <= (this.#forgotten.get(author) ?? -1)) return "withdrawn";
    if (this.#made.has(id)) return "shown";
    return this.#statusOf(id, author);
  }

  /** What these keys answered about one thing. */
  answers(thing: string, keys: readonly string[]): Answer[] {
    return [...(this.#answers.get(thing)?.values() ?? [])].filter(({ author }) => keys.includes(author));
  }

  isForgotten(author: string): boolean {
    return this.#forgotten.has(author);
  }

  counts(): { documents: number; unreadable: number; unknown: number; awaited: number } {
    const statuses = [...this.#known.values()].map(({ status }) => status);
    const count = (wanted: Standing) => statuses.filter((status) => status === wanted).length;
    return {
      documents: count("shown"),
      unreadable: count("invalid") + this.#unreadable,
      unknown: this.#unknown,
      awaited: count("awaited"),
    };
  }

  #statusOf(id: string, author: string): Standing {
    const found = [...this.#shown.keys(), "event/1", "resource/1", "request/1"].map(
      (schema) => this.#known.get(`${schema} ${author} ${id}`)?.status,
    );
    return found.find((status) => status === "withdrawn") ?? found.find((status) => status === "invalid") ?? "awaited";
  }

  #merge(operation: ReadOperation, body: Parameters<typeof mergeOperation>[1]["body"]): void {
    const written = { id: operation.id, author: operation.author, seqNum: operation.seqNum, body };
    const key = documentKey(written);
    const known = this.#known.get(key);
    const state = mergeOperation(known?.state, written);
    const first = Math.min(known?.first ?? operation.arrival, operation.arrival);
    if (known !== undefined && state === known.state && first === known.first) return;
    const history =
      state.kind === "open" && state.schema === "event/1"
        ? mergeHistory(known?.history ?? [], known?.state, written, () => operation.writtenAt)
        : [];
    const isLatest = state.kind !== "withdrawn" && state.version[1] === operation.id;
    const touchedAt = isLatest || known === undefined ? operation.writtenAt : known.touchedAt;
    this.#put(key, { state, history, first, touchedAt });
  }

  #put(key: string, known: Omit<Known, "status" | "shown">): void {
    const { state, history, first, touchedAt } = known;
    const seen = view(state);
    const shown: Shown | undefined =
      seen.status === "shown" && state.kind !== "withdrawn"
        ? { document: seen.document, history, first, seqNum: state.version[0], touchedAt }
        : undefined;
    this.#known.set(key, { ...known, status: seen.status, shown });
    const ofSchema = this.#shown.get(state.schema) ?? new Map<string, Shown>();
    this.#shown.set(state.schema, ofSchema);
    if (shown) ofSchema.set(key, shown);
    else ofSchema.delete(key);
    if (state.kind !== "keyed") {
      if (shown) this.#made.set(state.doc, shown);
      else if (this.#made.get(state.doc)?.document.author === state.author) this.#made.delete(state.doc);
    }
    this.changed.add(`${state.schema} ${state.kind === "keyed" ? `${state.author} ${state.key}` : state.doc}`);
  }

  #takeAnswer({ id, author, seqNum }: ReadOperation, { k, f }: SetBody): void {
    if (checkKey("answer/1", k, f).length > 0 || checkFields("answer/1", f).length > 0) return;
    const { note, ...fields } = readFields("answer/1", f);
    const { resource } = fields;
    const about = this.#answers.get(resource) ?? new Map<string, Answer>();
    this.#answers.set(resource, about);
    about.set(id, { ...fields, id, author, seqNum, ...(note && { note }) });
    this.changed.add(`answer ${resource}`);
  }

  #raiseForgotten({ author }: ReadOperation, { k, f }: SetBody): boolean {
    if (checkKey("forget/1", k, f).length > 0 || checkFields("forget/1", f).length > 0) return false;
    const upTo = f["upTo"] as number;
    if (upTo <= (this.#forgotten.get(author) ?? -1)) return false;
    this.#forgotten.set(author, upTo);
    return true;
  }
}

export type Made<Name extends DocumentSchema> = Extract<MadeDocument, { readonly schema: Name }>;
export type Keyed<Name extends KeyedSchema> = Extract<KeyedDocument, { readonly schema: Name }>;
