// Frames on an e-ink panel: turned to its glass, kept until the panel has time for them, and shown by its driver. A panel
// that fails is let go and reached anew, at growing intervals, so that one that is plugged in later comes up.
import type { Panel } from "../panel/panel.ts";
import { type JournalEntry, PanelDriver, type PanelMemory, type PanelReport } from "../panel/panel-driver.ts";
import type { Picture } from "../panel/plane.ts";
import type { PanelTime } from "../panel/play-steps.ts";
import { CAUSES, type Cause, refreshesOn } from "../panel/refresh-policy.ts";
import type { PanelTransport } from "../panel/transport.ts";
import type { After } from "../panel/wires.ts";
import type { Frame } from "../renderer.ts";
import { GlassTurner, type Rotation } from "../rotation.ts";
import {
  isoOf,
  type Output,
  type OutputError,
  type OutputState,
  outputError,
  type RefreshNote,
  type Tell,
} from "./output.ts";
import { Retry } from "./retry.ts";

/** A press that the glass does not answer, and a room too cold or too hot for ink, are looked at again. */
const LATER_MS = { press: 180_000, temperature: 600_000, interval: 180_000 } as const;
/** A clock that was wrong may put something off for years. */
const LONGEST_WAIT_MS = 3_600_000;
const SHORTEST_WAIT_MS = 1_000;

/** The wires work; the panel did not take its picture. */
export class PanelError extends Error {
  override readonly name = "PanelError";
  readonly code = "E_PANEL";
}

export interface OpenedPanel {
  readonly panel: Panel;
  readonly transport: PanelTransport;
}

/** What outlives a process: what the glass shows, and what it went through. */
export interface PanelKeeper {
  /** Undefined where nothing is known. */
  recall(): PanelMemory | undefined;
  /** Called before and after each refresh. Must not throw. */
  remember(memory: PanelMemory): void;
  /** Nothing more comes. */
  close(): void;
}

export interface PanelOutputOptions {
  readonly name: string;
  readonly rotation: Rotation;
  /** Reaches the panel; rejects where it cannot. Called again after each failure. */
  readonly open: () => Promise<OpenedPanel>;
  readonly time: PanelTime;
  readonly after: After;
  readonly keeper: PanelKeeper;
  readonly temperatureC: () => number | undefined;
  readonly tell: Tell;
}

export class PanelOutput implements Output {
  readonly #options: PanelOutputOptions;
  readonly #turner: GlassTurner;
  readonly #retry: Retry;
  #picture: Picture | undefined;
  /** Why the picture is to be shown; undefined: it was, or it is put off. */
  #due: Cause | undefined;
  #working: Promise<void> | undefined;
  #drawingSinceMs: number | undefined;
  #panel: Panel | undefined;
  #driver: PanelDriver | undefined;
  #report: PanelReport | undefined;
  #error: OutputError | undefined;
  #cancelWait = (): void => {};
  #isClosed = false;

  constructor(options: PanelOutputOptions) {
    this.#options = options;
    this.#turner = new GlassTurner(options.rotation);
    const { after, time } = options;
    this.#retry = new Retry({ after, monotonicMs: () => time.monotonicMs(), retry: () => this.#wish("tick") });
  }

  show(frame: Frame, cause: Cause): void {
    const { width, height, depth, pixels } = this.#turner.turn(frame);
    // The frame belongs to the renderer, which may draw the next one before the panel is free.
    if (this.#picture?.pixels.length === pixels.length) this.#picture.pixels.set(pixels);
    else this.#picture = { width, height, depth, pixels: pixels.slice() };
    this.#wish(cause);
  }

  async sleep(): Promise<void> {
    await this.#working;
    this.#cancelWait();
    await this.#letGo();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cancelWait();
    this.#retry.succeeded();
    await this.#working;
    await this.#letGo();
    this.#options.keeper.close();
  }

  get state(): OutputState {
    const { name, rotation, time } = this.#options;
    const retryInS = this.#retry.inS;
    const sinceMs = this.#drawingSinceMs;
    return {
      output: name,
      rotation,
      ...(this.#panel && { glass: { width: this.#panel.width, height: this.#panel.height } }),
      ...(this.#error && { error: { ...this.#error, ...(retryInS !== undefined && { retryInS }) } }),
      ...(sinceMs !== undefined && { drawingMs: Math.round(time.monotonicMs() - sinceMs) }),
      ...this.#waiting(),
      ...this.#life(),
    };
  }

  #waiting(): Pick<OutputState, "waiting" | "worn"> {
    const { waiting: reason, untilS, worn } = this.#report ?? {};
    const waiting = reason && { reason, ...(untilS !== undefined && { until: isoOf(untilS) }) };
    return { ...(waiting && { waiting }), ...(worn && { worn }) };
  }

  #life(): Pick<OutputState, "lastRefresh" | "refreshesToday" | "panel" | "recent"> {
    const memory = this.#options.keeper.recall();
    if (memory === undefined) return {};
    const { count, failures, coldestC, hottestC, recent } = memory.journal;
    const notes = recent.map(noteOf);
    const lastRefresh = notes.at(-1);
    return {
      ...(lastRefresh && { lastRefresh }),
      refreshesToday: refreshesOn(memory.refreshes, this.#options.time.nowS()),
      panel: {
        ...count,
        failures,
        ...(coldestC !== undefined && { coldestC }),
        ...(hottestC !== undefined && { hottestC }),
      },
      recent: notes,
    };
  }

  /** Of two causes the more urgent one stays. A panel that failed is left alone until its time, but for an emergency. */
  #wish(cause: Cause): void {
    if (this.#picture === undefined || this.#isClosed) return;
    this.#due = CAUSES[Math.max(CAUSES.indexOf(cause), this.#due ? CAUSES.indexOf(this.#due) : 0)];
    if (this.#retry.isResting && this.#due !== "emergency") return;
    this.#cancelWait();
    this.#working ??= this.#work();
  }

  async #work(): Promise<void> {
    try {
      for (let cause = this.#takeDue(); cause !== undefined; cause = this.#takeDue()) await this.#draw(cause);
    } finally {
      this.#working = undefined;
    }
  }

  #takeDue(): Cause | undefined {
    const cause = this.#isClosed || (this.#retry.isResting && this.#due !== "emergency") ? undefined : this.#due;
    if (cause !== undefined) this.#due = undefined;
    return cause;
  }

  async #draw(cause: Cause): Promise<void> {
    const { temperatureC, time } = this.#options;
    this.#drawingSinceMs = time.monotonicMs();
    try {
      this.#driver ??= await this.#open();
      const picture = this.#picture as Picture;
      const report = await this.#driver.show({ picture, cause, temperatureC: temperatureC() });
      if (report.display === "failed") throw new PanelError(report.reason ?? "The panel failed");
      this.#succeeded(report, cause);
    } catch (error) {
      await this.#failed(error);
    } finally {
      this.#drawingSinceMs = undefined;
    }
  }

  async #open(): Promise<PanelDriver> {
    const { open, time, keeper } = this.#options;
    const { panel, transport } = await open();
    this.#panel = panel;
    return new PanelDriver({
      panel,
      transport,
      time,
      memory: keeper.recall(),
      remember: (memory) => keeper.remember(memory),
    });
  }

  #succeeded(report: PanelReport, cause: Cause): void {
    const { tell, name } = this.#options;
    if (this.#error !== undefined) tell("screen is back", { output: name });
    this.#report = report;
    this.#error = undefined;
    this.#retry.succeeded();
    if (report.waiting !== undefined && !this.#isClosed)
      this.#putOff(report, report.waiting === "press" ? "tick" : cause);
  }

  #putOff({ waiting = "interval", untilS }: PanelReport, cause: Cause): void {
    const { after, time } = this.#options;
    const wantedMs = untilS === undefined ? LATER_MS[waiting] : 1000 * (untilS - time.nowS());
    const ms = Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, wantedMs));
    this.#cancelWait();
    this.#cancelWait = after(ms, () => this.#wish(cause));
  }

  async #failed(cause: unknown): Promise<void> {
    const { tell, name } = this.#options;
    const error = outputError(cause, cause instanceof RangeError ? "E_SCREEN_SIZE" : "E_PANEL");
    if (error.message !== this.#error?.message) tell("screen failed", { output: name, ...error });
    this.#error = error;
    await this.#letGo();
    if (!this.#isClosed) this.#retry.failed();
  }

  /** Takes the panel's power where the board can, which is also what brings back one that hangs. */
  async #letGo(): Promise<void> {
    const driver = this.#driver;
    this.#driver = undefined;
    // Wires that broke cannot be let go in order, and nothing more can be done.
    await driver?.close().catch(() => undefined);
  }
}

function noteOf({ atS, mode, busyMs }: JournalEntry): RefreshNote {
  return { at: isoOf(atS), kind: mode, ...(busyMs !== undefined && { ms: busyMs }) };
}
