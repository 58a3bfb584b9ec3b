// Doors worth looking at: what is drawn in golden images and checked for overlaps on every screen.
import { readConfig } from "../../../device/config.ts";
import { reasonOf } from "../../../device/config-error.ts";
import type { DeviceState, Mistake, SetUpFacts } from "../../../device/display/device-state.ts";
import { doorScene } from "../../../device/display/door-scene.ts";
import { mistakesScene } from "../../../device/display/mistakes-scene.ts";
import { overviewScene } from "../../../device/display/overview-scene.ts";
import type { Scene } from "../../../device/display/scene.ts";
import { setUpScene } from "../../../device/display/set-up-scene.ts";
import { sleepingScene } from "../../../device/display/sleeping-scene.ts";
import { troubleScene } from "../../../device/display/trouble-scene.ts";
import { ARABIC, ENGLISH, type Words, wordsFor } from "../../../device/display/words.ts";
import type { Announcement, DoorProgramme, Slot, Unplaced } from "../../../device/programme/slot.ts";
import { aDevice, aDoor, aSlot, CAFE, clock, FIRE, JAM, KNOTS } from "./door.ts";

export interface Case {
  readonly programme: DoorProgramme;
  readonly state: DeviceState;
  readonly language?: string;
}

const LONG_TITLE =
  "Digital sovereignty in practice: how a village cooperative in the Ore Mountains built, runs and repairs its own " +
  "fibre network without any money";
const LONG_GERMAN_TITLE =
  "Wir müssen reden: Donaudampfschifffahrtsgesellschaften, Gewerkschaftsbewegungen und warum Großraumbüros mit " +
  "WLAN-Überwachung krank machen";
const FOURTEEN_HOSTS = (
  "Ada Lovelace, Mo, Grace Hopper, Annie Easley, Radia Perlman, Hedy Lamarr, Katherine Johnson, Mary Wilkes, " +
  "Joan Clarke, Karen Spärck Jones, Sophie Wilson, Lynn Conway, Evelyn Boyd Granville, Betty Holberton"
).split(", ");

/** Nothing runs, the next has been put off by half an hour. */
const DELAYED = { ...CAFE, wasStart: clock("15:00") };

const NEWS: Announcement = {
  text: "Drinking water is off at the north field until six. The kitchen has some.",
  author: "Kitchen",
  at: clock("13:55"),
  expires: clock("18:00"),
  urgency: "news",
};
const STORM: Announcement = {
  text: "Storm. Leave the tents. Go to the Barn now.",
  author: "Awareness team",
  at: clock("14:18"),
  expires: clock("16:00"),
  urgency: "emergency",
};
const JAM_NOW = aSlot("14:00", "15:30", "Open jam with everybody who brought something that makes a sound");
const UNPLACED: readonly Unplaced[] = [
  { doc: "soup", title: "Soup" },
  { doc: "swim", title: "Swimming before breakfast", place: "At the lake" },
  { doc: "radio", title: "Build a radio together" },
];

const FACTS: SetUpFacts = {
  venue: "Small Tent",
  festival: "summer at the lake",
  screen: "door-800x480, 7.5 inch",
  address: "192.168.4.1:3000",
  clock: "14:20",
  legibility: "1.0 m < 2.0 m",
  scripts: "Tamil (6)",
  box: "Otter 3f9c",
  version: "0.1.0",
};

const MISTAKES = mistakesIn(`# our camp
[festival]
timezone = "Berlin"

[screen]
venue = "Small Tent"
output = "framebufer"
rotaton = 90
off = "at night

[web]
port = 70000
`);

function mistakesIn(text: string): Mistake[] {
  const { problems } = readConfig({ flags: {}, env: {}, file: { path: "lagerfeuer.toml", text } });
  return problems
    .map((problem) => ({ line: problem.at?.line ?? 0, text: reasonOf(problem) }))
    .sort((a, b) => a.line - b.line);
}

const { lastSync: _never, ...NEVER_SYNCED } = aDevice();
const NEW_BOX: DeviceState = {
  ...NEVER_SYNCED,
  everHadPeer: false,
  peers: 0,
  facts: FACTS,
  address: "http://192.168.4.1:3000/#join=summer%20at%20the%20lake",
};

/** The box's own Wi-Fi is open: there is no other. */
const OWN_WIFI: Partial<DeviceState> = {
  hotspot: {
    name: "Lagerfeuer Otter",
    password: "lynx heron oyster marmot",
    code: "WIFI:T:WPA;S:Lagerfeuer Otter;P:lynx heron oyster marmot;;",
  },
  address: "http://10.73.73.1:3473/#join=summer%20at%20the%20lake",
};
const { address: _elsewhere, ...FACTS_WITHOUT_ADDRESS } = FACTS;
const WIFI_FACTS: SetUpFacts = {
  wifi: "Lagerfeuer Otter",
  password: "lynx heron oyster marmot",
  address: "10.73.73.1:3473",
  ...FACTS_WITHOUT_ADDRESS,
};

function door(programme: Partial<DoorProgramme> = {}, state: Partial<DeviceState> = {}, language = "en"): Case {
  return { programme: aDoor(programme), state: aDevice(state), language };
}

function running(more: Partial<Slot>, programme: Partial<DoorProgramme> = {}, state: Partial<DeviceState> = {}): Case {
  const next = [DELAYED, { ...JAM, movedTo: "Barn" }, { ...FIRE, status: "cancelled" as const }];
  return door({ now: [{ ...KNOTS, ...more }], next, ...programme }, state);
}

export const DOORS: Readonly<Record<string, Case>> = {
  normal: running({}),
  german: { ...running({}), language: "de" },
  late: running({}, {}, { now: clock("14:25"), lateJoinSeconds: 1500 }),
  steward: running({ full: false }, {}, { mark: "full" }),
  "steward-while-full": running({ full: true }, { space: ["Barn"] }, { mark: "open" }),
  "just-begun": door({}, { now: clock("14:05") }),
  "nothing-now": door({ now: [], next: [DELAYED, JAM, FIRE] }, { now: clock("15:10") }),
  "last-of-day": door({ next: [] }),
  "end-of-day": door({ now: [], next: [] }, { now: clock("23:30") }),
  "end-of-day-unplaced": door({ now: [], next: [], unplaced: UNPLACED }, { now: clock("23:30") }),
  cancelled: running({ status: "cancelled", note: "Mo is ill, get well soon" }),
  postponed: running({ status: "postponed" }),
  moved: running({ movedTo: "Barn" }),
  "moved-far": running({ title: LONG_TITLE, movedTo: "Janson / H.1301 (Cornil), second floor" }),
  "moved-to-another-day": running(
    { newStart: clock("16:00", 1) },
    { next: [DELAYED, { ...JAM, newStart: FIRE.end }, FIRE] },
  ),
  "moved-to-another-day-and-room": running({ movedTo: "Barn", newStart: clock("16:00", 9) }),
  delayed: running({ wasStart: clock("13:30"), note: "starts 30 min later" }),
  "open-end": running({ endOpen: true }),
  idea: door({ now: [], next: [{ ...KNOTS, start: clock("16:00"), end: clock("17:00"), status: "idea" }, JAM] }),
  "long-title": running({ title: LONG_TITLE }),
  "long-german-title": running({ title: LONG_GERMAN_TITLE }),
  "long-everything": running(
    { title: LONG_TITLE, hosts: FOURTEEN_HOSTS, note: "please bring your own cup and a torch for the way back" },
    { venue: "Janson / H.1301 (Cornil) and the corridor behind it" },
  ),
  "endless-title": running({ title: "All work and no play makes Jack a dull boy. ".repeat(10) }),
  arabic: running(
    {
      title: "ورشة عمل: كيف نبني شبكة محلية بدون إنترنت في 3 ساعات (للمبتدئين)",
      lang: "ar",
      hosts: ["ليلى", "Mo", "سامي"],
    },
    { venue: "الخيمة الصغيرة" },
  ),
  hebrew: running({ title: "קשרים למתחילים: איך לקשור חבל (workshop) ב-30 דקות", lang: "he", hosts: ["שרה", "Mo"] }),
  japanese: running(
    {
      title: "初心者のためのロープワーク:結び方を楽しく学びましょう。キャンプでも使えます",
      lang: "ja",
      hosts: ["田中さん"],
    },
    {
      venue: "小さなテント",
      next: [{ ...DELAYED, title: "修理カフェ:壊れたランプを持ってきてください", lang: "ja" }, JAM],
    },
  ),
  korean: running({ title: "초보자를 위한 매듭 배우기와 캠핑", lang: "ko" }),
  thai: running({ title: "การผูกเงื่อนสำหรับผู้เริ่มต้นและทุกคนที่กลัวเชือกในค่ายฤดูร้อน", lang: "th" }),
  cyrillic: running({ title: "Узлы для начинающих и для тех, кто боится верёвок — Đặng Ťažký ĉiuĵaŭde", lang: "uk" }),
  emoji: running({ title: "🔥 Campfire 👩‍👩‍👧 family 🏕️ night ❤️ & 1️⃣ song", hosts: ["🐼 Panda"] }),
  "no-font": running({ title: "தமிழ் has no font here", lang: "ta" }),
  zalgo: running({ title: `Z${"\u0312\u0301\u0348\u0353".repeat(8)}a${"\u0328\u031b".repeat(9)}lgo \u202eevil` }),
  "many-hosts": running({ hosts: FOURTEEN_HOSTS }),
  "no-hosts": running({ hosts: [] }),
  full: running({ full: true }, { space: ["Barn", "Sauna", "Library", "Under the big oak tree"] }),
  "full-nowhere-else": running({ full: true }),
  "full-long-title": running({ full: true, title: LONG_TITLE }, { space: ["Barn"] }),
  "moved-here": running({ movedFrom: "Barn" }),
  "moved-here-later": door({ now: [], next: [{ ...DELAYED, movedFrom: "Barn" }, JAM, FIRE] }, { now: clock("15:10") }),
  announcement: running({}, { announcements: [NEWS] }),
  "announcements-while-full": running({ full: true }, { announcements: [NEWS, NEWS, NEWS], space: ["Barn"] }),
  emergency: running({}, { announcements: [NEWS, STORM] }),
  "long-emergency": running({}, { announcements: [{ ...STORM, text: `${LONG_TITLE}. `.repeat(2) }] }),
  "unplaced-only": door({ now: [], next: [], unplaced: UNPLACED }, { page: "more" }),
  "unplaced-later": door({ unplaced: UNPLACED }, { page: "more" }),
  "nothing-but-unplaced": {
    ...door(),
    programme: { venue: "Barn", timezone: "UTC", now: [], next: [], empty: false, unplaced: UNPLACED },
  },
  spanish: { ...running({}), language: "es" },
  french: { ...running({}), language: "fr" },
  "arabic-words": { ...running({ full: true }, { space: ["Barn", "Sauna"] }), language: "ar" },
  "arabic-moved": {
    ...running(
      { title: "ورشة عمل: كيف نبني شبكة محلية بدون إنترنت", lang: "ar", hosts: ["ليلى", "سامي"], movedTo: "الحظيرة" },
      { venue: "الخيمة الصغيرة" },
    ),
    language: "ar",
  },
  trouble: door({ now: [], next: [], empty: true }, { trouble: "card-broken", everHadPeer: false, peers: 0 }),
  "mistakes-below-the-programme": running({}, {}, { mistakes: MISTAKES }),
  "stray-venue": {
    ...door({}, { strayVenue: { name: "Smal Tent", nearest: "Small Tent" } }),
    programme: { venue: "Smal Tent", timezone: "UTC", now: [], next: [], empty: false },
  },
  "trouble-with-schedule": running({}, {}, { trouble: "card-full" }),
  "two-at-once": door({ now: [KNOTS, aSlot("14:00", "16:00", "Sauna")] }),
  "no-address": door({}, {}),
  "long-address": door({}, { address: "https://kiosk-of-the-long-barn.festival.example/door/small-tent" }),
  "empty-replica": { programme: aDoor({ now: [], next: [], empty: true }), state: NEW_BOX },
  "empty-own-wifi": {
    programme: aDoor({ now: [], next: [], empty: true }),
    state: { ...NEW_BOX, ...OWN_WIFI, facts: WIFI_FACTS },
  },
  "own-wifi": running({}, {}, { ...OWN_WIFI, peers: 0 }),
  "own-wifi-arabic": { ...running({}, {}, OWN_WIFI), language: "ar" },
  "nothing-planned": { ...door(), programme: { venue: "Barn", timezone: "UTC", now: [], next: [], empty: false } },
  "clock-unsure": door({}, { clock: "unsure" }),
  "news-40-min-old": door({}, { lastSync: clock("13:40") }),
  "news-3-h-old": door({}, { lastSync: clock("11:20") }),
  "news-13-h-old": door({}, { lastSync: clock("01:20"), peers: 0 }),
  more: door(
    { next: Array.from({ length: 20 }, (_, index) => ({ ...CAFE, title: `${CAFE.title} ${index}` })) },
    { page: "more" },
  ),
  toast: door({}, { toast: { kind: "counted", door: 13 } }),
};

/** A camp: what is on, off, full and over, side by side. */
const CAMP: readonly DoorProgramme[] = [
  aDoor({ now: [{ ...KNOTS, full: true }], next: [DELAYED] }),
  aDoor({ venue: "Barn", now: [JAM_NOW], next: [FIRE] }),
  aDoor({ venue: "Library", now: [], next: [{ ...CAFE, title: "Reading circle" }] }),
  aDoor({ venue: "Under the big oak tree", now: [{ ...KNOTS, title: "Yoga", status: "cancelled" }], next: [FIRE] }),
  aDoor({ venue: "Sauna", now: [{ ...KNOTS, title: LONG_TITLE }], next: [{ ...JAM, movedTo: "Barn" }] }),
  aDoor({ venue: "Kitchen", now: [], next: [] }),
];

const NOWHERE = aDoor({ now: [], next: [], empty: true });

/** Pages that are not those of one door. */
const PAGES: Readonly<Record<string, (words: Words) => Scene>> = {
  overview: (words) => overviewScene(CAMP, aDevice(), words),
  "overview-of-many": (words) => overviewScene([...CAMP, ...CAMP, ...CAMP], aDevice(), words),
  "set-up": (words) => setUpScene("Europe/Berlin", aDevice({ facts: FACTS }), words),
  "set-up-own-wifi": (words) => setUpScene("Europe/Berlin", aDevice({ ...OWN_WIFI, facts: WIFI_FACTS }), words),
  mistakes: (words) => mistakesScene(NOWHERE, { ...NEW_BOX, mistakes: MISTAKES.slice(1, 3) }, words),
  "many-mistakes": (words) => mistakesScene(NOWHERE, { ...NEW_BOX, mistakes: MISTAKES }, words),
  "endless-mistakes": (words) =>
    mistakesScene(NOWHERE, { ...NEW_BOX, mistakes: [...MISTAKES, ...MISTAKES, ...MISTAKES, ...MISTAKES] }, words),
  "no-memory": (words) => troubleScene("Small Tent", words),
};

/** What a box says before its battery is empty: in the evening, by day, and where nothing is planned. */
const ASLEEP: Readonly<Record<string, DoorProgramme>> = {
  asleep: aDoor({ now: [], next: [] }),
  "asleep-by-day": aDoor({ next: [{ ...DELAYED, status: "cancelled" }, JAM, FIRE] }),
  "asleep-without-plan": { venue: "Small Tent", timezone: "UTC", now: [], next: [], empty: true },
};

/** All of them as scenes, by name. */
export const SCENES: Readonly<Record<string, Scene>> = {
  ...Object.fromEntries(
    Object.entries(DOORS).map(([name, one]) => [
      name,
      doorScene(one.programme, one.state, wordsFor(one.language ?? "en")),
    ]),
  ),
  ...Object.fromEntries(Object.entries(PAGES).map(([name, page]) => [name, page(ENGLISH)])),
  ...Object.fromEntries(
    Object.entries(ASLEEP).map(([name, programme]) => [name, sleepingScene(programme, clock("23:30"), ENGLISH)]),
  ),
  "asleep-arabic": sleepingScene(aDoor({ now: [], next: [] }), clock("23:30"), ARABIC),
  ...Object.fromEntries(
    ["overview", "many-mistakes", "no-memory"].map((name) => [
      `${name}-arabic`,
      (PAGES[name] as (words: Words) => Scene)(ARABIC),
    ]),
  ),
};
