// The box's own Wi-Fi, as far as the box must know it: whether it is open now, and what a phone needs to join. A card's unit
// opens it (image/rootfs/usr/lib/lagerfeuer/hotspot) and says so by a file, which the kernel tells of: nothing polls.
import { existsSync, type FSWatcher, readFileSync, watch } from "node:fs";
import { join } from "node:path";
import type { HotspotFacts } from "./card/iwd-files.ts";

/** In memory; only on a card. */
const FOLDER = "/run/lagerfeuer";
const FACTS_FILE = "hotspot.json";
const OPEN_FILE = "hotspot-open";

export class Hotspot {
  readonly #folder: string;
  #watcher: FSWatcher | undefined;
  #open: HotspotFacts | undefined;

  constructor(folder = FOLDER) {
    this.#folder = folder;
  }

  /** Undefined while it is closed. */
  get open(): HotspotFacts | undefined {
    return this.#open;
  }

  /** Calls back when it opens and when it closes; at once if it is open already. */
  start(changed: () => void): void {
    const look = (): void => {
      const before = this.#open;
      this.#open = this.#read();
      if (before?.code !== this.#open?.code) changed();
    };
    if (!existsSync(this.#folder)) return;
    this.#watcher = watch(this.#folder, { persistent: false }, (_event, name) => {
      if (name === OPEN_FILE) look();
    });
    look();
  }

  stop(): void {
    this.#watcher?.close();
  }

  /** A screen without a code is better than none: what cannot be read counts as closed. */
  #read(): HotspotFacts | undefined {
    if (!existsSync(join(this.#folder, OPEN_FILE))) return undefined;
    try {
      return JSON.parse(readFileSync(join(this.#folder, FACTS_FILE), "utf8")) as HotspotFacts;
    } catch {
      return undefined;
    }
  }
}
