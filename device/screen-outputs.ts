// Puts together what hangs on the wall: the output that was chosen, with its files, wires and timers. Which one, and what
// contradicts itself, is decided in screen-choice.ts.
import { join } from "node:path";
import type { Clock, Logger } from "../sync/ports.ts";
import type { BoxClock } from "./box-clock.ts";
import { quietConsole } from "./display/output/console-quiet.ts";
import { Framebuffer } from "./display/output/framebuffer.ts";
import { FramebufferOutput } from "./display/output/framebuffer-output.ts";
import { readGeometry } from "./display/output/geometry.ts";
import { type Output, previewOnly } from "./display/output/output.ts";
import { PanelOutput } from "./display/output/panel-output.ts";
import { readRoomTemperature } from "./display/output/room-temperature.ts";
import { ScreenPower } from "./display/output/screen-power.ts";
import type { Rotation } from "./display/rotation.ts";
import { glassNamed } from "./display/screens.ts";
import type { Kernel } from "./gpio/kernel.ts";
import { isPanel, type ScreenChoice } from "./screen-choice.ts";
import { forgetful, ScreenMemory } from "./screen-memory.ts";
import { openPanel } from "./screen-wires.ts";

/** The console behind the screen, where systemd starts us. */
const TERMINAL = "dev/tty1";
const MEMORY_FILE = "panel.json";
/** A refresh that runs comes to its end, or voltages stay on the glass: twice the 32 s of the slowest panel. */
export const OUTPUT_PATIENCE_MS = 65_000;

export interface ScreenSurroundings {
  /** The data folder; without one, what a panel showed is forgotten at the end. */
  readonly folder?: string;
  readonly clock: Clock;
  readonly boxClock: Pick<BoxClock, "now" | "trust">;
  readonly timezone: string;
  readonly logger: Logger;
  /** Rejects where this machine has none for us; called again until it resolves. */
  readonly loadKernel: () => Promise<Kernel>;
}

/** What is drawn, and where it goes. */
export interface ScreenParts {
  readonly name: string;
  readonly rotation: Rotation;
  readonly output: Output;
}

/** Rejects never: a screen that is not there is told by its state. */
export async function openScreen(choice: ScreenChoice, around: ScreenSurroundings): Promise<ScreenParts> {
  return { name: screenName(choice), rotation: choice.rotation, output: await openOutput(choice, around) };
}

async function openOutput(choice: ScreenChoice, around: ScreenSurroundings): Promise<Output> {
  if (isPanel(choice.output)) return panelOutput(choice, around);
  return choice.output === "framebuffer" ? await framebufferOutput(choice, around) : previewOnly(choice.rotation);
}

/** The glass to draw for. A monitor is taken as large as it is now, unless a name says otherwise. */
function screenName({ output, name, isNameSet, device }: ScreenChoice): string {
  if (output !== "framebuffer" || isNameSet) return name;
  try {
    const { width, height } = readGeometry(device.root, device.isSet ? device.name : undefined);
    const found = `door-${width}x${height}x24`;
    return glassNamed(found) === undefined ? name : found;
  } catch {
    // Nothing is plugged in yet; most monitors have this size.
    return name;
  }
}

function panelOutput(
  choice: ScreenChoice,
  { folder, clock, boxClock, logger, loadKernel }: ScreenSurroundings,
): Output {
  const after = (ms: number, callback: () => void) => clock.after(ms, callback);
  const monotonicMs = () => clock.monotonicMs();
  let kernel: Kernel | undefined;
  return new PanelOutput({
    name: choice.output,
    rotation: choice.rotation,
    open: async () => {
      kernel ??= await loadKernel();
      return await openPanel(choice, { kernel, after });
    },
    time: { nowS: () => boxClock.now, monotonicMs, sleep: (ms) => new Promise((resolve) => after(ms, resolve)) },
    after,
    keeper:
      folder === undefined
        ? forgetful()
        : new ScreenMemory({ path: join(folder, MEMORY_FILE), panel: choice.output, monotonicMs, logger }),
    temperatureC: () => readRoomTemperature(choice.device.root),
    tell: (message, fields) => logger.warn(message, fields),
  });
}

async function framebufferOutput(choice: ScreenChoice, around: ScreenSurroundings): Promise<Output> {
  const { clock, boxClock, timezone, logger, loadKernel } = around;
  const { root, name, isSet } = choice.device;
  // Without it the picture is drawn all the same; some ways to quiet and darken the screen are left out.
  const kernel = await loadKernel().catch(() => undefined);
  return new FramebufferOutput({
    framebuffer: new Framebuffer({ root, device: isSet ? name : undefined }),
    rotation: choice.rotation,
    quiet: () => quietConsole({ kernel, tty: TERMINAL, root }),
    powerOf: (device) => new ScreenPower({ kernel, device, root }),
    off: choice.off && { hours: choice.off, timezone },
    time: {
      nowS: () => boxClock.now,
      trustedS: () => (boxClock.trust === "unsure" ? undefined : boxClock.now),
      monotonicMs: () => clock.monotonicMs(),
    },
    after: (ms, callback) => clock.after(ms, callback),
    tell: (message, fields) => logger.warn(message, fields),
  });
}
