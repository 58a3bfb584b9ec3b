// Keeps the picture on the wall true: draws when something changed, and at the next moment at which time alone changes
// it. Nothing polls. Frames that come out the same are not shown again.
import { crc32 } from "node:zlib";
import type { Clock, Logger } from "../sync/ports.ts";
import type { Output, OutputState } from "./display/output/output.ts";
import type { Cause } from "./display/panel/refresh-policy.ts";
import { refreshCause } from "./display/refresh-cause.ts";
import { type Frame, pngOf, type Renderer } from "./display/renderer.ts";
import type { Scene } from "./display/scene.ts";

/** A bulk sync brings hundreds of commits a second; the picture follows them, a few times a second. */
const SHORTEST_INTERVAL_MS = 200;
/** A timer that is due in the past or never would stop the picture: it is looked at again after this long. */
const LONGEST_INTERVAL_MS = 60_000;

export interface DoorScreenOptions {
  readonly renderer: Renderer;
  /** Gets each frame that differs, and is never waited for. */
  readonly output: Output;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What stands on the screen now, and in how many ms time alone changes it. */
  readonly describe: () => { readonly scene: Scene; readonly nextChangeMs: number };
}

export class DoorScreen {
  readonly #options: DoorScreenOptions;
  readonly #watchers = new Set<(name: string) => void>();
  #frame: Frame | undefined;
  #scene: Scene | undefined;
  #name = "none";
  #png: { readonly name: string; readonly bytes: Uint8Array } | undefined;
  #cancelTimer: (() => void) | undefined;
  #drawnMs = Number.NEGATIVE_INFINITY;
  #running = false;
  /** Frames that differed from the one before. */
  drawn = 0;

  constructor(options: DoorScreenOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = true;
    this.#draw();
  }

  stop(): void {
    this.#running = false;
    this.#cancelTimer?.();
  }

  /** Something may look different now. */
  changed(): void {
    if (!this.#running) return;
    const sinceMs = this.#options.clock.monotonicMs() - this.#drawnMs;
    if (sinceMs >= SHORTEST_INTERVAL_MS) this.#draw();
    else this.#wake(SHORTEST_INTERVAL_MS - sinceMs);
  }

  get state(): OutputState {
    return this.#options.output.state;
  }

  /** The frame on the wall. Encoded only when somebody asks: a panel needs no PNG. */
  frame(): { readonly png: Uint8Array; readonly name: string } {
    if (this.#frame === undefined) this.#draw();
    if (this.#png?.name !== this.#name) this.#png = { name: this.#name, bytes: pngOf(this.#frame as Frame) };
    return { png: this.#png.bytes, name: this.#name };
  }

  watch(callback: (name: string) => void): () => void {
    this.#watchers.add(callback);
    return () => this.#watchers.delete(callback);
  }

  #draw(): void {
    const { renderer, clock, describe } = this.#options;
    const { scene, nextChangeMs } = describe();
    this.#drawnMs = clock.monotonicMs();
    const frame = renderer.draw(scene);
    const cause = refreshCause(this.#scene, scene);
    this.#frame = frame;
    this.#scene = scene;
    if (frame.changed.length > 0) this.#show(frame, cause);
    if (this.#running) this.#wake(Math.min(Math.max(nextChangeMs, 0), LONGEST_INTERVAL_MS));
  }

  #show(frame: Frame, cause: Cause): void {
    this.drawn += 1;
    this.#name = `${this.drawn}-${crc32(frame.pixels).toString(16)}`;
    this.#options.logger.debug("frame", { name: this.#name });
    this.#options.output.show(frame, cause);
    for (const tell of this.#watchers) tell(this.#name);
  }

  #wake(ms: number): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#options.clock.after(ms, () => this.#draw());
  }
}
