// From operations to documents, in memory: what device/programme does on a box with tables. Reduces by protocol/festival,
// so that phone and box see the same; remembers what changed, so that only that is drawn again. Never throws for any bytes.

import { type Body, readBody, type SetBody } from "../../../../protocol/festival/body.ts";
import { documentKey, mergeOperation } from "../../../../protocol/festival/document.ts";
import type { DocumentState } from "../../../../protocol/festival/document-state.ts";
import { identities } from "../../../../protocol/festival/identities.ts";
import {
  checkFields,
  checkKey,
  type DocumentSchema,
  type KeyedSchema,
  type SchemaName,
} from "../../../../protocol/festival/schema.ts";
import {
  type Document,
  type DocumentView,
  type KeyedDocument,
  type MadeDocument,
  view,
} from "../../../../protocol/festival/view.ts";
import type { Seconds } from "../../../../protocol/festival/when.ts";
import { type EventHistory, mergeHistory } from "../../../programme/event-history.ts";
import { type Answer, HeardAnswers } from "./heard-answers.ts";
import { HeardLogs } from "./heard-logs.ts";
import type { ReadOperation } from "./read-operation.ts";
import { type Joint, jointOf, Shares, type Writers } from "./shares.ts";

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

/** "joined" is what a linked key wrote on somebody's document: it counts there. */
export type Standing = "shown" | "withdrawn" | "invalid" | "awaited" | "joined";

interface Known {
  readonly state: DocumentState;
  readonly status: Standing;
  readonly shown: Shown | undefined;
  readonly history: EventHistory;
  readonly first: number;
  readonly touchedAt: Seconds;
  /** Shown as it is with what linked keys wrote. */
  readonly isJoint: boolean;
}

export class Documents {
  readonly logs = new HeardLogs();
  /** Documents that came, changed or went since somebody last looked and cleared it; by schema and id, or key. */
  readonly changed = new Set<string>();
  readonly #known = new Map<string, Known>();
  readonly #shown = new Map<SchemaName, Map<string, Shown>>();
  readonly #made = new Map<string, Shown>();
  readonly #answers = new HeardAnswers();
  readonly #forgotten = new Map<string, number>();
  readonly #shares = new Shares();
  /** Documents of which a share changed since linked keys were last looked at. */
  readonly #unsettled = new Set<string>();
  #areLinksNew = false;
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
    if (body.s === "answer/1" && !(isForgotten && body.k.includes(":"))) this.#hearAnswer(operation, body);
    if (body.s === "forget/1") this.#merge(operation, body);
    else if (!isForgotten) this.#merge(operation, body);
    return body.s === "forget/1" && this.#raiseForgotten(operation, body);
  }

  /** What linked keys wrote on one another's documents comes together: before anything is read. */
  settle(): void {
    if (!this.#areLinksNew && this.#unsettled.size === 0) return;
    const docs = this.#areLinksNew ? [...this.#shares.crowded] : [...this.#unsettled];
    this.#areLinksNew = false;
    this.#unsettled.clear();
    const links = this.all("keylink/1").map(({ document: { author, fields } }) => ({ author, ...fields }));
    const people = identities(links);
    for (const doc of docs) {
      for (const writers of this.#shares.writersOf(doc, this.logs.authorOf(doc), people)) this.#join(doc, writers);
    }
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
    return this.#answers.about(thing, keys);
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
    if (body.a !== "set") this.#share(key, operation, body);
    else if (body.s === "keylink/1") this.#areLinksNew = true;
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

  #share(key: string, operation: ReadOperation, body: Exclude<Body, SetBody>): void {
    this.#shares.add(key, operation, body);
    const doc = "d" in body ? body.d : operation.id;
    if (this.#shares.isCrowded(doc)) this.#unsettled.add(doc);
  }

  #join(doc: string, writers: Writers): void {
    const { own, others, linked } = writers;
    const known = own && this.#known.get(own.name);
    const joint = linked.size > 0 ? jointOf(writers) : undefined;
    if (known && (joint !== undefined || known.isJoint)) this.#put(own.name, known, joint);
    const status = own && this.#known.get(own.name)?.status;
    const isWithdrawn = (status ?? this.standing(doc)) === "withdrawn";
    for (const share of others) {
      const alone = this.#known.get(share.name);
      if (alone === undefined) continue;
      const counts = linked.has(share) && (status !== undefined || isWithdrawn);
      const joined = isWithdrawn ? "withdrawn" : "joined";
      this.#known.set(share.name, { ...alone, status: counts ? joined : this.#see(alone.state).status });
    }
  }

  /** What its author made and had forgotten does not come back with a later change (SPEC.md §8.6). */
  #see(state: DocumentState): DocumentView {
    const seen = view(state);
    if (seen.status !== "awaited" || state.kind !== "open") return seen;
    const isOwn = this.logs.authorOf(state.doc) === state.author;
    const isGone = isOwn && this.logs.seqNumOf(state.doc) <= (this.#forgotten.get(state.author) ?? -1);
    return isGone ? { status: "withdrawn" } : seen;
  }

  /** `joint` is what linked keys wrote together, where any did. */
  #put(key: string, known: Omit<Known, "status" | "shown" | "isJoint">, joint?: Joint): void {
    const { state, first, touchedAt } = known;
    const seen = this.#see(joint?.state ?? state);
    const history = joint?.history ?? known.history;
    const shown: Shown | undefined =
      seen.status === "shown" && state.kind !== "withdrawn"
        ? { document: seen.document, history, first, seqNum: state.version[0], touchedAt }
        : undefined;
    this.#known.set(key, { ...known, status: seen.status, shown, isJoint: joint !== undefined });
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

  #hearAnswer(operation: ReadOperation, body: SetBody): void {
    const thing = this.#answers.take(operation, body);
    if (thing !== undefined) this.changed.add(`answer ${thing}`);
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
