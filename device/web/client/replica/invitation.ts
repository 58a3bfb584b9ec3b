// How a festival's key is handed on: behind the "#" of an address, which a browser sends to nobody; as 64 digits; or as words
// that people say to each other (SPEC.md §6).
import { toHex } from "../../../../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../../../../protocol/operation/crypto.ts";
import { festivalTopic } from "../../../../protocol/operation/topic.ts";
import { PhoneError } from "./phone-error.ts";

const JOIN = "join";
/** No festival's words are longer; a pasted page is. */
const MAX_CODE_LENGTH = 1_000;

/** The topic that a code means; the open festival's where it is empty. Throws PhoneError E_FESTIVAL. */
export function topicOfCode(code: string, suite: CryptoSuite): string {
  const text = code.trim();
  if (text.length > MAX_CODE_LENGTH) throw new PhoneError("E_FESTIVAL", "Cannot join: that is no code of a festival");
  const words = keyInFragment(text) ?? text;
  return toHex(festivalTopic(words === "" ? undefined : words, suite));
}

/** The key in "http://192.168.1.20:3473/#join=…" or in the part from "#" on; undefined where there is none. */
export function keyInFragment(address: string): string | undefined {
  const at = address.indexOf("#");
  if (at < 0) return undefined;
  return new URLSearchParams(address.slice(at + 1)).get(JOIN) ?? undefined;
}

/** "192.168.1.21:3473" out of an address of a page, or as it is. Throws PhoneError E_FESTIVAL. */
export function boxAddress(text: string): string {
  const trimmed = text.trim();
  try {
    const url = new URL(/^\w+:\/\//.test(trimmed) ? trimmed : `http://${trimmed}`);
    if (url.hostname !== "") return `${url.hostname}:${url.port || "80"}`;
  } catch {
    // Said below.
  }
  throw new PhoneError("E_FESTIVAL", `Cannot call "${trimmed}": it is no address of a box`);
}

export function invitationTo(topic: string, page: string): string {
  return `${page.replace(/#.*$/, "")}#${JOIN}=${topic}`;
}
