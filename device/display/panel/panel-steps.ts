// What a panel is sent for one picture, as a list. Pure: drivers play it, traces print it, simulators swallow it.
import type { Panel, PanelFill, RefreshMode, Script } from "./panel.ts";
import { cutWindow, dirtyWindow, type Window, wholeWindow } from "./plane.ts";
import { expandScript, type PanelStep } from "./script.ts";

export interface Refresh {
  readonly mode: RefreshMode;
  /** The wanted picture, from planeOf. */
  readonly next: Uint8Array;
  /** What the glass shows; undefined if nobody knows, and a partial refresh then goes the vendor's way. */
  readonly shown?: Uint8Array | undefined;
}

/** Throws RangeError for a mode the panel does not know. */
export function panelSteps(panel: Panel, refresh: Refresh): PanelStep[] {
  const { next, shown } = refresh;
  const window = windowOf(panel, refresh);
  const fill: PanelFill = {
    ...panel.fill,
    new: cutWindow(panel, next, window),
    ...(shown && { old: cutWindow(panel, shown, window) }),
    window: bigEndian([window.x, window.x + window.width - 1, window.y, window.y + window.height - 1]),
    area: bigEndian([window.x, window.y, window.width, window.height]),
  };
  return expandScript(scriptOf(panel, refresh), panel, fill);
}

function windowOf(panel: Panel, { mode, next, shown }: Refresh): Window {
  const dirty = mode === "partial" && panel.windows && shown ? dirtyWindow(panel, shown, next) : undefined;
  return dirty ?? wholeWindow(panel);
}

function scriptOf(panel: Panel, { mode, shown }: Refresh): Script {
  const table = panel[mode];
  if (table === undefined) throw new RangeError(`Cannot refresh ${panel.name}: it has no mode "${mode}"`);
  return table === panel.partial && shown === undefined ? panel.partial.blind : table.script;
}

function bigEndian(values: readonly number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((value) => [value >> 8, value & 0xff]));
}
