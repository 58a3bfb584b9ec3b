// Keys outside the phone: a file with all of them, or one of them as words (M-51). Whoever has either can speak as this
// person. Words come from the two lists that give keys their animals, 512 each and so 9 bits a word.
import { ADJECTIVES } from "../../../../protocol/festival/words/adjectives.ts";
import { ANIMALS } from "../../../../protocol/festival/words/animals.ts";
import { fromHex, toHex } from "../../../../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../../../../protocol/operation/crypto.ts";
import { PhoneError } from "../replica/phone-error.ts";

const FORMAT = "lagerfeuer keys 1";
const KEY_BYTES = 32;
const WORD_BITS = 9;
/** 256 bits of key and 14 of checksum: one word mistaken for another is found but once in sixteen thousand. */
const WORDS = 30;
const CHECKSUM_BITS = WORDS * WORD_BITS - KEY_BYTES * 8;

export interface BackedUpKey {
  /** Topic, hex; words do not say it. */
  readonly festival?: string;
  readonly signingKey: Uint8Array;
}

export function writeBackup(keys: readonly Required<BackedUpKey>[]): string {
  const written = keys.map(({ festival, signingKey }) => ({ festival, key: toHex(signingKey) }));
  return `${JSON.stringify({ format: FORMAT, keys: written }, null, 2)}\n`;
}

/** Throws PhoneError E_BACKUP. */
export function readBackup(text: string): readonly Required<BackedUpKey>[] {
  const read = parse(text) as { readonly format?: unknown; readonly keys?: unknown } | null;
  if (read?.format !== FORMAT || !Array.isArray(read.keys)) throw unreadable("it is none of ours");
  return read.keys.map((each: { readonly festival?: unknown; readonly key?: unknown } | null) => {
    const { festival, key } = each ?? {};
    if (!isHex32(festival) || !isHex32(key)) throw unreadable("one of its keys is damaged");
    return { festival, signingKey: fromHex(key) };
  });
}

/** Adjectives and animals in turn. */
export function keyWords(signingKey: Uint8Array, suite: CryptoSuite): readonly string[] {
  let bits = (BigInt(`0x${toHex(signingKey)}`) << BigInt(CHECKSUM_BITS)) | checksum(signingKey, suite);
  const words: string[] = [];
  for (let place = WORDS - 1; place >= 0; place--) {
    words.unshift(listAt(place)[Number(bits & 511n)] ?? "");
    bits >>= BigInt(WORD_BITS);
  }
  return words;
}

/** Throws PhoneError E_BACKUP, and says which word it does not know. */
export function readKeyWords(text: string, suite: CryptoSuite): Uint8Array {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (words.length !== WORDS) throw unreadable(`it has ${words.length} words and not ${WORDS}`);
  let bits = 0n;
  for (const [place, word] of words.entries()) {
    const number = listAt(place).indexOf(word);
    if (number < 0) throw unreadable(`word ${place + 1}, "${word}", is not one of ours`);
    bits = (bits << BigInt(WORD_BITS)) | BigInt(number);
  }
  const hex = (bits >> BigInt(CHECKSUM_BITS)).toString(16).padStart(KEY_BYTES * 2, "0");
  const signingKey = fromHex(hex);
  const said = bits & ((1n << BigInt(CHECKSUM_BITS)) - 1n);
  if (hex.length > KEY_BYTES * 2 || said !== checksum(signingKey, suite))
    throw unreadable("a word is wrong, or two changed places");
  return signingKey;
}

function listAt(place: number): readonly string[] {
  return place % 2 === 0 ? ADJECTIVES : ANIMALS;
}

function checksum(signingKey: Uint8Array, suite: CryptoSuite): bigint {
  const [first = 0, second = 0] = suite.hash(signingKey);
  return BigInt((first << 8) | second) >> BigInt(16 - CHECKSUM_BITS);
}

function isHex32(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable("it is none of ours");
  }
}

function unreadable(why: string): PhoneError {
  return new PhoneError("E_BACKUP", `Cannot read the backup: ${why}`);
}
