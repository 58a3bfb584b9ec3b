// The body of an operation (SPEC.md §7.1): what is done to which document, and the fields. Reading never throws:
// a body that nobody here understands is carried all the same (M-03). Says nothing about the fields; schema.ts does.
import { CborError, type CborMap, type CborValue, decodeCbor, encodeCbor } from "../operation/cbor.ts";
import { isMap } from "./rule.ts";
import {
  type DocumentFieldsWritten,
  type DocumentSchema,
  isKeyed,
  isSchemaName,
  type KeyedFieldsWritten,
  type KeyedSchema,
} from "./schema.ts";

/** A body as it was read: its fields are not yet known to be valid. `v` names the operation that its writer had seen. */
export type Body = CreateBody | UpdateBody | DeleteBody | SetBody;

export interface CreateBody {
  readonly a: "create";
  readonly s: DocumentSchema;
  readonly v?: string;
  readonly f: CborMap;
}

export interface UpdateBody {
  readonly a: "update";
  readonly s: DocumentSchema;
  /** Document id, hex. */
  readonly d: string;
  readonly v?: string;
  /** Changed fields only; `null` clears one. */
  readonly f: CborMap;
}

export interface DeleteBody {
  readonly a: "delete";
  readonly s: DocumentSchema;
  readonly d: string;
  readonly v?: string;
}

export interface SetBody {
  readonly a: "set";
  readonly s: KeyedSchema;
  /** Which of the author's documents of this schema. */
  readonly k: string;
  readonly v?: string;
  readonly f: CborMap;
}

/** A body to write: the compiler knows the fields of each schema. Ask `checkFields` whether their values are valid. */
export type BodyToWrite =
  | { [S in DocumentSchema]: Write<"create", S> & { readonly f: DocumentFieldsWritten[S] } }[DocumentSchema]
  | { [S in DocumentSchema]: Write<"update", S> & { readonly d: string; readonly f: Changes<S> } }[DocumentSchema]
  | { [S in KeyedSchema]: Write<"set", S> & { readonly k: string; readonly f: KeyedFieldsWritten[S] } }[KeyedSchema]
  | DeleteBody;

interface Write<Action, Schema> {
  readonly a: Action;
  readonly s: Schema;
  readonly v?: string;
}

type Changes<S extends DocumentSchema> = {
  readonly [Name in keyof DocumentFieldsWritten[S]]?: DocumentFieldsWritten[S][Name] | null;
};

export type BodyReading =
  | { readonly status: "understood"; readonly body: Body }
  /** Another schema, or a later version of one of ours. */
  | { readonly status: "unknown"; readonly schema: string }
  | { readonly status: "unreadable"; readonly reason: string };

/** Throws CborError where a value is none of CBOR's or the whole is over a limit of bodies. */
export function encodeBody(body: BodyToWrite): Uint8Array {
  return encodeCbor(body as unknown as CborMap);
}

export function readBody(bytes: Uint8Array): BodyReading {
  let value: CborValue;
  try {
    value = decodeCbor(bytes);
  } catch (error) {
    if (error instanceof CborError) return { status: "unreadable", reason: error.message };
    throw error;
  }
  if (!isMap(value)) return unreadable("it is not a map");
  const schema = value["s"];
  if (typeof schema !== "string") return unreadable('"s" is not text');
  if (!isSchemaName(schema)) return { status: "unknown", schema };
  return isKeyed(schema) ? readSet(schema, value) : readAction(schema, value);
}

const HEX_ID = /^[0-9a-f]{64}$/;
/** An answer about a seat names an event, ":" and a guest: 64 + 1 + 64. More is no key of any schema. */
const MAX_KEY_LENGTH = 129;

function readSet(schema: KeyedSchema, map: CborMap): BodyReading {
  const { a, k, f } = map;
  if (a !== "set") return unreadable(`"a" is not an action of ${schema}`);
  if (typeof k !== "string" || k.length > MAX_KEY_LENGTH) return unreadable(`"k" is not a key`);
  if (!isMap(f)) return unreadable('"f" is not a map');
  return understood({ a, s: schema, k, f }, map);
}

function readAction(schema: DocumentSchema, map: CborMap): BodyReading {
  const { a, d, f } = map;
  if (a !== "create" && a !== "update" && a !== "delete") return unreadable(`"a" is not an action of ${schema}`);
  if (a === "create") return isMap(f) ? understood({ a, s: schema, f }, map) : unreadable('"f" is not a map');
  if (typeof d !== "string" || !HEX_ID.test(d)) return unreadable('"d" is not a document id');
  if (a === "delete") return understood({ a, s: schema, d }, map);
  return isMap(f) ? understood({ a, s: schema, d, f }, map) : unreadable('"f" is not a map');
}

/** `v` is only a hint about what its writer had seen (M-12); a wrong one costs the body nothing but the hint. */
function understood(body: Body, map: CborMap): BodyReading {
  const { v } = map;
  return { status: "understood", body: typeof v === "string" && HEX_ID.test(v) ? { ...body, v } : body };
}

function unreadable(reason: string): BodyReading {
  return { status: "unreadable", reason: `Cannot read body: ${reason}` };
}
