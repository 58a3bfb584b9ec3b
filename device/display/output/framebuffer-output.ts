// Frames on a monitor over HDMI: turned to how its rows run, only the rows that changed, the kernel's console kept off it,
// and the monitor dark in its off hours. One that is away is looked for again, at growing intervals.
import type { Cause } from "../panel/refresh-policy.ts";
import type { After } from "../panel/wires.ts";
import type { Frame } from "../renderer.ts";
import { GlassTurner, hungSize, type Rotation } from "../rotation.ts";
import type { QuietConsole } from "./console-quiet.ts";
import type { Framebuffer } from "./framebuffer.ts";
import { type OffHours, offStateAt } from "./off-hours.ts";
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
import type { ScreenPower } from "./screen-power.ts";

/** A clock that is set meanwhile moves the hours. */
const LONGEST_WAIT_MS = 3_600_000;
const SHORTEST_WAIT_MS = 1_000;
/** No failure: the picture is there, but not all of it. */
const CUT_OFF = "E_SCREEN_SIZE";

export interface FramebufferTime {
  /** Seconds since 1970 UTC. */
  nowS(): number;
  /** Undefined while nobody can trust the clock: then no hour is an off hour. */
  trustedS(): number | undefined;
  monotonicMs(): number;
}

export interface FramebufferOutputOptions {
  readonly framebuffer: Framebuffer;
  readonly rotation: Rotation;
  /** Called once, with the first frame. */
  readonly quiet: () => QuietConsole;
  /** The way to turn the monitor behind a framebuffer ("fb0") off and on. */
  readonly powerOf: (device: string) => ScreenPower;
  readonly off?: { readonly hours: OffHours; readonly timezone: string } | undefined;
  readonly time: FramebufferTime;
  readonly after: After;
  readonly tell: Tell;
}

export class FramebufferOutput implements Output {
  readonly #options: FramebufferOutputOptions;
  readonly #turner: GlassTurner;
  readonly #retry: Retry;
  /** The renderer's own, as the glass has it: always the newest. */
  #frame: Frame | undefined;
  #console: QuietConsole | undefined;
  #power: { readonly device: string; readonly screen: ScreenPower } | undefined;
  #isAsleep = false;
  #isDark = false;
  /** Stands on it until the picture is about something else, off hours or not. */
  #isEmergency = false;
  #error: OutputError | undefined;
  #lastRefresh: RefreshNote | undefined;
  #cancelTimer = (): void => {};
  #isClosed = false;

  constructor(options: FramebufferOutputOptions) {
    this.#options = options;
    this.#turner = new GlassTurner(options.rotation);
    const { after, time } = options;
    this.#retry = new Retry({ after, monotonicMs: () => time.monotonicMs(), retry: () => this.#look() });
  }

  show(frame: Frame, cause: Cause): void {
    if (this.#isClosed) return;
    this.#isAsleep = false;
    if (cause === "emergency") this.#isEmergency = true;
    if (cause === "session") this.#isEmergency = false;
    this.#frame = this.#turner.turn(frame);
    this.#look();
  }

  async sleep(): Promise<void> {
    this.#isAsleep = true;
    this.#look();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cancelTimer();
    this.#retry.succeeded();
    this.#leaveBlack();
    this.#options.framebuffer.close();
    this.#console?.restore();
  }

  /** A picture that nobody keeps up grows old on the glass, and looks as if it were true. */
  #leaveBlack(): void {
    if (this.#frame === undefined) return;
    try {
      this.#options.framebuffer.blacken();
    } catch (error) {
      this.#options.tell("screen failed", { output: "framebuffer", ...outputError(error, "E_FRAMEBUFFER") });
    }
  }

  get state(): OutputState {
    const { framebuffer, rotation } = this.#options;
    const { geometry } = framebuffer;
    const retryInS = this.#retry.inS;
    const way = this.#power?.screen.way;
    return {
      output: "framebuffer",
      rotation,
      ...(geometry && { glass: { width: geometry.width, height: geometry.height } }),
      ...(this.#error && { error: { ...this.#error, ...(retryInS !== undefined && { retryInS }) } }),
      ...(this.#lastRefresh && { lastRefresh: this.#lastRefresh }),
      power: this.#power?.screen.state ?? "on",
      ...(way !== undefined && { powerWay: way }),
    };
  }

  /** Makes the monitor what it should be now: dark, or with the newest frame. */
  #look(): void {
    if (this.#frame === undefined || this.#isClosed) return;
    this.#console ??= this.#quiet();
    try {
      if (this.#shouldBeDark()) this.#darken();
      else this.#draw(this.#frame);
      this.#retry.succeeded();
    } catch (error) {
      this.#failed(outputError(error, "E_FRAMEBUFFER"));
    }
  }

  #shouldBeDark(): boolean {
    const { off, time, after } = this.#options;
    this.#cancelTimer();
    const nowS = time.trustedS();
    if (off === undefined || nowS === undefined) return this.#isAsleep;
    const { isOff, untilS } = offStateAt(off.hours, nowS, off.timezone);
    const ms = Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, 1000 * (untilS - nowS)));
    this.#cancelTimer = after(ms, () => this.#look());
    return this.#isAsleep || (isOff && !this.#isEmergency);
  }

  /** Black first: where no way to the switch works, that is the best that can be had. */
  #darken(): void {
    if (this.#isDark) return;
    this.#options.framebuffer.blacken();
    this.#isDark = true;
    this.#error = undefined;
    const state = this.#powerOfScreen()?.off();
    if (state === "off-failed") this.#options.tell("screen cannot be turned off", { output: "framebuffer" });
  }

  #draw(frame: Frame): void {
    const { framebuffer, time, tell } = this.#options;
    const startMs = time.monotonicMs();
    const kind = framebuffer.show(frame);
    if (this.#isDark || this.#power === undefined) this.#powerOfScreen()?.on();
    this.#isDark = false;
    this.#lastRefresh = { at: isoOf(time.nowS()), kind, ms: Math.round(time.monotonicMs() - startMs) };
    if (this.#error !== undefined && this.#error.code !== CUT_OFF) tell("screen is back", { output: "framebuffer" });
    this.#error = this.#cutOff(frame);
  }

  /** A frame that is larger than the glass is seen in part, which is better than not at all. */
  #cutOff({ width, height }: Frame): OutputError | undefined {
    const { framebuffer, rotation } = this.#options;
    const { geometry } = framebuffer;
    if (geometry === undefined || (width <= geometry.width && height <= geometry.height)) return undefined;
    const hung = hungSize(geometry, rotation);
    const message = `The screen has ${hung.width} × ${hung.height} px: what lies beyond is cut off; leave out "screen.name"`;
    return { code: CUT_OFF, message };
  }

  /** Anew for another framebuffer. */
  #powerOfScreen(): ScreenPower | undefined {
    const device = this.#options.framebuffer.geometry?.device;
    if (device !== undefined && this.#power?.device !== device) {
      this.#power = { device, screen: this.#options.powerOf(device) };
    }
    return this.#power?.screen;
  }

  #quiet(): QuietConsole {
    const { quiet, tell } = this.#options;
    const console = quiet();
    if (Object.keys(console.refused).length > 0) tell("console may paint on the screen", { refused: console.refused });
    return console;
  }

  #failed(error: OutputError): void {
    if (error.message !== this.#error?.message)
      this.#options.tell("screen failed", { output: "framebuffer", ...error });
    this.#error = error;
    this.#isDark = false;
    this.#retry.failed();
  }
}
