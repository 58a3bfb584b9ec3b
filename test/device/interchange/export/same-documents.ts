// Compares the documents of two archives: what one exported with what the other made of it (M-87). Ids and authors
// differ, for an import is the importer's own; everything else must not.
import assert from "node:assert/strict";
import { wallAt, wallText } from "../../../../device/interchange/local-time.ts";
import { FRAME_UID } from "../../../../device/interchange/programme-fields.ts";
import type { ProgrammeFile } from "../../../../device/interchange/programme-file.ts";
import { programmeSource } from "../../../../device/interchange/programme-source.ts";
import type { MadeDocument } from "../../../../protocol/festival/view.ts";
import type { ExactWhen } from "../../../../protocol/festival/when.ts";
import type { Archive } from "./archive.ts";

type Fields = Record<string, unknown> & { readonly origin?: Origin };
type Origin = Readonly<Record<"src" | "uid" | "rid" | "rrule" | "etag", string | undefined>>;

/** Who decides about a venue is whoever imports it (M-85). */
const IMPORTERS = ["policy", "answerer", "answerFrom"];

/** `file` is what the importer read. */
export function assertSameDocuments(exported: Archive, imported: Archive, file: ProgrammeFile): void {
  const namesThere = originNames(file);
  const was = new Map(
    imported.documents().map((one) => [one.doc, namesThere.get(originKey(one.schema, originOf(one)))]),
  );
  const there = new Map(imported.documents().map((one) => [was.get(one.doc), one]));
  assert.ok(![...was.values()].includes(undefined), "a document came from nowhere");
  const { versions } = exported.view();
  for (const one of exported.documents()) {
    const other = there.get(one.doc);
    assert.ok(other, `${one.schema} ${JSON.stringify(one.fields)} was lost`);
    const changes = Number(originOf(one)?.etag ?? 0) + (versions.get(one.doc) ?? 0);
    if (one.schema === "event/1") assert.equal(Number(originOf(other)?.etag ?? 0), changes);
    assert.deepEqual(comparable(other, one, was), comparable(one, one, new Map()));
  }
  const [here, arrived] = [exported.documents().length, imported.documents().length];
  const hasFrame = exported.documents().some(({ schema }) => schema === "frame/1");
  assert.equal(arrived, hasFrame ? here : here + 1);
}

/** The document that was exported, by the origin of what it became. */
function originNames(file: ProgrammeFile): Map<string, string> {
  const src = programmeSource(file);
  const names = new Map([
    [originKey("frame/1", { src, uid: FRAME_UID } as Origin), "the frame that every import makes"],
  ]);
  const add = (schema: string, carried: { doc: string; origin?: object } | undefined, identity: object) => {
    assert.ok(carried, `nothing says what ${JSON.stringify(identity)} was`);
    names.set(originKey(schema, (carried.origin ?? { src, ...identity }) as Origin), carried.doc);
  };
  for (const { schema, key, carried } of file.carried ?? []) add(schema, carried, { uid: key });
  for (const { key, carried } of file.venues) add("resource/1", carried, { uid: key });
  for (const { uid, rid, carried } of file.events) add("event/1", carried, { uid, rid });
  return names;
}

function originOf({ fields }: MadeDocument): Origin | undefined {
  return (fields as unknown as Fields).origin;
}

function originKey(schema: string, origin: Origin | undefined): string {
  return JSON.stringify([schema, origin?.src, origin?.uid, origin?.rid]);
}

/** `like` is the document that was exported: without an origin of its own the one of the import does not count. */
function comparable(one: MadeDocument, like: MadeDocument, was: ReadonlyMap<string, string | undefined>): unknown {
  const text = JSON.stringify(one.fields).replace(/[0-9a-f]{64}/g, (doc) => was.get(doc) ?? doc);
  const { origin, ...fields } = JSON.parse(text) as Fields;
  for (const name of one.schema === "resource/1" ? IMPORTERS : []) delete fields[name];
  const { etag: _etag, ...source } = origin ?? {};
  return { ...fields, ...withoutNaturalWall(fields["when"]), ...(originOf(like) && { source }) };
}

/** Import writes down the local time also where it is the one of the instant. */
function withoutNaturalWall(when: unknown): object {
  const { wall, ...rest } = (when ?? {}) as ExactWhen;
  if (wall === undefined || rest.tz.startsWith("Mars/")) return {};
  return wall === wallText(wallAt(rest.start, rest.tz)) ? { when: rest } : {};
}
