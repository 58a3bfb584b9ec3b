// CBOR items for the oracle's headers, and the many ways in which RFC 8949 lets one write them. Not a codec: it writes what
// the product never writes and has to refuse (SPEC.md §2.2), so it shares no code with it.
import { concatBytes } from "../../../protocol/operation/bytes.ts";

/** Ways to write an item other than the shortest one. */
export type Style =
  /** A head of that many bytes behind the first, however small the number is. */
  | { readonly width: 1 | 2 | 4 | 8 }
  /** Byte strings in two chunks; arrays up to a break. */
  | "indefinite"
  /** With a tag before it. */
  | "tagged"
  /** Byte strings as an array of numbers, numbers as a bignum. */
  | "disguised";

export type Item =
  | { readonly type: "uint"; readonly value: bigint; readonly style?: Style }
  | { readonly type: "bytes"; readonly value: Uint8Array; readonly style?: Style }
  | { readonly type: "array"; readonly value: readonly Item[]; readonly style?: Style }
  /** Written already. */
  | { readonly type: "raw"; readonly value: Uint8Array; readonly style?: Style };

export type ArrayItem = Extract<Item, { type: "array" }>;

const UINT = 0;
const BYTES = 2;
const ARRAY = 4;
/** Self-described CBOR: a tag that every decoder may pass over. */
const TAG = Uint8Array.of(0xd9, 0xd9, 0xf7);
const POSITIVE_BIGNUM = Uint8Array.of(0xc2);
const INDEFINITE = 0x1f;
const BREAK = Uint8Array.of(0xff);
/** Of two chunks, the first. */
const CHUNK_BYTES = 7;

export const FALSE: Item = { type: "raw", value: Uint8Array.of(0xf4) };
export const TRUE: Item = { type: "raw", value: Uint8Array.of(0xf5) };

export function uint(value: number | bigint): Item {
  return { type: "uint", value: BigInt(value) };
}

export function bytes(value: Uint8Array): Item {
  return { type: "bytes", value };
}

export function array(...value: Item[]): ArrayItem {
  return { type: "array", value };
}

export function raw(...value: number[]): Item {
  return { type: "raw", value: Uint8Array.from(value) };
}

export function writeItem(item: Item): Uint8Array {
  const tag = item.style === "tagged" ? TAG : new Uint8Array();
  switch (item.type) {
    case "uint":
      return concatBytes(tag, item.style === "disguised" ? bignum(item.value) : head(UINT, item.value, item.style));
    case "bytes":
      return concatBytes(tag, writeBytes(item.value, item.style));
    case "array":
      return concatBytes(tag, writeArray(item.value, item.style));
    case "raw":
      return concatBytes(tag, item.value);
  }
}

/** Every item of a tree, the outermost first, with how to put another one in its place. */
export function everyItem(item: Item): { readonly item: Item; replace(by: Item): Item }[] {
  const inside = (item.type === "array" ? item.value : []).flatMap((child, index) =>
    everyItem(child).map((inner) => ({
      item: inner.item,
      replace: (by: Item): Item => withChild(item as ArrayItem, index, inner.replace(by)),
    })),
  );
  return [{ item, replace: (by) => by }, ...inside];
}

function withChild(item: ArrayItem, index: number, child: Item): ArrayItem {
  return { ...item, value: item.value.with(index, child) };
}

function writeBytes(value: Uint8Array, style: Style | undefined): Uint8Array {
  if (style === "disguised") return writeArray([...value].map(uint), undefined);
  if (style !== "indefinite") return concatBytes(head(BYTES, BigInt(value.length), style), value);
  const chunks = [value.subarray(0, CHUNK_BYTES), value.subarray(CHUNK_BYTES)];
  return concatBytes(first(BYTES, INDEFINITE), ...chunks.map((chunk) => writeBytes(chunk, undefined)), BREAK);
}

function writeArray(value: readonly Item[], style: Style | undefined): Uint8Array {
  const items = value.map(writeItem);
  if (style === "indefinite") return concatBytes(first(ARRAY, INDEFINITE), ...items, BREAK);
  return concatBytes(head(ARRAY, BigInt(value.length), style), ...items);
}

function bignum(value: bigint): Uint8Array {
  const digits = value.toString(16);
  return concatBytes(
    POSITIVE_BIGNUM,
    writeBytes(Buffer.from(digits.padStart(2 * Math.ceil(digits.length / 2), "0"), "hex"), undefined),
  );
}

function head(major: number, value: bigint, style: Style | undefined): Uint8Array {
  const least = typeof style === "object" ? style.width : 0;
  const width = Math.max(least, shortestWidth(value));
  if (width === 0) return first(major, Number(value));
  const argument = Buffer.from(value.toString(16).padStart(2 * width, "0"), "hex");
  return concatBytes(first(major, 24 + Math.log2(width)), argument);
}

function shortestWidth(value: bigint): number {
  if (value < 24n) return 0;
  return [1, 2, 4, 8].find((width) => value < 1n << BigInt(8 * width)) ?? 8;
}

function first(major: number, info: number): Uint8Array {
  return Uint8Array.of((major << 5) | info);
}
