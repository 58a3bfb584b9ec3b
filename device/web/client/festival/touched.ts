// Which views a change of documents concerns. Where that cannot be told, all.
import type { Documents } from "./documents.ts";

const ID_DIGITS = 64;

/** Whose occupancy or seats may be other ones. */
export function touchedThings(changed: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...changed].flatMap((name) => nameParts(name).id ?? []));
}

export function touchedEvents(documents: Documents): ReadonlySet<string> | "all" {
  const touched = new Set<string>();
  const resources = new Set<string>();
  for (const name of documents.changed) {
    const { schema, id, key } = nameParts(name);
    switch (schema) {
      case "event/1":
        touched.add(id ?? "");
        break;
      case "rsvp/1":
        touched.add((key ?? "").slice(0, ID_DIGITS));
        break;
      case "answer":
      case "resource/1":
        touched.add(id ?? "");
        resources.add(id ?? "");
        break;
      case "request/1":
      case "note/1":
      case "need/1": {
        const about = eventOf(documents, id ?? "");
        if (about === undefined) return "all";
        touched.add(about);
        break;
      }
      case "profile/1":
      case "keylink/1":
      case "mutelist/1":
      case "forget/1":
        return "all";
    }
  }
  const isForked = touched.size > 0;
  for (const { document } of documents.all("event/1")) {
    const { venues = [], forkOf } = document.fields;
    if ((isForked && forkOf !== undefined) || venues.some((venue) => resources.has(venue))) touched.add(document.doc);
  }
  for (const { document } of resources.size === 0 ? [] : documents.all("request/1")) {
    if (resources.has(document.fields.resource)) touched.add(document.fields.event);
  }
  return touched;
}

/** What a request, a note or a need is about; undefined if it is gone. */
function eventOf(documents: Documents, id: string): string | undefined {
  const document = documents.anyMade(id);
  switch (document?.schema) {
    case "request/1":
    case "need/1":
      return document.fields.event;
    case "note/1":
      return document.fields.about ?? "";
    default:
      return undefined;
  }
}

/** See Documents.changed. */
function nameParts(name: string): { readonly schema: string; readonly id?: string; readonly key?: string } {
  const [schema = "", second = "", third] = name.split(" ");
  return third === undefined ? { schema, id: second } : { schema, key: third };
}
