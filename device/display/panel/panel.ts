// What a panel is: a row of a table. Families and models differ in data only; nothing here knows a chip.
import type { ResetPulse } from "./transport.ts";

export type RefreshMode = "full" | "fast" | "partial";

/** How a pixel lies in the memory of the chip: one bit (1 is white), an ink of Spectra 6, or one of 16 greys. */
export type PixelKind = "bit" | "ink" | "grey";

/**
 * What is sent for one refresh, from reset to sleep, a line each:
 * "06 17 17 28 17"  a command and its data in hex
 * "13 ~new"         a command with bytes from a PanelFill; ~ inverts them
 * "+ new"           more data for the command before, as a transfer of its own
 * "reset"           the panel's reset pulse; "reset short" a pulse on a line that is high already
 * "wait"            until the chip is idle; "wait full" until a refresh of that kind is over
 * "settle 1224"     until a register of the IT8951 is zero; "settle 1224 full" likewise
 * "delay 100"       ms, for chips that raise BUSY late
 */
export type Script = readonly string[];

/**
 * What the words of a script stand for. With every refresh come `new` and `old`, the pixels of the window, and the window
 * itself: `window` by its first and last pixels, `area` by its size.
 */
export type PanelFill = Readonly<Record<string, Uint8Array>>;

export interface ModeTable {
  readonly script: Script;
  /** As the vendor states it or others measured it; it may take twice as long before the panel counts as dead. */
  readonly refreshMs: number;
}

export interface PartialTable extends ModeTable {
  /** The same where nobody knows what the glass shows: the vendor's way. The policy never asks for it, a trace does. */
  readonly blind: Script;
}

/** Where we leave the vendor's way on purpose. */
export interface Difference {
  readonly mode: RefreshMode;
  readonly ours: string;
  readonly why: string;
}

/** display.md §3.5. Times in seconds, temperatures in °C. */
export interface RefreshLimits {
  readonly partialsPerFull: number;
  readonly shortestIntervalS: number;
  readonly coldestC: number;
  readonly hottestC: number;
  /** Presses are answered on the glass; colour panels answer with the LED alone. */
  readonly answersPresses: boolean;
}

export interface Panel {
  readonly name: string;
  /** In pixels of the chip's memory: the panel as its rows run, which may be portrait where people see landscape. */
  readonly width: number;
  readonly height: number;
  readonly pixel: PixelKind;
  /** Level of the BUSY line while the chip works. */
  readonly busyLevel: 0 | 1;
  readonly reset: ResetPulse;
  readonly full: ModeTable;
  readonly fast?: ModeTable;
  readonly partial?: PartialTable;
  /** A partial refresh may send and drive a part of the rows; else the whole memory is written each time. */
  readonly windows: boolean;
  /** Who knows the picture before: we write it each time, or the chip remembers it until it loses power. */
  readonly before: "written" | "chip";
  readonly limits: RefreshLimits;
  readonly differences: readonly Difference[];
  /** The panel's own words: a waveform, an address, a voltage. */
  readonly fill?: PanelFill;
}

/** Black and white panels by their data sheets; the numbers that differ stand with each panel. */
export const PAPER_LIMITS: RefreshLimits = {
  partialsPerFull: 5,
  shortestIntervalS: 0,
  coldestC: 0,
  hottestC: 50,
  answersPresses: true,
};
