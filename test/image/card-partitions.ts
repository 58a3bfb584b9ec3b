// The data partition of a card, as somebody sees it who has the card in a computer: where it is, and what is in it.
import { execFileSync } from "node:child_process";
import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";

const SECTOR_BYTES = 512;
const TABLE_AT = 446;
const ENTRY_BYTES = 16;
const DATA_ENTRY = 2;
const START_AT = 8;
const SECTORS_AT = 12;

export interface Extent {
  /** Bytes. */
  readonly start: number;
  readonly length: number;
}

export function dataPartition(card: string): Extent {
  const sector = Buffer.alloc(SECTOR_BYTES);
  const file = openSync(card, "r");
  readSync(file, sector, 0, SECTOR_BYTES, 0);
  closeSync(file);
  const entry = TABLE_AT + DATA_ENTRY * ENTRY_BYTES;
  return {
    start: sector.readUInt32LE(entry + START_AT) * SECTOR_BYTES,
    length: sector.readUInt32LE(entry + SECTORS_AT) * SECTOR_BYTES,
  };
}

/** Copies its files into `folder`, after its journal was played back as at a start. The card stays as it is. */
export function filesOfData(card: string, folder: string): void {
  const { start, length } = dataPartition(card);
  const image = join(folder, "data.ext4");
  const block = 1024 * 1024;
  const count = [`if=${card}`, `of=${image}`, `bs=${block}`, `skip=${start / block}`, `count=${length / block}`];
  execFileSync("dd", [...count, "conv=sparse", "status=none"]);
  execFileSync("e2fsck", ["-p", "-E", "journal_only", image], { stdio: "pipe" });
  execFileSync("debugfs", ["-R", `rdump /lagerfeuer ${folder}`, image], { stdio: "pipe" });
}
