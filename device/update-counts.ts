// How often each document was changed by its author: what a calendar calls its SEQUENCE. Counted by reading everything
// once, since only an export ever asks.
import { readBody } from "../protocol/festival/body.ts";
import { equalBytes, toHex } from "../protocol/operation/bytes.ts";
import type { Replica } from "../sync/replica.ts";

const PAGE_OPERATIONS = 500;

/** By "document id author"; both hex. */
export async function updateCounts({ store, topic, logId }: Replica): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (let arrival = 0; ; ) {
    const page = await store.since(topic, arrival, PAGE_OPERATIONS);
    for (const operation of page) {
      const reading = operation.body && equalBytes(operation.logId, logId) ? readBody(operation.body) : undefined;
      if (reading?.status !== "understood" || reading.body.a !== "update") continue;
      const key = `${reading.body.d} ${toHex(operation.author)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const last = page.at(-1);
    if (last === undefined) return counts;
    arrival = last.arrival;
  }
}
