// The other lists: what can be lent, what is asked for and lacking, what people say and recommend, and who they are.

import type { ShownDocument } from "../programme/document-query.ts";
import type { RequestFilter, RequestView } from "../programme/request-query.ts";
import type { Cell, Colour } from "../table-text.ts";
import { spanText } from "../when-text.ts";
import { textOption } from "./act-command.ts";
import type { Festival } from "./festival.ts";
import { shortId, titleOf } from "./known-documents.ts";
import { hasWords, ID, type Listing, type ListQuestion, listing } from "./listing.ts";

type Resource = ShownDocument<"resource/1">;

export function listVenues(question: ListQuestion): Listing {
  return resourceListing(question, ({ fields }) => fields.kind === "venue");
}

export function listResources(question: ListQuestion): Listing {
  const kind = textOption(question.context, "kind");
  return resourceListing(question, ({ fields }) =>
    kind === undefined ? fields.kind !== "venue" : fields.kind === kind,
  );
}

function resourceListing(question: ListQuestion, fits: (resource: Resource) => boolean): Listing {
  const { festival, context, choice, by } = question;
  const [words, tag] = [textOption(context, "words"), textOption(context, "tag")];
  const found = festival.programme
    .documents("resource/1", choice)
    .filter((resource) => fits(resource) && (by === undefined || resource.author === by))
    .filter(
      ({ fields }) => hasWords(fields.title, words) && (tag === undefined || fields.tags?.includes(tag) === true),
    );
  return listing(found, [
    { title: "title", cell: ({ fields }) => ({ text: fields.title, colour: "bold" }) },
    { title: "kind", fixed: true, cell: ({ fields }) => fields.kind },
    { title: "how many", fixed: true, cell: ({ fields }) => amountText(fields) },
    { title: "answers", fixed: true, cell: ({ fields }) => POLICY[fields.policy] },
    { title: "by", cell: ({ author }) => festival.names.of(author) },
    { ...ID, cell: ({ doc }) => shortId(doc) },
  ]);
}

const POLICY: Readonly<Record<Resource["fields"]["policy"], string>> = {
  manual: "a person",
  auto: "by itself",
  random: "by lot",
  ask: "a program",
  none: "not lent",
};

function amountText({ quantity, unit }: Resource["fields"]): string {
  return `${quantity === 0 ? "any number" : quantity}${unit ? ` ${unit}` : ""}`;
}

export function listRequests(question: ListQuestion): Listing {
  return requestListing(question, question.by === undefined ? {} : { author: question.by });
}

/** Of me: what waits for my answer. */
export function listAsked(question: ListQuestion): Listing {
  const { festival, by } = question;
  return requestListing(question, { owner: festival.me, ...(by !== undefined && { author: by }) });
}

function requestListing({ festival, choice }: ListQuestion, filter: RequestFilter): Listing {
  const { programme, names, opened } = festival;
  const found = programme
    .requests(filter)
    .filter(({ doc, author, note = "" }) => !choice.hidden?.(doc, author, note))
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return listing(found, [
    { title: "when", fixed: true, cell: ({ span }) => spanText(span, opened.timezone) },
    { title: "what", cell: (request) => wantedText(request) },
    { title: "for", cell: ({ eventTitle }) => eventTitle ?? "an event that has not reached us yet" },
    { title: "state", cell: ({ state, answerNote }) => stateCell(state, answerNote) },
    { title: "by", cell: ({ author }) => names.of(author) },
    { ...ID, cell: ({ doc }) => shortId(doc) },
  ]);
}

function wantedText({ resourceTitle, quantity }: RequestView): string {
  const title = resourceTitle ?? "something that has not reached us yet";
  return quantity === 1 ? title : `${quantity} × ${title}`;
}

const STATE_COLOURS: Readonly<Record<RequestView["state"]["state"], Colour>> = {
  confirmed: "green",
  open: "yellow",
  waiting: "yellow",
  "half heard": "yellow",
  declined: "red",
  released: "dim",
  withdrawn: "dim",
  dead: "dim",
};

export function stateCell(state: RequestView["state"], note: string | undefined): Cell {
  const text = `${stateText(state)}${note ? `: ${note}` : ""}`;
  return { text, colour: STATE_COLOURS[state.state] };
}

function stateText(state: RequestView["state"]): string {
  switch (state.state) {
    case "confirmed":
      return state.shares ? "granted, shared with others" : "granted";
    case "open":
      return state.grant === undefined ? "open" : "open again: it has changed since it was granted";
    case "waiting":
      return `waiting, number ${state.position}`;
    case "dead":
      return "its event is cancelled";
    case "released":
      return "given back";
    case "half heard":
      return "answered; the rest has not reached us yet";
    case "declined":
    case "withdrawn":
      return state.state;
  }
}

export function listNeeds({ festival, context, choice, by }: ListQuestion): Listing {
  const [kind, words] = [textOption(context, "kind"), textOption(context, "words")];
  const { programme, names } = festival;
  const found = programme
    .documents("need/1", choice)
    .filter(({ author, fields }) => fields.open && (by === undefined || author === by))
    .filter(({ fields }) => (kind === undefined || fields.kind === kind) && hasWords(fields.title, words));
  return listing(found, [
    { title: "needed", cell: ({ fields }) => ({ text: fields.title, colour: "bold" }) },
    { title: "kind", fixed: true, cell: ({ fields }) => fields.kind ?? "" },
    { title: "for", cell: ({ fields }) => titleById(festival, fields.event) },
    { title: "by", cell: ({ author }) => names.of(author) },
    { ...ID, cell: ({ doc }) => shortId(doc) },
  ]);
}

export function listNotes({ festival, context, choice, by }: ListQuestion): Listing {
  const words = textOption(context, "words");
  const found = festival.programme
    .documents("note/1", choice)
    .filter(({ author, fields }) => (by === undefined || author === by) && hasWords(fields.text ?? "", words));
  return listing(found, [
    { title: "note", cell: ({ fields }) => (fields.text ?? "").replaceAll("\n", " ") },
    { title: "about", cell: ({ fields }) => titleById(festival, fields.about ?? fields.reply) },
    { title: "by", cell: ({ author }) => festival.names.of(author) },
    { ...ID, cell: ({ doc }) => shortId(doc) },
  ]);
}

export function listPicks({ festival, choice, by }: ListQuestion): Listing {
  const found = festival.programme
    .documents("pick/1", choice)
    .filter(({ author }) => by === undefined || author === by);
  return listing(found, [
    { title: "title", cell: ({ fields }) => ({ text: fields.title, colour: "bold" }) },
    { title: "things", fixed: true, align: "right", cell: ({ fields }) => String(fields.items.length) },
    { title: "through the eyes of", cell: ({ author }) => festival.names.of(author) },
    { ...ID, cell: ({ doc }) => shortId(doc) },
  ]);
}

/** What is not here is said not to be (R-53). */
export function titleById({ programme }: Festival, id: string | undefined): string {
  if (id === undefined) return "";
  const found = programme.document(id);
  if (found.status === "shown") return titleOf(found.document) ?? shortId(id);
  return found.status === "withdrawn" ? "withdrawn by its author" : "not seen yet";
}
