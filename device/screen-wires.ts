// The wires of an e-ink panel on a Raspberry Pi's header: spidev for bytes, GPIO lines by name for the rest, as the
// vendors' boards have them (display.md §3.2). Run against a simulated kernel only; no header was at hand.
import { join } from "node:path";
import { type OpenedPanel, PanelError } from "./display/output/panel-output.ts";
import { identifyIt8951 } from "./display/panel/it8951.ts";
import { It8951Transport } from "./display/panel/it8951-transport.ts";
import { panelNamed } from "./display/panel/panels.ts";
import { SpiDevice } from "./display/panel/spi-device.ts";
import { PANEL_SPEED_HZ, SpiTransport } from "./display/panel/spi-transport.ts";
import type { After, OutputWire, PanelWires } from "./display/panel/wires.ts";
import { GpioChips } from "./gpio/chardev.ts";
import { GpioError } from "./gpio/gpio-error.ts";
import type { Kernel } from "./gpio/kernel.ts";
import type { DevicePlace } from "./screen-choice.ts";

/** BCM numbers, as the kernel names the lines of the header. */
const LINES = { reset: "GPIO17", busy: "GPIO24", dc: "GPIO25", power: "GPIO18" } as const;
const BUFFER_SIZE = "sys/module/spidev/parameters/bufsiz";

export interface PanelPlace {
  readonly output: string;
  readonly device: DevicePlace;
  readonly vcomVolts: number | undefined;
}

export interface WiredOptions {
  readonly kernel: Kernel;
  readonly after: After;
}

/** Rejects with SpiError, GpioError or PanelError; nothing stays open then. */
export async function openPanel(place: PanelPlace, options: WiredOptions): Promise<OpenedPanel> {
  return place.output === "it8951" ? await openIt8951(place, options) : openWithDc(place, options);
}

function openWithDc({ output, device }: PanelPlace, { kernel, after }: WiredOptions): OpenedPanel {
  const wires = allOrNone((keep) => {
    const chips = new GpioChips({ kernel, folder: join(device.root, "dev") });
    const dc = keep(chips.output(LINES.dc, 0));
    return { ...commonWires(chips, { kernel, device, keep }), dc, power: powerWire(chips, keep) };
  });
  return { panel: panelNamed(output), transport: new SpiTransport({ wires, after }) };
}

/** Only the chip knows its size, and where its picture memory begins. */
async function openIt8951({ device, vcomVolts }: PanelPlace, { kernel, after }: WiredOptions): Promise<OpenedPanel> {
  const wires = allOrNone((keep) =>
    commonWires(new GpioChips({ kernel, folder: join(device.root, "dev") }), { kernel, device, keep }),
  );
  const transport = new It8951Transport({ wires, after });
  try {
    const chip = await identifyIt8951(transport);
    if (chip === undefined) throw new PanelError("No answer from the IT8951: is its ribbon loose?");
    return { panel: panelNamed("it8951", { chip, vcomVolts }), transport };
  } catch (error) {
    await transport.close().catch(() => undefined);
    throw error;
  }
}

type Keep = <Wire extends { close(): void }>(wire: Wire) => Wire;

interface Common {
  readonly kernel: Kernel;
  readonly device: DevicePlace;
  readonly keep: Keep;
}

function commonWires(chips: GpioChips, { kernel, device: { root, name }, keep }: Common): PanelWires {
  return {
    spi: keep(
      new SpiDevice({
        kernel,
        path: join(root, "dev", name),
        speedHz: PANEL_SPEED_HZ,
        bufferSizePath: join(root, BUFFER_SIZE),
      }),
    ),
    reset: keep(chips.output(LINES.reset, 1)),
    busy: keep(chips.input(LINES.busy)),
  };
}

/** Newer boards have a switch for the panel's voltage; on older ones the line is free for others, or not there. */
function powerWire(chips: GpioChips, keep: Keep): OutputWire | undefined {
  try {
    return keep(chips.output(LINES.power, 1));
  } catch (error) {
    if (error instanceof GpioError) return undefined;
    throw error;
  }
}

/** What was opened before something could not be is closed again: a line left open would refuse the next try. */
function allOrNone<Wires>(open: (keep: Keep) => Wires): Wires {
  const kept: { close(): void }[] = [];
  try {
    return open((wire) => {
      kept.push(wire);
      return wire;
    });
  } catch (error) {
    for (const wire of kept) wire.close();
    throw error;
  }
}
