// The keys of this phone in one festival, by their public names.
import { toHex } from "../../../../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../../../../protocol/operation/crypto.ts";
import type { FestivalBelongings, KeptKey } from "./belongings.ts";
import { keyOf } from "./opened-festival.ts";

export class OwnKeys {
  readonly #suite: CryptoSuite;
  readonly #kept: () => Pick<FestivalBelongings, "keys" | "chosen">;
  readonly #names = new Map<Uint8Array, string>();

  /** `kept` gives what is kept now, at each call. */
  constructor(suite: CryptoSuite, kept: () => Pick<FestivalBelongings, "keys" | "chosen">) {
    this.#suite = suite;
    this.#kept = kept;
  }

  /** Hex. */
  get names(): readonly string[] {
    return this.#kept().keys.map((key) => this.nameOf(key));
  }

  /** With which one this phone acts unless told otherwise. */
  get chosen(): string {
    const { names } = this;
    const { chosen } = this.#kept();
    return chosen !== undefined && names.includes(chosen) ? chosen : (names[0] ?? "");
  }

  find(name: string): KeptKey | undefined {
    return this.#kept().keys.find((key) => this.nameOf(key) === name);
  }

  /** The public key: to work it out takes a phone some milliseconds. */
  nameOf({ signingKey }: KeptKey): string {
    const known = this.#names.get(signingKey);
    const name = known ?? toHex(keyOf(signingKey, this.#suite).verifyingKey);
    this.#names.set(signingKey, name);
    return name;
  }
}
