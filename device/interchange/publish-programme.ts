// Makes a programme file part of the festival: its venues first, since events name them, then its events. Each is
// a transaction; what a power cut keeps from the second, the next import of the file finds missing.
import { type BodyToWrite, encodeBody } from "../../protocol/festival/body.ts";
import type { OpenState } from "../../protocol/festival/document-state.ts";
import { type Hash, toHex, type VerifyingKey } from "../../protocol/operation/bytes.ts";
import {
  bodiesOf,
  innerGroups,
  KnownDocuments,
  planEvents,
  planGround,
  planInner,
  type Step,
  withDocuments,
} from "./apply-programme.ts";
import type { ImportReport } from "./import-report.ts";
import type { ProgrammeFile } from "./programme-file.ts";
import { programmeSource, programmeSources } from "./programme-source.ts";

/** The log that an import is written into. */
export interface Publisher {
  readonly key: { readonly verifyingKey: VerifyingKey };
  /** All or none; resolves when they are durable. */
  publish(bodies: readonly Uint8Array[]): Promise<readonly { readonly id: Hash }[]>;
}

/** Knows the documents that an author imported from one source (programme-source.ts). */
export interface ImportedDocuments {
  importedFrom(author: VerifyingKey, src: string): Iterable<OpenState>;
}

/** Publishes what is new or changed in the file, nothing else. Rejects as `publisher.publish` does. */
export async function publishProgramme(
  file: ProgrammeFile,
  publisher: Publisher,
  documents: ImportedDocuments,
): Promise<ImportReport> {
  const src = programmeSource(file);
  const sources = programmeSources(file, src);
  const author = publisher.key.verifyingKey;
  const known = new KnownDocuments([...sources].flatMap((source) => [...documents.importedFrom(author, source)]));
  const ground = [...(await publishSteps(planGround(file, src, known), publisher))];
  for (const group of innerGroups(file)) {
    ground.push(...(await publishSteps(planInner(group, src, ground, known), publisher)));
  }
  const events = await publishSteps(planEvents(file, src, ground, known), publisher);
  return reportOf(file, ground, events, known);
}

async function publishSteps(steps: readonly Step[], publisher: Publisher): Promise<readonly Step[]> {
  const bodies = bodiesOf(steps);
  if (bodies.length === 0) return steps;
  const operations = await publisher.publish(bodies.map((body) => encodeBody(body)));
  return withDocuments(
    steps,
    operations.map(({ id }) => toHex(id)),
  );
}

function reportOf(
  file: ProgrammeFile,
  ground: readonly Step[],
  events: readonly Step[],
  known: KnownDocuments,
): ImportReport {
  const steps = [...ground, ...events];
  const created = countActions(events, "create");
  const named = events.filter(({ doc }) => doc !== undefined).length - created;
  const updated = countActions(events, "update");
  return {
    format: file.format,
    title: file.title,
    events: file.events.length,
    venues: file.venues.length,
    created,
    updated,
    unchanged: named - updated,
    operations: bodiesOf(steps).length,
    skipped: [...file.skipped, ...steps.flatMap(({ fault }) => fault ?? [])],
    repaired: file.repaired,
    gone: known.count("event/1") - named,
  };
}

function countActions(steps: readonly Step[], action: BodyToWrite["a"]): number {
  return steps.filter(({ body }) => body?.a === action).length;
}
