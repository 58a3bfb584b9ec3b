// What is wrong with the card this box keeps everything on, for whoever looks at its screen: kept from the first failure
// until something is written again. Heals nothing.
import type { CommitHook } from "../sync/ports.ts";
import { asStoreError, type StoreCode, StoreError } from "../sync/store/errors.ts";
import type { Trouble } from "./display/device-state.ts";

/** Another process at work is no trouble. */
const TROUBLES: Readonly<Record<StoreCode, Trouble | undefined>> = {
  E_STORE_FULL: "card-full",
  E_STORE_READONLY: "card-broken",
  E_STORE_CORRUPT: "card-broken",
  E_STORE_IO: "card-broken",
  E_STORE_LOCKED: undefined,
  E_STORE_VERSION: "fault",
};

export class StoreTrouble {
  readonly #listeners = new Set<() => void>();
  #trouble: Trouble | undefined;

  get trouble(): Trouble | undefined {
    return this.#trouble;
  }

  /** Calls back when it comes and when it goes. */
  watch(callback: () => void): void {
    this.#listeners.add(callback);
  }

  /** For any error of reading or writing; one that is not of the medium is a fault of this program. */
  failed(error: unknown): void {
    const failure = asStoreError(error, "use the card");
    const trouble = failure instanceof StoreError ? TROUBLES[failure.code] : "fault";
    if (trouble !== undefined) this.#set(trouble);
  }

  /** Runs with each commit: whatever is written proves that there is room again. */
  healing(hook: CommitHook): CommitHook {
    return (operations, lateBodies) => {
      hook(operations, lateBodies);
      this.#set(undefined);
    };
  }

  /** Something small was written where other things lie already: the card takes it, which says nothing of its room. */
  healed(): void {
    if (this.#trouble === "card-broken") this.#set(undefined);
  }

  #set(trouble: Trouble | undefined): void {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    for (const tell of this.#listeners) tell();
  }
}
