// A whole box in this process, as run-box.ts puts it together, with three buttons and a light on lines of a kernel that
// answers from a table. Its screen is the one of the preview page.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buttonBoard, buttonLines } from "../../device/button-adapters.ts";
import type { ButtonBoard } from "../../device/button-board.ts";
import { loadConfig } from "../../device/config.ts";
import { DataFolder } from "../../device/data-folder.ts";
import type { Service } from "../../device/lifecycle.ts";
import { composeBox, composeScreen, openReplica } from "../../device/main.ts";
import type { OpenedReplica } from "../../device/opened-replica.ts";
import type { VoltageAlarm } from "../../device/power-supply.ts";
import { chooseScreen } from "../../device/screen-choice.ts";
import { Systemd } from "../../device/systemd.ts";
import type { Clock, Logger } from "../../sync/ports.ts";
import { SimulatedGpio } from "../device/gpio/simulated-gpio.ts";

export const BUTTON_LINES = ["GPIO5", "GPIO6", "GPIO13"] as const;
export const LED_LINE = "GPIO12";

export interface WallBoxOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** As on the command line, without dashes. */
  readonly flags?: Readonly<Record<string, unknown>>;
  readonly voltage?: VoltageAlarm;
  /** Time of the kernel that stamps edges. */
  readonly nowNs?: () => bigint;
}

export class WallBox implements AsyncDisposable {
  readonly gpio = new SimulatedGpio({ gpiochip0: ["", ...BUTTON_LINES, LED_LINE] });
  readonly folder = mkdtempSync(join(tmpdir(), "lagerfeuer-wall-"));
  /** Signals that the box sent itself. */
  stops = 0;
  port = 0;
  #opened: OpenedReplica | undefined;
  #board: ButtonBoard | undefined;
  #services: Service[] = [];

  get opened(): OpenedReplica {
    if (this.#opened === undefined) throw new Error("the box is not started");
    return this.#opened;
  }

  get faults(): readonly string[] {
    return (this.#board?.faults ?? []).map(({ code }) => code);
  }

  async start({ clock, logger, flags = {}, voltage, nowNs = () => this.gpio.nowNs }: WallBoxOptions): Promise<void> {
    const wall = { buttons: "gpio", led: LED_LINE, "button-line": [...BUTTON_LINES] };
    const all = { data: this.folder, port: "0", host: "127.0.0.1", discovery: false, ...wall, ...flags };
    const config = loadConfig({ flags: all, env: {} });
    const around = { config, folder: new DataFolder(this.folder), clock, logger };
    this.#opened = await openReplica(around, "write");
    const { boxClock, timezone } = this.#opened;
    this.#board = buttonBoard({
      ...around,
      boxClock,
      timezone,
      lines: buttonLines(config.buttons),
      stdin: process.stdin,
      onInterrupt: () => {},
      loadKernel: async () => this.gpio,
      gpioFolder: this.gpio.folder,
      nowNs,
    });
    this.#services = composeBox(this.#opened, around, {
      screen: await composeScreen(chooseScreen(config.screen), this.#opened, around),
      buttons: this.#board,
      systemd: new Systemd({ notify: undefined, watchdogMicros: undefined, clock, logger, healthy: () => true }),
      command: [],
      voltage,
      stop: () => {
        this.stops += 1;
      },
      onReady: (port) => {
        this.port = port;
      },
    });
    for (const service of this.#services) await service.start();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const service of this.#services.reverse()) await service.stop();
    rmSync(this.folder, { recursive: true });
    this.gpio[Symbol.dispose]();
  }
}
