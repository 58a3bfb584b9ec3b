// The device tree of the emulated machine with a panel on its GPIO chip: what QEMU itself describes, with names for the
// pins and an SPI bus over three of them. The kernel then has a /dev/spidev0.0 like that of a Raspberry Pi.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Names of the chip's eight lines; the fourth is the machine's own power key. */
export const PIN_NAMES = ["SCK", "MOSI", "CS", "PWRKEY", "DC", "RST", "BUSY", "BUTTON"] as const;
const SPI_HZ = 4_000_000;

/** Needs QEMU and dtc; gives the file it wrote into `folder`. */
export function panelDeviceTree(folder: string, options: readonly string[]): string {
  const own = join(folder, "own.dtb");
  const written = join(folder, "panel.dts");
  const made = join(folder, "panel.dtb");
  execFileSync("qemu-system-aarch64", [...options, "-machine", `dumpdtb=${own}`], { stdio: "ignore" });
  const source = execFileSync("dtc", ["-q", "-I", "dtb", "-O", "dts", own], { encoding: "utf8" });
  writeFileSync(written, withPanel(source));
  execFileSync("dtc", ["-q", "-I", "dts", "-O", "dtb", "-o", made, written]);
  return made;
}

/** Adds the names and the bus to a tree in source form; throws if it has no PL061. */
export function withPanel(source: string): string {
  const chip = /pl061@[0-9a-f]+ \{[^}]*?phandle = <(0x[0-9a-f]+)>;/s.exec(source);
  if (chip === null) throw new Error('Cannot find the chip "pl061" in the device tree');
  const [head, handle] = chip as unknown as [string, string];
  const names = PIN_NAMES.map((name) => `"${name}"`).join(", ");
  const named = source.replace(head, head.replace("{", `{ gpio-line-names = ${names};`));
  const end = named.lastIndexOf("};");
  return `${named.slice(0, end)}${spiBus(handle)}${named.slice(end)}`;
}

/** Any chip that the kernel's spidev takes: it has no name for "an e-ink panel that a program drives". */
function spiBus(handle: string): string {
  const pin = (name: (typeof PIN_NAMES)[number], flags: number): string =>
    `<${handle} ${PIN_NAMES.indexOf(name)} ${flags}>`;
  return `
	spi-panel {
		compatible = "spi-gpio";
		#address-cells = <1>;
		#size-cells = <0>;
		num-chipselects = <1>;
		sck-gpios = ${pin("SCK", 0)};
		mosi-gpios = ${pin("MOSI", 0)};
		cs-gpios = ${pin("CS", 1)};
		panel@0 {
			compatible = "rohm,dh2228fv";
			reg = <0>;
			spi-max-frequency = <${SPI_HZ}>;
		};
	};
`;
}
