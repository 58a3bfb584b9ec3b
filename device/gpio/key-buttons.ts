// Buttons made of keys: carries out what the machine of presses says, with one timer that is set only while a key is
// touched. A stuck key is told once and no longer listened to; the others go on.
import type { Clock, Logger } from "../../sync/ports.ts";
import type { KeySource } from "./key-source.ts";
import type { Button, ButtonSource, Fault, Press } from "./port.ts";
import { type KeyEvent, type PressEffect, PressMachine } from "./press-machine.ts";

export interface KeyButtonsOptions {
  readonly keys: KeySource;
  readonly clock: Clock;
  readonly logger: Logger;
}

export class KeyButtons implements ButtonSource {
  readonly #options: KeyButtonsOptions;
  readonly #stuck = new Set<Button>();
  #machine = new PressMachine();
  #onPress: ((press: Press) => void) | undefined;
  #cancelTimer: (() => void) | undefined;

  constructor(options: KeyButtonsOptions) {
    this.#options = options;
  }

  /** Keys that are down although nobody presses them, and what the keys themselves have to say. */
  get faults(): readonly Fault[] {
    const stuck = [...this.#stuck].map((button) => ({
      code: "E_BUTTON_STUCK",
      message: `Cannot hear button ${button}: it is down although nobody presses it`,
    }));
    const { fault } = this.#options.keys;
    return fault === undefined ? stuck : [fault, ...stuck];
  }

  /** Throws what the keys throw, and may then be tried again. */
  start(onPress: (press: Press) => void): void {
    if (this.#onPress !== undefined) return;
    this.#onPress = onPress;
    try {
      this.#options.keys.start((event, ageMs) => this.#handle(event, ageMs));
    } catch (error) {
      this.stop();
      throw error;
    }
  }

  stop(): void {
    if (this.#onPress === undefined) return;
    this.#onPress = undefined;
    this.#options.keys.stop();
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#machine = new PressMachine();
    this.#stuck.clear();
  }

  #handle(event: KeyEvent, ageMs: number): void {
    if (event.type === "gone") this.#stuck.clear();
    this.#carryOut(this.#machine.handle(event, this.#options.clock.monotonicMs() - ageMs));
    // Of edges that waited in the kernel, the later ones come before their time is over.
    this.#setTimer();
  }

  #setTimer(): void {
    const { clock } = this.#options;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (this.#onPress === undefined) return;
    const ms = this.#machine.nextChange(clock.monotonicMs());
    if (ms !== undefined) this.#cancelTimer = clock.after(ms, () => this.#handle({ type: "time" }, 0));
  }

  #carryOut(effects: readonly PressEffect[]): void {
    const { logger } = this.#options;
    for (const effect of effects) {
      switch (effect.type) {
        case "press":
          this.#onPress?.(effect.press);
          break;
        case "stuck":
          this.#stuck.add(effect.button);
          logger.warn("A button is stuck: is it wet or jammed?", { button: effect.button });
          break;
        case "mended":
          this.#stuck.delete(effect.button);
          logger.info("A button works again", { button: effect.button });
          break;
      }
    }
  }
}
