// Several keys of one person may write on one document (SPEC.md §8.4, M-12). Puts their operations into the order of one
// log, so that everything else is reduced as if one key had written it all. Who may write, identities.ts tells.
import type { BodyOperation } from "./document.ts";

/** An operation that counts, of whichever key. */
export interface LinkedOperation extends BodyOperation {
  /** Header timestamp, microseconds: a claim, which decides only between what was written without knowledge of each other. */
  readonly timestamp: number;
}

/**
 * Renumbers the operations of all keys as `author` would have written them one after the other. Each key keeps its own
 * order (M-11), and comes behind what another key wrote and it names, as the document or as the version it had seen; else
 * the lower timestamp, then the lower id, comes first. The same operations give the same order, however they stand.
 */
export function asOneLog<Operation extends LinkedOperation>(
  operations: readonly Operation[],
  author: string,
): readonly Operation[] {
  const queues = [...Map.groupBy(operations, (operation) => operation.author).values()].map(inOwnOrder);
  const waiting = new Map(operations.map((operation) => [operation.id, operation.author]));
  const ordered: Operation[] = [];
  for (let heads = headsOf(queues); heads.length > 0; heads = headsOf(queues)) {
    const ready = heads.filter(([head]) =>
      namedBy(head).every((id) => (waiting.get(id) ?? head.author) === head.author),
    );
    const [next, queue] = (ready.length > 0 ? ready : heads).reduce((a, b) => (isEarlier(b[0], a[0]) ? b : a));
    queue.pop();
    waiting.delete(next.id);
    ordered.push({ ...next, author, seqNum: ordered.length });
  }
  return ordered;
}

/** Latest first, to be taken from the end. */
function inOwnOrder<Operation extends LinkedOperation>(operations: readonly Operation[]): Operation[] {
  return operations.toSorted((a, b) => b.seqNum - a.seqNum || (a.id < b.id ? -1 : 1));
}

/** The first of each key that has no place yet. */
function headsOf<Operation>(queues: readonly Operation[][]): (readonly [Operation, Operation[]])[] {
  return queues.flatMap((queue) => queue.slice(-1).map((head) => [head, queue] as const));
}

function namedBy({ body }: BodyOperation): readonly string[] {
  return [...("d" in body ? [body.d] : []), ...(body.v === undefined ? [] : [body.v])];
}

function isEarlier(a: LinkedOperation, b: LinkedOperation): boolean {
  return a.timestamp === b.timestamp ? a.id < b.id : a.timestamp < b.timestamp;
}
