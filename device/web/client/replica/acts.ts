// What a person does, as operations: the rules are device/act, which the command line follows too. Here is what this phone
// knows about the things concerned, with which key it speaks, and in which order things are said.

import type { BodyToWrite } from "../../../../protocol/festival/body.ts";
import type { DocumentFieldsWritten, DocumentSchema } from "../../../../protocol/festival/schema.ts";
import type { MadeDocument } from "../../../../protocol/festival/view.ts";
import type { ExactWhen, When } from "../../../../protocol/festival/when.ts";
import type { CborMap, CborValue } from "../../../../protocol/operation/cbor.ts";
import { ActError } from "../../../act/act-error.ts";
import { answerTo, release } from "../../../act/answer.ts";
import { askFor } from "../../../act/ask.ts";
import { cancel, edit, move } from "../../../act/change.ts";
import { createBody, deleteBody, refuseStrangers, setBody } from "../../../act/checked-body.ts";
import { fork } from "../../../act/fork.ts";
import { occurrences } from "../../../act/occurrences.ts";
import { rsvp } from "../../../act/rsvp.ts";
import { readExact, readWhen } from "../../../act/when-input.ts";
import type { Made } from "../festival/documents.ts";
import type { Acts, As, EventInput, Wanted } from "../phone.ts";
import { type ActDesk, anyNeeded, type NamedPicture, needed } from "./act-desk.ts";
import { answererKey, answering, giveSeat, questionOf } from "./answering.ts";

/** `desk` gives the present state at each call. */
export function createActs(desk: () => ActDesk): Acts {
  const speaker = async ({ as }: As = {}): Promise<string> => (as === "new" ? desk().newKey() : (as ?? desk().me));
  const say = async (body: BodyToWrite, as?: As): Promise<string> => {
    const [id = ""] = await desk().publish([body], await speaker(as));
    return id;
  };
  /** Which key writes on a document, and as whom: as its author, if that key is mine or linked with mine (M-12). */
  const writerOf = ({ author, schema }: MadeDocument): { readonly key: string; readonly as: string } => {
    const { ownKeys, settled, me } = desk();
    if (ownKeys.has(author)) return { key: author, as: author };
    return { key: me, as: settled.mayWrite(me, author, schema) ? author : me };
  };
  const change = async (document: MadeDocument, bodyOf: (me: string) => BodyToWrite): Promise<void> => {
    const { key, as } = writerOf(document);
    await desk().publish([bodyOf(as)], key);
  };
  const make = <S extends DocumentSchema>(schema: S, fields: DocumentFieldsWritten[S], as?: As): Promise<string> =>
    say(createBody(schema, composed(fields)), as);

  return {
    createEvent: async (input, as) => {
      const key = await speaker(as);
      return desk().withPictures(input.pictures ?? [], (images) => createEvent(desk(), input, { key, images }));
    },
    editEvent: (event, changes) => {
      const document = needed(desk(), "event/1", event);
      return change(document, (me) => edit(document, composed(changes), me));
    },
    cancelEvent: (event, { as = "cancelled", note } = {}) => {
      const document = needed(desk(), "event/1", event);
      const how = { postponed: as === "postponed", withdraw: as === "withdrawn", note };
      return change(document, (me) => cancel(document, how, me));
    },
    moveEvent: async (event, to) => {
      const document = needed(desk(), "event/1", event);
      const { key, as } = writerOf(document);
      const time = exactTime(to, desk().timezone);
      const requests = desk()
        .settled.requestsFor(event)
        .map((request) => request.document);
      await desk().publish(move(document, time, { requests, me: as }), key);
    },
    fork: (document, changes = {}, as) => say(fork(anyNeeded(desk(), document), composed(changes) as CborMap), as),
    createResource: (input, as) => make("resource/1", input, as),
    editResource: (resource, changes) => {
      const document = needed(desk(), "resource/1", resource);
      return change(document, (me) => edit(document, composed(changes), me));
    },
    withdraw: (id) => {
      const document = anyNeeded(desk(), id);
      return change(document, (me) => {
        refuseStrangers(document, me);
        return deleteBody(document);
      });
    },
    ask: async (event, wanted, as) => {
      const document = needed(desk(), "event/1", event);
      return say(requestFor(desk(), document, wanted), as ?? { as: writerOf(document).key });
    },
    answer: async (request, verdict, { note, share } = {}) => {
      const question = questionOf(desk(), request);
      const me = answering(desk(), question);
      await desk().publish(answerTo(question, { verdict, note, force: share }, me), me);
    },
    release: async (request, note) => {
      const question = questionOf(desk(), request);
      const isMine = desk().ownKeys.has(question.request.author);
      const me = desk().ownKeys.has(answererKey(question))
        ? answererKey(question)
        : isMine
          ? question.request.author
          : desk().me;
      await desk().publish(release(question, note, me), me);
    },
    rsvp: async (event, going, n, as) => {
      await say(rsvp(needed(desk(), "event/1", event), going, n), as);
    },
    seat: (event, guest, verdict) => giveSeat(desk(), { event, guest, verdict }),
    note: ({ pictures = [], keep, consent, ...fields }, as) =>
      desk().withPictures(pictures, (blobs) => {
        const kind = fields.kind ?? (blobs.length > 0 ? "photo" : "note");
        const rest = {
          ...(consent && { consent }),
          ...(keep && { archive: "yes" as const }),
          ...(blobs.length > 0 && { blobs }),
        };
        return make("note/1", { ...fields, kind, ...rest }, as);
      }),
    createFrame: (input, as) => make("frame/1", input, as),
    createPage: (input, as) => make("page/1", input, as),
    publishPick: (input, as) => make("pick/1", input, as),
    createNeed: (event, input) =>
      make("need/1", { event, ...input }, { as: writerOf(needed(desk(), "event/1", event)).key }),
    setProfile: async (profile, as) => {
      const key = await speaker(as);
      const before = desk().documents.keyed("profile/1", key)?.document.fields ?? {};
      const fields = withoutNulls({ ...before, ...composed(profile) });
      await desk().publish([setBody("profile/1", "", fields)], key);
    },
    flag: async (about, why, to, text, as) => {
      await make("flag/1", { about, why, to, ...(text && { text }) }, as);
    },
    askToForget: async (key) => {
      await desk().publish([setBody("forget/1", "", { upTo: Math.max(0, desk().heightOf(key)) })], key);
    },
  };
}

interface Making {
  readonly key: string;
  readonly images: readonly NamedPicture[];
}

async function createEvent(desk: ActDesk, input: EventInput, { key, images }: Making): Promise<string> {
  const { time, when: given, repeat, ask = [], pictures: _kept, ...fields } = input;
  const when = given ?? (time && readWhen(time, desk.timezone)?.time);
  const written = composed({ ...fields, ...(images.length > 0 && { images }) });
  const times: readonly (When | undefined)[] = repeat && when?.m === "exact" ? occurrences(when, repeat).times : [when];
  const bodiesOf = (series?: string): readonly BodyToWrite[] =>
    times.map((each) => createBody("event/1", { ...written, ...(each && { when: each }), ...(series && { series }) }));
  const bodies = bodiesOf();
  const [series] = times.length > 1 ? await desk.publish([createBody("series/1", { title: written.title })], key) : [];
  const ids = await desk.publish(series === undefined ? bodies : bodiesOf(series), key);
  const requests = ids.flatMap((id) => {
    const event = needed(desk, "event/1", id);
    return ask.map((wanted) => requestFor(desk, event, wanted));
  });
  if (requests.length > 0) await desk.publish(requests, key);
  return ids[0] ?? "";
}

function requestFor(desk: ActDesk, event: Made<"event/1">, { resource, span, quantity, note }: Wanted): BodyToWrite {
  return askFor({
    event,
    resource: needed(desk, "resource/1", resource),
    span,
    quantity,
    note: note && composed(note),
  });
}

function exactTime(to: Parameters<Acts["moveEvent"]>[1], timezone: string): ExactWhen {
  if ("m" in to) return to;
  if (to.start === undefined) throw new ActError("E_TIME", "Cannot move it: say when it begins");
  return readExact({ ...to, start: to.start }, timezone).time;
}

/** Text as others compare it (M-06), however deep. */
function composed<Value>(value: Value): Value {
  if (typeof value === "string") return value.normalize("NFC") as Value;
  if (Array.isArray(value)) return value.map((each) => composed(each)) as Value;
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([name, each]) => [name, composed(each)]),
  ) as Value;
}

function withoutNulls(fields: Readonly<Record<string, unknown>>): Record<string, CborValue> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as Record<string, CborValue>;
}
