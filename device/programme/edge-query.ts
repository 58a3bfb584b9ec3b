// The links between users, resources and events, each with its state: where a projector was, is and will be.
import type { RequestState } from "../../protocol/festival/request-state.ts";
import type { Span } from "../../protocol/festival/span.ts";
import { type LogId, toHex } from "../../protocol/operation/bytes.ts";
import type { Database } from "../../sync/store/database.ts";
import { type RequestFilter, RequestQuery, type RequestView } from "./request-query.ts";

export interface Edge {
  /** Who links the two, a key. */
  readonly user: string;
  readonly resource: string;
  readonly event: string;
  /** Absent where the time is vague. */
  readonly span?: Span;
  /** `claimed` where an event names a venue without asking for it. */
  readonly state: RequestState["state"] | "claimed";
  /** Id of the request, if there is one. */
  readonly request?: string;
}

export class EdgeQuery {
  readonly #requests: RequestQuery;
  readonly #sql: Statements;

  constructor(database: Database, logId: LogId) {
    this.#requests = new RequestQuery(database, logId);
    this.#sql = prepareStatements(database);
  }

  /** Of an event, a resource or a key, in the order of time. */
  edges(id: string): Edge[] {
    const filters: RequestFilter[] = [{ event: id }, { resource: id }, { author: id }];
    const asked = filters.flatMap((filter) => this.#requests.requests(filter)).map(askedEdge);
    const claimed = this.#sql.claimed.all({ id }).map(claimedEdge);
    const isAsked = (claim: Edge) => asked.some(({ user, resource, event }) => same(claim, { user, resource, event }));
    return [...asked, ...claimed.filter((claim) => !isAsked(claim))].sort(
      (a, b) => (a.span?.start ?? Number.POSITIVE_INFINITY) - (b.span?.start ?? Number.POSITIVE_INFINITY) || 0,
    );
  }
}

function askedEdge({ doc, author, resource, event, span, state }: RequestView): Edge {
  return { user: author, resource, event, span, state: state.state, request: doc };
}

function claimedEdge({ author, place, event, start, end }: ClaimRow): Edge {
  const span = start !== null && end !== null ? { span: { start, end } } : {};
  return { user: toHex(author), resource: place, event, ...span, state: "claimed" };
}

function same(a: Pick<Edge, "user" | "resource" | "event">, b: Pick<Edge, "user" | "resource" | "event">): boolean {
  return a.user === b.user && a.resource === b.resource && a.event === b.event;
}

interface ClaimRow {
  readonly author: Uint8Array;
  readonly place: string;
  readonly event: string;
  readonly start: number | null;
  readonly end: number | null;
}

type Statements = ReturnType<typeof prepareStatements>;

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  return {
    claimed: database.prepare<[{ readonly id: string }], ClaimRow>(
      `SELECT author, place, doc AS event, event_place.start, event_place."end"
      FROM event_place CROSS JOIN event ON event.n = event_place.event
      WHERE moved = 0 AND length(place) = 64 AND place NOT GLOB '*[^0-9a-f]*' AND event_place.event IN (
        SELECT event FROM event_place WHERE place = @id
        UNION ALL SELECT n FROM event WHERE doc = @id
        UNION ALL SELECT n FROM event WHERE author = unhex(@id)
      ) AND (place = @id OR doc = @id OR author = unhex(@id))`,
    ),
  };
}
