// How many people pressed "I'm in" at this door, per event. Each press is on disk before it is answered; what goes out
// as an operation is an aggregate, at once for the first press and then once per window, so that nobody can read from
// it when a person came (display.md §8.1).
import type { Database } from "better-sqlite3";
import type { Clock, Logger } from "../sync/ports.ts";

/** The most that one door can count for one event; rsvp/1 has the same limit. */
export const MAX_DOOR_COUNT = 10_000;

export interface HeadcountOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly windowMs: number;
  /** Writes the aggregate as an operation; resolves when it is durable. */
  readonly publish: (event: string, door: number) => Promise<void>;
}

interface Row {
  readonly door: number;
  readonly published: number;
}

export class Headcount {
  readonly #options: HeadcountOptions;
  /** Events whose window is open: published a moment ago, or being published now. */
  readonly #windows = new Map<string, () => void>();

  constructor(options: HeadcountOptions) {
    this.#options = options;
    options.database.exec(
      "CREATE TABLE IF NOT EXISTS headcount(event TEXT PRIMARY KEY, door INTEGER NOT NULL, published INTEGER NOT NULL) STRICT",
    );
  }

  /** Publishes what a power cut kept back. */
  start(): void {
    const open = this.#options.database.prepare("SELECT event FROM headcount WHERE door <> published").all();
    for (const { event } of open as { event: string }[]) this.#announce(event);
  }

  stop(): void {
    for (const cancel of this.#windows.values()) cancel();
    this.#windows.clear();
  }

  /** Presses at this door, the ones not yet published included. */
  counted(event: string): number {
    return this.#row(event).door;
  }

  /** What the programme does not know yet. */
  unpublished(event: string): number {
    const { door, published } = this.#row(event);
    return door - published;
  }

  /** One more, or one less; durable when it returns. */
  change(event: string, by: 1 | -1): void {
    this.#options.database
      .prepare(
        `INSERT INTO headcount(event, door, published) VALUES(@event, max(0, @by), 0)
         ON CONFLICT(event) DO UPDATE SET door = min(@most, max(0, door + @by))`,
      )
      .run({ event, by, most: MAX_DOOR_COUNT });
    if (!this.#windows.has(event)) this.#announce(event);
  }

  #row(event: string): Row {
    const row = this.#options.database.prepare("SELECT door, published FROM headcount WHERE event = ?").get(event);
    return (row as Row | undefined) ?? { door: 0, published: 0 };
  }

  #announce(event: string): void {
    const { clock, windowMs, publish, logger, database } = this.#options;
    const { door } = this.#row(event);
    this.#windows.set(
      event,
      clock.after(windowMs, () => this.#windowEnds(event)),
    );
    publish(event, door).then(
      () => database.prepare("UPDATE headcount SET published = ? WHERE event = ?").run(door, event),
      (error: unknown) => logger.error("headcount not published", { event, door, error: String(error) }),
    );
  }

  #windowEnds(event: string): void {
    this.#windows.delete(event);
    if (this.unpublished(event) !== 0) this.#announce(event);
  }
}
