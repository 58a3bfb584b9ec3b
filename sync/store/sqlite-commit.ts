// What one commit does to the tables; runs inside a transaction that the caller holds. Keeps nothing between commits,
// because another process may have written since.
import type { Database } from "better-sqlite3";
import { asHash, equalBytes } from "../../protocol/operation/bytes.ts";
import { decodeHeader } from "../../protocol/operation/header.ts";
import { isSameLog, type LogKey } from "../../protocol/operation/log.ts";
import type { Commit, CommitHook, NewEntry, StoredOperation } from "../ports.ts";
import { LAST_ARRIVAL, OPERATION_BY_ID, type StoredRowOfLog, storedOperationOfLog } from "./stored-row.ts";

/** Where a branch of a log ends. */
interface End {
  readonly n: number;
  readonly id: Uint8Array;
  readonly seq: number;
}

interface FoundLog {
  readonly n: number;
  readonly isCarried: 0 | 1;
  readonly isForked: 0 | 1;
}

/** A log while a commit adds to it. */
interface OpenLog extends LogKey {
  readonly n: number;
  readonly wasForked: boolean;
  ends: readonly End[];
}

export class SqliteCommit {
  readonly #sql: Statements;
  readonly #onCommit: CommitHook | undefined;

  constructor(database: Database, onCommit: CommitHook | undefined) {
    this.#sql = prepareStatements(database);
    this.#onCommit = onCommit;
  }

  /** Gives what is new in the store. */
  apply(commit: Commit): StoredOperation[] {
    const inserted = this.#insert(commit);
    for (const prune of commit.prunes) this.#prune(prune);
    const filled = commit.lateBodies.flatMap(({ id, body }) => this.#fill(id, body));
    if (inserted.length + filled.length > 0) this.#onCommit?.(inserted, filled);
    return inserted;
  }

  #insert({ topic, operations, prunes }: Commit): StoredOperation[] {
    const logs: OpenLog[] = [];
    const inserted: StoredOperation[] = [];
    if (operations.length > 0) this.#sql.insertTopic.run(topic);
    let arrival = this.#sql.lastArrival.get() ?? 0;
    for (const entry of operations) {
      if (prunes.some((prune) => entry.seqNum < prune.seqNum && isSameLog(prune, entry))) continue;
      let log = logs.findLast((open) => isSameLog(open, entry));
      if (log === undefined) {
        log = this.#openLog(entry, topic);
        logs.push(log);
      }
      if (!this.#insertOperation(entry, log, arrival + 1)) continue;
      arrival++;
      log.ends = this.#endsAfter(log, entry, arrival);
      inserted.push(asStored(entry, arrival));
    }
    for (const log of logs) this.#saveEnds(log);
    return inserted;
  }

  #openLog({ author, logId }: LogKey, topic: Uint8Array): OpenLog {
    const found = this.#sql.findLog.get(topic, author, logId);
    const n = found?.n ?? Number(this.#sql.insertLog.run(author, logId).lastInsertRowid);
    if (!found?.isCarried) this.#sql.insertCarried.run(topic, n);
    const wasForked = found?.isForked === 1;
    return { author, logId, n, wasForked, ends: (wasForked ? this.#sql.forkEnds : this.#sql.newest).all(n) };
  }

  /** False if an operation with this id is here already. */
  #insertOperation(entry: NewEntry, log: OpenLog, arrival: number): boolean {
    const { id, seqNum, introducer, headerBytes, payloadSize, body } = entry;
    const state = payloadSize > 0 && body === undefined ? 1 : 0;
    const { insertOperation } = this.#sql;
    return insertOperation.run(arrival, id, log.n, seqNum, introducer, state, headerBytes, body).changes > 0;
  }

  /** A new operation takes the place of its predecessor among the ends, unless its successor is here already. */
  #endsAfter(log: OpenLog, { id, seqNum, backlink }: NewEntry, arrival: number): readonly End[] {
    const isPredecessor = (end: End) =>
      end.seq === seqNum - 1 && backlink !== undefined && equalBytes(end.id, backlink);
    const others = log.ends.filter((end) => !isPredecessor(end));
    return this.#hasSuccessor(log, id, seqNum) ? others : [...others, { n: arrival, id, seq: seqNum }];
  }

  /** Rare: only a log that was pruned and then filled below has one. The backlink stands in its header alone. */
  #hasSuccessor(log: OpenLog, id: Uint8Array, seqNum: number): boolean {
    if (!log.ends.some((end) => end.seq > seqNum)) return false;
    return this.#sql.headersAt.all(log.n, seqNum + 1).some((headerBytes) => {
      const { backlink } = decodeHeader(headerBytes).header;
      return backlink !== undefined && equalBytes(backlink, id);
    });
  }

  #saveEnds(log: OpenLog): void {
    const isForked = log.ends.length > 1;
    if (log.wasForked) this.#sql.deleteForkEnds.run(log.n);
    if (isForked) for (const end of log.ends) this.#sql.insertForkEnd.run(end.n, log.n);
  }

  /** Ends of forked logs that go with their operation are deleted by the schema. */
  #prune({ author, logId, seqNum }: LogKey & { readonly seqNum: number }): void {
    this.#sql.keepArrival.run(this.#sql.lastArrival.get() ?? 0);
    this.#sql.prune.run(author, logId, seqNum);
  }

  /** Gives the operation if its body was wanted, else nothing. */
  #fill(id: Uint8Array, body: Uint8Array): StoredOperation[] {
    if (this.#sql.fill.run(body, id).changes === 0) return [];
    return this.#sql.operation.all(asHash(id)).map(storedOperationOfLog);
  }
}

function asStored(entry: NewEntry, arrival: number): StoredOperation {
  const { id, author, logId, seqNum, headerBytes, body, introducer } = entry;
  return { arrival, id, author, logId, seqNum, headerBytes, ...(body && { body }), introducer };
}

type Statements = ReturnType<typeof prepareStatements>;

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  type Bytes = Uint8Array;
  return {
    lastArrival: database.prepare<[], number>(LAST_ARRIVAL).pluck(),
    keepArrival: database.prepare<[number]>("UPDATE arrival SET last = ?"),
    insertTopic: database.prepare<[Bytes]>("INSERT INTO topic (id) VALUES (?) ON CONFLICT DO NOTHING"),
    findLog: database.prepare<[Bytes, Bytes, Bytes], FoundLog>(`
      SELECT n, EXISTS (SELECT 1 FROM fork_end WHERE log_n = log.n) AS isForked,
        EXISTS (
          SELECT 1 FROM carried WHERE topic_n = (SELECT n FROM topic WHERE id = +?) AND log_n = log.n
        ) AS isCarried
      FROM log WHERE author = +? AND log_id = +?`),
    insertLog: database.prepare<[Bytes, Bytes]>("INSERT INTO log (author, log_id) VALUES (?, ?)"),
    insertCarried: database.prepare<[Bytes, number]>(
      "INSERT INTO carried (topic_n, log_n) VALUES ((SELECT n FROM topic WHERE id = +?), ?)",
    ),
    insertOperation: database.prepare<[number, Bytes, number, number, number, number, Bytes, Bytes | undefined]>(
      `INSERT INTO operation (n, id, log_n, seq, introducer, state, header, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO NOTHING`,
    ),
    newest: database.prepare<[number], End>(
      "SELECT n, id, seq FROM operation WHERE log_n = +? ORDER BY seq DESC LIMIT 1",
    ),
    headersAt: database
      .prepare<[number, number], Bytes>("SELECT header FROM operation WHERE log_n = +? AND seq = +?")
      .pluck(),
    forkEnds: database.prepare<[number], End>(
      "SELECT n, id, seq FROM fork_end JOIN operation USING (n) WHERE fork_end.log_n = +?",
    ),
    insertForkEnd: database.prepare<[number, number]>("INSERT INTO fork_end (n, log_n) VALUES (?, ?)"),
    deleteForkEnds: database.prepare<[number]>("DELETE FROM fork_end WHERE log_n = +?"),
    prune: database.prepare<[Bytes, Bytes, number]>(
      "DELETE FROM operation WHERE log_n = (SELECT n FROM log WHERE author = +? AND log_id = +?) AND seq < +?",
    ),
    fill: database.prepare<[Bytes, Bytes]>("UPDATE operation SET body = ?, state = 0 WHERE id = +? AND state = 1"),
    operation: database.prepare<[Bytes], StoredRowOfLog>(OPERATION_BY_ID),
  };
}
