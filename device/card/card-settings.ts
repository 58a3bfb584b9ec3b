// What a person writes into lagerfeuer.toml on the card, taken apart: what the box itself reads, how to reach a Wi-Fi, and
// what must not stay where anybody with a card reader can read it. Pure; reads the same text twice to the same end.
import type { ConfigProblem } from "../config-error.ts";
import { readToml } from "../toml-text.ts";
import { readWifi, type Wifi } from "./wifi-settings.ts";

/** Kept on the data partition, by what it is. */
export interface Secrets {
  readonly password?: string;
  readonly key?: string;
}

export interface CardSettings {
  /** For the box: without the Wi-Fi, with the secrets, each key on the line that it has on the card. */
  readonly boxText: string;
  /** For the card: with a remark where a secret was. The same text if there was none. */
  readonly cardText: string;
  readonly secrets: Secrets;
  readonly wifi?: Wifi;
  /** With file and line. Keys of the box itself are looked at when it starts. */
  readonly problems: readonly ConfigProblem[];
}

interface SecretPlace {
  readonly name: keyof Secrets;
  readonly path: readonly [string, string];
}

const PLACES: readonly SecretPlace[] = [
  { name: "password", path: ["wifi", "password"] },
  { name: "key", path: ["festival", "key"] },
];
const KEPT = "is kept on the data partition; write it here again to change it";

/**
 * @param path of the file, for messages
 * @param kept what earlier starts took from the card
 */
export function readCardSettings(text: string, path: string, kept: Secrets): CardSettings {
  const { table, lineOf, problems: broken } = readToml(text, path);
  const { cardLines, secrets } = takeSecrets(text.split("\n"), table, kept);
  const boxText = withSecrets(withoutWifi(cardLines), secrets).join("\n");
  const { wifi, problems } = readWifi(table["wifi"], secrets.password, (name) => ({
    name: `"wifi.${name}"`,
    at: { file: path, line: lineOf(["wifi", name]) },
  }));
  const settings = { boxText, ...(wifi !== undefined && { wifi }), problems: [...broken, ...problems] };
  // What cannot be read may be what was meant: nothing is taken from a card, or forgotten, because of that.
  if (broken.length > 0) return { ...settings, cardText: text, secrets: kept };
  return { ...settings, cardText: cardLines.join("\n"), secrets };
}

/** A secret on one line of its own is taken; one that is written in another way stays, and works from there. */
function takeSecrets(
  lines: readonly string[],
  document: Readonly<Record<string, unknown>>,
  kept: Secrets,
): { cardLines: string[]; secrets: Secrets } {
  const cardLines = [...lines];
  const secrets: Record<string, string> = {};
  for (const { name, path } of PLACES) {
    const written = (document[path[0]] as Record<string, unknown> | undefined)?.[path[1]];
    const place = lines.findIndex((line) => new RegExp(`^\\s*${path[1]}\\s*=\\s*["'](.*)["']\\s*(#.*)?$`).test(line));
    if (typeof written === "string" && written !== "" && place >= 0) {
      cardLines[place] = remark(path[1]);
      secrets[name] = written;
    } else if (kept[name] !== undefined && lines.includes(remark(path[1]))) secrets[name] = kept[name];
  }
  return { cardLines, secrets };
}

function withSecrets(lines: readonly string[], { key }: Secrets): string[] {
  return lines.map((line) => (key !== undefined && line === remark("key") ? `key = ${JSON.stringify(key)}` : line));
}

/** Its lines stay, empty, so that all others keep their numbers. */
function withoutWifi(lines: readonly string[]): string[] {
  let inside = false;
  return lines.map((line) => {
    if (/^\s*\[/.test(line)) inside = /^\s*\[\s*wifi\b/.test(line);
    return inside ? "" : line;
  });
}

function remark(key: string): string {
  return `# ${key} ${KEPT}`;
}
