// The panels we know, by the names a configuration uses.
import { type It8951Chip, it8951Panel } from "./it8951.ts";
import type { Panel } from "./panel.ts";
import { WAVESHARE_7IN3_E } from "./spectra6.ts";
import { WAVESHARE_2IN9_V2, WAVESHARE_2IN13_V4, WAVESHARE_4IN2_V2, WAVESHARE_13IN3_K } from "./ssd16xx.ts";
import { WAVESHARE_7IN5_V2 } from "./uc8179.ts";

export interface PanelSettings {
  /** On the ribbon of an IT8951's panel, as -1.53. */
  readonly vcomVolts?: number | undefined;
  /** What an IT8951 said about itself. */
  readonly chip?: It8951Chip | undefined;
}

/** The 10.3 inch panel with its usual firmware, for those who have no chip to ask. */
const TEN_INCH: It8951Chip = { width: 1872, height: 1404, bufferAddress: 0x0012_36e0 };

const PANELS: ReadonlyMap<string, (settings: PanelSettings) => Panel> = new Map([
  ...[
    WAVESHARE_7IN5_V2,
    WAVESHARE_2IN13_V4,
    WAVESHARE_2IN9_V2,
    WAVESHARE_4IN2_V2,
    WAVESHARE_13IN3_K,
    WAVESHARE_7IN3_E,
  ].map((panel) => [panel.name, () => panel] as const),
  ["it8951", ({ chip, vcomVolts }: PanelSettings) => it8951Panel(chip ?? TEN_INCH, vcomVolts)] as const,
]);

export const PANEL_NAMES: readonly string[] = [...PANELS.keys()];

/** Throws RangeError for a name that is not in PANEL_NAMES, and for an IT8951 without its VCOM. */
export function panelNamed(name: string, settings: PanelSettings = {}): Panel {
  const panel = PANELS.get(name);
  if (panel === undefined) throw new RangeError(`Cannot draw on "${name}": the panels are ${PANEL_NAMES.join(", ")}`);
  return panel(settings);
}
