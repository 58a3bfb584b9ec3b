// The box's own Wi-Fi on the kernel of a card, with two radios of the kernel's simulator: the box opens it, a phone in a
// network namespace of its own joins with the password, gets an address and opens the page. Runs with `npm run test:image`.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { hotspotFacts, iwdFiles, iwdMain } from "../../device/card/iwd-files.ts";
import type { Wifi } from "../../device/card/wifi-settings.ts";
import { bootFilesOf } from "../../image/emulator/card-files.ts";
import { Guest } from "../../image/emulator/guest.ts";
import { GuestShell } from "../../image/emulator/guest-shell.ts";
import { cardPath, needsCard } from "./card.ts";

const skip = needsCard();
const MEGABYTES = 512;
const SHELL = "root=PARTUUID=6c616765-02 rootfstype=squashfs ro rootwait consoleblank=0 init=/bin/sh";
const NODE = "MALLOC_ARENA_MAX=1 /opt/lagerfeuer/bin/node --max-semi-space-size=4";
const SCRIPT = "/run/hotspot";
/** Of a command that waits for the radio, emulated and beside other work. */
const PATIENCE_S = 1800;
/** A line that is typed into a terminal may be this long. */
const LINE = 2_000;

const HOTSPOT = { name: "Lagerfeuer Otter", password: "otter lynx heron mole" };
const WIFI: Wifi = { country: "DE", hotspot: "auto" };
const PHONE = "ip netns exec phone";

/**
 * Moves the second radio into the namespace "phone", as `iw phy phy1 set netns` does, which no card has: asks nl80211 for
 * its number (CTRL_CMD_GETFAMILY), then for the move (NL80211_CMD_SET_WIPHY_NETNS), over generic netlink.
 */
const MOVE_RADIO = `
const { openSync, readFileSync, readSync, writeSync } = require("fs");
const socket = require("/opt/lagerfeuer/node_modules/koffi").load("libc.so.6").func("int socket(int, int, int)");
const [AF_NETLINK, SOCK_RAW, NETLINK_GENERIC, CONTROL] = [16, 3, 16, 16];
const [GET_FAMILY, FAMILY_ID, FAMILY_NAME, SET_WIPHY_NETNS, WIPHY, NETNS_FD] = [3, 1, 2, 49, 1, 219];
const netlink = socket(AF_NETLINK, SOCK_RAW, NETLINK_GENERIC);
const u16 = (n) => [n & 255, n >> 8];
const u32 = (n) => [...u16(n & 65535), ...u16(n >>> 16)];
const attribute = (type, bytes) => [...u16(4 + bytes.length), ...u16(type), ...bytes, ...Array(-bytes.length & 3).fill(0)];
function ask(family, command, attributes) {
  const body = [command, 1, 0, 0, ...attributes];
  writeSync(netlink, Buffer.from([...u32(16 + body.length), ...u16(family), ...u16(5), ...u32(1), ...u32(0), ...body]));
  const answer = Buffer.alloc(65536);
  return answer.subarray(0, readSync(netlink, answer));
}
const known = ask(CONTROL, GET_FAMILY, attribute(FAMILY_NAME, [...Buffer.from("nl80211\\0")]));
let at = 20;
while (known.readUInt16LE(at + 2) !== FAMILY_ID) at += (known.readUInt16LE(at) + 3) & ~3;
readSync(netlink, Buffer.alloc(65536));
const radio = Number(readFileSync("/sys/class/ieee80211/phy1/index", "utf8"));
const space = openSync("/run/netns/phone", "r");
const done = ask(known.readUInt16LE(at + 4), SET_WIPHY_NETNS, [...attribute(WIPHY, u32(radio)), ...attribute(NETNS_FD, u32(space))]);
process.exit(-done.readInt32LE(16));
`;

async function startShell(t: TestContext): Promise<GuestShell> {
  const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-guest-"));
  const card = { file: cardPath(), kept: false };
  const guest = await Guest.start({
    folder,
    ...bootFilesOf(cardPath(), folder),
    cmdline: SHELL,
    megabytes: MEGABYTES,
    card,
  });
  t.after(async () => {
    await guest.cutPower();
    rmSync(folder, { recursive: true });
  });
  return await GuestShell.open(guest.console);
}

async function put(shell: GuestShell, path: string, text: string): Promise<void> {
  const coded = Buffer.from(text).toString("base64");
  await shell.run(`mkdir -p "$(dirname "${path}")"; : > "${path}.coded"`);
  for (let at = 0; at < coded.length; at += LINE) {
    await shell.run(`printf %s ${coded.slice(at, at + LINE)} >> "${path}.coded"`);
  }
  await shell.run(`base64 -d "${path}.coded" > "${path}"; rm "${path}.coded"`);
}

/** Asks again in the guest until it is so. */
function until(command: string): string {
  return `for n in $(seq 600); do if ${command}; then break; fi; sleep 1; done; ${command}`;
}

/** What lagerfeuer-card.service leaves, and what the unit starts. */
async function putBox(shell: GuestShell): Promise<void> {
  const script = new URL("../../image/rootfs/usr/lib/lagerfeuer/hotspot", import.meta.url);
  await put(shell, SCRIPT, readFileSync(script, "utf8"));
  await put(shell, "/run/lagerfeuer/hotspot.json", JSON.stringify(hotspotFacts(HOTSPOT, WIFI.hotspot)));
  for (const file of iwdFiles(WIFI, HOTSPOT)) await put(shell, `/var/lib/iwd/${file.name}`, file.text);
  await put(shell, "/etc/iwd/main.conf", iwdMain(WIFI).text);
}

/** A second machine as far as Wi-Fi goes: a radio, a bus and an iwd of its own, and the password. */
async function putPhone(shell: GuestShell): Promise<void> {
  await put(shell, "/run/move-radio.cjs", MOVE_RADIO);
  await put(shell, `/run/phone/iwd/${HOTSPOT.name}.psk`, `[Security]\nPassphrase=${HOTSPOT.password}\n`);
  await shell.run(`ip netns add phone && ${NODE} /run/move-radio.cjs && ls /sys/class/ieee80211/phy0`, PATIENCE_S);
  const bus = "unix:path=/run/phone/bus";
  const config = "/usr/share/dbus-1/system.conf";
  await shell.run(`dbus-daemon --config-file=${config} --address=${bus} --fork --nopidfile`);
  const env = `DBUS_SYSTEM_BUS_ADDRESS=${bus} STATE_DIRECTORY=/run/phone/iwd`;
  await shell.run(`(${env} ${PHONE} /usr/libexec/iwd > /run/phone/log 2>&1 &)`);
}

test("a phone joins the box's own Wi-Fi with the password and opens its page", { skip }, async (t) => {
  const shell = await startShell(t);
  await putBox(shell);
  await shell.run("ip link set lo up; modprobe mac80211_hwsim radios=2", PATIENCE_S);
  await putPhone(shell);
  // The bus starts iwd when the script asks for it.
  await shell.run("mkdir -p /run/dbus; dbus-daemon --system --fork --nopidfile");
  await shell.run(`(sh ${SCRIPT} > /run/hotspot.log 2>&1 &)`);
  await shell.run(until("[ -e /run/lagerfeuer/hotspot-open ]"), PATIENCE_S);
  assert.match(await shell.run("ip -color=never -4 -o addr"), /inet 10\.73\.73\.1\/24/);

  await shell.run(until(`${PHONE} ip -4 -o addr | grep -q "inet 10.73.73."`), PATIENCE_S);
  const start = `${NODE} /opt/lagerfeuer/lagerfeuer.js start --demo --no-discovery --data /run/box/data`;
  await shell.run(`mkdir -p /run/box; (${start} > /run/box/log 2>&1 &)`);
  await shell.run(until(`${PHONE} busybox wget -q -O /run/page http://10.73.73.1:3473/ 2>/dev/null`), PATIENCE_S);
  assert.match(await shell.run("head -c 2000 /run/page"), /<title>Lagerfeuer/);
});
