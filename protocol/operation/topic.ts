// Which topic a festival's key means (SPEC.md §6).
import { asTopic, fromHex, type Topic } from "./bytes.ts";
import type { CryptoSuite } from "./crypto.ts";

/** Strangers' boxes meet here: no key, no threshold. */
const OPEN_FESTIVAL = "lagerfeuer open festival 1";
/** Keeps the words of a key apart from every other use of the hash. */
const KEY_PREFIX = "lagerfeuer festival key 1 ";
const TOPIC_HEX = /^[0-9a-f]{64}$/i;

/** The open festival without a key; the key itself if it is 64 hex digits; else a hash of its words. */
export function festivalTopic(key: string | undefined, suite: CryptoSuite): Topic {
  if (key !== undefined && TOPIC_HEX.test(key)) return asTopic(fromHex(key));
  const words = key === undefined ? OPEN_FESTIVAL : KEY_PREFIX + key.normalize("NFC");
  return asTopic(suite.hash(new TextEncoder().encode(words)));
}
