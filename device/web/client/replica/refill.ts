// Taking in a copy: each operation goes through the same door as those that come from others, and is believed
// as little.
import type { Operation } from "../../../../protocol/operation/operation.ts";
import type { Replica } from "../../../../sync/replica.ts";

/** Candidates of a copy that are taken in together. */
const REFILL_OPERATIONS = 100;
/** No session brought what a file brings. */
const FROM_A_FILE = -1;

export interface Refilled {
  readonly added: number;
  readonly refused: number;
}

export async function refill(
  replica: Replica,
  copy: Iterable<Operation>,
  breathe: () => Promise<void>,
): Promise<Refilled> {
  const operations = [...copy];
  let added = 0;
  let refused = 0;
  for (let from = 0; from < operations.length; from += REFILL_OPERATIONS) {
    const page = operations.slice(from, from + REFILL_OPERATIONS);
    const candidates = page.map((operation) => ({ operation, introducer: FROM_A_FILE }));
    for (const { status } of await replica.receive(candidates)) {
      if (status === "inserted" || status === "completed") added += 1;
      else if (status !== "duplicate") refused += 1;
    }
    await breathe();
  }
  return { added, refused };
}
