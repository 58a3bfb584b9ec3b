// Structs and numbers of the GPIO character device, version 2 (linux/gpio.h, since 5.10), as bytes. Pure. All fields are
// little-endian, as on every board we know.

export const GPIO_GET_CHIPINFO = 0x8044_b401;
export const GPIO_V2_GET_LINEINFO = 0xc100_b405;
export const GPIO_V2_GET_LINE = 0xc250_b407;
export const GPIO_V2_LINE_GET_VALUES = 0xc010_b40e;
export const GPIO_V2_LINE_SET_VALUES = 0xc010_b40f;

export const CHIP_INFO_BYTES = 68;
const LINE_INFO_BYTES = 256;
const REQUEST_BYTES = 592;
export const EVENT_BYTES = 48;
const NAME_BYTES = 32;

const CHIP_LINES_AT = 64;
const INFO_OFFSET_AT = 64;
const CONSUMER_AT = 256;
const FLAGS_AT = 288;
const ATTRIBUTE_COUNT_AT = 296;
const ATTRIBUTE_AT = 320;
const ATTRIBUTE_VALUE_AT = 328;
const ATTRIBUTE_MASK_AT = 336;
const LINE_COUNT_AT = 560;
const FD_AT = 588;

const ATTRIBUTE_OUTPUT_VALUES = 2;
const ATTRIBUTE_DEBOUNCE = 3;
const RISING = 1;

const ACTIVE_LOW = 1 << 1;
const INPUT = 1 << 2;
const OUTPUT = 1 << 3;
const BOTH_EDGES = (1 << 4) | (1 << 5);
const BIAS = { "pull-up": 1 << 8, "pull-down": 1 << 9, "as-is": 0 } as const;

/** A line is 1 while it is active: with `activeLow`, while there is no voltage. */
export type Level = 0 | 1;

export interface InputWish {
  readonly bias?: keyof typeof BIAS;
  readonly activeLow?: boolean;
  /** The kernel passes a level on that stands for so long; 0: at once. */
  readonly debounceMs?: number;
}

/** Levels change at `timestampNs` of CLOCK_MONOTONIC. */
export interface LineEvent {
  readonly level: Level;
  readonly timestampNs: bigint;
}

export function lineCount(chipInfo: Uint8Array): number {
  return viewOf(chipInfo).getUint32(CHIP_LINES_AT, true);
}

/** Asks for the line at `offset` of its chip. */
export function lineQuery(offset: number): Uint8Array {
  const query = new Uint8Array(LINE_INFO_BYTES);
  viewOf(query).setUint32(INFO_OFFSET_AT, offset, true);
  return query;
}

/** The name with which an answer to `lineQuery` begins; empty for a line without one. */
export function lineName(answer: Uint8Array): string {
  const end = answer.indexOf(0);
  return Buffer.from(answer.subarray(0, Math.min(end < 0 ? NAME_BYTES : end, NAME_BYTES))).toString();
}

export function inputRequest(offset: number, wish: InputWish, consumer: string): Uint8Array {
  const { bias = "as-is", activeLow = false, debounceMs = 0 } = wish;
  const request = lineRequest(offset, INPUT | BOTH_EDGES | BIAS[bias] | (activeLow ? ACTIVE_LOW : 0), consumer);
  if (debounceMs > 0) setAttribute(request, ATTRIBUTE_DEBOUNCE, 1_000 * debounceMs);
  return request;
}

/** The line has its level from the moment it is ours. */
export function outputRequest(offset: number, level: Level, consumer: string): Uint8Array {
  const request = lineRequest(offset, OUTPUT, consumer);
  setAttribute(request, ATTRIBUTE_OUTPUT_VALUES, level);
  return request;
}

export function requestedFd(request: Uint8Array): number {
  return viewOf(request).getInt32(FD_AT, true);
}

/** struct gpio_v2_line_values for the only line of a request: its bit, and which bits are meant. */
export function lineValues(level: Level): Uint8Array {
  return new Uint8Array(new BigUint64Array([BigInt(level), 1n]).buffer);
}

export function levelOf(values: Uint8Array): Level {
  return (values[0] ?? 0) & 1 ? 1 : 0;
}

/** Whole events only: the kernel never gives parts of them. */
export function decodeEvents(bytes: Uint8Array): LineEvent[] {
  const view = viewOf(bytes);
  return Array.from({ length: Math.floor(bytes.length / EVENT_BYTES) }, (_, index) => ({
    level: view.getUint32(EVENT_BYTES * index + 8, true) === RISING ? 1 : 0,
    timestampNs: view.getBigUint64(EVENT_BYTES * index, true),
  }));
}

function lineRequest(offset: number, flags: number, consumer: string): Uint8Array {
  const request = Buffer.alloc(REQUEST_BYTES);
  request.writeUInt32LE(offset, 0);
  request.write(consumer.slice(0, NAME_BYTES - 1), CONSUMER_AT, "latin1");
  request.writeBigUInt64LE(BigInt(flags), FLAGS_AT);
  request.writeUInt32LE(1, LINE_COUNT_AT);
  return request;
}

function setAttribute(request: Uint8Array, id: number, value: number): void {
  const view = viewOf(request);
  view.setUint32(ATTRIBUTE_COUNT_AT, 1, true);
  view.setUint32(ATTRIBUTE_AT, id, true);
  view.setUint32(ATTRIBUTE_VALUE_AT, value, true);
  view.setBigUint64(ATTRIBUTE_MASK_AT, 1n, true);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
