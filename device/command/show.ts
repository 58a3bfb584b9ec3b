// `lagerfeuer show`: one thing or one person, with all that hangs on it, as this box sees it.
import { type NamedPicture, picturesIn } from "../../protocol/festival/picture.ts";
import type { MadeDocument } from "../../protocol/festival/view.ts";
import { asHash, fromHex, toHex } from "../../protocol/operation/bytes.ts";
import { lineage } from "../act/fork.ts";
import { fieldLines } from "../field-lines.ts";
import { coloured, tableLines } from "../table-text.ts";
import { spanText, whenText } from "../when-text.ts";
import { operandsOf } from "./act-command.ts";
import type { Command, CommandContext } from "./command.ts";
import { type Festival, inFestival } from "./festival.ts";
import { documentNamed, keyNamed, shortId, titleOf } from "./known-documents.ts";
import { goingText, placeText } from "./list-events.ts";
import { rolesText } from "./list-people.ts";
import { stateCell, titleById } from "./list-things.ts";
import { counted, LocalView } from "./local-view.ts";

export const show: Command = {
  name: "show",
  summary: "Show one thing or one person with all that belongs to it",
  operands: "DOC|KEY",
  help: "DOC is the beginning of an id, or a title; KEY the beginning of a key, or a name.",
  options: {},
  optionHelp: {},
  run: (context) => inFestival(context, "look", (festival) => printOne(festival, context)),
};

async function printOne(festival: Festival, context: CommandContext): Promise<void> {
  const [text = ""] = operandsOf(context, "show", 1, 1);
  const view = new LocalView(festival, context);
  const { fields, dots, json } = await lookedUp(festival, text);
  if (context.options["json"]) return context.print(JSON.stringify({ seenFrom: await view.seenFrom(), ...json }));
  for (const line of fieldLines(fields)) context.print(line);
  for (const line of tableLines(DOTS, dots, context.terminal)) context.print(line);
  context.print(coloured(await view.footer(), "dim", context.terminal));
}

const BYTES_PER_KIB = 1024;
const DOTS = [{ title: "when" }, { title: "what" }, { title: "state" }, { title: "id", fixed: true }] as const;

interface Looked {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly dots: Parameters<typeof tableLines>[1];
  readonly json: object;
}

/** A thing first; what is none may be a person. */
async function lookedUp(festival: Festival, text: string): Promise<Looked> {
  try {
    return await lookAt(festival, documentNamed(festival, text));
  } catch (error) {
    if ((error as { readonly code?: string }).code !== "E_UNKNOWN_DOCUMENT") throw error;
    const key = await keyNamed(festival, text).catch(() => {
      throw error;
    });
    return lookAtPerson(festival, key);
  }
}

function lookAtPerson({ programme, names }: Festival, key: string): Looked {
  const person = programme.person(key);
  const edges = programme.edges(key);
  const fields = { name: names.of(key), key, does: rolesText(person.roles) || "nothing that is known here" };
  return { fields, dots: [], json: { person: { ...person, name: names.of(key) }, edges } };
}

async function lookAt(festival: Festival, document: MadeDocument): Promise<Looked> {
  const { programme, names } = festival;
  const { doc, author, schema } = document;
  const ancestors = lineage(document, (id) => shownOrNothing(festival, id));
  const devices = await devicesThatHave(festival, document);
  const pictures = await picturesOf(festival, document);
  const event = schema === "event/1" ? eventFields(festival, document) : {};
  const fields = {
    title: titleOf(document) ?? schema,
    ...event,
    ...readableFields(festival, document),
    ...(pictures.length > 0 && { pictures: pictures.map(pictureText) }),
    by: names.of(author),
    ...(ancestors.length > 0 && {
      after: ancestors
        .map((each) => (each.document ? `${names.of(each.by)}'s` : "something withdrawn"))
        .join(", after "),
    }),
    known: `on ${counted(devices, "device")} at least`,
    id: doc,
  };
  const requests = requestsAbout(festival, document);
  return {
    fields,
    dots: requests.map(({ doc: id, span, state, answerNote, resourceTitle, eventTitle }) => [
      spanText(span, festival.opened.timezone),
      (schema === "event/1" ? resourceTitle : eventTitle) ?? "not seen yet",
      stateCell(state, answerNote),
      shortId(id),
    ]),
    json: {
      document,
      requests,
      edges: programme.edges(doc),
      pictures,
      devices,
      lineage: ancestors.map(({ doc: id, by }) => ({ doc: id, by })),
    },
  };
}

function eventFields({ programme }: Festival, { doc, author }: MadeDocument): Readonly<Record<string, unknown>> {
  const summary = programme.events({ author }).find((each) => each.doc === doc);
  if (summary === undefined) return {};
  const { when, places, going } = summary;
  return {
    when: whenText(when),
    where: places.map(placeText).join(", ") || "somewhere",
    coming: goingText(going) || "nobody said so yet",
  };
}

const SAID_ELSEWHERE: ReadonlySet<string> = new Set([
  "title",
  "when",
  "venues",
  "forkOf",
  "origin",
  "place",
  "images",
  "blobs",
  "plan",
]);
const REFERENCES: ReadonlySet<string> = new Set([
  "frames",
  "series",
  "event",
  "resource",
  "about",
  "reply",
  "frame",
  "parent",
]);

/** As they stand, but for other documents, which are named. */
function readableFields(festival: Festival, { fields }: MadeDocument): Readonly<Record<string, unknown>> {
  const shown = Object.entries(fields).filter(([name]) => !SAID_ELSEWHERE.has(name));
  return Object.fromEntries(
    shown.map(([name, value]) => [
      name,
      REFERENCES.has(name)
        ? [value]
            .flat()
            .map((id) => titleById(festival, String(id)))
            .join(", ")
        : plainly(name === "hosts" ? hostNames(festival, value as Hosts) : value),
    ]),
  );
}

type Hosts = readonly { readonly key?: string; readonly name?: string }[];

/** As the event calls them, else as they are known here. */
function hostNames({ names }: Festival, hosts: Hosts): string[] {
  return hosts.map(({ key, name }) => name || (key === undefined ? "somebody" : names.of(key)));
}

/** Lists of words as people write them. */
function plainly(value: unknown): unknown {
  return Array.isArray(value) && value.every((each) => typeof each === "string") ? value.join(", ") : value;
}

function requestsAbout({ programme }: Festival, { schema, doc }: MadeDocument) {
  if (schema === "event/1") return programme.requests({ event: doc });
  return schema === "resource/1" ? programme.requests({ resource: doc }) : [];
}

function shownOrNothing({ programme }: Festival, id: string): MadeDocument | undefined {
  const found = programme.document(id);
  return found.status === "shown" ? found.document : undefined;
}

interface ShownPicture extends NamedPicture {
  readonly here: boolean;
}

/** A picture may be here later than the document that names it, or never. */
async function picturesOf({ opened }: Festival, document: MadeDocument): Promise<readonly ShownPicture[]> {
  const held = new Set((await opened.pictures.blobs.held()).map(({ hash }) => toHex(hash)));
  return picturesIn(document).map((picture) => ({ ...picture, here: held.has(picture.hash) }));
}

/** "3fa2…, 212 KiB, 1600 × 1200, here: the fire at dawn" */
function pictureText({ hash, bytes, size, alt, here }: ShownPicture): string {
  const pixels = size ? `, ${size.width} × ${size.height}` : "";
  const place = here ? "here" : "still to come";
  return `${shortId(hash)}, ${Math.ceil(bytes / BYTES_PER_KIB)} KiB${pixels}, ${place}${alt ? `: ${alt}` : ""}`;
}

/** Devices that said they have its latest version, this one among them (R-61). */
async function devicesThatHave({ opened }: Festival, { version }: MadeDocument): Promise<number> {
  const operation = await opened.replica.store.get(asHash(fromHex(version)));
  return operation === undefined ? 1 : opened.encounters.holders(operation.author, operation.seqNum);
}
