// What a door takes from the configuration and the box it hangs on: which door, in which language, for whom, and what the
// set-up page and `status` say of it.
import { readFileSync } from "node:fs";
import { animalName } from "../protocol/festival/animal-name.ts";
import type { BoxClock } from "./box-clock.ts";
import { type ConfigProblem, reasonOf } from "./config-error.ts";
import type { Config } from "./config-schema.ts";
import type { Mistake, SetUpFacts } from "./display/device-state.ts";
import { doorTimes } from "./display/door-times.ts";
import { type Legibility, legibility } from "./display/legibility.ts";
import { type MissingScript, missingScripts } from "./display/missing-scripts.ts";
import { screenNamed } from "./display/screens.ts";
import { type Words, wordsFor } from "./display/words.ts";
import type { DoorOptions } from "./door-options.ts";
import type { Hotspot } from "./hotspot.ts";
import { joinAddress } from "./join-address.ts";
import type { OpenedReplica } from "./opened-replica.ts";
import { reachableAddress } from "./reachable-address.ts";

const CENTIMETRES_PER_METRE = 100;

export interface Hung {
  /** As screenNamed takes it. */
  readonly screen: string;
  /** Where the box listens; undefined before. */
  readonly port: () => number | undefined;
  readonly hotspot: Pick<Hotspot, "open">;
}

export interface ScreenCheck {
  /** Absent for glass of unknown size. */
  readonly legibility?: Legibility;
  /** What is wrong with it, for people. */
  readonly warnings: readonly string[];
}

type Setting =
  | "boxClock"
  | "words"
  | "venue"
  | "policy"
  | "address"
  | "hotspot"
  | "facts"
  | "trouble"
  | "mistakes"
  | "lateJoinSeconds";

export interface ReadSetting {
  readonly config: Config;
  /** What was wrong with it. */
  readonly problems?: readonly ConfigProblem[];
}

export function doorSetting(
  opened: OpenedReplica,
  { config, problems = [] }: ReadSetting,
  hung: Hung,
): Pick<DoorOptions, Setting> {
  const words = wordsFor(config.screen.language);
  const scripts = missingScripts(opened.programme.texts());
  return {
    boxClock: opened.boxClock,
    trouble: opened.trouble,
    mistakes: problems.map(mistakeOf),
    words,
    venue: config.screen.venue,
    lateJoinSeconds: config.screen.lateJoinMinutes * 60,
    policy: () => opened.doorPolicy(config.screen),
    address: () => {
      const address = addressOf(config, hung);
      return address && joinAddress(address, config.festival.key);
    },
    hotspot: () => hung.hotspot.open,
    facts: () => setUpFacts(opened, config, { ...hung, words, scripts }),
  };
}

function mistakeOf(problem: ConfigProblem): Mistake {
  return { ...(problem.at && { line: problem.at.line }), text: reasonOf(problem) };
}

/** Whether people can read it, from where they stand and in their letters (display.md §5.4, §5.6). */
export function screenCheck({ programme }: OpenedReplica, config: Config, screen: string): ScreenCheck {
  const wanted = config.screen.readingDistanceCm;
  const found = legibility(screenNamed(screen));
  const isSmall = found !== undefined && found.readableCentimetres < wanted;
  const small = isSmall ? [`text is read up to ${found.readableCentimetres} cm, and ${wanted} cm are asked for`] : [];
  const lost = missingScripts(programme.texts()).map((one) => `no letters for ${scriptText(one)}`);
  return { ...(found && { legibility: found }), warnings: [...small, ...lost] };
}

function addressOf({ web }: Config, { port, hotspot }: Hung): string | undefined {
  return reachableAddress(web.host, port(), hotspot.open?.address);
}

interface FactsHung extends Hung {
  readonly words: Words;
  readonly scripts: readonly MissingScript[];
}

function setUpFacts({ replica, boxClock, timezone }: OpenedReplica, config: Config, hung: FactsHung): SetUpFacts {
  const { screen, scripts, words } = hung;
  const address = addressOf(config, hung);
  const { open } = hung.hotspot;
  const reached = address !== undefined && { address: address.replace("http://", "") };
  const found = legibility(screenNamed(screen));
  const { key } = config.festival;
  return {
    ...(open && { wifi: open.name, password: open.password, ...reached }),
    ...(config.screen.venue !== undefined && { venue: config.screen.venue }),
    ...(key !== undefined && !/^[0-9a-f]{64}$/i.test(key) && { festival: key }),
    screen: found === undefined ? screen : `${screen}, ${found.inches}″`,
    ...reached,
    clock: clockText(boxClock, timezone, words),
    ...(found && { legibility: distanceText(found, config.screen.readingDistanceCm) }),
    ...(scripts.length > 0 && { scripts: scripts.map(scriptText).join(", ") }),
    box: animalName(replica.suite.hash(replica.key.verifyingKey)).name,
    version: VERSION,
  };
}

function clockText({ trust, now }: BoxClock, timezone: string, words: Words): string {
  return trust === "unsure" ? words.clockNotSet : `${doorTimes(timezone, now, words.lang).clock(now)} ${timezone}`;
}

/** "1.0 m", or "1.0 m < 2.0 m" where that is not enough: understood in every language. */
function distanceText({ readableCentimetres }: Legibility, wantedCentimetres: number): string {
  const metres = (centimetres: number) => `${(centimetres / CENTIMETRES_PER_METRE).toFixed(1)} m`;
  const isEnough = readableCentimetres >= wantedCentimetres;
  return isEnough ? metres(readableCentimetres) : `${metres(readableCentimetres)} < ${metres(wantedCentimetres)}`;
}

function scriptText({ script, characters }: MissingScript): string {
  return `${script} (${characters})`;
}

const VERSION = (JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string })
  .version;
