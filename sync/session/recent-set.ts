// What was noted last, so much and no more: for what strangers can make us remember. A Set keeps the order of insertion.

export class RecentSet {
  readonly #capacity: number;
  readonly #names = new Set<string>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  /** Forgets the oldest where there are too many. */
  add(name: string): void {
    this.#names.add(name);
    const [oldest] = this.#names;
    if (oldest !== undefined && this.#names.size > this.#capacity) this.#names.delete(oldest);
  }

  /** True if it was there. */
  delete(name: string): boolean {
    return this.#names.delete(name);
  }
}
