// Who holds a resource or has a seat, folded from the answers that are here (SPEC.md §9.3, §9.7): asked by whoever decides,
// and by settlement.ts, which keeps what it comes to.
import type { AnsweredThing } from "../../protocol/festival/answers-in-force.ts";
import { type Occupancy, occupancy } from "../../protocol/festival/occupancy.ts";
import { seats } from "../../protocol/festival/seats.ts";
import { type LogId, toHex } from "../../protocol/operation/bytes.ts";
import type { Database } from "../../sync/store/database.ts";
import { AnswerTable } from "./answer-table.ts";
import { HeardLogs } from "./heard-logs.ts";

export class OccupancyQuery {
  readonly #answers: AnswerTable;
  readonly #logs: HeardLogs;
  readonly #sql: Statements;

  constructor(database: Database, logId: LogId) {
    this.#answers = new AnswerTable(database);
    this.#logs = new HeardLogs(database, logId);
    this.#sql = prepareStatements(database);
  }

  /** Nothing while the resource is not shown here: nobody can tell then whose answers count. */
  occupancy(resource: string): Occupancy | undefined {
    const row = this.#sql.resource.get(resource);
    if (row === undefined) return undefined;
    const thing = thingOf(resource, row);
    const keys = [...(thing.fields.answerFrom ?? []).map(({ key }) => key), toHex(row.answerer)];
    return occupancy(thing, this.#answers.about(resource, keys), this.#logs.of(keys));
  }

  /** By `seatOf`. Nothing while the event is not shown here. */
  seats(event: string): Occupancy | undefined {
    const row = this.#sql.event.get(event);
    if (row === undefined) return undefined;
    const author = toHex(row.author);
    const { capacity } = row;
    return seats({ doc: event, author, capacity }, this.#answers.about(event, [author]), this.#logs.of([author]));
  }
}

function thingOf(doc: string, { author, quantity, consumable, answerer, answerFrom }: ResourceRow): AnsweredThing {
  return {
    doc,
    author: toHex(author),
    fields: {
      quantity,
      consumable: consumable === 1,
      answerer: toHex(answerer),
      ...(answerFrom !== null && { answerFrom: JSON.parse(answerFrom) as { key: string; seq: number }[] }),
    },
  };
}

interface ResourceRow {
  readonly author: Uint8Array;
  readonly quantity: number;
  readonly consumable: 0 | 1;
  readonly answerer: Uint8Array;
  readonly answerFrom: string | null;
}

type Statements = ReturnType<typeof prepareStatements>;

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  return {
    resource: database.prepare<[string], ResourceRow>(
      "SELECT author, quantity, consumable, answerer, answer_from AS answerFrom FROM resource WHERE doc = +?",
    ),
    event: database.prepare<[string], { readonly author: Uint8Array; readonly capacity: number }>(
      "SELECT author, capacity FROM event WHERE doc = +?",
    ),
  };
}
