// What the emulated box is made of, as QEMU's options. -M virt: a Raspberry Pi with 64 bit needs firmware and parts that
// QEMU has not; this machine has what the same kernel drives the same way: a screen, a GPIO chip, a card. Pure.
import { join } from "node:path";

export interface Machine {
  /** For its sockets. */
  readonly folder: string;
  /** Kernel and initrd as taken from the card. */
  readonly kernel: string;
  readonly initrd: string;
  /** What the kernel is told besides where its console is. */
  readonly cmdline: string;
  readonly megabytes: number;
  /** The card. Writes stay in memory unless it is `kept`. */
  readonly card?: { readonly file: string; readonly kept: boolean };
  /** A device tree with a panel on the pins; without one the machine's own. */
  readonly deviceTree?: string;
  readonly screen?: { readonly width: number; readonly height: number };
  /** Ports of the guest, and under which number this machine's loopback has them. */
  readonly forward?: readonly { readonly guest: number; readonly host: number }[];
  /** Its clock when it is switched on, as QEMU takes it: "2026-01-31T09:45:00", UTC. The machine's own without. */
  readonly clock?: string;
  /** A serial line besides the console, for a shell that the kernel does not talk into. */
  readonly secondLine?: boolean;
  /** A wire between guests: UDP port of this one's end and of the other's, on loopback. */
  readonly wire?: { readonly own: number; readonly other: number; readonly mac: string };
}

/** With two, one start of some forty hung: the kernel said "soft lockup" on one of them while systemd started services. */
const CORES = 1;

/** What a device tree depends on. */
export function boardArguments(megabytes: number): string[] {
  return ["-M", "virt", "-cpu", "cortex-a72", "-smp", String(CORES), "-m", String(megabytes)];
}

export function guestArguments(machine: Machine): string[] {
  const { folder, kernel, initrd, cmdline, megabytes, deviceTree } = machine;
  return [
    ...boardArguments(megabytes),
    ...["-accel", "tcg,thread=multi", "-nodefaults", "-no-reboot", "-display", "none"],
    ...["-kernel", kernel, "-initrd", initrd, "-append", `console=ttyAMA0 ${cmdline}`],
    ...["-serial", "stdio", "-monitor", "none"],
    ...["-qmp", `unix:${join(folder, "qmp")},server=on,wait=off`],
    ...["-qtest", `unix:${join(folder, "qtest")},server=on,wait=off`],
    ...["-device", "virtio-rng-pci"],
    ...(deviceTree === undefined ? [] : ["-dtb", deviceTree]),
    ...screenArguments(machine),
    ...cardArguments(machine),
    ...networkArguments(machine),
    ...(machine.clock === undefined ? [] : ["-rtc", `base=${machine.clock},clock=vm`]),
    ...secondLineArguments(machine),
  ];
}

function secondLineArguments({ folder, secondLine }: Machine): string[] {
  if (secondLine !== true) return [];
  const socket = `socket,id=second,path=${join(folder, "second")},server=on,wait=off`;
  return ["-chardev", socket, "-device", "pci-serial,chardev=second"];
}

function screenArguments({ screen }: Machine): string[] {
  if (screen === undefined) return [];
  return ["-device", `virtio-gpu-pci,xres=${screen.width},yres=${screen.height}`];
}

function cardArguments({ card }: Machine): string[] {
  if (card === undefined) return [];
  const drive = `if=none,id=card,format=raw,file=${card.file},snapshot=${card.kept ? "off" : "on"}`;
  return ["-drive", drive, "-device", "virtio-blk-pci,drive=card"];
}

function networkArguments({ forward, wire }: Machine): string[] {
  const ports = (forward ?? []).map(({ guest, host }) => `,hostfwd=tcp:127.0.0.1:${host}-:${guest}`).join("");
  const user = forward === undefined ? [] : ["-netdev", `user,id=host,restrict=on${ports}`, ...card("host")];
  if (wire === undefined) return user;
  const ends = `local.type=inet,local.host=127.0.0.1,local.port=${wire.own},remote.type=inet,remote.host=127.0.0.1,remote.port=${wire.other}`;
  return [...user, "-netdev", `dgram,id=wire,${ends}`, ...card("wire", wire.mac)];
}

function card(netdev: string, mac?: string): string[] {
  return ["-device", `virtio-net-pci,netdev=${netdev},romfile=${mac === undefined ? "" : `,mac=${mac}`}`];
}
