// What a phone keeps beside the operations: its keys, the festivals that it joined, what its owner chose, whom it met. The
// port, and one in memory; IndexedDB's is in indexeddb-belongings.ts. Values are what a structured clone can hold.
import { NO_CHOICES } from "../../../act/hidden.ts";
import type { HiddenView } from "../festival/view.ts";

export interface KeptKey {
  /** 32 bytes. Secret. */
  readonly signingKey: Uint8Array;
  /** Restored from a backup: first its log has to be heard from somebody (M-51). */
  readonly waits: boolean;
}

export interface Belongings {
  readonly festivals: readonly { readonly topic: string; readonly name?: string }[];
  /** Topic of the one that is shown. */
  readonly current?: string;
  /** Addresses of boxes that were met elsewhere than at this page's own. */
  readonly boxes: readonly string[];
}

/** Of one festival. */
export interface FestivalBelongings {
  readonly keys: readonly KeptKey[];
  /** Public key, hex. */
  readonly chosen?: string;
  readonly plan: readonly string[];
  readonly hidden: HiddenView;
  readonly met: MetDevices;
  readonly lastNews?: number;
  readonly lastSync?: number;
}

export interface MetDevices {
  /** Key of a device, then of an author, hex, to the height up to which the device has that log; the latest met last. */
  readonly held: readonly (readonly [device: string, readonly (readonly [author: string, height: number])[]])[];
  /** Arrival that was reached at each meeting, the latest last. */
  readonly meetings: readonly number[];
}

export const NOTHING: Belongings = { festivals: [], boxes: [] };
export const NOTHING_OF_A_FESTIVAL: FestivalBelongings = {
  keys: [],
  plan: [],
  hidden: NO_CHOICES,
  met: { held: [], meetings: [] },
};

export interface Naming {
  /** What is shown now, where that does not change. */
  readonly current?: string;
  readonly name?: string | undefined;
}

/** With one more festival, or another one that is shown. */
export function withFestival(
  belongings: Belongings,
  topic: string,
  { current = topic, name }: Naming = {},
): Belongings {
  const known = belongings.festivals.find((each) => each.topic === topic);
  const festival = { ...(known ?? { topic }), ...(name && { name }) };
  const others = belongings.festivals.filter((each) => each.topic !== topic);
  return { ...belongings, festivals: known && !name ? belongings.festivals : [...others, festival], current };
}

/** Resolves when it is durable; rejects with StoreError. */
export interface BelongingsStore {
  read(): Promise<Belongings>;
  write(belongings: Belongings): Promise<void>;
  readFestival(topic: string): Promise<FestivalBelongings>;
  writeFestival(topic: string, belongings: FestivalBelongings): Promise<void>;
  forgetFestival(topic: string): Promise<void>;
}

export class MemoryBelongings implements BelongingsStore {
  #belongings = NOTHING;
  readonly #festivals = new Map<string, FestivalBelongings>();

  async read(): Promise<Belongings> {
    return this.#belongings;
  }

  async write(belongings: Belongings): Promise<void> {
    this.#belongings = belongings;
  }

  async readFestival(topic: string): Promise<FestivalBelongings> {
    return this.#festivals.get(topic) ?? NOTHING_OF_A_FESTIVAL;
  }

  async writeFestival(topic: string, belongings: FestivalBelongings): Promise<void> {
    this.#festivals.set(topic, belongings);
  }

  async forgetFestival(topic: string): Promise<void> {
    this.#festivals.delete(topic);
  }
}
