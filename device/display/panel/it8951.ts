// IT8951: a controller with a picture memory of its own, 16 greys, and words of 16 bits for all it hears. It says its
// size itself; the voltage of the glass it cannot know, and a wrong one ruins the panel: without it nothing is drawn.
import { PAPER_LIMITS, type Panel, type RefreshMode } from "./panel.ts";
import type { PanelTransport, ResetPulse } from "./transport.ts";

/** What the chip says about itself. */
export interface It8951Chip {
  readonly width: number;
  readonly height: number;
  readonly bufferAddress: number;
}

const RESET: ResetPulse = { highMs: 20, lowMs: 10, settleMs: 200 };
const BUSY_LEVEL = 0;
/** The chip loads its firmware from flash after a reset. */
const START_TIMEOUT_MS = 3000;
const RUN = 0x0001;
const DEVICE_INFO = 0x0302;
/** Width, height, address (low word first); the versions behind them are 32 bytes of text. */
const DEVICE_INFO_BYTES = 40;
/** Panels of the series are 800 × 600 to 2560 × 1600; a loose ribbon answers 0 or 65535. */
const LONGEST_SIDE_PX = 4096;
/** Printed on the ribbon of each panel, between about -0.5 and -4 V. */
const WEAKEST_VCOM_V = -0.1;
const STRONGEST_VCOM_V = -5;

/** Packed writes, the voltage. */
const SETTINGS = ["0011 0004 0001", "0039 0001 vcom"];
/** Big-endian, 4 bits per pixel, not turned, into the picture memory. */
const LOAD = ["0011 020a high", "0011 0208 low", "0021 0120 area", "+ new", "0022"];
const SLEEP = ["0003"];
/** Waveforms of DPY_AREA. DU is quicker but knows no greys, A2 ghosts until it is cleaned up: neither is for a door. */
const GC16 = "0002";
const GL16 = "0003";

/** Asks the chip. Undefined if it gives no sensible answer. */
export async function identifyIt8951(transport: PanelTransport): Promise<It8951Chip | undefined> {
  await transport.reset(RESET);
  if (!(await transport.waitIdle({ busyLevel: BUSY_LEVEL, timeoutMs: START_TIMEOUT_MS }))) return undefined;
  await transport.command(RUN);
  await transport.command(DEVICE_INFO);
  return readDeviceInfo(await transport.read(DEVICE_INFO_BYTES));
}

export function readDeviceInfo(answer: Uint8Array): It8951Chip | undefined {
  if (answer.length < DEVICE_INFO_BYTES) return undefined;
  const words = new DataView(answer.buffer, answer.byteOffset, answer.length);
  const width = words.getUint16(0);
  const height = words.getUint16(2);
  const bufferAddress = words.getUint16(4) + words.getUint16(6) * 0x1_0000;
  const isPanel = width % 8 === 0 && [width, height].every((side) => side > 0 && side <= LONGEST_SIDE_PX);
  return isPanel ? { width, height, bufferAddress } : undefined;
}

/** `vcomVolts` as printed on the ribbon of this very panel, as -1.53. Throws RangeError without it. */
export function it8951Panel({ width, height, bufferAddress }: It8951Chip, vcomVolts: number | undefined): Panel {
  if (vcomVolts === undefined)
    throw new RangeError('Cannot draw on "it8951": set its VCOM, the voltage printed on its ribbon, as -1.53');
  if (!(vcomVolts <= WEAKEST_VCOM_V && vcomVolts >= STRONGEST_VCOM_V))
    throw new RangeError(`Cannot draw on "it8951": a VCOM of "${vcomVolts}" is not between -0.1 and -5 V`);
  return {
    name: "it8951",
    width,
    height,
    pixel: "grey",
    busyLevel: BUSY_LEVEL,
    reset: RESET,
    full: { refreshMs: 3000, script: ["reset", "wait", "0001", ...SETTINGS, ...drawn("full", GC16)] },
    partial: {
      refreshMs: 1500,
      script: ["0001", ...SETTINGS, ...drawn("partial", GL16)],
      blind: ["0001", ...SETTINGS, ...drawn("partial", GL16)],
    },
    windows: true,
    before: "chip",
    limits: { ...PAPER_LIMITS, partialsPerFull: 30 },
    differences: [],
    fill: {
      vcom: word(Math.round(-vcomVolts * 1000)),
      high: word(bufferAddress >>> 16),
      low: word(bufferAddress & 0xffff),
    },
  };
}

function drawn(mode: RefreshMode, waveform: string): string[] {
  return [...LOAD, `0034 area ${waveform}`, `settle 1224 ${mode}`, ...SLEEP];
}

function word(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff);
}
