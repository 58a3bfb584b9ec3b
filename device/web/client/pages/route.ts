// Addresses within the client: behind "#", so that a box needs to know nothing of them and "back" just works.

export const PAGES = [
  "programme",
  "plan",
  "things",
  "fire",
  "event",
  "thing",
  "people",
  "person",
  "pages",
  "conduct",
  "asked",
  "keys",
  "festivals",
  "copy",
  "hidden",
  "make",
  "edit",
  "move",
  "cancel",
  "fork",
  "ask",
  "offer",
  "change",
  "note",
  "write",
] as const;

/** Before the code of a festival, in the address behind a code that is scanned. */
export const JOIN_FRAGMENT = "#join=";

export type PageName = (typeof PAGES)[number];

export interface Route {
  readonly page: PageName;
  /** Of a document or a key; empty where the page needs none. */
  readonly id: string;
}

/** An address nobody knows is the programme. */
export function routeOf(hash: string): Route {
  const [name = "", id = ""] = hash.replace(/^#\/?/, "").split("/");
  const page = PAGES.find((known) => known === name) ?? "programme";
  return { page, id: decodeId(id) };
}

export function linkTo(page: PageName, id = ""): string {
  return id === "" ? `#/${page}` : `#/${page}/${encodeURIComponent(id)}`;
}

/** As another phone opens it. */
export function addressOf(page: PageName, id: string): string {
  return new URL(linkTo(page, id), location.href).href;
}

export function goTo(page: PageName, id = ""): void {
  location.hash = linkTo(page, id);
}

function decodeId(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return "";
  }
}
