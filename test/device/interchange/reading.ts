// Reads programme files the way every test of the readers does: imported in Berlin, on 1 October 2025.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
  type FileEvent,
  type FileRemark,
  type ProgrammeFile,
  ProgrammeFileError,
  type ReadOptions,
} from "../../../device/interchange/programme-file.ts";
import { readProgramme } from "../../../device/interchange/read-programme.ts";
import type { ExactWhen } from "../../../protocol/festival/when.ts";
import { sharedPath } from "../../support/shared-data.ts";

export const OPTIONS: ReadOptions = {
  fileName: "programme.file",
  timezone: "Europe/Berlin",
  now: Date.UTC(2025, 9, 1) / 1000,
};

export function fixture(name: string): Buffer {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url));
}

export function read(source: string | Uint8Array, options: Partial<ReadOptions> = {}): ProgrammeFile {
  const bytes = typeof source === "string" ? new TextEncoder().encode(source) : source;
  return readProgramme(bytes, { ...OPTIONS, ...options });
}

export function readShared(name: string): ProgrammeFile {
  return read(readFileSync(sharedPath(`data/schedules/${name}`)), { fileName: name });
}

export function eventOf(file: ProgrammeFile, uid: string): FileEvent {
  const event = file.events.find((one) => one.uid === uid);
  assert.ok(event, `no event ${uid}`);
  return event;
}

export function exact(event: FileEvent): ExactWhen {
  assert.equal(event.when?.m, "exact");
  return event.when as ExactWhen;
}

/** "2025-10-25T10:00Z", or "2025-10-25T10:00Z/2025-10-25T10:45Z" where the end is known. */
export function span(event: FileEvent): string {
  const { start, end } = exact(event);
  return end === undefined ? minute(start) : `${minute(start)}/${minute(end)}`;
}

/** Starts of all occurrences of an event, in the order of the file. */
export function starts(file: ProgrammeFile, uid: string): string[] {
  return file.events.filter((event) => event.uid === uid).map((event) => minute(exact(event).start));
}

/** Local starts, "2025-10-25T12:00". */
export function walls(file: ProgrammeFile, uid: string): (string | undefined)[] {
  return file.events.filter((event) => event.uid === uid).map((event) => exact(event).wall);
}

/** Reasons of all remarks about one place of the file. */
export function whys(remarks: readonly FileRemark[], where: string): string[] {
  return remarks.filter((remark) => remark.where === where).map(({ why }) => why);
}

/** What `assert.throws` wants. */
export function fileError(code: ProgrammeFileError["code"], message: RegExp): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof ProgrammeFileError, `not a ProgrammeFileError: ${error}`);
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  };
}

function minute(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, "YYYY-MM-DDTHH:mm".length)}Z`;
}
