// What can happen to a valid header on its way, and what a hostile author can make of one. Each mutation is named after what
// it does; the oracle says what it means.
import { concatBytes } from "../../../protocol/operation/bytes.ts";
import {
  type ArrayItem,
  array,
  bytes,
  everyItem,
  FALSE,
  type Item,
  raw,
  type Style,
  uint,
  writeItem,
} from "./cbor-item.ts";
import { type HeaderGenerator, TOO_LARGE } from "./generated-headers.ts";

export interface Mutated {
  readonly about: string;
  readonly bytes: Uint8Array;
}

type Mutation = (generator: HeaderGenerator) => Uint8Array;

const KEY_AT = 1;
const SIGNATURE_AT = 2;
/** The order of Ed25519's group: S + L would be a second signature for the same header. */
const GROUP_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const WIDTHS = [1, 2, 4, 8] as const;

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  "a bit flipped": (generator) => flipped(generator, 1),
  "some bits flipped": (generator) => flipped(generator, 2 + generator.below(8)),
  "cut off": (generator) => {
    const whole = written(generator);
    return whole.subarray(0, generator.below(whole.length));
  },
  "bytes behind it": (generator) => concatBytes(written(generator), generator.bytes(1 + generator.below(40))),
  "far too long": (generator) => concatBytes(written(generator), new Uint8Array(4_096)),
  "a long form": (generator) => restyled(generator, (item) => item.type !== "raw", { width: generator.pick(WIDTHS) }),
  "an indefinite length": (generator) =>
    restyled(generator, ({ type }) => type === "bytes" || type === "array", "indefinite"),
  "a tag": (generator) => restyled(generator, () => true, "tagged"),
  "numbers for bytes, a bignum for a number": (generator) =>
    restyled(generator, ({ type }) => type === "bytes" || type === "uint", "disguised"),
  "two elements swapped": (generator) => {
    const [header, a, b] = withTwo(generator);
    return writeItem(array(...header.value.with(a, header.value[b] as Item).with(b, header.value[a] as Item)));
  },
  "an element left out": (generator) => {
    const [header, at] = withTwo(generator);
    return writeItem(array(...header.value.toSpliced(at, 1)));
  },
  "an element twice": (generator) => {
    const [header, at] = withTwo(generator);
    return writeItem(array(...header.value.toSpliced(at, 0, header.value[at] as Item)));
  },
  "a wrong count of elements": (generator) => {
    const bytes = written(generator);
    return bytes.with(0, 0x80 | generator.below(24));
  },
  "a key that may be no point": (generator) => replaced(generator, KEY_AT, () => generator.hash()),
  "a string of another length": (generator) => {
    const header = sealed(generator);
    const strings = everyItem(header).filter(({ item }) => item.type === "bytes");
    return writeItem(generator.pick(strings).replace(bytes(generator.bytes(generator.pick([0, 31, 33, 63, 65])))));
  },
  "a signature plus the order of the group": (generator) => replaced(generator, SIGNATURE_AT, plusOrder),
  "a number that is too large": (generator) => {
    const { signingKey, unsigned } = generator.draft();
    const numbers = everyItem(unsigned).filter(({ item }) => item.type === "uint");
    const larger = generator.pick(numbers).replace(uint(generator.pick(TOO_LARGE)));
    return writeItem(generator.seal({ signingKey, unsigned: larger as ArrayItem }));
  },
  "foreign extensions": (generator) => foreign(generator, FOREIGN[generator.pick(Object.keys(FOREIGN))] as Foreign),
};

/** Mutations take turns, so that each is met equally often. */
export function mutatedHeader(generator: HeaderGenerator, turn: number): Mutated {
  const names = Object.keys(MUTATIONS);
  const about = names[turn % names.length] as string;
  return { about, bytes: (MUTATIONS[about] as Mutation)(generator) };
}

type Foreign = (generator: HeaderGenerator) => Item;

/** Signed by their author, whatever they are. */
const FOREIGN: Readonly<Record<string, Foreign>> = {
  version: (generator) => array(uint(generator.pick([0, 2, 65_536])), uint(0), generator.hash(), uint(1), FALSE),
  variant: (generator) => array(uint(1), uint(generator.pick([2, 255, 65_536])), generator.hash(), uint(1), FALSE),
  set: (generator) => array(uint(1), uint(1), generator.hash(), uint(1), hashes(generator, generator.below(4))),
  largeSet: (generator) => array(uint(1), uint(1), generator.hash(), uint(1), hashes(generator, 130)),
  more: (generator) => array(uint(1), uint(0), generator.hash(), uint(1), FALSE, generator.hash()),
  fewer: (generator) => array(...[uint(1), uint(0), generator.hash(), uint(1)].slice(0, generator.below(5))),
  otherTypes: (generator) =>
    array(...[uint(1), uint(0), generator.hash(), uint(1), FALSE].with(generator.below(5), generator.pick(OTHERS))),
  other: (generator) => generator.pick(OTHERS),
  deep: (generator) => Array.from({ length: 1 + generator.below(9) }).reduce<Item>((inner) => array(inner), uint(1)),
};

const OTHERS: readonly Item[] = [
  uint(7),
  uint(2n ** 53n),
  raw(0x20),
  raw(0x61, 0x61),
  raw(0xa0),
  raw(0xa1, 0x61, 0x61, 0x01),
  raw(0xf6),
  raw(0xf7),
  raw(0xf9, 0x3c, 0x00),
  raw(0xfb, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0),
  bytes(new Uint8Array(32)),
  array(),
];

function hashes(generator: HeaderGenerator, count: number): Item {
  return array(...Array.from({ length: count }, () => generator.hash()));
}

function sealed(generator: HeaderGenerator): ArrayItem {
  return generator.seal(generator.draft());
}

function written(generator: HeaderGenerator): Uint8Array {
  return writeItem(sealed(generator));
}

function flipped(generator: HeaderGenerator, count: number): Uint8Array {
  const bytes = written(generator).slice();
  for (let i = 0; i < count; i++) {
    const at = generator.below(bytes.length);
    bytes[at] = (bytes[at] as number) ^ (1 << generator.below(8));
  }
  return bytes;
}

function restyled(generator: HeaderGenerator, applies: (item: Item) => boolean, style: Style): Uint8Array {
  const places = everyItem(sealed(generator)).filter(({ item }) => applies(item));
  const { item, replace } = generator.pick(places);
  return writeItem(replace({ ...item, style }));
}

function withTwo(generator: HeaderGenerator): [ArrayItem, number, number] {
  const header = sealed(generator);
  return [header, generator.below(header.value.length), generator.below(header.value.length)];
}

function replaced(generator: HeaderGenerator, at: number, by: (before: Item) => Item): Uint8Array {
  const header = sealed(generator);
  return writeItem(array(...header.value.with(at, by(header.value[at] as Item))));
}

function plusOrder(signature: Item): Item {
  const whole = signature.value as Uint8Array;
  const scalar = BigInt(`0x${Buffer.from(whole.subarray(32)).reverse().toString("hex")}`) + GROUP_ORDER;
  return bytes(concatBytes(whole.subarray(0, 32), Buffer.from(scalar.toString(16).padStart(64, "0"), "hex").reverse()));
}

function foreign(generator: HeaderGenerator, extensions: Foreign): Uint8Array {
  const { signingKey, unsigned } = generator.draft();
  const known = unsigned.value.filter((item) => item.type !== "array");
  return writeItem(generator.seal({ signingKey, unsigned: array(...known, extensions(generator)) }));
}
