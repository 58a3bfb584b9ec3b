// Fetching blobs from several peers at once: who fetches which, what has come of each, and who lied. Decides and counts;
// what is wanted and where the bytes go, blobs.ts knows. Time is the clock's.
//
// Invariants
// 1. No blob is fetched from two peers at the same time, and from one peer one at a time.
// 2. The bytes of a blob come from one peer alone, so that a wrong hash names who lied; that one is asked no more.
// 3. Every part is as long as it may be, so a blob is nine parts at the most, and four minutes with the slowest peer.
import { concatBytes, equalBytes, type Hash, toHex } from "../protocol/operation/bytes.ts";
import type { Clock } from "./ports.ts";
import type { BlobPart, BlobWant } from "./session/blob-events.ts";
import { MAX_PART_BYTES } from "./session/blob-message.ts";
import { RecentSet } from "./session/recent-set.ts";

/** Nothing for so long, and another peer may try: the first may just be busy with operations. */
const SILENCE_MS = 30_000;
/** Begun and cut off, kept for when the same peer comes back: 4 MiB at the most. */
const MAX_REMNANTS = 8;
/** Keys are free, so what is remembered of them is bounded. */
const MAX_LIARS = 1024;

export interface WantedBlob {
  readonly hash: Hash;
  /** It has no more than these. */
  readonly bytes: number;
}

/** One session that fetches. */
export interface BlobAsker {
  /** Of the other side, hex. */
  readonly key: string;
}

export type FetchFault =
  /** Longer than whoever named it says, not as long as it was said to be, or in smaller parts than it might be. */
  | "E_BLOB_SIZE"
  /** The bytes are not those of the hash. */
  | "E_BLOB_HASH";

export type Fetched =
  | { readonly status: "more"; readonly from: number }
  | { readonly status: "whole"; readonly bytes: Uint8Array }
  /** Nobody waits for it any more. */
  | { readonly status: "stale" }
  | { readonly status: "wrong"; readonly code: FetchFault };

/** What has come of a blob, and from whom. */
interface Remnant {
  readonly key: string;
  readonly total: number | undefined;
  readonly parts: readonly Uint8Array[];
  readonly received: number;
}

interface Claim extends Remnant {
  readonly wanted: WantedBlob;
  readonly cancel: () => void;
}

export interface BlobFetchingOptions {
  readonly clock: Clock;
  readonly hash: (bytes: Uint8Array) => Hash;
  /** A blob that was being fetched is free for others again. */
  readonly freed: () => void;
}

export class BlobFetching {
  readonly #options: BlobFetchingOptions;
  readonly #claims = new Map<BlobAsker, Claim>();
  /** By hash, oldest first. */
  readonly #remnants = new Map<string, Remnant>();
  readonly #liars = new RecentSet(MAX_LIARS);

  constructor(options: BlobFetchingOptions) {
    this.#options = options;
  }

  /** The first that this peer may have and nobody else brings. */
  choose(asker: BlobAsker, wanted: readonly WantedBlob[], lacking: ReadonlySet<string>): BlobWant | undefined {
    if (this.#liars.has(asker.key)) return undefined;
    const claimed = new Set([...this.#claims.values()].map((claim) => toHex(claim.wanted.hash)));
    const next = wanted.find(({ hash }) => !claimed.has(toHex(hash)) && !lacking.has(toHex(hash)));
    if (next === undefined) return undefined;
    const remnant = this.#remnants.get(toHex(next.hash));
    const begun = remnant?.key === asker.key ? remnant : { key: asker.key, total: undefined, parts: [], received: 0 };
    this.#remnants.delete(toHex(next.hash));
    this.#claim(asker, { ...begun, wanted: next });
    return { hash: next.hash, from: begun.received };
  }

  take(asker: BlobAsker, hash: Hash, { total, bytes }: BlobPart): Fetched {
    const claim = this.#claims.get(asker);
    if (claim === undefined || !equalBytes(claim.wanted.hash, hash)) return { status: "stale" };
    if (total > claim.wanted.bytes) return this.#refuse(asker, "E_BLOB_SIZE");
    const isFull = bytes.length === Math.min(MAX_PART_BYTES, total - claim.received);
    if (!isFull || total !== (claim.total ?? total)) return this.#blame(asker, "E_BLOB_SIZE");
    const received = claim.received + bytes.length;
    const parts = [...claim.parts, bytes];
    if (received < total) {
      this.#claim(asker, { ...claim, total, parts, received });
      return { status: "more", from: received };
    }
    const whole = concatBytes(...parts);
    return equalBytes(this.#options.hash(whole), hash)
      ? { status: "whole", bytes: whole }
      : this.#blame(asker, "E_BLOB_HASH");
  }

  /** It is here, or this peer has not got it. */
  giveUp(asker: BlobAsker): void {
    this.#claims.get(asker)?.cancel();
    if (this.#claims.delete(asker)) this.#options.freed();
  }

  /** The session ended, or is silent: what came so far serves its next one. */
  left(asker: BlobAsker): void {
    const claim = this.#claims.get(asker);
    if (claim === undefined) return;
    const { key, total, parts, received } = claim;
    if (received > 0) this.#remnants.set(toHex(claim.wanted.hash), { key, total, parts, received });
    const [oldest] = this.#remnants.keys();
    if (oldest !== undefined && this.#remnants.size > MAX_REMNANTS) this.#remnants.delete(oldest);
    this.giveUp(asker);
  }

  #claim(asker: BlobAsker, claim: Omit<Claim, "cancel">): void {
    this.#claims.get(asker)?.cancel();
    const cancel = this.#options.clock.after(SILENCE_MS, () => this.left(asker));
    this.#claims.set(asker, { ...claim, cancel });
  }

  /** Who of the two is wrong, the one that names it or the one that sends it, nobody knows. */
  #refuse(asker: BlobAsker, code: FetchFault): Fetched {
    this.giveUp(asker);
    return { status: "wrong", code };
  }

  #blame(asker: BlobAsker, code: FetchFault): Fetched {
    this.#liars.add(asker.key);
    return this.#refuse(asker, code);
  }
}
