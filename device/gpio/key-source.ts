// The port to the contacts behind the buttons. Adapters: lines of the GPIO character device, /dev/input, and the packages
// onoff and rpi-gpio.
import type { Button, Fault } from "./port.ts";
import type { KeyEvent } from "./press-machine.ts";

/** What happened, and how many ms ago: the loop may have been busy since. */
export type OnKey = (event: Exclude<KeyEvent, { type: "time" }>, ageMs: number) => void;

export interface KeySource {
  /** Calls back from now on. Tells first which keys are held. */
  start(onKey: OnKey): void;
  stop(): void;
  /** While there are none, and they are looked for: why. */
  readonly fault?: Fault | undefined;
}

/** A wire or a key code for each button there is: one, two or three. */
export type ForButtons<T> = Readonly<Partial<Record<Button, T>>>;

export function buttonEntries<T>(forButtons: ForButtons<T>): [button: Button, value: T][] {
  return ([1, 2, 3] as const).flatMap((button): [Button, T][] => {
    const value = forButtons[button];
    return value === undefined ? [] : [[button, value]];
  });
}
