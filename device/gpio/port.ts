// The buttons as the box hears them, whatever they are made of: a keyboard at a desk, a GPIO line on the wall, a list
// in a test.

/** What can stand behind them; "none" means that nobody presses. */
export const BUTTON_SOURCES = ["keyboard", "gpio", "input", "onoff", "rpi-gpio", "none"] as const;
export type ButtonSourceName = (typeof BUTTON_SOURCES)[number];

/** From left to right: ● "I'm in", ■ "Meet here", ▲ "More" (display.md §8.2). */
export type Button = 1 | 2 | 3;

export interface Press {
  readonly button: Button;
  /** Down for two seconds or longer, ▲ for three. */
  readonly held: boolean;
}

/** Something a person has to look after; `code` is stable. */
export interface Fault {
  readonly code: string;
  readonly message: string;
}

export interface ButtonSource {
  start(onPress: (press: Press) => void): void;
  stop(): void;
  /** What is wrong with them now, for `status`; they are looked for again meanwhile. */
  readonly faults?: readonly Fault[];
}

/** What a press is told within 100 ms (display.md §8.4): it counts, not now, or it takes a moment. */
export type PressAnswer = "done" | "refused" | "working";

/** Buttons with a light beside them, if there is one. */
export interface AnsweringButtons extends ButtonSource {
  answer(answer: PressAnswer): void;
}
