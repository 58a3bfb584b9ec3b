// Which operations the programme is made of: the bodies of one festival's logs, as they lie in the store. Feeds them to
// the materialiser as they arrive, or again from the beginning; after a prune or a wish to be forgotten, one author's
// again; and has settled what follows from them.
import { equalBytes, type LogId, toHex, type VerifyingKey } from "../../protocol/operation/bytes.ts";
import { decodeHeader } from "../../protocol/operation/header.ts";
import type { StoredOperation } from "../../sync/ports.ts";
import type { Database } from "../../sync/store/database.ts";
import { AnswerTable } from "./answer-table.ts";
import { HeardLogs } from "./heard-logs.ts";
import { IdentityQuery } from "./identity-query.ts";
import { JointDocuments } from "./joint-documents.ts";
import { Materialiser, type ReadableOperation } from "./materialise.ts";
import { Settlement } from "./settlement.ts";
import { Touched } from "./touched.ts";

/** Operations read at once; with the largest bodies 6 MiB. */
const PAGE_OPERATIONS = 100;
/** A basic header ends with its prune flag; this is CBOR's `true`. */
const LAST_BYTE_OF_A_PRUNE = 0xf5;

/** What is needed to find an operation's place in the programme once its body is gone. */
export type DroppedOperation = Pick<StoredOperation, "arrival" | "author" | "logId" | "seqNum">;

export class FestivalLogs {
  readonly #logId: LogId;
  readonly #answers: AnswerTable;
  readonly #heard: HeardLogs;
  readonly #touched = new Touched();
  readonly #identities: IdentityQuery;
  readonly #joint: JointDocuments;
  readonly #settlement: Settlement;
  readonly #materialiser: Materialiser;
  readonly #sql: Statements;

  constructor(database: Database, logId: LogId) {
    this.#logId = logId;
    this.#answers = new AnswerTable(database);
    this.#heard = new HeardLogs(database, logId);
    const parts = { logId, touched: this.#touched };
    this.#identities = new IdentityQuery(database);
    this.#joint = new JointDocuments(database, parts);
    this.#settlement = new Settlement(database, parts);
    this.#materialiser = new Materialiser(database, parts);
    this.#sql = prepareStatements(database);
  }

  /** What a commit brought, inside its transaction. */
  apply(operations: readonly StoredOperation[], lateBodies: readonly StoredOperation[]): void {
    const own = [...operations, ...lateBodies].filter(({ logId }) => equalBytes(logId, this.#logId));
    const pruners = authorsOf(own.filter(prunes));
    const rest = pruners.size === 0 ? own : own.filter(({ author }) => !pruners.has(toHex(author)));
    this.#change(() => {
      this.#takeAll(rest);
      for (const author of pruners.values()) this.#replayPruned(author);
      for (const author of authorsOf(operations.filter(({ logId }) => equalBytes(logId, this.#logId))).values()) {
        this.#touchForked(author);
      }
    });
  }

  /** Bodies that the store dropped, inside its transaction. */
  drop(operations: readonly DroppedOperation[]): void {
    const own = operations.filter(({ logId }) => equalBytes(logId, this.#logId));
    const unclear = new Map<string, VerifyingKey>();
    const again = new Set<number>();
    this.#change(() => {
      for (const operation of own) {
        const others = this.#materialiser.drop(operation);
        if (others === "unknown") unclear.set(toHex(operation.author), operation.author);
        else for (const arrival of others) again.add(arrival);
      }
      this.#takeAll([...again].sort((a, b) => a - b).flatMap((arrival) => this.#sql.one.all(arrival)));
      for (const author of unclear.values()) this.#replayAuthor(author);
    });
  }

  /** Everything, into empty tables. */
  replay(): void {
    const { all } = this.#sql;
    this.#change(() => {
      const forgetful = this.#takePages((after) => all.all(after, this.#logId));
      for (const author of forgetful) this.#replayAuthor(author);
    });
  }

  /** First what each document is, then what follows from several. Nothing is left of a transaction that fails. */
  #change(take: () => void): void {
    try {
      take();
      this.#materialiser.flush();
      const identities = this.#identities.identities();
      this.#joint.settle(identities);
      this.#settlement.settle(identities);
    } finally {
      this.#materialiser.clear();
      this.#touched.clear();
    }
  }

  #takeAll(operations: readonly ReadableOperation[]): void {
    const forgetful = operations.filter((operation) => this.#materialiser.take(operation));
    for (const author of authorsOf(forgetful).values()) this.#replayAuthor(author);
  }

  /** The entries that a prune dropped cannot be taken out of a document again, so it is reduced anew from the others. */
  #replayPruned(author: VerifyingKey): void {
    this.#materialiser.removeForget(author);
    const forgetful = this.#replayAuthor(author);
    if (forgetful) this.#replayAuthor(author);
  }

  /** True if its author asks, only now, to forget. */
  #replayAuthor(author: VerifyingKey): boolean {
    const { ofAuthor } = this.#sql;
    this.#materialiser.remove(author);
    return this.#takePages((after) => ofAuthor.all(author, this.#logId, after)).length > 0;
  }

  /** Gives the authors who ask to forget. */
  #takePages(read: (after: number) => ReadableOperation[]): VerifyingKey[] {
    const forgetful: ReadableOperation[] = [];
    let page = read(0);
    while (page.length > 0) {
      for (const operation of page) if (this.#materialiser.take(operation)) forgetful.push(operation);
      page = read(page.at(-1)?.arrival ?? 0);
    }
    return [...authorsOf(forgetful).values()];
  }

  /** Which of an author's answers count may hang on any operation of a forked log (M-32). */
  #touchForked(author: VerifyingKey): void {
    if (!this.#heard.isForked(author)) return;
    for (const thing of this.#answers.thingsOf(author)) this.#touched.things.add(thing);
  }
}

function authorsOf(operations: readonly Pick<StoredOperation, "author">[]): ReadonlyMap<string, VerifyingKey> {
  return new Map(operations.map(({ author }) => [toHex(author), author]));
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
    one: database.prepare<[number], ReadableOperation>(
      `SELECT ${columns} FROM operation CROSS JOIN log ON log.n = log_n WHERE operation.n = ? AND body IS NOT NULL`,
    ),
  };
}
