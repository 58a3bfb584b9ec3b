// What the answers about a thing came to, kept for lists: folding a hundred logs anew for each picture would cost more
// than the picture. Written by settlement.ts alone.
import type { Occupancy, Outcome } from "../../protocol/festival/occupancy.ts";
import type { Database } from "../../sync/store/database.ts";
import { AnswerTable, type StoredAnswer } from "./answer-table.ts";

/** What requestState asks of an occupancy. */
export type Outcomes = Pick<Occupancy, "outcomes" | "waiting">;

const NOBODY: Outcomes = { outcomes: new Map(), waiting: [] };

export class OutcomeTable {
  readonly #sql: Statements;
  readonly #answers: AnswerTable;

  constructor(database: Database) {
    this.#sql = prepareStatements(database);
    this.#answers = new AnswerTable(database);
  }

  /** Replaces what stood there; gives the subjects for which something changed. */
  save(resource: string, occupancy: Outcomes | undefined): string[] {
    const before = new Map(this.#sql.ofThing.all(resource).map((row) => [row.subject, row]));
    const { outcomes, waiting } = occupancy ?? NOBODY;
    const places = new Map(waiting.map((subject, index) => [subject, index + 1]));
    const changed: string[] = [];
    for (const [subject, outcome] of outcomes) {
      const row = rowOf({ resource, subject, outcome, position: places.get(subject) ?? null });
      const isSame = sameRow(row, before.get(subject));
      before.delete(subject);
      if (isSame) continue;
      this.#sql.put.run(row);
      changed.push(subject);
    }
    for (const subject of before.keys()) this.#sql.drop.run(resource, subject);
    return [...changed, ...before.keys()];
  }

  /** What is said about one subject, as requestState takes it, and the answer that says so. */
  about(resource: string, subject: string): Outcomes & { readonly answer?: StoredAnswer } {
    const row = this.#sql.one.get(resource, subject);
    const answer = row && this.#answers.at(row.answer);
    if (row === undefined || answer === undefined) return NOBODY;
    const waiting = row.state === "wait" ? this.#sql.waiting.all(resource) : [];
    return { outcomes: new Map([[subject, outcomeOf(row, answer)]]), waiting, answer };
  }
}

interface SubjectOutcome {
  readonly resource: string;
  readonly subject: string;
  readonly outcome: Outcome;
  readonly position: number | null;
}

function rowOf({ resource, subject, outcome, position }: SubjectOutcome): OutcomeRow {
  const { state } = outcome;
  const answer = (outcome.answer as StoredAnswer).arrival;
  const common = { resource, subject, state, answer, position };
  if (outcome.state !== "held") return { ...common, holdEnd: null, quantity: null, shares: null };
  const { hold, quantity, shares } = outcome;
  return { ...common, holdEnd: Number.isFinite(hold.end) ? hold.end : null, quantity, shares: shares ? 1 : 0 };
}

function outcomeOf({ state, holdEnd, quantity, shares }: OutcomeRow, answer: StoredAnswer): Outcome {
  if (state !== "held") return { state, answer };
  const { hold = { start: 0, end: 0 } } = answer;
  return {
    state,
    answer,
    hold: { start: hold.start, end: holdEnd ?? Number.POSITIVE_INFINITY },
    quantity: quantity ?? 1,
    shares: shares === 1,
  };
}

function sameRow(a: OutcomeRow, b: OutcomeRow | undefined): boolean {
  return (
    b !== undefined &&
    a.state === b.state &&
    a.answer === b.answer &&
    a.position === b.position &&
    a.holdEnd === b.holdEnd &&
    a.quantity === b.quantity &&
    a.shares === b.shares
  );
}

interface OutcomeRow {
  readonly resource: string;
  readonly subject: string;
  readonly state: Outcome["state"];
  readonly answer: number;
  readonly holdEnd: number | null;
  readonly quantity: number | null;
  readonly shares: 0 | 1 | null;
  readonly position: number | null;
}

type Statements = ReturnType<typeof prepareStatements>;

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  const row = "SELECT resource, subject, state, answer, hold_end AS holdEnd, quantity, shares, position FROM outcome";
  return {
    ofThing: database.prepare<[string], OutcomeRow>(`${row} WHERE resource = +?`),
    one: database.prepare<[string, string], OutcomeRow>(`${row} WHERE resource = +? AND subject = +?`),
    waiting: database
      .prepare<[string], string>("SELECT subject FROM outcome WHERE resource = +? AND state = 'wait' ORDER BY position")
      .pluck(),
    put: database.prepare<[OutcomeRow]>(
      `INSERT OR REPLACE INTO outcome
      VALUES (@resource, @subject, @state, @answer, @holdEnd, @quantity, @shares, @position)`,
    ),
    drop: database.prepare<[string, string]>("DELETE FROM outcome WHERE resource = +? AND subject = +?"),
  };
}
