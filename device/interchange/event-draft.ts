// What every reader finds of an event apart from its time and place, and how it becomes the fields of a FileEvent:
// titles are cleaned (M-84), HTML converted (M-83), addresses dropped (M-86), everything fitted to its limit (M-06).
import { byteLength } from "../../protocol/festival/text.ts";
import { type DraftLink, fitLinks } from "./links.ts";
import type { FileEvent } from "./programme-file.ts";
import { readCancelledTitle } from "./text/cancelled-title.ts";
import * as fit from "./text/fit.ts";
import { markdownFromHtml } from "./text/html-text.ts";
import { isAddress, withoutAddresses } from "./text/without-addresses.ts";

export interface EventDraft {
  readonly title: string;
  readonly subtitle?: string | undefined;
  /** Texts as found: plain, markdown or HTML. */
  readonly abstract?: string | undefined;
  readonly description?: string | undefined;
  readonly status?: FileEvent["status"] | undefined;
  readonly kind?: string | undefined;
  readonly tags: readonly (string | undefined)[];
  readonly hosts: FileEvent["hosts"];
  readonly links: readonly DraftLink[];
  readonly lang?: string | undefined;
}

export type FittedDraft = Pick<
  FileEvent,
  "title" | "summary" | "text" | "status" | "kind" | "tags" | "hosts" | "links" | "lang"
>;

/** Undefined if there is no title: nothing could be shown. */
export function fitDraft(draft: EventDraft, remark: fit.Remark): FittedDraft | undefined {
  const found = fit.fitLine(draft.title, { limit: Number.POSITIVE_INFINITY, what: "title", remark });
  if (found === undefined) return undefined;
  const { title, cancelled } = readCancelledTitle(found);
  if (cancelled) remark(`title ${fit.quoted(found)} is read as cancelled`);
  const kind = fit.fitLine(draft.kind, { limit: fit.KIND_BYTES_MAX, what: "kind", remark });
  return {
    title: fit.fitBytes(title, fit.TITLE_BYTES_MAX, "title", remark),
    ...fitTexts(draft, remark),
    status: cancelled ? "cancelled" : (draft.status ?? "planned"),
    ...(kind !== undefined && { kind }),
    tags: fitTags(draft.tags, remark),
    hosts: fitHosts(draft.hosts, remark),
    links: fitLinks(draft.links, remark),
    ...fitLang(draft.lang, remark),
  };
}

/**
 * A subtitle is the summary, else an abstract that is one plain paragraph and short enough. Whatever is not the summary
 * is the text: abstract first, then description.
 */
function fitTexts(draft: EventDraft, remark: fit.Remark): Pick<FileEvent, "summary" | "text"> {
  const abstract = fitText(draft.abstract, remark);
  const description = fitText(draft.description, remark);
  const subtitle = fit.fitLine(draft.subtitle, { limit: fit.SUMMARY_BYTES_MAX, what: "subtitle", remark });
  const summary = subtitle ?? (abstract !== undefined && isPlainParagraph(abstract) ? abstract : undefined);
  const text = [abstract, description].filter((part) => part !== undefined && part !== summary).join("\n\n");
  return {
    ...(summary !== undefined && { summary }),
    ...(text !== "" && { text: fit.fitBytes(text, fit.TEXT_BYTES_MAX, "text", remark) }),
  };
}

function fitText(source: string | undefined, remark: fit.Remark): string | undefined {
  if (source === undefined) return undefined;
  if (source.length > fit.SOURCE_CHARACTERS_MAX) remark(`text read only to character ${fit.SOURCE_CHARACTERS_MAX}`);
  const markdown = markdownFromHtml(source.slice(0, fit.SOURCE_CHARACTERS_MAX));
  const { text, dropped } = withoutAddresses(fit.multiLine(markdown));
  if (dropped > 0) remark("e-mail address left out of the text");
  return text === "" ? undefined : text;
}

function isPlainParagraph(markdown: string): boolean {
  return !/[\n*`[\]\\<#]/.test(markdown) && byteLength(markdown) <= fit.SUMMARY_BYTES_MAX;
}

function fitTags(found: EventDraft["tags"], remark: fit.Remark): string[] {
  const tags = new Set<string>();
  for (const source of found) {
    const tag = fit.fitLine(source, { limit: fit.TAG_BYTES_MAX, what: "tag", remark });
    if (tag !== undefined) tags.add(tag);
  }
  if (tags.size > fit.TAGS_MAX) remark(`${tags.size - fit.TAGS_MAX} tags left out`);
  return [...tags].slice(0, fit.TAGS_MAX);
}

function fitHosts(found: FileEvent["hosts"], remark: fit.Remark): FileEvent["hosts"] {
  const hosts = new Map<string, FileEvent["hosts"][number]>();
  for (const host of found) {
    if (isAddress(host.name)) {
      remark("e-mail address left out of the hosts");
      continue;
    }
    const name = fit.fitLine(host.name, { limit: fit.HOST_BYTES_MAX, what: "name of a host", remark });
    const role = fit.fitLine(host.role, { limit: fit.ROLE_BYTES_MAX, what: "role of a host", remark });
    if (name !== undefined && !hosts.has(name)) hosts.set(name, { name, ...(role !== undefined && { role }) });
  }
  if (hosts.size > fit.HOSTS_MAX) remark(`${hosts.size - fit.HOSTS_MAX} hosts left out`);
  return [...hosts.values()].slice(0, fit.HOSTS_MAX);
}

function fitLang(source: string | undefined, remark: fit.Remark): Pick<FileEvent, "lang"> {
  if (source === undefined || source.trim() === "") return {};
  const lang = fit.fitLanguage(source);
  if (lang !== undefined) return { lang };
  remark(`language ${fit.quoted(source)} is not a language tag`);
  return {};
}
