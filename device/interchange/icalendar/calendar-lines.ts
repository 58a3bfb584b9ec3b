// Content lines of an iCalendar file, unfolded (RFC 5545 §3.1). Line ends may be CRLF, LF or CR.
import { ProgrammeFileError } from "../programme-file.ts";
import { decodeStrictly } from "../text/text-encoding.ts";

export interface CalendarLine {
  /** Line of the file on which it begins. */
  readonly number: number;
  readonly text: string;
}

export interface CalendarText {
  readonly lines: readonly CalendarLine[];
  /** False if the bytes were taken as Windows-1252, for they are not UTF-8. */
  readonly isUtf8: boolean;
}

/** 8 MiB of real calendars have 280,000 lines; many more are no calendar but a way to fill memory. */
const LINES_MAX = 500_000;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const TAB = 9;

/** Unfolds bytes, not characters: sloppy producers fold within a character. Throws E_FILE_TOO_LARGE. */
export function readCalendarLines(bytes: Uint8Array): CalendarText {
  const unfolded = new Uint8Array(bytes.length);
  const numbers = [1];
  let length = 0;
  let number = 1;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (byte === RETURN && bytes[i + 1] === NEWLINE) continue;
    if (byte !== NEWLINE && byte !== RETURN) {
      unfolded[length++] = byte;
      continue;
    }
    number += 1;
    const isFolded = bytes[i + 1] === SPACE || bytes[i + 1] === TAB;
    if (isFolded) i += 1;
    else {
      unfolded[length++] = NEWLINE;
      if (numbers.push(number) > LINES_MAX) throw tooManyLines();
    }
  }
  return splitLines(unfolded.subarray(0, length), numbers);
}

function splitLines(unfolded: Uint8Array, numbers: readonly number[]): CalendarText {
  const text = decodeStrictly(unfolded, "utf-8");
  const texts = (text ?? new TextDecoder("windows-1252").decode(unfolded)).split("\n");
  return {
    lines: texts.map((line, index) => ({ number: numbers[index] as number, text: line })),
    isUtf8: text !== undefined,
  };
}

function tooManyLines(): ProgrammeFileError {
  return new ProgrammeFileError("E_FILE_TOO_LARGE", `Cannot read calendar: it has more than ${LINES_MAX} lines`);
}
