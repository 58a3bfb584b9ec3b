// Wi-Fi settings as iwd reads them (iwd.network(5), iwd.ap(5), iwd.config(5)): a file for each network, named after it.
// Pure: names and texts, to be written where iwd looks.
import type { Wifi } from "./wifi-settings.ts";

export interface NamedText {
  /** Under iwd's folder. */
  readonly name: string;
  readonly text: string;
}

/** The network that a box opens itself. */
export interface Hotspot {
  readonly name: string;
  readonly password: string;
}

/** What is in memory for the script that opens it and for the box, which shows it. */
export interface HotspotFacts extends Hotspot {
  readonly opens: Wifi["hotspot"];
  /** Of the box, in its own network. */
  readonly address: string;
  /** What a phone's camera reads to join. */
  readonly code: string;
}

/** Outside what home routers use, so that a phone in both does not mix them up. */
const HOTSPOT_ADDRESS = "10.73.73.1";
/** What iwd takes in a file name as it is; other names are written in hex. */
const PLAIN_NAME = /^[A-Za-z0-9 _-]+$/;

export function iwdFiles({ network, password }: Wifi, hotspot: Hotspot): NamedText[] {
  const known = network === undefined ? [] : [networkFile(network, password)];
  return [...known, { name: `ap/${fileName(hotspot.name)}.ap`, text: hotspotText(hotspot) }];
}

export function hotspotFacts(hotspot: Hotspot, opens: Wifi["hotspot"]): HotspotFacts {
  return { ...hotspot, opens, address: HOTSPOT_ADDRESS, code: hotspotCode(hotspot) };
}

/** iwd gives out the addresses itself, also to the phones in its own network. */
export function iwdMain({ country }: Wifi): NamedText {
  const region = country === undefined ? "" : `Country=${country}\n`;
  return { name: "main.conf", text: `[General]\nEnableNetworkConfiguration=true\n${region}` };
}

/** What a phone's camera reads from a code to join a network; the signs that end a part are escaped. */
export function hotspotCode({ name, password }: Hotspot): string {
  const escaped = (text: string): string => text.replaceAll(/[\\;,:"]/g, "\\$&");
  return `WIFI:T:WPA;S:${escaped(name)};P:${escaped(password)};;`;
}

function networkFile(network: string, password: string | undefined): NamedText {
  const name = fileName(network);
  if (password === undefined) return { name: `${name}.open`, text: "[Settings]\nAutoConnect=true\n" };
  return { name: `${name}.psk`, text: `[Security]\nPassphrase=${escapeValue(password)}\n` };
}

function hotspotText({ name, password }: Hotspot): string {
  const security = `[Security]\nPassphrase=${escapeValue(password)}\n`;
  const address = `[IPv4]\nAddress=${HOTSPOT_ADDRESS}\nNetmask=255.255.255.0\n`;
  return `[General]\nSSID=${escapeValue(name)}\n\n${security}\n${address}`;
}

function fileName(network: string): string {
  return PLAIN_NAME.test(network) ? network : `=${Buffer.from(network).toString("hex")}`;
}

/** Spaces at the start and backslashes, as its files want them. */
function escapeValue(text: string): string {
  return text.replaceAll("\\", "\\\\").replace(/^ +/, (spaces) => "\\s".repeat(spaces.length));
}
