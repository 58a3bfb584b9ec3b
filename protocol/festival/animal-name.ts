// The name by which a key is known until it says another (SPEC.md §8.5, M-42): "Mellow Moth". A label, never a proof:
// one in 262,144 keys shares it, and whoever wants can search for a key with a given name.
import { ADJECTIVES } from "./words/adjectives.ts";
import { ANIMALS } from "./words/animals.ts";

export interface AnimalName {
  readonly name: string;
  /** Four digits to put behind the name where two keys of one screen share it. */
  readonly digits: string;
}

const DIGITS = 4;

/** `keyHash` is the BLAKE3 of a public key: 32 bytes, of which the first eight decide. */
export function animalName(keyHash: Uint8Array): AnimalName {
  const view = new DataView(keyHash.buffer, keyHash.byteOffset, keyHash.byteLength);
  const adjective = pick(ADJECTIVES, view.getUint16(0));
  const animal = pick(ANIMALS, view.getUint16(2));
  const digits = view.getUint32(4) % 10 ** DIGITS;
  return { name: `${adjective} ${animal}`, digits: String(digits).padStart(DIGITS, "0") };
}

/** Uniform, since 512 divides the 65,536 values of a uint16. */
function pick(words: readonly string[], number: number): string {
  const word = words[number % words.length] as string;
  return word.charAt(0).toUpperCase() + word.slice(1);
}
