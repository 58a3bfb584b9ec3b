// A table of answers that cost more to work out than to keep. Bounded, because what is asked comes from strangers.

/** Returns what is known for `key`, else computes and keeps it; a table that reaches `limit` begins anew. */
export function recall<Value>(known: Map<string, Value>, limit: number, key: string, compute: () => Value): Value {
  const kept = known.get(key);
  if (kept !== undefined) return kept;
  if (known.size >= limit) known.clear();
  const value = compute();
  known.set(key, value);
  return value;
}
