// One line of a foreign file as a field of one line: cleaned, without addresses (M-86), within its limit.
import { FRAME_TITLE_BYTES_MAX, fitBytes, type Remark, SOURCE_LINE_CHARACTERS_MAX, singleLine } from "./fit.ts";
import { isAddress, withoutAddresses } from "./without-addresses.ts";

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
