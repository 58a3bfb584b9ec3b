// The operation store on SQLite: the truth of a box. Reads ask the file each time, so that what another process
// committed is seen; writing is sqlite-commit.ts. Does not verify anything: only ingest commits.
import type { Database, Transaction } from "better-sqlite3";
import { compareBytes, type Hash, type LogId, type Topic, type VerifyingKey } from "../../protocol/operation/bytes.ts";
import type { LogKey, LogRange } from "../../protocol/operation/log.ts";
import type { AuthorUsage, Commit, CommitHook, Entry, LogState, Store, StoredOperation } from "../ports.ts";
import { asStoreError } from "./errors.ts";
import { SqliteCommit } from "./sqlite-commit.ts";
import {
  LAST_ARRIVAL,
  OPERATION_BY_ID,
  plainBytes,
  SELECT_OPERATION,
  SELECT_OPERATION_OF_LOG,
  type StoredRow,
  type StoredRowOfLog,
  storedOperation,
  storedOperationOfLog,
} from "./stored-row.ts";

export interface SqliteStoreOptions {
  readonly onCommit?: CommitHook;
  /** Told of what the caller gets too: a box says what it lacks also where nobody waits for an answer. */
  readonly onFailure?: (error: unknown) => void;
}

export class SqliteStore implements Store {
  readonly #database: Database;
  readonly #sql: Statements;
  readonly #commit: Transaction<(commit: Commit) => StoredOperation[]>;
  readonly #logs: Transaction<(topic: Topic) => LogState[]>;
  readonly #drop: Transaction<(ids: readonly Hash[]) => number>;
  readonly #onFailure: ((error: unknown) => void) | undefined;

  /** Takes the database over: `close` closes it. The hook may write to its other tables. */
  constructor(database: Database, options: SqliteStoreOptions = {}) {
    this.#database = database;
    this.#onFailure = options.onFailure;
    this.#sql = prepareStatements(database);
    const writer = new SqliteCommit(database, options.onCommit);
    this.#commit = database.transaction((commit: Commit) => writer.apply(commit));
    this.#logs = database.transaction((topic: Topic) => logStates(this.#sql, topic));
    this.#drop = database.transaction((ids: readonly Hash[]) =>
      ids.reduce((sum, id) => sum + this.#sql.dropBody.run(id).changes, 0),
    );
  }

  /** BEGIN IMMEDIATE: what the commit reads first is still true when it writes, also with other processes about. */
  async commit(commit: Commit): Promise<StoredOperation[]> {
    return this.#ask("commit to", () => this.#commit.immediate(commit));
  }

  async find(ids: readonly Hash[]): Promise<("absent" | "header" | "whole")[]> {
    return this.#ask("read", () => ids.map((id) => presence(this.#sql.state.get(id))));
  }

  async entriesAt({ author, logId }: LogKey, seqNum: number): Promise<Entry[]> {
    return this.#ask("read", () => this.#sql.idsAt.all(author, logId, seqNum).map((id) => ({ id: hash(id), seqNum })));
  }

  async logs(topic: Topic): Promise<LogState[]> {
    return this.#ask("read", () => this.#logs(topic));
  }

  async read({ author, logId, from, to }: LogRange, limit: number): Promise<StoredOperation[]> {
    const parameters = { author, logId, from, to, offset: limit - 1 };
    const log = { author, logId };
    return this.#ask("read", () =>
      this.#sql.range
        .all(parameters)
        .sort(byPlace)
        .map((row) => storedOperation(row, log)),
    );
  }

  async totals(ranges: readonly LogRange[]): Promise<{ operations: number; bytes: number }> {
    return this.#ask("read", () => {
      const total = { operations: 0, bytes: 0 };
      for (const { author, logId, from, to } of ranges) {
        const part = this.#sql.totals.get(author, logId, from, to);
        total.operations += part?.operations ?? 0;
        total.bytes += part?.bytes ?? 0;
      }
      return total;
    });
  }

  async since(topic: Topic, arrival: number, limit: number): Promise<StoredOperation[]> {
    return this.#ask("read", () => this.#sql.since.all(topic, arrival, limit).map(storedOperationOfLog));
  }

  async get(id: Hash): Promise<StoredOperation | undefined> {
    return this.#ask("read", () => this.#sql.operation.all(id).map(storedOperationOfLog)[0]);
  }

  async lastArrival(): Promise<number> {
    return this.#ask("read", () => this.#sql.lastArrival.get() ?? 0);
  }

  async count(): Promise<number> {
    return this.#ask("read", () => this.#sql.count.get() ?? 0);
  }

  async ids(topic: Topic): Promise<Hash[]> {
    return this.#ask("read", () => this.#sql.ids.all(topic).map(hash));
  }

  async usage(topic: Topic): Promise<AuthorUsage[]> {
    return this.#ask("read", () =>
      this.#sql.usage
        .all(topic)
        .map(({ author, ...taken }) => ({ author: plainBytes(author) as VerifyingKey, ...taken })),
    );
  }

  async dropBodies(ids: readonly Hash[]): Promise<number> {
    return this.#ask("commit to", () => this.#drop.immediate(ids));
  }

  async close(): Promise<void> {
    if (this.#database.open) this.#ask("close", () => this.#database.close());
  }

  #ask<T>(action: string, question: () => T): T {
    try {
      return question();
    } catch (error) {
      const failure = asStoreError(error, `${action} "${this.#database.name}"`);
      this.#onFailure?.(failure);
      throw failure;
    }
  }
}

/** Rows come ordered already but for the branches of a fork: sorting them here is cheaper than in SQLite. */
function byPlace(a: StoredRow, b: StoredRow): number {
  return a.seqNum - b.seqNum || a.arrival - b.arrival;
}

/** By `operation.state`; undefined where there is no row. A body that was dropped is not wanted again. */
function presence(state: number | undefined): "absent" | "header" | "whole" {
  if (state === undefined) return "absent";
  return state === 1 ? "header" : "whole";
}

interface LogRow {
  readonly n: number;
  readonly author: Buffer;
  readonly logId: Buffer;
  readonly height: number;
  readonly end: Buffer;
  readonly wantedFrom: number | null;
}

interface ForkEndRow {
  readonly logN: number;
  readonly id: Buffer;
}

/** Two questions: only in a transaction do both answers speak of the same moment. */
function logStates(sql: Statements, topic: Topic): LogState[] {
  const forkEnds = Map.groupBy(sql.forkEnds.all(topic), (end) => end.logN);
  return sql.logs.all(topic).map((row) => logState(row, forkEnds.get(row.n)));
}

function logState(row: LogRow, forkEnds: readonly ForkEndRow[] | undefined): LogState {
  const { author, logId, height, end, wantedFrom } = row;
  return {
    author: plainBytes(author) as VerifyingKey,
    logId: plainBytes(logId) as LogId,
    height,
    ...(wantedFrom !== null && { wantedFrom }),
    ends: forkEnds ? forkEnds.map(({ id }) => hash(id)).sort(compareBytes) : [hash(end)],
  };
}

function hash(id: Buffer): Hash {
  return plainBytes(id) as Hash;
}

type Statements = ReturnType<typeof prepareStatements>;

interface RangeParameters extends LogRange {
  readonly offset: number;
}

/**
 * CROSS JOIN keeps the order of tables that is written: from the key to the operations, never the other way round.
 * Why `+?`: stored-row.ts.
 */
function prepareStatements(database: Database) {
  type Bytes = Uint8Array;
  const logsOf = "FROM topic CROSS JOIN carried ON carried.topic_n = topic.n CROSS JOIN log ON log.n = carried.log_n";
  const inLog = "log_n = (SELECT n FROM log WHERE author = +? AND log_id = +?)";
  return {
    state: database.prepare<[Bytes], number>("SELECT state FROM operation WHERE id = +?").pluck(),
    idsAt: database
      .prepare<[Bytes, Bytes, number], Buffer>(`SELECT id FROM operation WHERE ${inLog} AND seq = +? ORDER BY n`)
      .pluck(),
    logs: database.prepare<[Bytes], LogRow>(`
      SELECT log.n, log.author, log.log_id AS logId, newest.seq AS height, newest.id AS end,
        (SELECT min(seq) FROM operation WHERE log_n = log.n AND state = 1) AS wantedFrom
      ${logsOf} CROSS JOIN operation AS newest
        ON newest.n = (SELECT n FROM operation WHERE log_n = log.n ORDER BY seq DESC LIMIT 1)
      WHERE topic.id = +? ORDER BY log.author, log.log_id`),
    forkEnds: database.prepare<[Bytes], ForkEndRow>(`
      SELECT log.n AS logN, operation.id
      ${logsOf} JOIN fork_end ON fork_end.log_n = log.n JOIN operation ON operation.n = fork_end.n
      WHERE topic.id = +?`),
    range: database.prepare<[RangeParameters], StoredRow>(`
      ${SELECT_OPERATION} FROM log CROSS JOIN operation ON operation.log_n = log.n
      WHERE log.author = +@author AND log.log_id = +@logId AND seq BETWEEN +@from AND ifnull((
        SELECT seq FROM operation WHERE log_n = log.n AND seq BETWEEN +@from AND +@to
        ORDER BY seq LIMIT 1 OFFSET +@offset
      ), +@to)`),
    totals: database.prepare<[Bytes, Bytes, number, number], { operations: number; bytes: number }>(`
      SELECT count(*) AS operations, ifnull(sum(length(header) + ifnull(length(body), 0)), 0) AS bytes
      FROM operation WHERE ${inLog} AND seq BETWEEN +? AND +?`),
    since: database.prepare<[Bytes, number, number], StoredRowOfLog>(`
      ${SELECT_OPERATION_OF_LOG} FROM topic CROSS JOIN operation CROSS JOIN carried
        ON carried.topic_n = topic.n AND carried.log_n = operation.log_n CROSS JOIN log ON log.n = operation.log_n
      WHERE topic.id = +? AND operation.n > +? ORDER BY operation.n LIMIT +?`),
    dropBody: database.prepare<[Bytes]>(
      "UPDATE operation SET body = NULL, state = 2 WHERE id = +? AND (body IS NOT NULL OR state = 1)",
    ),
    operation: database.prepare<[Bytes], StoredRowOfLog>(OPERATION_BY_ID),
    lastArrival: database.prepare<[], number>(LAST_ARRIVAL).pluck(),
    count: database.prepare<[], number>("SELECT count(*) FROM operation").pluck(),
    ids: database
      .prepare<[Bytes], Buffer>(
        `SELECT operation.id ${logsOf} CROSS JOIN operation ON operation.log_n = log.n WHERE topic.id = +? ORDER BY operation.id`,
      )
      .pluck(),
    usage: database.prepare<[Bytes], { author: Buffer; operations: number; bytes: number; newest: number }>(`
      SELECT author, count(*) AS operations, max(operation.n) AS newest, sum(length(header) + ifnull(length(body), 0)) AS bytes
      ${logsOf} CROSS JOIN operation ON operation.log_n = log.n WHERE topic.id = +?
      GROUP BY author ORDER BY author`),
  };
}
