// `lagerfeuer panel-trace`: what a panel would be sent for a picture, to lay beside what its vendor's driver sends. No
// panel is touched.
import { readFile } from "node:fs/promises";
import type { Panel, RefreshMode } from "../display/panel/panel.ts";
import { panelSteps } from "../display/panel/panel-steps.ts";
import { PANEL_NAMES, panelNamed } from "../display/panel/panels.ts";
import { readPicture } from "../display/panel/picture-file.ts";
import { type Picture, planeOf } from "../display/panel/plane.ts";
import { traceLines } from "../display/panel/step-trace.ts";
import { CommandError } from "../exit.ts";
import type { Command, CommandContext } from "./command.ts";

const MODES: readonly RefreshMode[] = ["full", "fast", "partial"];

export const panelTrace: Command = {
  name: "panel-trace",
  summary: "Print what an e-ink panel would be sent for a picture",
  operands: "",
  help: "One line of JSON for each command, its data, each reset and wait. A partial refresh without --before is traced the way the vendor starts one. Example:\n  lagerfeuer panel-trace --panel waveshare-7in5-v2 --mode full --image door.png",
  options: {
    panel: { type: "string" },
    mode: { type: "string" },
    image: { type: "string" },
    before: { type: "string" },
    vcom: { type: "string" },
  },
  optionHelp: {
    panel: `One of ${PANEL_NAMES.join(", ")}`,
    mode: "full, fast or partial; full if it is left out",
    image: "PNG of the panel's size",
    before: "PNG of what the glass shows before a partial refresh; unknown if it is left out",
    vcom: "Voltage printed on the ribbon of an it8951's panel, as --vcom=-1.53",
  },
  run: runPanelTrace,
};

async function runPanelTrace({ options, print, remark }: CommandContext): Promise<void> {
  const mode = modeOf(options["mode"] ?? "full");
  const picture = await pictureOf(options["image"], "--image");
  if (picture === undefined) throw new CommandError("E_USAGE", "Cannot trace: name a picture with --image");
  const before = await pictureOf(options["before"], "--before");
  const lines = usable(() => {
    const panel = panelOf(options);
    for (const { mode: where, ours, why } of panel.differences) if (where === mode) remark(`Ours: ${ours}: ${why}`);
    return traceLines(
      panelSteps(panel, { mode, next: planeOf(panel, picture), shown: before && planeOf(panel, before) }),
    );
  });
  for (const line of lines) print(line);
}

function panelOf({ panel, vcom }: CommandContext["options"]): Panel {
  if (typeof panel !== "string") throw new RangeError(`name a panel with --panel: ${PANEL_NAMES.join(", ")}`);
  return panelNamed(panel, { vcomVolts: typeof vcom === "string" ? Number(vcom) : undefined });
}

function modeOf(text: string | boolean): RefreshMode {
  const mode = MODES.find((each) => each === text);
  if (mode === undefined)
    throw new CommandError("E_USAGE", `Cannot read --mode: "${text}" is not full, fast or partial`);
  return mode;
}

async function pictureOf(path: string | boolean | undefined, option: string): Promise<Picture | undefined> {
  if (typeof path !== "string") return undefined;
  const file = await readFile(path);
  try {
    return await readPicture(file);
  } catch (cause) {
    throw new CommandError("E_IMAGE", `Cannot read ${option}: "${path}" is not a picture`, { cause });
  }
}

/** What does not fit the panel is the caller's mistake. */
function usable<T>(attempt: () => T): T {
  try {
    return attempt();
  } catch (cause) {
    if (cause instanceof RangeError) throw new CommandError("E_USAGE", cause.message, { cause });
    throw cause;
  }
}
