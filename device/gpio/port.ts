// The buttons as the box hears them, whatever they are made of: a keyboard at a desk, a GPIO line on the wall, a list
// in a test.

/** From left to right: ● "I'm in", ■ "Meet here", ▲ "More" (display.md §8.2). */
export type Button = 1 | 2 | 3;

export interface Press {
  readonly button: Button;
  /** Held for two seconds or longer. */
  readonly held: boolean;
}

export interface ButtonSource {
  start(onPress: (press: Press) => void): void;
  stop(): void;
}
