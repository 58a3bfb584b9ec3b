// Events of /dev/input (linux/input.h) as a 64-bit kernel writes them, and what sysfs says about a device. Pure.

/** struct input_event: two words of time, then type, code and value. */
export const INPUT_EVENT_BYTES = 24;
const SECONDS_AT = 0;
const MICROS_AT = 8;
const TYPE_AT = 16;
const CODE_AT = 18;
const VALUE_AT = 20;
const EV_SYN = 0;
const SYN_DROPPED = 3;
const EV_KEY = 1;
/** The highest code of a key, KEY_MAX. */
const LAST_KEY = 0x2ff;
const KEY_BYTES = (LAST_KEY + 1) / 8;
const WORD_BITS = 64;
const HEX_WORD = /^[0-9a-f]{1,16}$/i;

/** EVIOCGKEY: which keys are down now, a bit each. */
export const EVIOCGKEY = 0x8060_4518;
/** EVIOCSCLOCKID: which clock stamps the events. */
export const EVIOCSCLOCKID = 0x4004_45a0;

export type InputEvent =
  /** Times of the clock that was chosen. */
  | { readonly type: "key"; readonly code: number; readonly down: boolean; readonly timeNs: bigint }
  /** The kernel had to drop events: what is down must be asked. */
  | { readonly type: "dropped" };

/** Cuts a stream into events, wherever it breaks. */
export class InputEventReader {
  #rest: Uint8Array = new Uint8Array();

  push(bytes: Uint8Array): InputEvent[] {
    const all = Buffer.concat([this.#rest, bytes]);
    const whole = all.length - (all.length % INPUT_EVENT_BYTES);
    this.#rest = all.subarray(whole);
    const events: InputEvent[] = [];
    for (let at = 0; at < whole; at += INPUT_EVENT_BYTES) {
      const event = eventAt(all, at);
      if (event !== undefined) events.push(event);
    }
    return events;
  }
}

/** What neither presses nor releases a key, a key that repeats itself among it, is nothing. */
function eventAt(bytes: Buffer, at: number): InputEvent | undefined {
  const type = bytes.readUInt16LE(at + TYPE_AT);
  const code = bytes.readUInt16LE(at + CODE_AT);
  const value = bytes.readInt32LE(at + VALUE_AT);
  if (type === EV_SYN && code === SYN_DROPPED) return { type: "dropped" };
  if (type !== EV_KEY || (value !== 0 && value !== 1)) return undefined;
  const micros = bytes.readBigUInt64LE(at + SECONDS_AT) * 1_000_000n + bytes.readBigUInt64LE(at + MICROS_AT);
  return { type: "key", code, down: value === 1, timeNs: micros * 1_000n };
}

/** An empty answer for EVIOCGKEY. */
export function keyBits(): Uint8Array {
  return new Uint8Array(KEY_BYTES);
}

export function isKeySet(bits: Uint8Array, code: number): boolean {
  return (((bits[code >> 3] ?? 0) >> (code & 7)) & 1) === 1;
}

/** Whether `capabilities/key`, words in hex with the highest first, has all these codes. False for any other text. */
export function hasKeys(capabilities: string, codes: readonly number[]): boolean {
  const words = capabilities.trim().split(" ").reverse();
  if (!words.every((word) => HEX_WORD.test(word))) return false;
  return codes.every((code) => {
    const word = BigInt(`0x${words[Math.floor(code / WORD_BITS)] ?? "0"}`);
    return ((word >> BigInt(code % WORD_BITS)) & 1n) === 1n;
  });
}
