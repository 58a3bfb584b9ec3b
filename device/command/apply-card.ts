// `lagerfeuer apply-card`: what a card's first unit runs. People never need it on a machine of their own.
import { execFileSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { existsSync } from "node:fs";
import { ANIMALS } from "../../protocol/festival/words/animals.ts";
import { applyCard } from "../card/apply-card.ts";
import { ConfigError } from "../config-error.ts";
import type { Command, CommandContext } from "./command.ts";

const PLACES = {
  card: "/boot/firmware",
  state: "/data/card",
  run: "/run/lagerfeuer",
  wifi: "/var/lib/iwd",
  wifiMain: "/etc/iwd",
} as const;
/** The folder that is there once the data partition is mounted. */
const DATA = "/data/lost+found";
/** Of 512 animals each: 36 bits, in words that can be typed from a screen. */
const PASSWORD_WORDS = 4;

export const applyCardCommand: Command = {
  name: "apply-card",
  summary: "Apply lagerfeuer.toml of the card; the image does so at every start",
  operands: "",
  help: "Needs root. Ends with status 78 if the file has mistakes; everything else of it is applied all the same.",
  options: {},
  optionHelp: {},
  run: async (context) => run(context),
};

function run({ print }: CommandContext): void {
  const state = existsSync(DATA) ? PLACES.state : undefined;
  const { problems, moved, hotspot } = applyCard({ ...PLACES, state }, { writable, newName, newPassword });
  if (moved) print("Secrets were moved from the card to the data partition");
  print(`Hotspot: ${hotspot}`);
  const [first, ...others] = problems;
  if (first !== undefined) throw new ConfigError(first, ...others);
}

function writable(write: () => void): void {
  execFileSync("mount", ["-o", "remount,rw", PLACES.card]);
  try {
    write();
  } finally {
    execFileSync("mount", ["-o", "remount,ro", PLACES.card]);
  }
}

/** "Lagerfeuer Otter": two in one camp rarely share it. */
function newName(): string {
  const animal = anyAnimal();
  return `Lagerfeuer ${animal.charAt(0).toUpperCase()}${animal.slice(1)}`;
}

function newPassword(): string {
  return Array.from({ length: PASSWORD_WORDS }, anyAnimal).join(" ");
}

function anyAnimal(): string {
  return ANIMALS[randomInt(ANIMALS.length)] as string;
}
