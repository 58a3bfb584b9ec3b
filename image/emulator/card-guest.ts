// A card as somebody flashed it and wrote on it, in an emulated board: what the built card holds is started whole, with its
// own kernel, command line and units. Only what emulation needs is added: patience, and a shell on a second serial line.
import { writeFileSync } from "node:fs";
import { bootFilesOf, readTextFromCard, writeToCard } from "./card-files.ts";
import { type Board, boardDeviceTree } from "./device-tree.ts";
import { Guest } from "./guest.ts";
import { GuestShell } from "./guest-shell.ts";
import { boardArguments, type Machine } from "./machine.ts";

/** A Zero 2 W has as much. */
const MEGABYTES = 512;
/** An emulated machine beside other work takes minutes to find its own disk: systemd's 90 s, and a watchdog, are for real ones. */
const PATIENCE =
  "systemd.default_device_timeout_sec=1800 systemd.default_timeout_start_sec=1800 systemd.service_watchdogs=no";
const SHELL = "systemd.debug_shell=ttyS0";

export interface CardGuestOptions extends Pick<Machine, "screen" | "clock" | "forward" | "wire"> {
  /** For the guest's sockets and what it boots from. */
  readonly folder: string;
  /** The card, which the guest writes to. */
  readonly card: string;
  readonly board?: Board;
}

/** Puts files onto the FAT partition of a card, as somebody who has it in a computer: text by name. */
export function editCard(card: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = `${card}.file`;
    writeFileSync(path, text);
    writeToCard(card, path, name);
  }
}

/** Switches it on. What the guest writes stays on the card. */
export async function startCard(options: CardGuestOptions): Promise<Guest> {
  const { folder, card, board, ...rest } = options;
  const own = readTextFromCard(card, "cmdline.txt").trim();
  return await Guest.start({
    ...rest,
    ...{ folder, ...bootFilesOf(card, folder), cmdline: `${own} ${PATIENCE} ${SHELL}`, megabytes: MEGABYTES },
    card: { file: card, kept: true },
    secondLine: true,
    ...(board && { deviceTree: boardDeviceTree(folder, boardArguments(MEGABYTES), board) }),
  });
}

export async function shellOf(guest: Guest): Promise<GuestShell> {
  return await GuestShell.open(await guest.secondLine());
}
