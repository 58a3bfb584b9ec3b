// Every key of the configuration, in one table. The place in the table gives the names in all three sources, so that
// `buttons.windowSeconds` is `buttons.window_seconds` in the file, LAGERFEUER_BUTTONS_WINDOW_SECONDS in the environment
// and --buttons-window-seconds on the command line, unless the key names a shorter option.
import { isIP } from "node:net";
import { parseAddress } from "../sync/address.ts";
import { isNodeAddress, parseNodeAddress } from "../sync/node-address.ts";
import { choice, integer, type Key, list, number, openText, tables, text, toggle } from "./config-key.ts";
import { RELAY_EXPECTED, readRelay } from "./config-relay.ts";
import { ROTATIONS } from "./display/rotation.ts";
import { glassNamed, SCREENS_EXPECTED } from "./display/screens.ts";
import { LANGUAGES } from "./display/words.ts";
import { BUTTON_SOURCES } from "./gpio/port.ts";
import { LEVELS } from "./logger.ts";
import { POWER_PROFILES } from "./power-profile.ts";
import { isDevice, isOffHours, isVcom, OUTPUT_NAMES } from "./screen-choice.ts";

export const SCHEMA = {
  data: text({ default: "./lagerfeuer-data", help: "Folder for the replica and the key of this box" }),
  demo: toggle({ default: false, help: "Show a small made-up festival that is always now, in a festival of its own" }),
  festival: {
    key: openText({
      open: "the open festival that everybody knows",
      flag: "festival",
      help: "Which festival: any text, or 64 hex digits; everybody with the same key meets there",
    }),
    timezone: openText(
      { open: "the zone of this machine", flag: "timezone", help: "IANA zone in which times are printed" },
      { expected: "an IANA zone such as Europe/Berlin", accepts: isZone },
    ),
  },
  web: {
    host: text(
      { default: "0.0.0.0", flag: "host", help: "Address on which phones and other boxes reach this one" },
      { expected: "an IP address or a host name", accepts: isHost },
    ),
    port: integer([0, 65_535], { default: 3473, flag: "port", help: "Port for the same; 0 takes any free one" }),
  },
  discovery: {
    enabled: toggle({
      default: true,
      flag: "discovery",
      help: "Announce this box in the local network and look for others (mDNS)",
    }),
  },
  peers: {
    addresses: list(
      { flag: "peer", help: "Boxes and p2panda nodes to connect to besides those found nearby" },
      { expected: '"host:port", a ws:// or wss:// address or "<node id>@<ip>:<port>"', accepts: isPeer },
    ),
  },
  p2panda: {
    enabled: toggle({
      default: false,
      flag: "p2panda",
      help: "Connect to nodes of other p2panda apps as well, over QUIC, and look for them nearby",
    }),
    network: openText(
      {
        open: "p2panda's own network",
        flag: "p2panda-network",
        help: "Which network of p2panda nodes: only nodes of the same one speak with each other",
      },
      { expected: "64 hex digits", accepts: isHash },
    ),
    port: integer([0, 65_535], { default: 0, flag: "p2panda-port", help: "UDP port for them; 0 takes any free one" }),
  },
  relay: tables(
    {
      flag: "relay",
      help: "Topics of other p2panda apps that this box carries for them",
      expected: RELAY_EXPECTED,
    },
    readRelay,
  ),
  screen: {
    output: choice(OUTPUT_NAMES, {
      default: "none",
      flag: "output",
      help: "Where pictures go besides the web page: a panel, or a monitor over HDMI: docs/screens.md",
    }),
    name: openText(
      {
        open: "the size of the output, door-800x480 without one",
        flag: "screen",
        help: "What is drawn for: the size of the glass, before it was turned",
      },
      { expected: SCREENS_EXPECTED, accepts: (name) => glassNamed(name) !== undefined },
    ),
    rotation: number(ROTATIONS, {
      default: 0,
      unit: "degrees",
      flag: "rotation",
      help: "By how much the glass was turned to the right when it was hung",
    }),
    device: openText(
      {
        open: "/dev/fb0 for a monitor, /dev/spidev0.0 for a panel",
        flag: "screen-device",
        help: "Device of the output; /sys is looked for beside its /dev",
      },
      { expected: "a path such as /dev/fb0 or /dev/spidev0.0", accepts: isDevice },
    ),
    vcom: openText(
      {
        open: "none, and an it8951 is refused without it",
        flag: "vcom",
        help: "Voltage that is printed on the ribbon of an it8951's panel",
      },
      { expected: "volts such as -1.53", accepts: isVcom },
    ),
    off: openText(
      {
        open: "the monitor is always on",
        flag: "screen-off",
        help: "When a monitor is dark, by the clock of its place",
      },
      { expected: "hours such as 02:00-07:00", accepts: isOffHours },
    ),
    venue: openText({
      open: "the first venue of the programme",
      flag: "venue",
      help: 'The venue whose programme is shown; "all" for what is on at every one of them',
    }),
    shows: choice(["confirmed", "everything"], {
      default: "confirmed",
      flag: "screen-shows",
      help: "Only what belongs at this door (of its owner, granted by them, or made nearby), or all that names it",
    }),
    trusted: list(
      { flag: "trust", help: "Keys whose announcements this screen shows, besides its own and the venue's maker's" },
      { expected: "keys of 64 lower-case hex digits", accepts: (key) => /^[0-9a-f]{64}$/.test(key) },
    ),
    readingDistanceCm: integer([30, 1000], {
      default: 90,
      unit: "centimetres",
      flag: "reading-distance",
      help: "From how far people read the screen; status says if its text is too small for that",
    }),
    lateJoinMinutes: integer([0, 240], {
      default: 25,
      unit: "minutes",
      flag: "late-join",
      help: "How long after a start people still come; after that, what is next gets more room",
    }),
    language: choice(LANGUAGES, { default: "en", flag: "language", help: "Language of the screen's own words" }),
  },
  buttons: {
    source: choice(BUTTON_SOURCES, {
      default: "keyboard",
      flag: "buttons",
      help: "Where presses come from; a keyboard at a terminal always works, unless there are to be none",
    }),
    lines: list(
      { flag: "button-line", help: "GPIO lines of the three buttons from left to right, by name: docs/buttons.md" },
      { expected: "names of lines", accepts: () => true },
    ),
    device: openText({
      open: "the first that has the keys 1, 2 and 3",
      flag: "button-device",
      help: "Input device of the three buttons, by its name or as /dev/input/event3",
    }),
    led: openText({ open: "no light", flag: "led", help: "GPIO line of the light beside the buttons, by name" }),
    windowSeconds: integer([10, 3600], {
      default: 300,
      unit: "seconds",
      help: "How long presses at this door are gathered before they go out as one number",
    }),
  },
  answers: {
    entrusted: list(
      {
        flag: "answer-for",
        help: "Resources of others for which this box answers by itself, where their owners let it",
      },
      { expected: "ids of 64 hex digits", accepts: isHash },
    ),
    draw: choice(["minutes", "day before"], {
      default: "minutes",
      flag: "draw",
      help: "When lots are drawn: ten minutes after the first request, or the day before",
    }),
    program: list(
      { flag: "answer-program", help: "Program that decides where the policy is ask: docs/festival.md" },
      { expected: "a file, then its arguments", accepts: () => true },
    ),
  },
  store: {
    maxMegabytes: integer([16, 1_048_576], {
      default: 1024,
      unit: "megabytes",
      help: "Most space the replica may take on the card, besides pictures",
    }),
    authorMegabytes: integer([1, 1_048_576], {
      default: 64,
      unit: "megabytes",
      help: "Most space of the festival that one author may take",
    }),
    pictureMegabytes: integer([0, 1_048_576], {
      default: 256,
      unit: "megabytes",
      help: "Most space for pictures of the festival, an eighth of it for one author; the oldest go first, 0 carries none",
    }),
  },
  power: {
    profile: choice(POWER_PROFILES, {
      default: "relay",
      flag: "power",
      help: "Carries everything at once, or sparingly on a battery, or shows its screen and speaks to nobody first",
    }),
  },
  logger: {
    level: choice(LEVELS, { default: "info", help: "Least important message that is still written" }),
  },
} as const satisfies Section;

interface Section {
  readonly [name: string]: Key<unknown> | { readonly [name: string]: Key<unknown> };
}

type Values<Table> = {
  readonly [Name in keyof Table]: Table[Name] extends Key<infer Value> ? Value : Values<Table[Name]>;
};

/** Frozen, complete: every key has the value of its strongest source, or its default. */
export type Config = Values<typeof SCHEMA>;

/** Names the file of the configuration itself; it is not a key, since it says where the keys are. */
export const CONFIG_FILE_VARIABLE = "LAGERFEUER_CONFIG";
export const VARIABLE_PREFIX = "LAGERFEUER_";

export interface ConfigEntry {
  readonly key: Key<unknown>;
  /** In the file: ["buttons", "window_seconds"]. */
  readonly segments: readonly string[];
  /** The same for people: "buttons.window_seconds". */
  readonly path: string;
  readonly variable: string;
  /** Without its dashes. */
  readonly flag: string;
}

export const ENTRIES: readonly ConfigEntry[] = Object.entries(SCHEMA).flatMap(([name, node]) =>
  isKey(node) ? [entry([name], node)] : Object.entries(node).map(([inner, key]) => entry([name, inner], key)),
);

/** A configuration in which each key has the value that `pick` names. */
export function configOf(pick: (key: Key<unknown>) => unknown): Config {
  const fill = (node: object): unknown =>
    isKey(node)
      ? pick(node)
      : Object.freeze(Object.fromEntries(Object.entries(node).map(([name, inner]) => [name, fill(inner)])));
  return fill(SCHEMA) as Config;
}

function isKey(node: object): node is Key<unknown> {
  return "accept" in node;
}

function entry(place: readonly string[], key: Key<unknown>): ConfigEntry {
  const segments = place.map((name) => name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`));
  const path = segments.join(".");
  return {
    key,
    segments,
    path,
    variable: VARIABLE_PREFIX + path.toUpperCase().replaceAll(".", "_"),
    flag: key.flag ?? path.replaceAll(/[._]/g, "-"),
  };
}

/** Not "+01:00", which Intl would take as well: it knows no summer. */
function isZone(name: string): boolean {
  try {
    return /^[a-z]/i.test(new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone);
  } catch {
    return false;
  }
}

function isHost(host: string): boolean {
  return isIP(host) !== 0 || /^(?=.*[a-z])[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(host);
}

function isHash(text: string): boolean {
  return /^[0-9a-f]{64}$/i.test(text);
}

function isPeer(address: string): boolean {
  if (/^wss?:\/\//.test(address)) return URL.canParse(address);
  try {
    if (isNodeAddress(address)) return parseNodeAddress(address).hosts.length > 0;
    return parseAddress(address).port > 0;
  } catch {
    return false;
  }
}
