// The device tree of the emulated machine as a board with pins: what QEMU itself describes, with names for the lines of its
// GPIO chip as a Raspberry Pi has them and, for a board with a panel, an SPI bus over three of them. The kernel then has a
// /dev/spidev0.0.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Names of the chip's eight lines. The fourth is the machine's own power key on every board. */
export type Pins = readonly string[];

export interface Board {
  readonly pins: Pins;
  /** Lines of the SPI bus, where there is one. */
  readonly spi?: { readonly clock: number; readonly data: number; readonly select: number };
}

/** The panel as on the header: clock, data, select, then DC, RST, BUSY, and one button. */
export const PANEL_BOARD: Board = {
  pins: ["GPIO11", "GPIO10", "GPIO8", "POWER KEY", "GPIO25", "GPIO17", "GPIO24", "GPIO5"],
  spi: { clock: 0, data: 1, select: 2 },
};
/** Three buttons and a light, for a box with a monitor. */
export const BUTTON_BOARD: Board = {
  pins: ["GPIO5", "GPIO6", "GPIO13", "POWER KEY", "GPIO26", "spare 1", "spare 2", "spare 3"],
};
const SPI_HZ = 4_000_000;

/** Needs QEMU and dtc; `options` are those of the machine. Gives the file it wrote into `folder`. */
export function boardDeviceTree(folder: string, options: readonly string[], board: Board): string {
  const own = join(folder, "own.dtb");
  const written = join(folder, "board.dts");
  const made = join(folder, "board.dtb");
  execFileSync("qemu-system-aarch64", [...options, "-nodefaults", "-display", "none", "-machine", `dumpdtb=${own}`]);
  const source = execFileSync("dtc", ["-q", "-I", "dtb", "-O", "dts", own], { encoding: "utf8" });
  writeFileSync(written, withBoard(source, board));
  execFileSync("dtc", ["-q", "-I", "dts", "-O", "dtb", "-o", made, written]);
  return made;
}

/** Adds names and bus to a tree in source form; throws if it has no PL061. */
export function withBoard(source: string, { pins, spi }: Board): string {
  const chip = /pl061@[0-9a-f]+ \{[^}]*?phandle = <(0x[0-9a-f]+)>;/s.exec(source);
  if (chip === null) throw new Error('Cannot find the chip "pl061" in the device tree');
  const [head, handle] = chip as unknown as [string, string];
  const names = pins.map((name) => `"${name}"`).join(", ");
  const named = source.replace(head, head.replace("{", `{ gpio-line-names = ${names};`));
  if (spi === undefined) return named;
  const end = named.lastIndexOf("};");
  return `${named.slice(0, end)}${spiBus(handle, spi)}${named.slice(end)}`;
}

/** Any chip that the kernel's spidev takes: it has no name for "an e-ink panel that a program drives". */
function spiBus(handle: string, { clock, data, select }: NonNullable<Board["spi"]>): string {
  return `
	spi-panel {
		compatible = "spi-gpio";
		#address-cells = <1>;
		#size-cells = <0>;
		num-chipselects = <1>;
		sck-gpios = <${handle} ${clock} 0>;
		mosi-gpios = <${handle} ${data} 0>;
		cs-gpios = <${handle} ${select} 1>;
		panel@0 {
			compatible = "rohm,dh2228fv";
			reg = <0>;
			spi-max-frequency = <${SPI_HZ}>;
		};
	};
`;
}
