// One transaction in the making: each valid operation is given its place in its log, or told that it has none.
// Reads the store, writes nothing; ingest.ts commits the result.
import { type Hash, type LogId, type Topic, toHex } from "../protocol/operation/bytes.ts";
import { isSameLog, type LogKey, logName } from "../protocol/operation/log.ts";
import { isPrune, logIdOf, type Operation } from "../protocol/operation/operation.ts";
import type { Candidate, IngestOutcome } from "./ingest.ts";
import type { Commit, NewEntry, Store } from "./ports.ts";
import type { Quota, QuotaFault } from "./quota.ts";

/** Introducer of operations made here. */
export const OWN = 0;

/** Log name → the last operation taken: spares the store a question for each one that follows on it. */
export type LogEnds = ReadonlyMap<string, { readonly id: string; readonly seqNum: number }>;

export class IngestGroup {
  readonly #store: Store;
  readonly #ends: LogEnds;
  readonly #logId: LogId;
  readonly #quota: Quota | undefined;
  readonly #held = new Map<string, "header" | "whole">();
  readonly #entries = new Map<string, NewEntry>();
  readonly #lateBodies: { readonly id: Hash; readonly body: Uint8Array }[] = [];
  readonly #prunes: (LogKey & { readonly seqNum: number })[] = [];

  /** `logId` is where operations without a log of their own belong. */
  constructor(store: Store, ends: LogEnds, logId: LogId, quota: Quota | undefined) {
    this.#quota = quota;
    this.#store = store;
    this.#ends = ends;
    this.#logId = logId;
  }

  async open(candidates: readonly Candidate[]): Promise<void> {
    const ids = candidates.map(({ operation }) => operation.id);
    for (const [index, found] of (await this.#store.find(ids)).entries()) {
      if (found !== "absent") this.#held.set(toHex(ids[index] as Hash), found);
    }
  }

  /** The operation is valid in itself; here it meets its log. Both branches of a fork have a place. */
  async place({ operation, introducer }: Candidate): Promise<IngestOutcome> {
    const { id, header, headerBytes, body } = operation;
    const name = toHex(id);
    const held = this.#held.get(name);
    if (held === "whole" || (held === "header" && body === undefined)) return { status: "duplicate", id };
    if (held === "header" && body) return this.#complete(id, name, body);
    const log: LogKey = { author: header.verifyingKey, logId: logIdOf(operation, this.#logId) };
    const overQuota = introducer === OWN ? undefined : this.#overQuota(operation);
    if (overQuota) return { status: "refused", id, code: overQuota };
    if (!(await this.#follows(operation, log))) return { status: "gap", id, ...log };
    const { seqNum, backlink, payloadSize } = header;
    this.#entries.set(name, {
      id,
      author: log.author,
      logId: log.logId,
      seqNum,
      headerBytes,
      introducer,
      payloadSize,
      ...(backlink && { backlink }),
      ...(body && { body }),
    });
    this.#held.set(name, body || payloadSize === 0 ? "whole" : "header");
    this.#quota?.take(log.author, sizeOf(operation));
    if (isPrune(operation)) this.#prunes.push({ ...log, seqNum });
    return { status: "inserted", id };
  }

  /** A pruning operation frees space, so it always has some. */
  #overQuota(operation: Operation): QuotaFault | undefined {
    if (isPrune(operation)) return undefined;
    return this.#quota?.fault(operation.header.verifyingKey, sizeOf(operation));
  }

  #complete(id: Hash, name: string, body: Uint8Array): IngestOutcome {
    const entry = this.#entries.get(name);
    if (entry) this.#entries.set(name, { ...entry, body });
    else this.#lateBodies.push({ id, body });
    this.#held.set(name, "whole");
    return { status: "completed", id };
  }

  /** SPEC.md §4.3: the first operation and a pruning one need no predecessor; any other names one that is here. */
  async #follows(operation: Operation, log: LogKey): Promise<boolean> {
    const { seqNum, backlink } = operation.header;
    if (seqNum === 0 || isPrune(operation) || backlink === undefined) return true;
    const wanted = toHex(backlink);
    const inGroup = this.#entries.get(wanted);
    if (inGroup) return inGroup.seqNum === seqNum - 1 && isSameLog(inGroup, log);
    const end = this.#ends.get(logName(log));
    if (end?.id === wanted) return end.seqNum === seqNum - 1;
    const entries = await this.#store.entriesAt(log, seqNum - 1);
    return entries.some((entry) => toHex(entry.id) === wanted);
  }

  commit(topic: Topic): Commit {
    return {
      topic,
      operations: [...this.#entries.values()],
      lateBodies: this.#lateBodies,
      prunes: this.#prunes,
    };
  }
}

/** Also for a body that comes later: its space is spoken for. */
function sizeOf({ headerBytes, header }: Operation): number {
  return headerBytes.length + header.payloadSize;
}
