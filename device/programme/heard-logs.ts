// What is here of the logs that decide about a thing: how far they reach, and where their authors forked them. Asked of
// the store's own tables, which know it anyway.
import type { HeardLog } from "../../protocol/festival/answers-in-force.ts";
import { type LogLink, overruled } from "../../protocol/festival/overruled.ts";
import { fromHex, type LogId, toHex } from "../../protocol/operation/bytes.ts";
import { decodeHeader } from "../../protocol/operation/header.ts";
import type { Database } from "../../sync/store/database.ts";

export class HeardLogs {
  readonly #logId: LogId;
  readonly #sql: Statements;

  constructor(database: Database, logId: LogId) {
    this.#logId = logId;
    this.#sql = prepareStatements(database);
  }

  /** By key; keys of which nothing is here are left out. */
  of(keys: readonly string[]): ReadonlyMap<string, HeardLog> {
    return new Map([...new Set(keys)].flatMap((key) => this.#heard(key)));
  }

  isForked(author: Uint8Array): boolean {
    return this.#sql.isForked.get(author, this.#logId) === 1;
  }

  #heard(key: string): [string, HeardLog][] {
    const row = this.#sql.log.get(fromHex(key), this.#logId);
    if (row === undefined) return [];
    const { n, height, isForked } = row;
    return [[key, { height, ...(isForked === 1 && { overruled: overruled(this.#links(n)) }) }]];
  }

  #links(log: number): LogLink[] {
    return this.#sql.headers.all(log).map(({ id, seqNum, headerBytes }) => {
      const { backlink } = decodeHeader(headerBytes).header;
      return { id: toHex(id), seqNum, ...(backlink && { backlink: toHex(backlink) }) };
    });
  }
}

interface LogRow {
  readonly n: number;
  readonly height: number;
  readonly isForked: 0 | 1;
}

interface HeaderRow {
  readonly id: Uint8Array;
  readonly seqNum: number;
  readonly headerBytes: Uint8Array;
}

type Statements = ReturnType<typeof prepareStatements>;

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  type Bytes = Uint8Array;
  const isForked = "EXISTS (SELECT 1 FROM fork_end WHERE log_n = log.n)";
  return {
    isForked: database
      .prepare<[Bytes, Bytes], 0 | 1>(`SELECT ${isForked} FROM log WHERE author = +? AND log_id = +?`)
      .pluck(),
    log: database.prepare<[Bytes, Bytes], LogRow>(`
      SELECT n, ${isForked} AS isForked, ifnull(
        (SELECT min(seq) - 1 FROM operation WHERE log_n = log.n AND state = 1),
        (SELECT max(seq) FROM operation WHERE log_n = log.n)
      ) AS height
      FROM log WHERE author = +? AND log_id = +? AND EXISTS (SELECT 1 FROM operation WHERE log_n = log.n)`),
    headers: database.prepare<[number], HeaderRow>(
      "SELECT id, seq AS seqNum, header AS headerBytes FROM operation WHERE log_n = +?",
    ),
  };
}
