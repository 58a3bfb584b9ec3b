// Listens to a connection and keeps what it tells, for tests to wait on and to look at.
import type { Connection, ConnectionEvents } from "../../sync/ports.ts";
import { within } from "./deadline.ts";

export class ConnectionRecorder implements ConnectionEvents {
  readonly connection: Connection;
  readonly frames: Uint8Array[] = [];
  /** Everything told, by name, in order. */
  readonly events: string[] = [];
  drains = 0;
  /** Called for each frame after it was kept. */
  onFrame: (bytes: Uint8Array) => void = () => undefined;
  onDrained: () => void = () => undefined;
  readonly #waiting = new Set<() => void>();
  end: string | undefined;

  /** Listens at once. */
  constructor(connection: Connection) {
    this.connection = connection;
    connection.listen(this);
  }

  frame(bytes: Uint8Array): void {
    this.events.push("frame");
    this.frames.push(bytes);
    this.onFrame(bytes);
    this.#wake();
  }

  drained(): void {
    this.events.push("drained");
    this.drains += 1;
    this.onDrained();
    this.#wake();
  }

  closed(code: string): void {
    this.events.push("closed");
    this.end = code;
    this.#wake();
  }

  async received(count: number): Promise<readonly Uint8Array[]> {
    await this.until(`${count} frames`, () => this.frames.length >= count);
    return this.frames;
  }

  /** The code with which it ended. */
  async ended(): Promise<string> {
    await this.until("the end of the connection", () => this.end !== undefined);
    return this.end ?? "";
  }

  /** Looks again at each event. */
  async until(what: string, isTrue: () => boolean): Promise<void> {
    await within(`${what} (${this.frames.length} frames, end: ${this.end})`, this.#whenever(isTrue));
  }

  async #whenever(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
