// Whom this phone met, and how far each of them holds the logs of this festival: "on 9 devices", "in the latest news"
// (D-29). Measured in meetings, for no clock here or there has to be right. As device/encounters.ts on a box.
import type { LogHeights } from "../../../../protocol/operation/log.ts";
import type { MetDevices as Kept } from "./belongings.ts";

/** Devices that are remembered, the latest. */
const MAX_DEVICES = 256;
/** Meetings that are told apart; what is older is "long ago". */
const MAX_MEETINGS = 1_000;

export class MetDevices {
  readonly #held = new Map<string, Map<string, number>>();
  #meetings: number[];
  /** Counts up with each meeting. */
  count = 0;

  constructor({ held, meetings }: Kept) {
    for (const [device, heights] of held) this.#held.set(device, new Map(heights));
    this.#meetings = [...meetings];
  }

  /** A device synced with this phone, which had seen operations up to `arrival` by then. */
  met(device: string, { heights, logId, arrival }: { heights: LogHeights; logId: string; arrival: number }): void {
    const held = this.#held.get(device) ?? new Map<string, number>();
    this.#held.delete(device);
    this.#held.set(device, held);
    for (const [author, logs] of heights) {
      const height = logs.get(logId);
      if (height !== undefined) held.set(author, Math.max(height, held.get(author) ?? -1));
    }
    this.#meetings = [...this.#meetings, arrival].slice(-MAX_MEETINGS);
    for (const oldest of [...this.#held.keys()].slice(0, -MAX_DEVICES)) this.#held.delete(oldest);
    this.count += 1;
  }

  /** Devices known to have an operation, this one among them. */
  holders(author: string, seqNum: number): number {
    return 1 + [...this.#held.values()].filter((held) => (held.get(author) ?? -1) >= seqNum).length;
  }

  since(arrival: number): number {
    return this.#meetings.filter((reached) => reached > arrival).length;
  }

  kept(): Kept {
    return { held: [...this.#held].map(([device, heights]) => [device, [...heights]]), meetings: this.#meetings };
  }
}
