// Keys that are right by themselves and cannot stand together: refused at the start, or left out where a box is to start
// all the same (forgiving-config.ts).
import { isNodeAddress } from "../sync/node-address.ts";
import { buttonLines } from "./button-adapters.ts";
import type { Config } from "./config-schema.ts";
import { CommandError } from "./exit.ts";
import { chooseScreen } from "./screen-choice.ts";

export interface Contradiction {
  /** Of the key to mend, in the file. */
  readonly path: readonly string[];
  /** Throws ConfigError or CommandError where it is there. */
  readonly check: (config: Config) => void;
  /** The same configuration without it. */
  readonly without: (config: Config) => Config;
}

/** What an output does not need: each is looked at by itself. */
const BARE = { name: undefined, device: undefined, off: undefined };

export const CONTRADICTIONS: readonly Contradiction[] = [
  {
    path: ["demo"],
    check: checkDemo,
    without: (config) => ({ ...config, demo: false }),
  },
  {
    path: ["peers", "addresses"],
    check: checkPeers,
    without: (config) => ({ ...config, peers: { addresses: config.peers.addresses.filter(isNoNode) } }),
  },
  {
    path: ["screen", "output"],
    check: ({ screen }) => chooseScreen({ ...screen, ...BARE }),
    without: (config) => ({ ...config, screen: { ...config.screen, output: "none" } }),
  },
  screenKey("name"),
  screenKey("device"),
  screenKey("off"),
  {
    path: ["buttons", "lines"],
    check: ({ buttons }) => buttonLines(buttons),
    without: (config) => ({ ...config, buttons: { ...config.buttons, lines: [] } }),
  },
];

/** Throws ConfigError or CommandError for the first. */
export function checkTogether(config: Config): void {
  for (const { check } of CONTRADICTIONS) check(config);
}

function screenKey(name: keyof typeof BARE): Contradiction {
  return {
    path: ["screen", name],
    check: ({ screen }) => chooseScreen({ ...screen, ...BARE, [name]: screen[name] }),
    without: (config) => ({ ...config, screen: { ...config.screen, [name]: undefined } }),
  };
}

function checkDemo({ demo, festival }: Config): void {
  if (!demo || festival.key === undefined) return;
  throw new CommandError("E_CONFIG_VALUE", "Cannot run the demo in a real festival: leave out --demo or --festival");
}

function checkPeers({ peers, p2panda }: Config): void {
  const node = peers.addresses.find(isNodeAddress);
  if (node === undefined || p2panda.enabled) return;
  throw new CommandError("E_CONFIG_VALUE", `Cannot connect to "${node}": it is a p2panda node; switch on --p2panda`);
}

function isNoNode(address: string): boolean {
  return !isNodeAddress(address);
}
