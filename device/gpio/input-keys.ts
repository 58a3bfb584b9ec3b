// Keys of a /dev/input device, as the device tree's gpio-keys or a keypad with a plug. A device that is not there, or
// leaves, is told once and looked for again, ever more seldom; nobody presses meanwhile. Run against plain files
// only; no input device was at hand.
import { closeSync, constants, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import type { Clock, Logger } from "../../sync/ports.ts";
import {
  EVIOCGKEY,
  EVIOCSCLOCKID,
  hasKeys,
  INPUT_EVENT_BYTES,
  type InputEvent,
  InputEventReader,
  isKeySet,
  keyBits,
} from "./input-event.ts";
import { errnoOf, type Kernel } from "./kernel.ts";
import { buttonEntries, type ForButtons, type KeySource, type OnKey } from "./key-source.ts";
import type { Button, Fault } from "./port.ts";

const EVENT = /^event(\d+)$/;
const EVENTS_PER_READ = 64;
/** A plug that is put back is heard soon; one that never comes costs a look a minute. */
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;
/** Of clock_gettime(2): does not jump when the time is set. */
const CLOCK_MONOTONIC = 1;
const NS_PER_MS = 1e6;

export interface InputKeysOptions {
  readonly kernel: Kernel;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Key codes of linux/input-event-codes.h. */
  readonly codes: ForButtons<number>;
  /** As the kernel names the device, or "/dev/input/event3"; absent: the first one with all these keys. */
  readonly device?: string | undefined;
  /** "/" unless given. */
  readonly root?: string;
  /** CLOCK_MONOTONIC, with which the kernel is asked to stamp its events. */
  readonly nowNs?: () => bigint;
}

interface OpenDevice {
  readonly fd: number;
  readonly reader: InputEventReader;
  readonly stopWatching: () => void;
}

export class InputKeys implements KeySource {
  readonly #options: InputKeysOptions;
  readonly #buttons: ReadonlyMap<number, Button>;
  #onKey: OnKey | undefined;
  #device: OpenDevice | undefined;
  #cancelRetry: (() => void) | undefined;
  #retryMs = FIRST_RETRY_MS;
  #fault: Fault | undefined;

  constructor(options: InputKeysOptions) {
    this.#options = options;
    this.#buttons = new Map(buttonEntries(options.codes).map(([button, code]) => [code, button]));
  }

  get fault(): Fault | undefined {
    return this.#fault;
  }

  start(onKey: OnKey): void {
    this.#onKey = onKey;
    this.#open();
  }

  stop(): void {
    this.#onKey = undefined;
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#close();
  }

  #open(): void {
    const { kernel, logger } = this.#options;
    this.#cancelRetry = undefined;
    try {
      const fd = openSync(this.#find(), constants.O_RDONLY | constants.O_NONBLOCK);
      const stopWatching = kernel.whenReadable(fd, () => this.#read());
      this.#device = { fd, reader: new InputEventReader(), stopWatching };
      kernel.ioctl(fd, EVIOCSCLOCKID, new Uint8Array(new Int32Array([CLOCK_MONOTONIC]).buffer));
      this.#tellHeld(fd);
      if (this.#fault !== undefined) logger.info("The buttons are back");
      this.#fault = undefined;
      this.#retryMs = FIRST_RETRY_MS;
    } catch (error) {
      this.#lose(error);
    }
  }

  #find(): string {
    const { device: wish, codes, root = "/" } = this.#options;
    if (wish?.startsWith("/")) return join(root, wish);
    const folder = join(root, "sys/class/input");
    const wanted = buttonEntries(codes).map(([, code]) => code);
    const numbers = readdirSync(folder).flatMap((entry) => EVENT.exec(entry)?.[1] ?? []);
    for (const number of numbers.map(Number).sort((a, b) => a - b)) {
      const device = join(folder, `event${number}`, "device");
      const isNamed = wish === undefined || textOf(join(device, "name")) === wish;
      if (isNamed && hasKeys(textOf(join(device, "capabilities/key")), wanted))
        return join(root, `dev/input/event${number}`);
    }
    throw new Error(`no input device ${wish === undefined ? "" : `"${wish}" `}has the keys ${wanted.join(", ")}`);
  }

  #read(): void {
    for (const event of this.#readEvents()) {
      if (event.type === "dropped") {
        this.#openAgain();
        break;
      }
      this.#take(event.code, event.down, event.timeNs);
    }
  }

  #readEvents(): InputEvent[] {
    if (this.#device === undefined) return [];
    const bytes = new Uint8Array(EVENTS_PER_READ * INPUT_EVENT_BYTES);
    try {
      const length = readSync(this.#device.fd, bytes);
      if (length === 0) throw new Error("the device is at its end");
      return this.#device.reader.push(bytes.subarray(0, length));
    } catch (error) {
      if (errnoOf(error) !== "EAGAIN") this.#lose(error);
      return [];
    }
  }

  #take(code: number, down: boolean, timeNs: bigint): void {
    const { nowNs = process.hrtime.bigint } = this.#options;
    const button = this.#buttons.get(code);
    const ageMs = Math.max(0, Number(nowNs() - timeNs) / NS_PER_MS);
    if (button !== undefined) this.#onKey?.({ type: "edge", button, down }, ageMs);
  }

  /** Nobody knows what was missed: keys that are down now count as held. */
  #openAgain(): void {
    this.#close();
    this.#onKey?.({ type: "gone" }, 0);
    this.#open();
  }

  #tellHeld(fd: number): void {
    const bits = keyBits();
    this.#options.kernel.ioctl(fd, EVIOCGKEY, bits);
    for (const [code, button] of this.#buttons) {
      if (isKeySet(bits, code)) this.#onKey?.({ type: "held", button }, 0);
    }
  }

  #lose(error: unknown): void {
    const { clock, logger } = this.#options;
    this.#close();
    this.#onKey?.({ type: "gone" }, 0);
    const fault = { code: "E_INPUT_MISSING", message: `Cannot use the keys: ${messageOf(error)}` };
    if (this.#fault === undefined) logger.warn("The buttons are not there; looking for them again", fault);
    this.#fault = fault;
    this.#cancelRetry = clock.after(this.#retryMs, () => this.#open());
    this.#retryMs = Math.min(2 * this.#retryMs, LAST_RETRY_MS);
  }

  #close(): void {
    const device = this.#device;
    this.#device = undefined;
    if (device === undefined) return;
    device.stopWatching();
    closeSync(device.fd);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Empty for a device that leaves while we look, or says nothing. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "";
  }
}
