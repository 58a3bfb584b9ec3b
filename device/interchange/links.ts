// Links of a foreign programme: absolute, of a scheme that is safe to offer on a screen, each address once.
import { byteLength } from "../../protocol/festival/text.ts";
import type { FileEvent } from "./programme-file.ts";
import { fitLine, LINK_BYTES_MAX, LINK_TITLE_BYTES_MAX, LINKS_MAX, quoted, type Remark } from "./text/fit.ts";

export interface DraftLink {
  readonly url: string;
  readonly title?: string | undefined;
  readonly rel?: string | undefined;
  /** Against which a relative `url` stands. */
  readonly base?: string | undefined;
}

/** Of what a link of event/1 may be (SPEC.md §8.2), without mailto (M-86). */
const SCHEMES = new Set(["http:", "https:", "tel:", "geo:"]);
const PLAIN = /^(?:https?:\/\/|tel:|geo:)[^\s\p{Cc}]+$/iu;

export function fitLinks(found: readonly DraftLink[], remark: Remark): FileEvent["links"] {
  const links = new Map<string, { url: string; title?: string; rel?: string }>();
  for (const draft of found) {
    const url = fitUrl(draft, remark);
    if (url === undefined) continue;
    const title = fitLine(draft.title, { limit: LINK_TITLE_BYTES_MAX, what: "title of a link", remark });
    const known = links.get(url);
    const rel = known?.rel ?? draft.rel;
    links.set(url, { url, ...known, ...(title !== undefined && { title }), ...(rel !== undefined && { rel }) });
  }
  if (links.size > LINKS_MAX) remark(`${links.size - LINKS_MAX} links left out`);
  return [...links.values()].slice(0, LINKS_MAX);
}

/** The address as written where it can be used so, undefined where it cannot be used at all. */
function fitUrl(draft: DraftLink, remark: Remark): string | undefined {
  const written = draft.url.trim();
  if (written === "") return undefined;
  if (byteLength(written) > LINK_BYTES_MAX) return leaveOut(`link ${quoted(written)} is too long`, remark);
  const parsed = URL.parse(written, draft.base) ?? URL.parse(written);
  if (parsed === null) return leaveOut(`link ${quoted(written)} is not an address`, remark);
  if (parsed.protocol === "mailto:") return leaveOut("e-mail address left out of the links", remark);
  if (!SCHEMES.has(parsed.protocol)) return leaveOut(`link with ${quoted(parsed.protocol)} left out`, remark);
  const url = isPlain(written) ? written : parsed.href;
  if (!isPlain(url)) return leaveOut(`link ${quoted(written)} is not an address`, remark);
  return byteLength(url) > LINK_BYTES_MAX ? leaveOut(`link ${quoted(written)} is too long`, remark) : url;
}

/** Absolute, and a text that an operation may hold as it is. */
function isPlain(written: string): boolean {
  return PLAIN.test(written) && written.isWellFormed() && written.normalize("NFC") === written;
}

function leaveOut(why: string, remark: Remark): undefined {
  remark(why);
  return undefined;
}
