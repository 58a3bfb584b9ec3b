// What one session with one of our own boxes asks about blobs, answered by the blobs of its topic. A topic that is only
// carried for others has none: its operations are not read here, so nobody knows what they name.
import type { BlobAsker } from "./blob-fetching.ts";
import type { Blobs } from "./blobs.ts";
import type { BlobEffect, BlobEvent } from "./session/blob-events.ts";

export interface BlobPeerOptions {
  readonly blobs: Blobs | undefined;
  /** Of the other side, hex. */
  readonly key: string;
  readonly tell: (event: BlobEvent) => void;
}

export class BlobPeer implements BlobAsker {
  readonly key: string;
  readonly #blobs: Blobs | undefined;
  readonly #unsubscribe: (() => void) | undefined;
  #left = false;

  constructor({ blobs, key, tell }: BlobPeerOptions) {
    this.key = key;
    this.#blobs = blobs;
    this.#unsubscribe = blobs?.subscribe({
      wanted: () => tell({ type: "wanted" }),
      here: (hash) => tell({ type: "here", hash }),
    });
  }

  /** Resolves with the answer; nothing where none is expected. Rejects with StoreError. */
  async carryOut(effect: BlobEffect): Promise<BlobEvent | undefined> {
    switch (effect.type) {
      case "chooseBlob":
        return { type: "chosen", want: await this.#choose(effect.lacking) };
      case "takePart":
        return { type: "taken", outcome: (await this.#blobs?.take(this, effect.hash, effect.part)) ?? OVER };
      case "readPart":
        return { type: "read", part: await this.#blobs?.part(effect) };
      case "giveUp":
        this.#blobs?.giveUp(this);
        return undefined;
    }
  }

  close(): void {
    this.#left = true;
    this.#unsubscribe?.();
    this.#blobs?.left(this);
  }

  /** Who left while it was looked up does not keep it from others. */
  async #choose(lacking: ReadonlySet<string>) {
    const want = await this.#blobs?.choose(this, lacking);
    if (this.#left) this.#blobs?.left(this);
    return want;
  }
}

const OVER = { status: "over" } as const;
