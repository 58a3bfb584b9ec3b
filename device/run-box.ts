// Runs the box until it is told to stop: opens the replica, starts the services in order, says where to look.
import { isNodeAddress } from "../sync/node-address.ts";
import { CommandError } from "./exit.ts";
import { Keyboard } from "./gpio/keyboard.ts";
import { type Host, Lifecycle } from "./lifecycle.ts";
import { composeBox, openReplica, type Surroundings } from "./main.ts";
import { loadNotify, Systemd, watchdogMicros } from "./systemd.ts";

export interface Terminal {
  readonly stdin: NodeJS.ReadStream;
  readonly print: (line: string) => void;
  readonly host: Host & { readonly pid: number; kill(pid: number, signal: "SIGINT"): unknown };
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Resolves when everything runs; the process ends by itself after a signal. */
export async function runBox(around: Surroundings, { stdin, print, host, env }: Terminal): Promise<void> {
  const { config, clock, logger } = around;
  if (config.demo && config.festival.key !== undefined) {
    throw new CommandError("E_CONFIG_VALUE", "Cannot run the demo in a real festival: leave out --demo or --festival");
  }
  const node = config.peers.addresses.find(isNodeAddress);
  if (node !== undefined && !config.p2panda.enabled) {
    throw new CommandError("E_CONFIG_VALUE", `Cannot connect to "${node}": it is a p2panda node; switch on --p2panda`);
  }
  const opened = await openReplica(around, "write");
  const systemd = new Systemd({
    notify: await loadNotify(env, logger),
    watchdogMicros: watchdogMicros(env, host.pid),
    clock,
    logger,
    healthy: async () => (await opened.replica.store.count()) >= 0,
  });
  const buttons = new Keyboard({ input: stdin, onInterrupt: () => host.kill(host.pid, "SIGINT") });
  const onReady = (port: number): void => {
    print(`Lagerfeuer burns: http://localhost:${port}`);
    print("Keys 1, 2, 3 press the buttons, 4, 5, 6 hold them; Ctrl-C stops.");
  };
  const services = composeBox(opened, around, { buttons, systemd, onReady });
  await new Lifecycle({ services, logger, clock, host }).start();
}
