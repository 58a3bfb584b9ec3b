// As much of node:assert/strict as the contract of a store needs, for tests that run in a page.

function fail(message: string): never {
  throw new Error(message);
}

function shown(value: unknown): string {
  if (value instanceof Uint8Array) return `<${[...value].map((byte) => byte.toString(16).padStart(2, "0")).join("")}>`;
  if (Array.isArray(value)) return `[${value.map(shown).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([name, each]) => `${name}: ${shown(each)}`).join(", ")}}`;
  }
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

/** By what they hold: keys with the value undefined count, as in node. */
function deepEqual(actual: unknown, expected: unknown, message?: string): void {
  const [got, wanted] = [shown(actual), shown(expected)];
  if (got !== wanted) fail(message ?? `Got ${got}\nexpected ${wanted}`);
}

function equal(actual: unknown, expected: unknown, message?: string): void {
  if (!Object.is(actual, expected)) fail(message ?? `Got ${shown(actual)}, expected ${shown(expected)}`);
}

function ok(value: unknown, message = "Got nothing"): void {
  if (!value) fail(message);
}

async function rejects(promise: Promise<unknown>, expected: { readonly name?: string; readonly code?: string }) {
  const error = await promise.then(
    () => fail("It did not reject"),
    (reason: unknown) => reason as { readonly name?: string; readonly code?: string },
  );
  for (const name of ["name", "code"] as const) {
    if (expected[name] !== undefined) equal(error[name], expected[name]);
  }
}

export const assert = { deepEqual, equal, ok, rejects };
