// Shows that the box has no memory until it is told to stop: the screen of the configuration and nothing else. Opens no
// store, listens nowhere, and writes to the screen alone.
import type { Clock, Logger } from "../sync/ports.ts";
import { BoxClock } from "./box-clock.ts";
import { buildTime } from "./build-time.ts";
import type { Config } from "./config-schema.ts";
import { createRenderer } from "./display/renderer.ts";
import { troubleScene } from "./display/trouble-scene.ts";
import { wordsFor } from "./display/words.ts";
import { ALL_VENUES } from "./door.ts";
import { DoorScreen } from "./door-screen.ts";
import { loadKernel } from "./gpio/koffi-kernel.ts";
import { type Host, Lifecycle } from "./lifecycle.ts";
import { chooseScreen } from "./screen-choice.ts";
import { OUTPUT_PATIENCE_MS, openScreen } from "./screen-outputs.ts";
import { loadNotify, Systemd, watchdogMicros } from "./systemd.ts";

export interface TroubleSurroundings {
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface TroubleHost {
  readonly host: Host & Pick<NodeJS.Process, "pid">;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Where no door is named. */
const NAME = "Lagerfeuer";

/** Resolves when it stands there; the process ends by itself after a signal. */
export async function showTrouble(around: TroubleSurroundings, { host, env }: TroubleHost): Promise<void> {
  const { config, clock, logger } = around;
  const { venue = NAME, language } = config.screen;
  const boxClock = new BoxClock({ clock, buildTime, newestOwn: () => 0, phoneOffsets: () => [] });
  const timezone = config.festival.timezone ?? "UTC";
  const { name, rotation, output } = await openScreen(chooseScreen(config.screen), {
    ...{ clock, logger, boxClock, timezone, loadKernel },
  });
  const scene = troubleScene(venue === ALL_VENUES ? NAME : venue, wordsFor(language));
  const screen = new DoorScreen({
    ...{ output, clock, logger },
    renderer: createRenderer(name, rotation),
    describe: () => ({ scene, nextChangeMs: Number.POSITIVE_INFINITY }),
  });
  const notify = await loadNotify(env, logger);
  const beat = watchdogMicros(env, host.pid);
  const systemd = new Systemd({ notify, watchdogMicros: beat, clock, logger, healthy: () => true });
  const services = [
    { name: "output", start: () => {}, stop: () => output.close(), patienceMs: OUTPUT_PATIENCE_MS },
    { name: "screen", start: () => screen.start(), stop: () => screen.stop() },
    { name: "systemd", start: () => systemd.ready(), stop: () => systemd.stopping() },
  ];
  await new Lifecycle({ services, logger, clock, host }).start();
}
