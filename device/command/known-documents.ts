// Which document or person is meant: by the first digits of an id, or by a title or name that only one has.
import type { DocumentSchema } from "../../protocol/festival/schema.ts";
import type { MadeDocument } from "../../protocol/festival/view.ts";
import { toHex } from "../../protocol/operation/bytes.ts";
import type { Made } from "../act/checked-body.ts";
import { CommandError } from "../exit.ts";
import { nearestWord } from "../nearest-word.ts";
import type { Festival } from "./festival.ts";

/** Enough to tell documents apart, and to be typed. */
export const SHORT_ID_DIGITS = 8;
const ID_PREFIX = /^[0-9a-f]{4,64}$/;
const CANDIDATES_MAX = 6;

/** What has a title, and may be meant by it. */
const TITLED: readonly DocumentSchema[] = [
  "event/1",
  "resource/1",
  "frame/1",
  "series/1",
  "pick/1",
  "need/1",
  "page/1",
  "mutelist/1",
];

const THING: Readonly<Partial<Record<DocumentSchema, string>>> = {
  "event/1": "event",
  "resource/1": "venue or resource",
  "frame/1": "festival",
  "series/1": "series",
  "request/1": "request",
  "mutelist/1": "list",
};

export function shortId(id: string): string {
  return id.slice(0, SHORT_ID_DIGITS);
}

/** Throws E_UNKNOWN_DOCUMENT, E_AMBIGUOUS, E_WITHDRAWN, E_AWAITED or E_UNREADABLE. */
export function documentNamed<S extends DocumentSchema = DocumentSchema>(
  festival: Festival,
  text: string,
  ...schemas: readonly S[]
): Made<S> {
  const byId = ID_PREFIX.test(text) ? documentById(festival, text) : undefined;
  const found = byId ?? documentTitled(festival, text, schemas);
  if (schemas.length === 0 || schemas.some((each) => each === found.schema)) return found as Made<S>;
  throw unknown(text, schemas, "that is something else");
}

/** By the first digits of a key, a name, or what --as calls it here. Throws E_UNKNOWN_PERSON or E_AMBIGUOUS. */
export async function keyNamed({ opened, names }: Festival, text: string): Promise<string> {
  if (opened.ringNames.includes(text)) return toHex(opened.verifyingKey(text));
  const keys = await opened.authors();
  const byKey = ID_PREFIX.test(text) ? keys.filter((key) => key.startsWith(text)) : [];
  const wanted = text.toLowerCase();
  const found = byKey.length > 0 ? byKey : keys.filter((key) => names.of(key).toLowerCase() === wanted);
  const [key, ...more] = found;
  if (key === undefined) {
    throw new CommandError("E_UNKNOWN_PERSON", `Cannot find "${text}": nobody of that name was heard of here`);
  }
  if (more.length === 0) return key;
  throw ambiguous(
    text,
    found.map((each) => `${shortId(each)} (${names.of(each)})`),
  );
}

function documentById(festival: Festival, id: string): MadeDocument | undefined {
  const found = festival.programme.document(id);
  switch (found.status) {
    case "shown":
      return found.document;
    case "unknown":
      return undefined;
    case "ambiguous":
      throw ambiguous(
        id,
        found.ids.map((each) => candidate(festival, each)),
      );
    case "withdrawn":
      throw new CommandError("E_WITHDRAWN", `Cannot use "${id}": it was withdrawn by its author`);
    case "awaited":
      throw new CommandError("E_AWAITED", `Cannot use "${id}": it has not reached this box yet`);
    case "invalid":
      throw new CommandError("E_UNREADABLE", `Cannot use "${id}": it could not be read`);
  }
}

function documentTitled(festival: Festival, text: string, schemas: readonly DocumentSchema[]): MadeDocument {
  const wanted = text.normalize("NFC").toLowerCase();
  const titled = TITLED.filter((schema) => schemas.length === 0 || schemas.includes(schema)).flatMap(
    (schema): readonly MadeDocument[] => festival.programme.documents(schema),
  );
  const found = titled.filter((document) => titleOf(document)?.toLowerCase() === wanted);
  const [document, ...more] = found;
  if (document === undefined) {
    const near = nearestWord(
      text,
      titled.flatMap((each) => titleOf(each) ?? []),
    );
    throw unknown(text, schemas, near === undefined ? "this box knows none of that name" : `did you mean "${near}"?`);
  }
  if (more.length === 0) return document;
  throw ambiguous(
    text,
    found.map((each) => candidate(festival, each.doc)),
  );
}

/** The words by which people know a document. */
export function titleOf(document: MadeDocument): string | undefined {
  if ("title" in document.fields) return document.fields.title;
  return document.schema === "note/1" ? document.fields.text : undefined;
}

function candidate({ programme, names }: Festival, id: string): string {
  const found = programme.document(id);
  if (found.status !== "shown") return shortId(id);
  const { document } = found;
  return `${shortId(id)} ("${titleOf(document) ?? document.schema}" by ${names.of(document.author)})`;
}

function unknown(text: string, schemas: readonly DocumentSchema[], hint: string): CommandError {
  const thing = schemas.map((schema) => THING[schema] ?? schema).join(" or ") || "thing";
  return new CommandError("E_UNKNOWN_DOCUMENT", `Cannot find the ${thing} "${text}": ${hint}`);
}

function ambiguous(text: string, candidates: readonly string[]): CommandError {
  const named = candidates.slice(0, CANDIDATES_MAX).join(", ");
  const more = candidates.length > CANDIDATES_MAX ? ` and ${candidates.length - CANDIDATES_MAX} more` : "";
  return new CommandError("E_AMBIGUOUS", `Cannot tell which "${text}" is meant: ${named}${more}`);
}
