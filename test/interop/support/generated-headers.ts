// Headers for the oracle: every coupling of payload, backlink and extensions, numbers at their limits, honest signatures and
// others. Some are right and some are wrong on purpose; p2panda's own crate says which.
import { asSigningKey, type SigningKey } from "../../../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../../../protocol/operation/crypto.ts";
import type { Random } from "../../../sync/ports.ts";
import { type ArrayItem, array, bytes, FALSE, type Item, TRUE, uint, writeItem } from "./cbor-item.ts";

const AUTHORS = 4;
/** One in so many headers has this or that fault; with all kinds together about half of them are valid. */
const RARELY = 15;
const HEADER_VERSION = 1;
/** Where the signature stands in the array. */
const SIGNATURE_AT = 2;

/** Where the lengths of CBOR numbers change. */
const NUMBERS = [0, 1, 23, 24, 255, 256, 65_535, 65_536];
const VERSIONS = [0, 2, 65_535, 65_536];
const SIZES = [0, 0, 0, ...NUMBERS, 2 ** 32 - 1];
const SEQ_NUMS = [0, 0, 0, ...NUMBERS, 2 ** 32 - 2];
const TIMESTAMPS = [...NUMBERS, 2 ** 32 - 1, 2 ** 32, 1_785_838_042_000_000, 2 ** 53 - 1];
/** Around what fits in p2panda's integers, or in ours. */
export const TOO_LARGE = [2n ** 32n - 1n, 2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n];

/** A header in the making: its items without the signature, and who signs them. */
export interface Draft {
  readonly signingKey: SigningKey;
  readonly unsigned: ArrayItem;
}

export class HeaderGenerator {
  readonly random: Random;
  readonly #suite: CryptoSuite;
  readonly #authors: readonly SigningKey[];

  constructor(random: Random, suite: CryptoSuite) {
    this.random = random;
    this.#suite = suite;
    this.#authors = Array.from({ length: AUTHORS }, (_, index) => asSigningKey(new Uint8Array(32).fill(index + 1)));
  }

  /** Now and then with a fault. */
  header(): Uint8Array {
    const draft = this.draft(RARELY);
    return writeItem(this.#seldom(RARELY) ? this.#forge(draft) : this.seal(draft));
  }

  /** One in `rarely` has a number, a payload hash or a backlink that is not as it should be. */
  draft(rarely = Number.POSITIVE_INFINITY): Draft {
    const signingKey = this.pick(this.#authors);
    const size = this.#seldom(rarely) ? this.pick(TOO_LARGE) : this.pick(SIZES);
    const seqNum = this.#seldom(rarely) ? this.pick(TOO_LARGE) : this.pick(SEQ_NUMS);
    const unsigned = array(
      uint(this.#seldom(rarely) ? this.pick(VERSIONS) : HEADER_VERSION),
      bytes(this.#suite.verifyingKey(signingKey)),
      uint(size),
      ...(size > 0 !== this.#seldom(rarely) ? [this.hash()] : []),
      uint(seqNum),
      ...(seqNum > 0 !== this.#seldom(rarely) ? [this.hash()] : []),
      ...(this.random() < 0.25 ? [] : [this.#extensions(rarely)]),
    );
    return { signingKey, unsigned };
  }

  /** The header with its author's signature. */
  seal({ signingKey, unsigned }: Draft): ArrayItem {
    return withSignature(unsigned, this.#suite.sign(writeItem(unsigned), signingKey));
  }

  hash(): Item {
    return bytes(this.bytes(32));
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(256));
  }

  below(bound: number): number {
    return Math.floor(this.random() * bound);
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }

  #seldom(one: number): boolean {
    return this.random() < 1 / one;
  }

  #extensions(rarely: number): Item {
    const timestamp = this.#seldom(rarely) ? this.pick(TOO_LARGE) : this.pick(TIMESTAMPS);
    return array(uint(1), uint(0), this.hash(), uint(timestamp), this.pick([TRUE, FALSE]));
  }

  #forge({ unsigned }: Draft): ArrayItem {
    const others = [
      this.bytes(64),
      this.#suite.sign(writeItem(unsigned), this.pick(this.#authors)),
      new Uint8Array(64),
    ];
    return withSignature(unsigned, this.pick(others));
  }
}

function withSignature(unsigned: ArrayItem, signature: Uint8Array): ArrayItem {
  return array(...unsigned.value.toSpliced(SIGNATURE_AT, 0, bytes(signature)));
}
