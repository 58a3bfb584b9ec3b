// Runs the box until it is told to stop: opens the replica, starts the services in order, says where to look.
import { buttonBoard, buttonLines } from "./button-adapters.ts";
import { checkTogether } from "./contradictions.ts";
import { loadKernel } from "./gpio/koffi-kernel.ts";
import { Health } from "./health.ts";
import { type Host, Lifecycle } from "./lifecycle.ts";
import { composeBox, composeScreen, openReplica, type Surroundings } from "./main.ts";
import { openVoltageAlarm } from "./power-alarm.ts";
import { releaseMemory } from "./release-memory.ts";
import { chooseScreen } from "./screen-choice.ts";
import { loadNotify, Systemd, watchdogMicros } from "./systemd.ts";

export interface Terminal {
  readonly stdin: NodeJS.ReadStream;
  readonly print: (line: string) => void;
  readonly host: Host & Pick<NodeJS.Process, "pid" | "kill" | "argv" | "execArgv">;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Resolves when everything runs; the process ends by itself after a signal. */
export async function runBox(around: Surroundings, { stdin, print, host, env }: Terminal): Promise<void> {
  const { config, clock, logger } = around;
  checkTogether(config);
  for (const { code, message } of around.problems ?? []) logger.warn(message, { code });
  const choice = chooseScreen(config.screen);
  const lines = buttonLines(config.buttons);
  const opened = await openReplica(around, "write");
  const onInterrupt = () => host.kill(host.pid, "SIGINT");
  const { boxClock, timezone, database, trouble } = opened;
  const buttons = buttonBoard({ ...around, lines, timezone, boxClock, stdin, onInterrupt, loadKernel });
  const onReady = (port: number): void => {
    print(`Lagerfeuer burns: http://localhost:${port}`);
    print(`Its screen and buttons: http://localhost:${port}/preview`);
    if (buttons.hasKeyboard) print("Keys 1, 2, 3 press the buttons, 4, 5, 6 hold them; Ctrl-C stops.");
  };
  const command = [...host.execArgv, ...host.argv.slice(1, 2)];
  const screen = await composeScreen(choice, opened, around);
  const health = new Health({ database, trouble, drawingMs: () => screen.output.state.drawingMs, clock, logger });
  const systemd = new Systemd({
    notify: await loadNotify(env, logger),
    watchdogMicros: watchdogMicros(env, host.pid),
    clock,
    logger,
    healthy: () => health.check(),
  });
  const voltage = await openVoltageAlarm(loadKernel);
  const stop = () => host.kill(host.pid, "SIGTERM");
  const services = composeBox(opened, around, { screen, buttons, systemd, command, voltage, stop, onReady });
  await new Lifecycle({ services, logger, clock, host }).start();
  releaseMemory();
}
