// Which operations the programme is made of: the bodies of one festival's logs, as they lie in the store. Feeds them to
// the materialiser as they arrive, or again from the beginning; after a prune, one author's again.
import { equalBytes, type LogId, toHex, type VerifyingKey } from "../../protocol/operation/bytes.ts";
import { decodeHeader } from "../../protocol/operation/header.ts";
import type { StoredOperation } from "../../sync/ports.ts";
import type { Database } from "../../sync/store/database.ts";
import { Materialiser, type ReadableOperation } from "./materialise.ts";

/** Operations read at once; with the largest bodies 6 MiB. */
const PAGE_OPERATIONS = 100;
/** A basic header ends with its prune flag; this is CBOR's `true`. */
const LAST_BYTE_OF_A_PRUNE = 0xf5;

export class FestivalLogs {
  readonly #logId: LogId;
  readonly #materialiser: Materialiser;
  readonly #sql: Statements;

  constructor(database: Database, logId: LogId) {
    this.#logId = logId;
    this.#materialiser = new Materialiser(database);
    this.#sql = prepareStatements(database);
  }

  /** What a commit brought, inside its transaction. */
  apply(operations: readonly StoredOperation[], lateBodies: readonly StoredOperation[]): void {
    const own = [...operations, ...lateBodies].filter(({ logId }) => equalBytes(logId, this.#logId));
    const pruners = new Map(own.filter(prunes).map(({ author }) => [toHex(author), author]));
    for (const operation of own) {
      if (pruners.size === 0 || !pruners.has(toHex(operation.author))) this.#materialiser.take(operation);
    }
    for (const author of pruners.values()) this.#replayAuthor(author);
  }

  /** Everything, into empty tables. */
  replay(): void {
    const { all } = this.#sql;
    this.#takePages((after) => all.all(after, this.#logId));
  }

  /** The entries that a prune dropped cannot be taken out of a document again, so it is reduced anew from the others. */
  #replayAuthor(author: VerifyingKey): void {
    const { ofAuthor } = this.#sql;
    this.#materialiser.forget(author);
    this.#takePages((after) => ofAuthor.all(author, this.#logId, after));
  }

  #takePages(read: (after: number) => ReadableOperation[]): void {
    let page = read(0);
    while (page.length > 0) {
      for (const operation of page) this.#materialiser.take(operation);
      page = read(page.at(-1)?.arrival ?? 0);
    }
  }
}

function prunes({ headerBytes }: StoredOperation): boolean {
  if (headerBytes.at(-1) !== LAST_BYTE_OF_A_PRUNE) return false;
  const { extensions } = decodeHeader(headerBytes).header;
  return extensions.kind === "basic" && extensions.pruneFlag;
}

type Statements = ReturnType<typeof prepareStatements>;

function prepareStatements(database: Database) {
  type Bytes = Uint8Array;
  const columns = "operation.n AS arrival, id, author, seq AS seqNum, header AS headerBytes, body";
  const page = `body IS NOT NULL ORDER BY operation.n LIMIT ${PAGE_OPERATIONS}`;
  return {
    all: database.prepare<[number, Bytes], ReadableOperation>(
      `SELECT ${columns} FROM operation CROSS JOIN log ON log.n = log_n
      WHERE operation.n > ? AND log_id = ? AND ${page}`,
    ),
    ofAuthor: database.prepare<[Bytes, Bytes, number], ReadableOperation>(
      `SELECT ${columns} FROM log CROSS JOIN operation ON log_n = log.n
      WHERE author = ? AND log_id = ? AND operation.n > ? AND ${page}`,
    ),
  };
}
