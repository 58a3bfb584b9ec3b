// All buttons of a door as one source: those on the wall, which may not be there yet, a keyboard beside them, and the light
// that answers. What is missing is looked for again and never keeps the box from anything else.
import type { Clock, Logger } from "../sync/ports.ts";
import type { Led } from "./gpio/led.ts";
import { Patient } from "./gpio/patient.ts";
import type { AnsweringButtons, ButtonSource, Fault, Press, PressAnswer } from "./gpio/port.ts";

export interface ButtonBoardOptions {
  /** Always there. */
  readonly keyboard?: ButtonSource | undefined;
  /** Makes the buttons on the wall; they are started at once. Rejects with why they cannot be had. */
  readonly openButtons?: (() => Promise<ButtonSource>) | undefined;
  readonly openLight?: (() => Promise<Led>) | undefined;
  /** At night the light does not answer: people sleep beside it (display.md §8.4). */
  readonly isDark: () => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
}

export class ButtonBoard implements AnsweringButtons {
  readonly #options: ButtonBoardOptions;
  #buttons: Patient<ButtonSource> | undefined;
  #light: Patient<Led> | undefined;

  constructor(options: ButtonBoardOptions) {
    this.#options = options;
  }

  get hasKeyboard(): boolean {
    return this.#options.keyboard !== undefined;
  }

  get faults(): readonly Fault[] {
    const { fault, thing } = this.#buttons ?? {};
    return [fault, this.#light?.fault, ...(thing?.faults ?? [])].filter((each) => each !== undefined);
  }

  start(onPress: (press: Press) => void): void {
    const { keyboard, openButtons, openLight, clock, logger } = this.#options;
    keyboard?.start(onPress);
    if (openButtons !== undefined) {
      const open = async (): Promise<ButtonSource> => {
        const buttons = await openButtons();
        buttons.start(onPress);
        return buttons;
      };
      this.#buttons = new Patient({ what: "the buttons", open, close: (each) => each.stop(), clock, logger });
      void this.#buttons.start();
    }
    if (openLight !== undefined) {
      this.#light = new Patient({ what: "the light", open: openLight, close: (led) => led.close(), clock, logger });
      void this.#light.start();
    }
  }

  stop(): void {
    this.#options.keyboard?.stop();
    this.#buttons?.stop();
    this.#light?.stop();
  }

  answer(answer: PressAnswer): void {
    if (!this.#options.isDark()) this.#light?.thing?.flash(answer);
  }
}
