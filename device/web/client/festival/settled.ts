// What follows from several documents together: who holds what, what each request has come to, who is one person. All of
// it by protocol/festival; here is only what is asked of it, and kept until something that it stands on changes.
import { type Confirmed, confirmed, type EventRequest } from "../../../../protocol/festival/confirmed.ts";
import { type Identities, identities } from "../../../../protocol/festival/identities.ts";
import { type Occupancy, occupancy } from "../../../../protocol/festival/occupancy.ts";
import { type RequestSeen, type RequestState, requestState } from "../../../../protocol/festival/request-state.ts";
import { seats } from "../../../../protocol/festival/seats.ts";
import type { Documents, Made, Shown } from "./documents.ts";
import type { Answer } from "./heard-answers.ts";
import type { RequestView } from "./view.ts";

const NOBODY = { outcomes: new Map(), waiting: [] };

export class Settled {
  readonly #documents: Documents;
  readonly #occupancies = new Map<string, Occupancy | undefined>();
  readonly #byEvent: ReadonlyMap<string, readonly Shown<"request/1">[]>;
  readonly identities: Identities;

  /** For one state of the documents; `before` is that of an earlier one, and `changed` the things that it must not keep. */
  constructor(documents: Documents, before?: Settled, changed?: ReadonlySet<string>) {
    this.#documents = documents;
    this.identities = identities(linksOf(documents));
    this.#byEvent = Map.groupBy(documents.all("request/1"), ({ document }) => document.fields.event);
    if (before === undefined || changed === undefined || documents.logs.hasForks) return;
    for (const [thing, kept] of before.#occupancies) if (!changed.has(thing)) this.#occupancies.set(thing, kept);
  }

  identityOf(key: string): string {
    return this.identities.identityOf({ key, seqNum: 0 });
  }

  /** Whether what `key` writes next on a document of `author` counts (M-12). */
  mayWrite(key: string, author: string, schema: string): boolean {
    return this.identities.mayWrite({ key, seqNum: Number.MAX_SAFE_INTEGER }, author, schema);
  }

  /** Of a resource; nothing while it is not here, for whose answers count, it says itself. */
  occupancy(resource: string): Occupancy | undefined {
    return this.#kept(resource, () => {
      const thing = this.#documents.made("resource/1", resource)?.document;
      if (thing === undefined) return undefined;
      const { answerFrom = [], answerer = thing.author } = thing.fields;
      const keys = [...answerFrom.map(({ key }) => key), answerer];
      return occupancy(thing, this.#documents.answers(resource, keys), this.#documents.logs.heard(keys));
    });
  }

  /** Of an event, by `seatOf`. */
  seats(event: string): Occupancy | undefined {
    return this.#kept(event, () => {
      const host = this.#documents.made("event/1", event)?.document;
      if (host === undefined) return undefined;
      const { author, fields } = host;
      const answers = this.#documents.answers(event, [author]);
      return seats(
        { doc: event, author, capacity: fields.capacity ?? 0 },
        answers,
        this.#documents.logs.heard([author]),
      );
    });
  }

  requestsFor(event: string): readonly Shown<"request/1">[] {
    return this.#byEvent.get(event) ?? [];
  }

  stateOf({ document }: Shown<"request/1">): RequestState {
    const { doc, fields } = document;
    const { start, end, quantity } = fields;
    const event = this.#eventStatus(fields.event);
    const seen: RequestSeen = { id: doc, asked: { start, end, quantity }, ...(event !== undefined && { event }) };
    return requestState(seen, this.occupancy(fields.resource) ?? NOBODY);
  }

  /** Of the things that the event's author asks for; what a linked key asks for, its author asks for. */
  confirmed(event: string): Confirmed | undefined {
    const maker = this.#documents.made("event/1", event)?.document.author;
    if (maker === undefined) return undefined;
    return confirmed(maker, this.#eventRequests(event, maker));
  }

  /** Venues and things that were granted to an event. */
  granted(event: string): readonly string[] {
    const maker = this.#documents.made("event/1", event)?.document.author;
    if (maker === undefined) return [];
    const things = Map.groupBy(this.#eventRequests(event, maker), ({ resource }) => resource);
    return [...things].flatMap(([resource, some]) => (confirmed(maker, some).accepted > 0 ? resource : []));
  }

  requestView(request: Shown<"request/1">, ownKeys: ReadonlySet<string>): RequestView {
    const { doc, version, author, fields } = request.document;
    const { event, resource, start, end, quantity, note } = fields;
    const thing = this.#documents.made("resource/1", resource)?.document;
    const occasion = this.#documents.made("event/1", event)?.document;
    const answer = this.occupancy(resource)?.outcomes.get(doc)?.answer as Answer | undefined;
    return {
      id: doc,
      version,
      author,
      mine: ownKeys.has(author),
      event,
      ...(occasion && { eventTitle: occasion.fields.title }),
      resource,
      ...(thing && { resourceTitle: thing.fields.title, resourceKind: thing.fields.kind }),
      ...(thing && { answerer: answererOf(thing) }),
      span: { start, end },
      quantity,
      ...(note && { note }),
      state: this.stateOf(request),
      ...(answer?.note !== undefined && { answerNote: answer.note }),
      suggestion: occasion !== undefined && !this.#isSamePerson(request, occasion.author),
    };
  }

  #eventRequests(event: string, maker: string): EventRequest[] {
    return this.requestsFor(event).map((request) => {
      const { author, fields } = request.document;
      const { resource, start, end, quantity } = fields;
      const asker = this.#isSamePerson(request, maker) ? maker : author;
      return { author: asker, resource, asked: { start, end, quantity }, state: this.stateOf(request).state };
    });
  }

  #isSamePerson({ document, seqNum }: Shown<"request/1">, other: string): boolean {
    const { author } = document;
    return author === other || this.identities.identityOf({ key: author, seqNum }) === this.identityOf(other);
  }

  #eventStatus(event: string): RequestSeen["event"] {
    const shown = this.#documents.made("event/1", event);
    if (shown) return shown.document.fields.status;
    return this.#documents.standing(event) === "withdrawn" ? "withdrawn" : undefined;
  }

  #kept(thing: string, fold: () => Occupancy | undefined): Occupancy | undefined {
    if (!this.#occupancies.has(thing)) this.#occupancies.set(thing, fold());
    return this.#occupancies.get(thing);
  }
}

export function answererOf({ author, fields }: Made<"resource/1">): string {
  return fields.answerer ?? author;
}

function linksOf(documents: Documents) {
  return documents.all("keylink/1").map(({ document }) => {
    const { other, may, until } = document.fields;
    return { author: document.author, other, may, ...(until !== undefined && { until }) };
  });
}
