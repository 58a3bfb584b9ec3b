// Reads a programme file of any known format, told by its content and never by its name. Pure: bytes in, ProgrammeFile
// out; the file is foreign, so whatever it holds the only exception is ProgrammeFileError.
import { readCalendar } from "./icalendar/icalendar.ts";
import { knownTimezone } from "./local-time.ts";
import { type ProgrammeFile, ProgrammeFileError, type ReadOptions } from "./programme-file.ts";
import { readScheduleJson } from "./schedule/schedule-json.ts";
import { readScheduleXml } from "./schedule/schedule-xml.ts";
import { readSideFile } from "./side-file.ts";
import { decodeStrictly, detectEncoding, type EncodedText } from "./text/text-encoding.ts";
import { withSideRecords } from "./with-side-records.ts";

/** FOSDEM 2026 has 2.8 MB of XML; twenty of it is more than any programme. */
export const SCHEDULE_BYTES_MAX = 64 * 1024 * 1024;
/** A calendar is read as a whole, and its rules multiply. */
export const CALENDAR_BYTES_MAX = 8 * 1024 * 1024;
const HEAD_BYTES = 1024;

/** Throws ProgrammeFileError, see there for its codes. With a side file the programme is what both say together. */
export function readProgramme(bytes: Uint8Array, { side, ...options }: ReadOptions): ProgrammeFile {
  if (side === undefined) return readFormat(bytes, options);
  requireSize(side, SCHEDULE_BYTES_MAX);
  const { timezone, records, skipped } = readSideFile(side);
  const file = readFormat(bytes, { ...options, timezone: knownTimezone(timezone) ?? options.timezone });
  return withSideRecords({ ...file, skipped: [...file.skipped, ...skipped] }, records);
}

function readFormat(bytes: Uint8Array, options: ReadOptions): ProgrammeFile {
  const file = detectEncoding(bytes);
  const head = new TextDecoder(knownEncoding(file)).decode(file.bytes.subarray(0, HEAD_BYTES)).trimStart();
  if (head.startsWith("<")) {
    requireSize(bytes, SCHEDULE_BYTES_MAX);
    return readScheduleXml(file.bytes, { ...options, encoding: file.encoding });
  }
  if (head.startsWith("{") || head.startsWith("[")) {
    requireSize(bytes, SCHEDULE_BYTES_MAX);
    return readScheduleJson(decode(file), options);
  }
  if (/^BEGIN:VCALENDAR/i.test(head)) {
    requireSize(bytes, CALENDAR_BYTES_MAX);
    return readCalendar(file.encoding === "utf-8" ? file.bytes : new TextEncoder().encode(decode(file)), options);
  }
  throw new ProgrammeFileError(
    "E_FILE_FORMAT",
    "Cannot read programme: this is neither schedule.xml, schedule JSON nor iCalendar",
  );
}

function knownEncoding({ encoding }: EncodedText): string {
  try {
    return new TextDecoder(encoding).encoding;
  } catch (cause) {
    throw new ProgrammeFileError("E_FILE_FORMAT", `Cannot read programme: encoding "${encoding}" is not known`, {
      cause,
    });
  }
}

function decode({ bytes, encoding }: EncodedText): string {
  const text = decodeStrictly(bytes, encoding);
  if (text !== undefined) return text;
  throw new ProgrammeFileError(
    "E_FILE_BROKEN",
    `Cannot read programme: line ${brokenLine(bytes, encoding)} is not ${encoding}`,
  );
}

/** The first line with something that cannot be decoded. */
function brokenLine(bytes: Uint8Array, encoding: string): number {
  return (new TextDecoder(encoding).decode(bytes).split("\ufffd", 1)[0] as string).split("\n").length;
}

function requireSize(bytes: Uint8Array, limit: number): void {
  if (bytes.length <= limit) return;
  const megabytes = limit / (1024 * 1024);
  throw new ProgrammeFileError("E_FILE_TOO_LARGE", `Cannot read programme: the file is larger than ${megabytes} MiB`);
}
