// The side file of an export, p2p.json: what schedule.xml and schedule JSON cannot hold (M-87). A calendar of ours holds
// the same records in its own lines. Foreign like any file: what has not the expected shape is left out and named.
import type { CborMap } from "../../protocol/operation/cbor.ts";
import type { IMPORTED_FIELDS } from "./programme-fields.ts";
import { type CarriedFields, type FileRemark, ProgrammeFileError, requireFewEntries } from "./programme-file.ts";
import { asObject, type JsonObject, listAt, numberAt, objectAt, textAt } from "./schedule/json-value.ts";
import { quoted, singleLine } from "./text/fit.ts";
import { cutUid } from "./uid-register.ts";

export const SIDE_FILE_NAME = "p2p.json";
/** Of `p2p` in the side file; another version is refused. */
export const SIDE_FILE_VERSION = 1;

/** One document: which entry of the file it is, and what the entry does not say. */
export interface SideRecord extends CarriedFields {
  readonly schema: keyof typeof IMPORTED_FIELDS;
  /** Whoever published it where it was exported; an import is published by the importer (M-18). */
  readonly author?: string;
  /** Of its entry; a document that the format has no place for has a uid of its own. */
  readonly uid: string;
  readonly rid?: string;
  /** Uids of further entries of the same document: in other rooms, on other days. */
  readonly also?: readonly string[];
  /** How often it was changed. */
  readonly sequence?: number;
}

export interface SideFile {
  /** In which the file beside it is read, where that does not name one. */
  readonly timezone: string;
  readonly records: readonly SideRecord[];
  readonly skipped: readonly FileRemark[];
}

const SCHEMAS: ReadonlySet<string> = new Set<SideRecord["schema"]>(["event/1", "resource/1", "frame/1", "series/1"]);
const DOC = /^[0-9a-f]{64}$/;

/** Throws E_FILE_BROKEN if it is not JSON, E_FILE_FORMAT if it is not a side file that this version reads. */
export function readSideFile(bytes: Uint8Array): SideFile {
  const side = asObject(parseSide(bytes));
  const timezone = textAt(side, "timezone");
  if (numberAt(side, "p2p") !== SIDE_FILE_VERSION || timezone === undefined) {
    throw new ProgrammeFileError(
      "E_FILE_FORMAT",
      `Cannot read ${SIDE_FILE_NAME}: it is not of version ${SIDE_FILE_VERSION}`,
    );
  }
  const found = listAt(side, "documents");
  requireFewEntries(found.length);
  const skipped: FileRemark[] = [];
  const records = found.flatMap((value, index) => {
    const record = readSideRecord(value);
    if (record === undefined) skipped.push({ where: `${SIDE_FILE_NAME} document ${index}`, why: "cannot be read" });
    return record ?? [];
  });
  return { timezone, records, skipped };
}

/** Undefined for what is no record. Its fields are not yet checked. */
export function readSideRecord(value: unknown): SideRecord | undefined {
  const json = asObject(value);
  const [schema, doc] = [textAt(json, "schema") ?? "", textAt(json, "doc") ?? ""];
  const fields = objectAt(json, "fields");
  if (!SCHEMAS.has(schema) || !DOC.test(doc) || !fields) return undefined;
  const [uid, rid, sequence] = [textAt(json, "uid"), textAt(json, "rid"), numberAt(json, "sequence")];
  return {
    schema: schema as SideRecord["schema"],
    ...carriedOf(doc, fields, objectAt(json, "origin")),
    uid: cutUid(singleLine(uid ?? "")) || ownUid(doc),
    ...(rid !== undefined && { rid }),
    also: listAt(json, "also").filter((other) => typeof other === "string"),
    ...(sequence !== undefined && { sequence }),
  };
}

/** Who decides about a venue is whoever imports it (M-85), and where a document came from is told apart. */
export const NOT_CARRIED: ReadonlySet<string> = new Set(["origin", "policy", "answerer", "answerFrom"]);

/** An origin names a source and something in it, or nothing. */
export function carriedOf(doc: string, found: JsonObject, origin: JsonObject | undefined): CarriedFields {
  const isOrigin = textAt(origin, "src") !== undefined && textAt(origin, "uid") !== undefined;
  const fields = Object.fromEntries(Object.entries(found).filter(([name]) => !NOT_CARRIED.has(name)));
  return { doc, fields: fields as CborMap, ...(isOrigin && { origin: origin as CborMap }) };
}

/** Of a document that was made here. */
export function ownUid(doc: string): string {
  return `${doc}@p2p`;
}

function parseSide(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    const why = quoted(cause instanceof Error ? cause.message : String(cause));
    throw new ProgrammeFileError("E_FILE_BROKEN", `Cannot read ${SIDE_FILE_NAME}: ${why}`, { cause });
  }
}
