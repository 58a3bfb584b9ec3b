// How much of what a connection brings is on its way into the store: the reader stops before memory fills, and goes on
// before the store runs dry. The other side feels it as back-pressure.
import type { Connection } from "./ports.ts";

/** Operations between socket and commit: enough to fill the next group while one commits, little enough to hold. */
const HIGH_OPERATIONS = 512;
const LOW_OPERATIONS = 256;

export class Intake {
  readonly #connection: Pick<Connection, "pause" | "resume">;
  #operations = 0;
  #paused = false;

  constructor(connection: Pick<Connection, "pause" | "resume">) {
    this.#connection = connection;
  }

  begun(): void {
    this.#operations += 1;
    if (this.#paused || this.#operations < HIGH_OPERATIONS) return;
    this.#paused = true;
    this.#connection.pause();
  }

  committed(): void {
    this.#operations -= 1;
    if (!this.#paused || this.#operations > LOW_OPERATIONS) return;
    this.#paused = false;
    this.#connection.resume();
  }
}
