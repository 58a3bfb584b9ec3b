// As much of node:test as the contract of a store needs, for tests that run in a page: `describe`, `test`, `t.after`.

interface PageTest {
  readonly name: string;
  readonly run: (t: PageContext) => Promise<void> | void;
}

class PageContext {
  readonly #after: (() => Promise<void> | void)[] = [];

  after(callback: () => Promise<void> | void): void {
    this.#after.unshift(callback);
  }

  diagnostic(): void {}

  async finish(): Promise<void> {
    for (const callback of this.#after) await callback();
  }
}

export interface PageResult {
  readonly name: string;
  /** Absent where it passed. */
  readonly failure?: string;
}

const tests: PageTest[] = [];

export function describe(_name: string, define: () => void): void {
  define();
}

export function test(name: string, ...rest: readonly unknown[]): void {
  tests.push({ name, run: rest.at(-1) as PageTest["run"] });
}

/** Runs what was defined, in order. */
export async function runAll(): Promise<PageResult[]> {
  const results: PageResult[] = [];
  for (const { name, run } of tests) {
    const t = new PageContext();
    try {
      await run(t);
      results.push({ name });
    } catch (error) {
      results.push({ name, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
    await t.finish();
  }
  return results;
}
