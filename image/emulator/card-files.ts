// Files on the FAT partition of a card, read and written as a person does who puts the card into a computer. Uses mtools:
// nothing is mounted.
import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Where the partition begins: assemble.sh's FIRST_SECTOR in bytes. */
const BOOT_OFFSET_BYTES = 8192 * 512;

/** Copies one file off the card; throws if it is not there. */
function readFromCard(card: string, name: string, target: string): void {
  execFileSync("mcopy", ["-o", "-n", "-i", partition(card), `::${name}`, target], { stdio: "pipe" });
}

/** What the firmware of a board would start, copied into `folder`. */
export function bootFilesOf(card: string, folder: string): { readonly kernel: string; readonly initrd: string } {
  const files = { kernel: join(folder, "kernel"), initrd: join(folder, "initrd") };
  readFromCard(card, "kernel.img", files.kernel);
  readFromCard(card, "initrd.img", files.initrd);
  return files;
}

export function readTextFromCard(card: string, name: string): string {
  return execFileSync("mtype", ["-i", partition(card), `::${name}`], { encoding: "utf8" });
}

/** Puts one file onto the card, in place of one of that name. */
export function writeToCard(card: string, source: string, name: string): void {
  execFileSync("mcopy", ["-o", "-i", partition(card), source, `::${name}`], { stdio: "pipe" });
}

function partition(card: string): string {
  return `${card}@@${BOOT_OFFSET_BYTES}`;
}
