// Applies lagerfeuer.toml of a card, at every start: moves its secrets to the data partition, writes what iwd reads, and
// what the box reads. Everything it makes is made whole each time, so that a second run changes nothing.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ConfigProblem } from "../config-error.ts";
import { writeDurably } from "../durable-file.ts";
import { type CardSettings, readCardSettings, type Secrets } from "./card-settings.ts";
import { type Hotspot, hotspotFacts, iwdFiles, iwdMain, type NamedText } from "./iwd-files.ts";

export const CARD_FILE = "lagerfeuer.toml";
/** What is wrong with it, for the box, beside its own text: of [wifi], it never sees a line. */
const MISTAKES_FILE = "mistakes.json";
const SECRETS_FILE = "secrets.json";
const HOTSPOT_FILE = "hotspot.json";
const OWNER_ONLY = 0o600;
/** The service, which is not root, reads it. */
const ALL_READ = 0o644;

export interface CardPlaces {
  /** Where the FAT partition is mounted. */
  readonly card: string;
  /** A folder on the data partition that only root reads; undefined while there is none: then nothing is moved. */
  readonly state: string | undefined;
  /** Folder in memory, for the box. */
  readonly run: string;
  /** Folders of iwd's networks and of its main.conf. */
  readonly wifi: string;
  readonly wifiMain: string;
}

export interface CardMeans {
  /** Opens the card for writing while `write` runs. */
  readonly writable: (write: () => void) => void;
  /** A name by which phones tell this box from others, and a password that can be typed from a screen. */
  readonly newName: () => string;
  readonly newPassword: () => string;
}

export interface AppliedCard {
  readonly problems: readonly ConfigProblem[];
  /** Whether secrets were taken off the card this time. */
  readonly moved: boolean;
  readonly hotspot: "auto" | "always" | "never";
}

/** Throws what the file system throws. */
export function applyCard(places: CardPlaces, means: CardMeans): AppliedCard {
  const path = join(places.card, CARD_FILE);
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  const settings = readCardSettings(text, CARD_FILE, readJson<Secrets>(places.state, SECRETS_FILE) ?? {});
  const moved = keepSecrets(settings, { places, means, text });
  const wifi = settings.wifi ?? { hotspot: "auto" };
  const hotspot = hotspotOf(places, means);
  for (const file of iwdFiles(wifi, hotspot)) writeFor(places.wifi, file, OWNER_ONLY);
  writeFor(places.wifiMain, iwdMain(wifi), ALL_READ);
  writeFor(places.run, { name: CARD_FILE, text: settings.boxText }, ALL_READ);
  writeFor(places.run, { name: MISTAKES_FILE, text: JSON.stringify(settings.problems) }, ALL_READ);
  const facts = JSON.stringify(hotspotFacts(hotspot, wifi.hotspot));
  writeFor(places.run, { name: HOTSPOT_FILE, text: facts }, ALL_READ);
  return { problems: settings.problems, moved, hotspot: wifi.hotspot };
}

/** What it found wrong, from the folder of the box; nothing where it did not run. */
export function readMistakes(run: string): readonly ConfigProblem[] {
  return readJson<readonly ConfigProblem[]>(run, MISTAKES_FILE) ?? [];
}

/** First to where they are kept, then off the card: a power cut in between leaves them in both places. */
function keepSecrets(
  { secrets, cardText }: CardSettings,
  { places, means, text }: { places: CardPlaces; means: CardMeans; text: string },
): boolean {
  if (places.state === undefined) return false;
  mkdirSync(places.state, { recursive: true, mode: 0o700 });
  const kept = JSON.stringify(secrets);
  if (kept !== JSON.stringify(readJson(places.state, SECRETS_FILE) ?? {}))
    writeDurably(join(places.state, SECRETS_FILE), kept);
  if (cardText === text) return false;
  means.writable(() => writeDurably(join(places.card, CARD_FILE), cardText));
  return true;
}

/** Made once, so that phones know it again; without a data partition, for this start. */
function hotspotOf({ state }: CardPlaces, { newName, newPassword }: CardMeans): Hotspot {
  const known = readJson<Hotspot>(state, HOTSPOT_FILE);
  if (known !== undefined) return known;
  const made = { name: newName(), password: newPassword() };
  if (state !== undefined) writeDurably(join(state, HOTSPOT_FILE), JSON.stringify(made));
  return made;
}

/** Undefined for a file that is not there or not ours: it is made anew. */
function readJson<Value>(folder: string | undefined, name: string): Value | undefined {
  if (folder === undefined) return undefined;
  try {
    return JSON.parse(readFileSync(join(folder, name), "utf8")) as Value;
  } catch {
    return undefined;
  }
}

function writeFor(folder: string, { name, text }: NamedText, mode: number): void {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode });
  chmodSync(path, mode);
}
