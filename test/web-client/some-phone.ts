// A phone without a browser: everything real but the medium, the network and chance.

import { MemoryBelongings } from "../../device/web/client/replica/belongings.ts";
import { FestivalPhone } from "../../device/web/client/replica/festival-phone.ts";
import { toHex } from "../../protocol/operation/bytes.ts";
import { festivalTopic } from "../../protocol/operation/topic.ts";
import type { Transport } from "../../sync/ports.ts";
import { MemoryStore } from "../../sync/store/memory.ts";
import { MemoryBlobs } from "../../sync/store/memory-blobs.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { createToyCrypto } from "../support/toy-crypto.ts";
import { Silent } from "./silent-logger.ts";

export const SUITE = createToyCrypto();
const PAGE = "http://192.168.1.20:3473/";

const NO_NETWORK: Transport = {
  dial: () => Promise.reject(new Error("nobody answers")),
  close: async () => {},
};

/** `seed` makes its keys; two phones with one seed would be one person. */
export function somePhone(
  seed: number,
  { belongings = new MemoryBelongings(), stores = new Map<string, MemoryStore>(), clock = new FakeClock() } = {},
) {
  let made = 0;
  const randomBytes = (length: number): Uint8Array => {
    made += 1;
    return SUITE.hash(Uint8Array.of(seed, made)).slice(0, length);
  };
  const parts = {
    belongings,
    suite: SUITE,
    clock,
    random: () => 0.5,
    randomBytes,
    logger: Silent,
    transport: () => NO_NETWORK,
    openStore: async (topic: string) => {
      const store = stores.get(topic) ?? new MemoryStore();
      stores.set(topic, store);
      return store;
    },
    openBlobs: async () => new MemoryBlobs(),
    deleteStore: async (topic: string) => {
      stores.delete(topic);
    },
    breathe: async () => {},
    timezone: "Europe/Berlin",
  };
  return FestivalPhone.open(parts, { page: PAGE, fallback: toHex(festivalTopic(undefined, SUITE)) });
}
