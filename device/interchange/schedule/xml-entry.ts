// One `event` element while it is being read: collects the text of its children by name. An abstract may hold XHTML
// instead of escaped HTML; its tags are written out again, and html-text.ts reads both alike.
import type { SaxesTagPlain } from "saxes";
import type { DraftLink } from "../links.ts";
import type { FileEvent } from "../programme-file.ts";
import { SOURCE_CHARACTERS_MAX } from "../text/fit.ts";
import type { ScheduleDay, ScheduleEntry } from "./schedule-source.ts";

interface XmlEntryStart {
  readonly attributes: Record<string, string>;
  readonly line: number;
  /** How many elements are open, this one included. */
  readonly depth: number;
  /** Against which relative links stand. */
  readonly base: string | undefined;
  readonly day: ScheduleDay | undefined;
  readonly room: string | undefined;
}

/** Elements whose children matter by themselves; within all others markup is text. */
const GROUPS = new Set(["persons", "links", "attachments", "recording"]);
/** A hostile file could list millions in one event; event/1 holds 20 hosts and 32 links. */
const CHILDREN_MAX = 1_000;

export class XmlEntry {
  readonly #start: XmlEntryStart;
  readonly #fields = new Map<string, string>();
  readonly #hosts: { name: string }[] = [];
  readonly #links: DraftLink[] = [];
  #child: SaxesTagPlain | undefined;
  #grandchild: SaxesTagPlain | undefined;
  #text = "";

  constructor(start: XmlEntryStart) {
    this.#start = start;
  }

  open(tag: SaxesTagPlain, depth: number): void {
    const below = depth - this.#start.depth;
    if (below === 1) {
      this.#child = tag;
      this.#text = "";
    } else if (this.#child && GROUPS.has(this.#child.name)) {
      if (below > 2) return;
      this.#grandchild = tag;
      this.#text = "";
    } else {
      const href = tag.attributes["href"];
      this.text(href === undefined ? `<${tag.name}>` : `<${tag.name} href="${href.replaceAll('"', "&quot;")}">`);
    }
  }

  text(text: string): void {
    if (this.#text.length <= SOURCE_CHARACTERS_MAX) this.#text += text;
  }

  /** True if the event itself was closed. */
  close(name: string, depth: number): boolean {
    const below = depth - this.#start.depth;
    if (below === 0) return true;
    if (below === 1 && this.#child) this.#closeChild(this.#child);
    else if (below === 2 && this.#child && this.#grandchild) this.#closeGrandchild(this.#child.name, this.#grandchild);
    else if (this.#child && !GROUPS.has(this.#child.name)) this.text(`</${name}>`);
    return false;
  }

  finish(): ScheduleEntry {
    const { attributes, line, base, day, room } = this.#start;
    const field = (name: string) => this.#fields.get(name);
    return {
      where: `line ${line}`,
      uids: [attributes["guid"], attributes["code"], attributes["id"]],
      day,
      date: field("date")?.trim(),
      start: field("start")?.trim(),
      duration: field("duration")?.trim(),
      room: room || field("room"),
      title: field("title") ?? "",
      subtitle: field("subtitle"),
      abstract: field("abstract"),
      description: field("description"),
      kind: field("type"),
      tags: [field("track")],
      lang: field("language"),
      hosts: this.#hosts,
      links: [
        { url: field("url") ?? "", rel: "web", base },
        { url: field("origin_url") ?? "", rel: "origin", base },
        { url: field("feedback_url") ?? "", rel: "feedback", base },
        { url: field("video_download_url") ?? "", rel: "recording", base },
        ...this.#links,
      ],
      ...recordOf(field("optout")),
    };
  }

  #closeChild(child: SaxesTagPlain): void {
    if (!GROUPS.has(child.name)) this.#fields.set(child.name, this.#text);
    this.#child = undefined;
  }

  #closeGrandchild(group: string, { name, attributes }: SaxesTagPlain): void {
    const text = this.#text;
    this.#grandchild = undefined;
    if (this.#hosts.length + this.#links.length >= CHILDREN_MAX) return;
    if (group === "persons") this.#hosts.push({ name: text });
    else if (group === "recording" && name === "optout") this.#fields.set("optout", text.trim());
    else if (group === "recording" && (name === "url" || name === "link")) this.#link({ url: text, rel: "recording" });
    else if (group === "links" || group === "attachments") this.#reference(attributes, text);
  }

  #reference({ href, type }: Record<string, string>, text: string): void {
    const rel = type?.toLowerCase() === "slides" ? "slides" : undefined;
    this.#link(href === undefined ? { url: text, rel } : { url: href, title: text, rel });
  }

  #link(link: DraftLink): void {
    this.#links.push({ ...link, base: this.#start.base });
  }
}

function recordOf(optout: string | undefined): { record?: NonNullable<FileEvent["record"]> } {
  if (optout === "true" || optout === "1") return { record: "no" };
  return optout === "false" || optout === "0" ? { record: "yes" } : {};
}
