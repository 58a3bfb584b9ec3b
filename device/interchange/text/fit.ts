// Makes text of a foreign file fit the fields of event/1 and resource/1 (SPEC.md §8, M-06). Every limit of the import
// side stands here, in bytes of UTF-8 as on the wire. Nothing is cut silently: whoever calls passes a `remark`.
import { byteLength } from "../../../protocol/festival/text.ts";
import { isAddress, withoutAddresses } from "./without-addresses.ts";

/** Told, in a sentence fragment, about everything that was repaired or left out. */
export type Remark = (why: string) => void;

export const TITLE_BYTES_MAX = 200;
export const SUMMARY_BYTES_MAX = 500;
export const TEXT_BYTES_MAX = 32_768;
export const KIND_BYTES_MAX = 40;
export const TAGS_MAX = 12;
export const TAG_BYTES_MAX = 40;
export const HOSTS_MAX = 20;
export const HOST_BYTES_MAX = 100;
export const ROLE_BYTES_MAX = 40;
export const LINKS_MAX = 32;
export const LINK_BYTES_MAX = 1_000;
export const LINK_TITLE_BYTES_MAX = 120;
export const PLACE_BYTES_MAX = 200;
export const VENUE_BYTES_MAX = 200;
/** People in a venue. */
export const CAPACITY_MAX = 1_000_000;
export const FRAME_TITLE_BYTES_MAX = 120;
export const UID_BYTES_MAX = 255;
/** Rules in real calendars stay below 150 bytes; a longer one is not worth carrying for an export. */
export const RRULE_BYTES_MAX = 500;
/** What is looked at of a field of one line; the longest title in real programmes has 167 characters (M-07). */
export const SOURCE_LINE_CHARACTERS_MAX = 4_096;
/** What is looked at of a text; the longest text in real programmes has 22,143 bytes (M-07). */
export const SOURCE_CHARACTERS_MAX = 65_536;
const QUOTED_BYTES_MAX = 80;

const ELLIPSIS = "…";
const CONTROLS = /[\p{Cc}\u2028\u2029]/gu;
const CONTROLS_BUT_NEWLINE = /(?!\n)\p{Cc}/gu;
const LANGUAGE = /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/;

const encoder = new TextEncoder();
const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** One line: NFC, well formed, white space collapsed, no control characters. */
export function singleLine(text: string): string {
  return text.toWellFormed().replace(/\s+/gu, " ").replace(CONTROLS, "").normalize("NFC").trim();
}

/** Several lines: NFC, well formed, "\n" as the only control character, at most one empty line in a row. */
export function multiLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/gu, "\n")
    .replaceAll("\t", " ")
    .replace(CONTROLS_BUT_NEWLINE, "")
    .replace(/\n[ \n]*\n/gu, "\n\n")
    .normalize("NFC")
    .trim();
}

/** At most `limit` bytes, cut between graphemes. */
export function fitBytes(text: string, limit: number, what: string, remark: Remark): string {
  if (byteLength(text) <= limit) return text;
  remark(`${what} cut to ${limit} bytes`);
  const { read } = encoder.encodeInto(text, new Uint8Array(limit - byteLength(ELLIPSIS)));
  const boundary = graphemes.segment(text).containing(read)?.index ?? read;
  return text.slice(0, boundary).trimEnd() + ELLIPSIS;
}

/** BCP 47 in lower case; undefined for anything else ("English"). */
export function fitLanguage(text: string): string | undefined {
  const tag = text.trim().toLowerCase().replaceAll("_", "-");
  return LANGUAGE.test(tag) ? tag : undefined;
}

/** Words of the file within a remark. */
export function quoted(text: string): string {
  const line = singleLine(text.slice(0, SOURCE_LINE_CHARACTERS_MAX));
  return `"${fitBytes(line, QUOTED_BYTES_MAX, "", () => {})}"`;
}

export interface LineFit {
  /** Bytes of UTF-8. */
  readonly limit: number;
  /** What a remark calls it. */
  readonly what: string;
  readonly remark: Remark;
}

/** Undefined if nothing is left. */
export function fitLine(source: string | undefined, { limit, what, remark }: LineFit): string | undefined {
  if (source === undefined) return undefined;
  const { text, dropped } = withoutAddresses(singleLine(source.slice(0, SOURCE_LINE_CHARACTERS_MAX)));
  if (text === "") return undefined;
  if (dropped > 0) remark(`e-mail address left out of the ${what}`);
  return fitBytes(text, limit, what, remark);
}

/**
 * What an imported programme is called: as the file says, else by the file's own name. Calendars are often named by the
 * address of their owner, which is no name for strangers.
 */
export function programmeTitle(found: string | undefined, fileName: string): string {
  const limits = { limit: FRAME_TITLE_BYTES_MAX, what: "title", remark: () => {} };
  const title = found === undefined || isAddress(found) ? undefined : fitLine(found, limits);
  return title ?? fitLine(fileName.replace(/(?<=.)\.[a-z]{1,5}$/i, ""), limits) ?? "Programme";
}
