// Keeps the kernel's console off a screen that is ours: no text, no cursor. As much of it as this user may; what was not
// possible is reported, and the picture is drawn all the same (display.md §4.3).
import { closeSync, existsSync, openSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Kernel } from "../../gpio/kernel.ts";

const KDSETMODE = 0x4b3a;
const KD_TEXT = 0;
const KD_GRAPHICS = 1;
const CONSOLES = "sys/class/vtconsole";
const CURSOR_BLINK = "sys/class/graphics/fbcon/cursor_blink";
/** A file of sysfs is there or it is not; none is made. */
const IN_PLACE = { flag: "r+" };
/** "(M) frame buffer device": the console that paints on framebuffers. */
const PAINTS = /frame buffer/;

export interface ConsoleOptions {
  /** Absent where koffi has no build: the mode of the terminal stays. */
  readonly kernel?: Kernel | undefined;
  /** The terminal behind the screen; absent: there is none. */
  readonly tty?: string | undefined;
  readonly root?: string;
}

export interface QuietConsole {
  /** What the kernel did not let us do, and why: the console may paint on the screen. To be told once. */
  readonly refused: Readonly<Record<string, string>>;
  /** Gives the console back as it was, as far as it can be. A second call does nothing. */
  readonly restore: () => void;
}

/** Makes one change; gives how to undo it, or nothing where nothing was to be changed. Throws where it may not. */
type Change = () => readonly (() => void)[];

export function quietConsole(options: ConsoleOptions): QuietConsole {
  const undo: (() => void)[] = [];
  const refused: Record<string, string> = {};
  for (const [what, change] of changesOf(options)) {
    try {
      undo.unshift(...change());
    } catch (error) {
      refused[what] = error instanceof Error ? error.message : String(error);
    }
  }
  return {
    refused,
    restore: () => {
      for (const back of undo.splice(0)) tryTo(back);
    },
  };
}

function changesOf({ kernel, tty, root = "/" }: ConsoleOptions): [what: string, change: Change][] {
  const changes: [string, Change][] = [["cursor", () => replaceText(join(root, CURSOR_BLINK), "0")]];
  for (const bind of paintingConsoles(root)) changes.push(["console", () => replaceText(bind, "0")]);
  if (kernel === undefined || tty === undefined) return changes;
  const terminal = join(root, tty);
  const draw: Change = () => {
    setTerminalMode(kernel, terminal, KD_GRAPHICS);
    return [() => setTerminalMode(kernel, terminal, KD_TEXT)];
  };
  return [["terminal", draw], ...changes];
}

/** Whoever stops can do no more than try. */
function tryTo(back: () => void): void {
  try {
    back();
  } catch {
    // The terminal or the screen went away meanwhile, and with it what was to be undone.
  }
}

function setTerminalMode(kernel: Kernel, path: string, mode: number): void {
  const fd = openSync(path, "r+");
  try {
    kernel.ioctl(fd, KDSETMODE, mode);
  } finally {
    closeSync(fd);
  }
}

function replaceText(path: string, text: string): (() => void)[] {
  // Where there is no console, none is to be kept quiet.
  if (!existsSync(path)) return [];
  const before = readFileSync(path, "utf8").trim();
  if (before === text) return [];
  writeFileSync(path, text, IN_PLACE);
  return [() => writeFileSync(path, before, IN_PLACE)];
}

function paintingConsoles(root: string): string[] {
  const folder = join(root, CONSOLES);
  return namesIn(folder)
    .filter((name) => PAINTS.test(readOr(join(folder, name, "name"), "")))
    .map((name) => join(folder, name, "bind"));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return otherwise;
  }
}
