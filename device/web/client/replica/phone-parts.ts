// What a phone is made of: everything that a browser gives, and a test in another way.
import type { CryptoSuite } from "../../../../protocol/operation/crypto.ts";
import type { BlobStore, Clock, Logger, Random, Store, Transport } from "../../../../sync/ports.ts";
import type { BelongingsStore } from "./belongings.ts";

export interface PhoneParts {
  readonly belongings: BelongingsStore;
  readonly suite: CryptoSuite;
  readonly clock: Clock;
  readonly random: Random;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly logger: Logger;
  readonly transport: () => Transport;
  readonly openStore: (topic: string) => Promise<Store & Partial<Pen>>;
  readonly openBlobs: (topic: string) => Promise<BlobStore>;
  /** Of its operations and of its blobs. */
  readonly deleteStore: (topic: string) => Promise<void>;
  readonly breathe: () => Promise<void>;
  /** IANA zone of this phone. */
  readonly timezone: string;
  /** "192.168.1.20:3473", the box from which the page came; absent for a page from a file. */
  readonly home?: string;
}

/** A store that several tabs share. */
export interface Pen {
  takePen(token: string): Promise<void>;
}
