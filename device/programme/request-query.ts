// Requests and what they have come to (M-24): the dots under an event, the desk of an owner ("asked of me"), what I asked
// for myself. Cross-document: a request, its event, its resource and the answers may each be here or not.
import { type Confirmed, confirmed, type EventRequest } from "../../protocol/festival/confirmed.ts";
import type { Identities } from "../../protocol/festival/identities.ts";
import {
  type Asked,
  type RequestSeen,
  type RequestState,
  requestState,
} from "../../protocol/festival/request-state.ts";
import type { Span } from "../../protocol/festival/span.ts";
import { fromHex, type LogId, toHex } from "../../protocol/operation/bytes.ts";
import type { Database } from "../../sync/store/database.ts";
import { IdentityQuery } from "./identity-query.ts";
import { type Outcomes, OutcomeTable } from "./outcome-table.ts";
import { Standing } from "./standing.ts";

/** Keys and ids, hex. All that are given have to fit. */
export interface RequestFilter {
  readonly event?: string;
  readonly resource?: string;
  /** Who asks. */
  readonly author?: string;
  /** Whose answer decides; only what still waits for that answer. */
  readonly owner?: string;
}

export interface RequestView {
  readonly doc: string;
  readonly author: string;
  readonly event: string;
  /** Absent while the event is not here. */
  readonly eventTitle?: string;
  readonly resource: string;
  readonly resourceTitle?: string;
  readonly span: Span;
  readonly quantity: number;
  readonly note?: string;
  readonly state: RequestState;
  readonly answerNote?: string;
  /** Asked by somebody else than the event's author (M-33). */
  readonly suggestion: boolean;
}

export class RequestQuery {
  readonly #sql: Statements;
  readonly #outcomes: OutcomeTable;
  readonly #standing: Standing;
  readonly #identities: IdentityQuery;

  constructor(database: Database, logId: LogId) {
    this.#sql = prepareStatements(database);
    this.#outcomes = new OutcomeTable(database);
    this.#standing = new Standing(database, logId);
    this.#identities = new IdentityQuery(database);
  }

  /** In the order in which they arrived here. */
  requests({ event, resource, author, owner }: RequestFilter): RequestView[] {
    const identities = this.#identities.identities();
    const rows = this.#sql.list.all({
      event: event ?? null,
      resource: resource ?? null,
      author: author === undefined ? null : fromHex(author),
      owner: owner === undefined ? null : fromHex(owner),
    });
    const views = rows.map((row) => this.#view(row, identities));
    return owner === undefined ? views : views.filter(({ state }) => state.state === "open");
  }

  confirmed(event: string, identities: Identities = this.#identities.identities()): Confirmed | undefined {
    const author = this.#sql.maker.get(event);
    if (author === undefined) return undefined;
    return confirmed(toHex(author), this.asked(event, toHex(author), identities));
  }

  /** Requests for one event. What a key linked to its author asks for, its author asks for. */
  asked(event: string, maker: string, identities: Identities): EventRequest[] {
    const status = this.#eventStatus(event);
    return this.#sql.ofEvent.all(event).map((row) => {
      const author = toHex(row.author);
      const isOwn = isSamePerson({ author, seqNum: row.seq }, maker, identities);
      const { state } = this.#state(row, status, this.#outcomes.about(row.resource, row.doc));
      return { author: isOwn ? maker : author, resource: row.resource, asked: askedOf(row), state };
    });
  }

  #view(row: ListRow, identities: Identities): RequestView {
    const { doc, event, resource, start, end, quantity, note, eventTitle, resourceTitle } = row;
    const author = toHex(row.author);
    const said = this.#outcomes.about(resource, doc);
    const isOwn = row.maker !== null && isSamePerson({ author, seqNum: row.seq }, toHex(row.maker), identities);
    return {
      doc,
      author,
      event,
      ...(eventTitle !== null && { eventTitle }),
      resource,
      ...(resourceTitle !== null && { resourceTitle }),
      span: { start, end },
      quantity,
      ...(note !== null && { note }),
      state: this.#state(row, this.#eventStatus(event), said),
      ...(said.answer?.note !== undefined && { answerNote: said.answer.note }),
      suggestion: row.maker !== null && !isOwn,
    };
  }

  #state(row: RequestRow, event: RequestSeen["event"], said: Outcomes): RequestState {
    return requestState({ id: row.doc, asked: askedOf(row), ...(event !== undefined && { event }) }, said);
  }

  #eventStatus(event: string): RequestSeen["event"] {
    const status = this.#sql.status.get(event);
    if (status !== undefined) return status;
    return this.#standing.of(event) === "withdrawn" ? "withdrawn" : undefined;
  }
}

function isSamePerson(
  { author, seqNum }: { readonly author: string; readonly seqNum: number },
  other: string,
  { identityOf }: Identities,
): boolean {
  return author === other || identityOf({ key: author, seqNum }) === identityOf({ key: other, seqNum: 0 });
}

function askedOf({ start, end, quantity }: RequestRow): Asked {
  return { start, end, quantity };
}

/** A request as the tables hold it. */
export interface RequestRow {
  readonly doc: string;
  readonly author: Uint8Array;
  readonly seq: number;
  readonly event: string;
  readonly resource: string;
  readonly start: number;
  readonly end: number;
  readonly quantity: number;
  readonly note: string | null;
}

interface ListRow extends RequestRow {
  readonly eventTitle: string | null;
  readonly maker: Uint8Array | null;
  readonly resourceTitle: string | null;
}

interface ListFilter {
  readonly event: string | null;
  readonly resource: string | null;
  readonly author: Uint8Array | null;
  readonly owner: Uint8Array | null;
}

type Statements = ReturnType<typeof prepareStatements>;

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  const columns = `request.doc, request.author, request.seq, request.event, request.resource, request.start,
    request."end", request.quantity, request.note`;
  return {
    ofEvent: database.prepare<[string], RequestRow>(`SELECT ${columns} FROM request WHERE event = +? ORDER BY doc`),
    list: database.prepare<[ListFilter], ListRow>(
      `SELECT ${columns}, event.title AS eventTitle, event.author AS maker, resource.title AS resourceTitle
      FROM request CROSS JOIN document USING (n)
        LEFT JOIN event ON event.doc = request.event LEFT JOIN resource ON resource.doc = request.resource
      WHERE request.n IN (
        SELECT n FROM request WHERE event = @event
        UNION ALL SELECT n FROM request WHERE @event IS NULL AND resource = @resource
        UNION ALL SELECT n FROM request WHERE @event IS NULL AND @resource IS NULL AND author = @author
        UNION ALL SELECT request.n FROM resource CROSS JOIN request ON request.resource = resource.doc
          WHERE @event IS NULL AND @resource IS NULL AND @author IS NULL AND answerer = @owner
        UNION ALL SELECT n FROM request WHERE coalesce(@event, @resource, @author, @owner) IS NULL
      ) AND request.resource = ifnull(@resource, request.resource) AND request.author = ifnull(@author, request.author)
        AND (@owner IS NULL OR resource.answerer = @owner)
      ORDER BY document.first`,
    ),
    maker: database.prepare<[string], Uint8Array>("SELECT author FROM event WHERE doc = +?").pluck(),
    status: database
      .prepare<[string], NonNullable<RequestSeen["event"]>>("SELECT status FROM event WHERE doc = +?")
      .pluck(),
  };
}
