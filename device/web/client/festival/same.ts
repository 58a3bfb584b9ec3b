// Whether two views say the same, so that the older object can stand for both, and pages need not draw it again.

export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((each, index) => same(each, b[index]));
  const [mine, others] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const names = Object.keys(mine);
  return names.length === Object.keys(others).length && names.every((name) => same(mine[name], others[name]));
}

export function keep<View>(before: View | undefined, now: View): View {
  return before !== undefined && same(before, now) ? before : now;
}

/** Each item is the older object where that says the same, and so is the list. */
export function keepList<View>(
  before: readonly View[] | undefined,
  now: readonly View[],
  nameOf: (view: View) => string,
): readonly View[] {
  if (before === undefined) return now;
  const known = new Map(before.map((view) => [nameOf(view), view]));
  const kept = now.map((view) => keep(known.get(nameOf(view)), view));
  return kept.length === before.length && kept.every((view, index) => view === before[index]) ? before : kept;
}
