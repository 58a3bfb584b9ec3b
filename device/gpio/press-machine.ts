// From levels of three keys to presses, as a pure machine: events and time in, effects out. Knows contacts and fingers;
// what a press does is decided in door-buttons.ts.
//
// 1. A level counts once it stood for 50 ms, and then from the moment it began: chatter and sparks are no presses.
// 2. A press is told once: when it is let go, or when it was held long enough, whichever comes first.
// 3. A key that was down before anybody listened says nothing until it was up.
// 4. A key that is down for ten seconds is a fault, told once, until it is up again.
import type { Button, Press } from "./port.ts";

/** Arcade buttons bounce for 5 to 20 ms when they are old; with 50 ms an answer still comes within 100 ms (§8.4). */
export const DEBOUNCE_MS = 50;
/** display.md §8.2: a steward's word takes longer than anybody else's. */
export const HOLD_MS: Readonly<Record<Button, number>> = { 1: 2_000, 2: 2_000, 3: 3_000 };
/** No finger stays so long; rain, or a cap that jammed, does. */
export const STUCK_MS = 10_000;

export type KeyEvent =
  | { readonly type: "edge"; readonly button: Button; readonly down: boolean }
  /** Down when listening began. */
  | { readonly type: "held"; readonly button: Button }
  /** The keys were unplugged. */
  | { readonly type: "gone" }
  | { readonly type: "time" };

export type PressEffect =
  | { readonly type: "press"; readonly press: Press }
  | { readonly type: "stuck"; readonly button: Button }
  | { readonly type: "mended"; readonly button: Button };

interface Key {
  /** As the contact is, and since when. */
  down: boolean;
  sinceMs: number;
  /** As it counts: up, down for a press that is not told yet, down and told, or a fault. */
  state: "up" | "pressed" | "told" | "stuck";
  /** When the key that is not up went down. */
  pressedMs: number;
}

const BUTTONS: readonly Button[] = [1, 2, 3];

export class PressMachine {
  readonly #keys = new Map<Button, Key>(BUTTONS.map((button) => [button, keyUp()]));

  /** `atMs` is monotonic. Edges of one key come in order; one from before its last one counts as simultaneous. */
  handle(event: KeyEvent, atMs: number): PressEffect[] {
    switch (event.type) {
      case "edge": {
        const key = this.#keys.get(event.button);
        if (key === undefined) return [];
        const effects = passed(event.button, key, atMs);
        if (key.down !== event.down) key.sinceMs = Math.max(key.sinceMs, atMs);
        key.down = event.down;
        return effects;
      }
      case "held":
        this.#keys.set(event.button, { down: true, sinceMs: atMs, state: "told", pressedMs: atMs });
        return [];
      case "gone":
        for (const button of BUTTONS) this.#keys.set(button, keyUp());
        return [];
      case "time":
        return [...this.#keys].flatMap(([button, key]) => passed(button, key, atMs));
    }
  }

  /** When an event "time" is due, in ms from `nowMs`; undefined if nothing waits. */
  nextChange(nowMs: number): number | undefined {
    const moments = [...this.#keys].flatMap(([button, key]) => nextMoment(button, key) ?? []);
    return moments.length === 0 ? undefined : Math.max(0, Math.min(...moments) - nowMs);
  }
}

/** Lets time pass for one key. */
function passed(button: Button, key: Key, nowMs: number): PressEffect[] {
  const effects: PressEffect[] = [];
  while ((nextMoment(button, key) ?? Number.POSITIVE_INFINITY) <= nowMs) effects.push(...turn(button, key));
  return effects;
}

function keyUp(): Key {
  return { down: false, sinceMs: Number.NEGATIVE_INFINITY, state: "up", pressedMs: Number.NEGATIVE_INFINITY };
}

/** When the next thing happens to a key that nobody touches. */
function nextMoment(button: Button, { down, sinceMs, state, pressedMs }: Key): number | undefined {
  if (down !== (state !== "up")) return sinceMs + DEBOUNCE_MS;
  switch (state) {
    case "pressed":
      return Math.max(pressedMs + HOLD_MS[button], sinceMs);
    case "told":
      return Math.max(pressedMs + STUCK_MS, sinceMs);
    case "up":
    case "stuck":
      return undefined;
  }
}

/** Lets that happen. */
function turn(button: Button, key: Key): PressEffect[] {
  const { down, state } = key;
  if (down && state === "up") {
    key.state = "pressed";
    key.pressedMs = key.sinceMs;
    return [];
  }
  if (!down) {
    key.state = "up";
    if (state === "pressed") return [{ type: "press", press: { button, held: false } }];
    return state === "stuck" ? [{ type: "mended", button }] : [];
  }
  key.state = state === "pressed" ? "told" : "stuck";
  return [state === "pressed" ? { type: "press", press: { button, held: true } } : { type: "stuck", button }];
}
