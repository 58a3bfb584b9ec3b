// Ingest: the only door into a store. Verifies, finds the place in the log, commits in groups; one transaction for what
// came meanwhile, one `fsync`. An outcome is given only after the commit, so that nobody hears of an operation
// that a power cut could still take away (reliability.md §5.3). Knows no sessions and no festivals.
import { type Hash, type LogId, type Topic, toHex } from "../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../protocol/operation/crypto.ts";
import { isSameLog, type LogKey, logName } from "../protocol/operation/log.ts";
import type { Operation } from "../protocol/operation/operation.ts";
import { type Fault, validateBody, validateShape } from "../protocol/operation/validate.ts";
import { IngestGroup } from "./ingest-group.ts";
import type { Store, StoredOperation } from "./ports.ts";
import type { Quota, QuotaFault } from "./quota.ts";

/**
 * Operations of one transaction. A cold sync takes a seventh less time than with 100, and a card is written to less often
 * (reliability.md §5.2); nobody waits longer for it, since a group is only what queued up while the last one committed.
 */
const GROUP_OPERATIONS = 250;
/** Of a page, which shows what it has before the rest comes. */
const PAGE_GROUP_OPERATIONS = 48;
/** A page hashes as many bodies in about a frame of its screen. */
const BREATH_OPERATIONS = 16;

export interface Candidate {
  readonly operation: Operation;
  /** Session that brought it, 0 if made here. */
  readonly introducer: number;
}

export type IngestOutcome =
  | { readonly status: "inserted" | "duplicate" | "completed"; readonly id: Hash }
  /** Its predecessor is not here: the log has a hole, or is forked. */
  | ({ readonly status: "gap"; readonly id: Hash } & LogKey)
  /** There is no space for it. It is not its fault, and it may come again. */
  | { readonly status: "refused"; readonly id: Hash; readonly code: QuotaFault }
  | { readonly status: "rejected"; readonly id: Hash; readonly code: Fault };

export interface IngestListener {
  /** Durable since this moment, in order of arrival. */
  accepted(operations: readonly StoredOperation[]): void;
  completed(operation: StoredOperation): void;
}

interface Unit {
  readonly candidates: readonly Candidate[];
  readonly verdicts: Promise<readonly boolean[]>;
  readonly resolve: (outcomes: readonly IngestOutcome[]) => void;
  readonly reject: (error: unknown) => void;
}

export class Ingest {
  readonly #store: Store;
  readonly #suite: CryptoSuite;
  readonly #topic: Topic;
  readonly #logId: LogId;
  readonly #listener: IngestListener;
  readonly #quota: Quota | undefined;
  readonly #breathe: (() => Promise<void>) | undefined;
  /** Log name → id of the last operation taken: spares the store a question for each one that follows on it. */
  readonly #ends = new Map<string, { readonly id: string; readonly seqNum: number }>();
  readonly #queue: Unit[] = [];
  #working = false;
  commits = 0;

  constructor(options: {
    readonly store: Store;
    readonly suite: CryptoSuite;
    readonly topic: Topic;
    readonly listener: IngestListener;
    /** Without one, space is only limited by the store. */
    readonly quota?: Quota;
    /** Lets others run between the operations of a group: a page has to answer fingers meanwhile. */
    readonly breathe?: () => Promise<void>;
  }) {
    this.#store = options.store;
    this.#suite = options.suite;
    this.#topic = options.topic;
    this.#logId = options.suite.hash(options.topic) as unknown as LogId;
    this.#listener = options.listener;
    this.#quota = options.quota;
    this.#breathe = options.breathe;
  }

  /**
   * Takes operations that belong together, each after its predecessor; they are committed together or not at all.
   * Resolves after the commit with one outcome for each; rejects with StoreError if the medium fails.
   */
  submit(candidates: readonly Candidate[]): Promise<readonly IngestOutcome[]> {
    const verdicts = Promise.all(candidates.map(({ operation }) => this.#verify(operation)));
    return new Promise((resolve, reject) => {
      this.#queue.push({ candidates, verdicts, resolve, reject });
      if (!this.#working) void this.#work();
    });
  }

  #verify({ unsignedBytes, header }: Operation): Promise<boolean> {
    return this.#suite.verifyLater(unsignedBytes, header.signature, header.verifyingKey);
  }

  /** One group after the other. Signatures of the groups behind are checked meanwhile. */
  async #work(): Promise<void> {
    this.#working = true;
    while (this.#queue.length > 0) {
      const units = this.#nextGroup();
      try {
        const outcomes = await this.#commitGroup(units);
        for (const [index, unit] of units.entries()) unit.resolve(outcomes[index] ?? []);
      } catch (error) {
        for (const unit of units) unit.reject(error);
      }
    }
    this.#working = false;
  }

  #nextGroup(): Unit[] {
    const most = this.#breathe ? PAGE_GROUP_OPERATIONS : GROUP_OPERATIONS;
    let operations = 0;
    let count = 0;
    for (const unit of this.#queue) {
      operations += unit.candidates.length;
      if (count > 0 && operations > most) break;
      count += 1;
    }
    return this.#queue.splice(0, count);
  }

  async #commitGroup(units: readonly Unit[]): Promise<IngestOutcome[][]> {
    const verdicts = (await Promise.all(units.map((unit) => unit.verdicts))).flat();
    const candidates = units.flatMap((unit) => unit.candidates);
    const group = new IngestGroup(this.#store, this.#ends, this.#logId, this.#quota);
    await group.open(candidates);
    const outcomes: IngestOutcome[] = [];
    for (const [index, candidate] of candidates.entries()) {
      if (this.#breathe && index % BREATH_OPERATIONS === BREATH_OPERATIONS - 1) await this.#breathe();
      const fault = verdicts[index] ? this.#judge(candidate.operation) : "E_SIGNATURE";
      const { id } = candidate.operation;
      outcomes.push(fault ? { status: "rejected", id, code: fault } : await group.place(candidate));
    }
    await this.#commit(group);
    return units.map((unit) => outcomes.splice(0, unit.candidates.length));
  }

  #judge(operation: Operation): Fault | undefined {
    return validateShape(operation.header) ?? validateBody(operation, this.#suite);
  }

  async #commit(group: IngestGroup): Promise<void> {
    const commit = group.commit(this.#topic);
    if (commit.operations.length + commit.lateBodies.length === 0) return;
    const stored = await this.#store.commit(commit);
    this.commits += 1;
    this.#remember(stored);
    if (commit.prunes.length > 0) this.#quota?.load(await this.#store.usage(this.#topic));
    if (stored.length > 0) this.#listener.accepted(stored);
    for (const { id } of commit.lateBodies) {
      const completed = await this.#store.get(id);
      if (completed) this.#listener.completed(completed);
    }
  }

  /** Of operations that follow on one another only the last: names are the dearest part of this ring. */
  #remember(stored: readonly StoredOperation[]): void {
    for (const [index, last] of stored.entries()) {
      const next = stored[index + 1];
      if (next && isSameLog(next, last)) continue;
      this.#ends.set(logName(last), { id: toHex(last.id), seqNum: last.seqNum });
    }
  }
}
