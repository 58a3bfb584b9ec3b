// Documents as a device would have read them, for tests of acts: no store, no log, just what is known.
import type { Made } from "../../../device/act/checked-body.ts";
import type { AnswerEntry } from "../../../protocol/festival/answers-in-force.ts";
import type { BodyToWrite } from "../../../protocol/festival/body.ts";
import { type Occupancy, occupancy } from "../../../protocol/festival/occupancy.ts";
import { checkFields, type DocumentSchema, readFields } from "../../../protocol/festival/schema.ts";
import type { Seconds } from "../../../protocol/festival/when.ts";
import type { CborMap } from "../../../protocol/operation/cbor.ts";

export const ADA = "aa".repeat(32);
export const BEN = "bb".repeat(32);
export const TZ = "Europe/Berlin";

/** 64 hex digits that end as given. */
export function id(name: string): string {
  return name.padStart(64, "0");
}

/** A moment of one summer day, in UTC. */
export function at(time: string): Seconds {
  return Date.parse(`2026-07-17T${time}Z`) / 1000;
}

export function made<S extends DocumentSchema>(schema: S, doc: string, fields: CborMap, author: string = ADA): Made<S> {
  const faults = checkFields(schema, fields);
  if (faults.length > 0) throw new TypeError(faults.join(", "));
  return {
    schema,
    doc: id(doc),
    author,
    version: id(`e${doc}`),
    fields: readFields(schema, fields),
  } as unknown as Made<S>;
}

export function soup(fields: CborMap = {}, author?: string): Made<"event/1"> {
  const when = { m: "exact", start: at("18:00"), end: at("20:00"), tz: TZ };
  return made("event/1", "1", { title: "Soup", when, ...fields }, author);
}

export function barn(fields: CborMap = {}, author?: string): Made<"resource/1"> {
  return made("resource/1", "2", { kind: "venue", title: "Barn", ...fields }, author);
}

export function request(fields: CborMap = {}, author: string = BEN): Made<"request/1"> {
  return made(
    "request/1",
    "3",
    { event: id("1"), resource: id("2"), start: at("18:00"), end: at("20:00"), ...fields },
    author,
  );
}

/** What follows from answers of one key, in this order. */
export function heldAfter(resource: Made<"resource/1">, answers: readonly BodyToWrite[]): Occupancy {
  const entries = answers.map((body, seqNum) => {
    const { f } = body as unknown as { readonly f: AnswerEntry };
    return { ...f, author: resource.author, seqNum, id: id(String(seqNum)) };
  });
  return occupancy(resource, entries, new Map());
}

/** The fields that a body writes. */
export function fieldsOf(body: BodyToWrite | undefined): CborMap {
  if (body === undefined || !("f" in body)) throw new TypeError("The body has no fields");
  return body.f as CborMap;
}
