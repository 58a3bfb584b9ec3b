// A box that remembers documents and nothing else: programmes are imported into it and exported from it, through the real
// import. Ids are made by counting, so two archives with one name are the same.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { exportProgramme } from "../../../../device/interchange/export/export-programme.ts";
import type {
  ExportedProgramme,
  ExportFormat,
  ExportOptions,
  FestivalView,
} from "../../../../device/interchange/export/festival-view.ts";
import type { ImportReport } from "../../../../device/interchange/import-report.ts";
import type { ProgrammeFile } from "../../../../device/interchange/programme-file.ts";
import {
  type ImportedDocuments,
  type Publisher,
  publishProgramme,
} from "../../../../device/interchange/publish-programme.ts";
import { readProgramme } from "../../../../device/interchange/read-programme.ts";
import { type Body, type BodyToWrite, encodeBody, readBody } from "../../../../protocol/festival/body.ts";
import { mergeOperation } from "../../../../protocol/festival/document.ts";
import type { OpenState } from "../../../../protocol/festival/document-state.ts";
import type { DocumentSchema } from "../../../../protocol/festival/schema.ts";
import { type MadeDocument, view } from "../../../../protocol/festival/view.ts";
import {
  asHash,
  asVerifyingKey,
  fromHex,
  type Hash,
  toHex,
  type VerifyingKey,
} from "../../../../protocol/operation/bytes.ts";
import { OPTIONS } from "../reading.ts";

export const FORMATS: readonly ExportFormat[] = ["schedule-xml", "schedule-json", "ics"];

function sha1(bytes: Uint8Array): Uint8Array {
  return createHash("sha1").update(bytes).digest();
}

export class Archive implements Publisher, ImportedDocuments {
  readonly key: { readonly verifyingKey: VerifyingKey };
  readonly #name: string;
  readonly #states = new Map<string, OpenState>();
  readonly #versions = new Map<string, number>();
  #operations = 0;

  constructor(name: string) {
    this.#name = name;
    this.key = { verifyingKey: asVerifyingKey(createHash("sha256").update(name).digest()) };
  }

  async publish(bodies: readonly Uint8Array[]): Promise<{ id: Hash }[]> {
    return bodies.map((bytes) => {
      const reading = readBody(bytes);
      assert.equal(reading.status, "understood");
      const { body } = reading as { readonly body: Body };
      return { id: asHash(fromHex(this.#take(body))) };
    });
  }

  *importedFrom(author: VerifyingKey, src: string): Iterable<OpenState> {
    assert.deepEqual(author, this.key.verifyingKey);
    for (const state of this.#states.values()) {
      if ((state.fields["origin"] as { readonly src?: string } | null)?.src === src) yield state;
    }
  }

  /** Id of the document that was written. */
  write(body: BodyToWrite): string {
    const reading = readBody(encodeBody(body));
    assert.equal(reading.status, "understood");
    return this.#take((reading as { readonly body: Body }).body);
  }

  import(file: ProgrammeFile): Promise<ImportReport> {
    return publishProgramme(file, this, this);
  }

  documents(): MadeDocument[] {
    return [...this.#states.values()].map((state) => {
      const seen = view(state);
      assert.equal(seen.status, "shown", JSON.stringify(seen));
      return (seen as { readonly document: MadeDocument }).document;
    });
  }

  titled<Schema extends DocumentSchema>(schema: Schema, title: string): Extract<MadeDocument, { schema: Schema }> {
    const found = this.documents().find(
      (one) => one.schema === schema && "title" in one.fields && one.fields.title === title,
    );
    assert.ok(found, `no ${schema} "${title}"`);
    return found as Extract<MadeDocument, { schema: Schema }>;
  }

  view(more: Partial<FestivalView> = {}): FestivalView {
    return {
      title: "Summer Festival",
      timezone: "Europe/Berlin",
      now: OPTIONS.now,
      documents: this.documents(),
      confirmed: new Map(),
      versions: this.#versions,
      ...more,
    };
  }

  export(format: ExportFormat, more: Partial<FestivalView & ExportOptions> = {}): ExportedProgramme {
    return exportProgramme(this.view(more), format, { sha1, ...more });
  }

  #take(body: Body): string {
    const id = createHash("sha256").update(`${this.#name} ${this.#operations}`).digest("hex");
    const doc = "d" in body ? body.d : id;
    const author = toHex(this.key.verifyingKey);
    const operation = { id, author, seqNum: this.#operations, body };
    this.#states.set(doc, mergeOperation(this.#states.get(doc), operation) as OpenState);
    if (body.a === "update") this.#versions.set(doc, (this.#versions.get(doc) ?? 0) + 1);
    this.#operations += 1;
    return doc;
  }
}

/** Read far away and much later, so that nothing of the reader's own can fill a gap. */
export function readExport({ bytes, side }: Pick<ExportedProgramme, "bytes" | "side">): ProgrammeFile {
  const reader = { fileName: "elsewhere", timezone: "Asia/Tokyo", now: Date.UTC(2031, 0, 1) / 1000 };
  return readProgramme(bytes, { ...reader, ...(side && { side: side.bytes }) });
}

/** What is left for somebody who knows nothing of us: the file alone, in a calendar without the lines of our own. */
export function plainOf({ bytes }: ExportedProgramme): ProgrammeFile {
  const text = new TextDecoder().decode(bytes);
  const plain = text.startsWith("BEGIN:") ? text.replace(/^X-P2P-.*\r\n(?: .*\r\n)*/gm, "") : text;
  return readExport({ bytes: new TextEncoder().encode(plain) });
}

export function textOf({ bytes }: { readonly bytes: Uint8Array }): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}
