// Documents, reduced from operations in any order (SPEC.md §8.4). A body can arrive long after its successors, and a
// forked log has two operations with one sequence number, so the reduction is a merge: whatever the order and however
// often, the same operations give the same state. Knows one author's operations on one document; nothing about time.
import type { CborMap, CborValue } from "../operation/cbor.ts";
import type { Body, CreateBody, SetBody, UpdateBody } from "./body.ts";
import { type DocumentState, type KeyedState, MAX_EXTRA_FIELDS, type OpenState, type Stamp } from "./document-state.ts";
import { type DocumentSchema, fieldNames } from "./schema.ts";

/** An operation whose body was understood. `id` and `author` are lower-case hex; all come from one log id. */
export interface BodyOperation<Content extends Body = Body> {
  readonly id: string;
  readonly author: string;
  readonly seqNum: number;
  readonly body: Content;
}

/**
 * The state to which an operation belongs, as a key for tables. Author and schema are part of it: an update by another
 * key or for another schema lands beside the document and never reaches it, whether or not the create is known (M-10).
 */
export function documentKey(operation: BodyOperation): string {
  const { author, body } = operation;
  return `${body.s} ${author} ${body.a === "set" ? body.k : documentId(operation)}`;
}

/**
 * Takes one more operation into a document. Commutative, associative and idempotent over the operations of one
 * `documentKey`; `state` is what an earlier call returned, or nothing.
 */
export function mergeOperation(state: DocumentState | undefined, operation: BodyOperation): DocumentState {
  const { body, author } = operation;
  if (body.a === "set") return mergeSet(state, { ...operation, body });
  if (body.a === "delete" || state?.kind === "withdrawn") {
    return { kind: "withdrawn", schema: body.s, doc: documentId(operation), author };
  }
  return mergeFields(state?.kind === "open" ? state : undefined, { ...operation, body });
}

/** The document that an operation made or changes. Means nothing for keyed ones. */
export function documentId(operation: BodyOperation): string {
  return "d" in operation.body ? operation.body.d : operation.id;
}

function mergeSet(state: DocumentState | undefined, operation: BodyOperation<SetBody>): KeyedState {
  const { author, body } = operation;
  const stamp = stampOf(operation);
  if (state?.kind === "keyed" && !isLater(stamp, state.version)) return state;
  return { kind: "keyed", schema: body.s, key: body.k, author, version: stamp, fields: body.f };
}

function mergeFields(state: OpenState | undefined, operation: BodyOperation<CreateBody | UpdateBody>): OpenState {
  const { author, body } = operation;
  const stamp = stampOf(operation);
  const fields: Record<string, CborValue> = Object.assign(Object.create(null), state?.fields);
  const stamps: Record<string, Stamp> = Object.assign(Object.create(null), state?.stamps);
  for (const [name, value] of Object.entries(body.f)) {
    if (!isLater(stamp, stamps[name])) continue;
    fields[name] = value;
    stamps[name] = stamp;
  }
  for (const name of extraNames(body.s, fields).slice(MAX_EXTRA_FIELDS)) {
    delete fields[name];
    delete stamps[name];
  }
  return {
    kind: "open",
    schema: body.s,
    doc: documentId(operation),
    author,
    created: body.a === "create" || state?.created === true,
    version: isLater(stamp, state?.version) ? stamp : (state as OpenState).version,
    fields,
    stamps,
  };
}

/** A name once cut off stays cut off, since those before it never go away: so the cut is the same in any order. */
function extraNames(schema: DocumentSchema, fields: CborMap): readonly string[] {
  const known = new Set(fieldNames(schema));
  return Object.keys(fields)
    .filter((name) => !known.has(name))
    .sort();
}

function stampOf(operation: BodyOperation): Stamp {
  return [operation.seqNum, operation.id];
}

function isLater(stamp: Stamp, than: Stamp | undefined): boolean {
  if (than === undefined || stamp[0] !== than[0]) return than === undefined || stamp[0] > than[0];
  return stamp[1] < than[1];
}
