// A keyboard as buttons: 1, 2, 3 press, 4, 5, 6 hold them (a terminal does not say when a key is released). Reads raw
// keys from a terminal, or lines from a pipe, so that a script can press too.
import type { ButtonSource, Press } from "./port.ts";

const CONTROL_C = "\u0003";
const PRESSES: ReadonlyMap<string, Press> = new Map<string, Press>([
  ["1", { button: 1, held: false }],
  ["2", { button: 2, held: false }],
  ["3", { button: 3, held: false }],
  ["4", { button: 1, held: true }],
  ["5", { button: 2, held: true }],
  ["6", { button: 3, held: true }],
]);

export interface KeyboardOptions {
  readonly input: NodeJS.ReadStream;
  /** In raw mode the terminal no longer turns Ctrl-C into a signal; this is called instead. */
  readonly onInterrupt: () => void;
}

export class Keyboard implements ButtonSource {
  readonly #options: KeyboardOptions;
  #onPress: ((press: Press) => void) | undefined;
  readonly #onData = (data: Buffer | string): void => {
    for (const key of data.toString()) this.#take(key);
  };

  constructor(options: KeyboardOptions) {
    this.#options = options;
  }

  start(onPress: (press: Press) => void): void {
    const { input } = this.#options;
    this.#onPress = onPress;
    if (input.isTTY) input.setRawMode(true);
    input.on("data", this.#onData);
    // A pipe that ends or a terminal that goes away only means that nobody presses any more.
    input.on("error", () => {});
    input.resume();
  }

  stop(): void {
    const { input } = this.#options;
    if (this.#onPress === undefined) return;
    this.#onPress = undefined;
    input.off("data", this.#onData);
    if (input.isTTY) input.setRawMode(false);
    input.pause();
  }

  #take(key: string): void {
    if (key === CONTROL_C) this.#options.onInterrupt();
    const press = PRESSES.get(key);
    if (press) this.#onPress?.(press);
  }
}
