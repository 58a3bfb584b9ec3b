// The door screen as a pure function: programme + device + words → scene. What a person at the door needs in three
// seconds (display.md §7.1): the right door? on now, until when? can I go in? what is next?
import type { DoorProgramme, Slot } from "../programme/slot.ts";
import { takesPlace } from "../programme/slot.ts";
import { alarmOf, announcedOf } from "./announcement-scene.ts";
import type { DeviceState, SetUpFacts } from "./device-state.ts";
import { directionOf, displayText } from "./display-text.ts";
import { doorTimes } from "./door-times.ts";
import type { DoorView } from "./door-view.ts";
import { footerOf, noteOf } from "./footer-scene.ts";
import { freshness, syncBadge } from "./freshness.ts";
import { joinOf } from "./join-scene.ts";
import type { Appendix, NoticeBody, Row, Scene } from "./scene.ts";
import { factsIn } from "./set-up-scene.ts";
import { leadOf, rowOf, unplacedRow } from "./slot-scene.ts";
import type { Words } from "./words.ts";

/** Throws RangeError for a time zone this machine does not know. */
export function doorScene(programme: DoorProgramme, state: DeviceState, words: Words): Scene {
  const times = doorTimes(programme.timezone, state.now, words.lang);
  const door = { programme, state, times, words };
  const body = alarmOf(door) ?? bodyOf(door);
  const announcement = announcedOf(door);
  return {
    ...frameOf(door, displayText(programme.venue)),
    ...(announcement !== undefined && { announcement }),
    body,
    ...noteOf(door),
    footer: footerOf(door, body),
  };
}

/** What stands around every page: where and when it is, how far it can be trusted, where a phone finds more. */
export function frameOf(door: DoorView, room: string): Omit<Scene, "body" | "footer"> {
  const { state, times, words } = door;
  const strip = stripOf(door);
  return {
    lang: words.lang,
    direction: directionOf(words.now),
    ...(state.page !== undefined && state.page !== "door" && { page: state.page }),
    header: { room, ...(state.clock !== "unsure" && { clock: times.clock(state.now) }) },
    ...(strip !== undefined && { strip }),
    badge: syncBadge(state, times, words),
    ...joinOf(state, words),
  };
}

function stripOf({ programme, state, words }: DoorView): string | undefined {
  if (programme.empty) return undefined;
  if (state.clock === "unsure") return `${words.clockNotSet} · ${words.printedPlan}`;
  return freshness(state) === "old" ? words.printedPlan : undefined;
}

function bodyOf(door: DoorView): Scene["body"] {
  const { programme, state, words, times } = door;
  const today = [...programme.now, ...programme.next];
  const first = today[0] ?? programme.tomorrow;
  if (programme.empty) return state.trouble === undefined ? waiting(door) : troubled(door);
  if (state.page === "more") {
    const rows = today.map((slot) => rowOf(door, slot));
    return { kind: "list", heading: words.restOfDay, rows: [...rows, ...tomorrowInList(door)], ...unplacedIn(door) };
  }
  if (first === undefined) return { kind: "notice", text: words.nothingPlanned, ...strayIn(door), ...unplacedIn(door) };
  if (state.clock === "unsure") {
    // Without a clock nothing is "now" or "next" (M-39): the day as a list, under its own date.
    const rows = (today.length > 0 ? today : [first]).map((slot) => rowOf(door, slot));
    return { kind: "list", heading: words.programmeFor(times.date(first.start)), rows };
  }
  const [lead, ...others] = today;
  if (lead === undefined) {
    const morning = { ...leadOf(door, first, false), label: dayLabel(door, first) };
    return { kind: "notice", text: words.thatsIt, lead: morning, ...unplacedIn(door) };
  }
  const isLate = beganLongAgo(door, lead);
  const rows = others.map((slot) => {
    const row = rowOf(door, slot, labelOf(door, slot));
    return isLate && slot === programme.next[0] ? { ...row, large: true as const } : row;
  });
  const isLast = programme.next.length === 0;
  const large = leadOf(door, lead, programme.now.length > 0);
  return {
    kind: "slot",
    lead: isLate ? { ...large, late: true } : large,
    rows: isLast ? [...rows, ...tomorrowRows(door)] : rows,
  };
}

/** Nobody joins it now, but people ask what is next: that gets more room (display.md §7.1). */
function beganLongAgo({ programme, state }: DoorView, lead: Slot): boolean {
  const { lateJoinSeconds = Number.POSITIVE_INFINITY } = state;
  if (programme.next.length === 0 || !programme.now.includes(lead)) return false;
  return takesPlace(lead) && state.now - lead.start >= lateJoinSeconds;
}

function labelOf({ programme, words }: DoorView, slot: Slot): string | undefined {
  if (programme.now.includes(slot)) return words.now;
  return slot === programme.next[0] ? words.next : undefined;
}

function waiting({ state, words }: DoorView): NoticeBody {
  const address = state.address === undefined ? undefined : printedAddress(state.address);
  const facts = state.facts && { facts: factsIn(waitingFacts(state.facts), words) };
  return { kind: "notice", text: words.waiting, detail: words.waitingDetail(address), ...facts };
}

/** Whoever waits beside it wants to know for whom; the rest is on the set-up page. */
function waitingFacts({ wifi, password, festival, box, version }: SetUpFacts): SetUpFacts {
  return {
    ...(wifi !== undefined && { wifi }),
    ...(password !== undefined && { password }),
    ...(festival !== undefined && { festival }),
    ...(box !== undefined && { box }),
    ...(version !== undefined && { version }),
  };
}

/** Only where there is no schedule: a fault never takes its place (display.md §1.5). */
function troubled({ state, words }: DoorView): NoticeBody {
  return { kind: "notice", text: words.trouble.heading, detail: words.trouble.detail[state.trouble ?? "fault"] };
}

/** What a person types: browsers add the scheme themselves, and the box names its festival. */
export function printedAddress(address: string): string {
  return address.replace(/^https?:\/\//, "").replace(/\/?(#.*)?$/, "");
}

/** Nothing is planned at a door that nobody knows: its name may be mistyped. */
function strayIn({ state: { strayVenue }, words }: DoorView): { detail?: string } {
  if (strayVenue === undefined) return {};
  const { name, nearest } = strayVenue;
  return { detail: words.strayVenue(displayText(name), nearest === undefined ? undefined : displayText(nearest)) };
}

function tomorrowRows(door: DoorView): readonly Row[] {
  const { tomorrow } = door.programme;
  return tomorrow === undefined ? [] : [rowOf(door, tomorrow, dayLabel(door, tomorrow))];
}

/** In a column of times of today the other day is named behind its time. */
function tomorrowInList(door: DoorView): readonly Row[] {
  return tomorrowRows(door).map(({ label = "", ...row }) => ({
    ...row,
    chips: [{ text: label, tone: "outline" }, ...row.chips],
  }));
}

function unplacedIn(door: DoorView): { appendix?: Appendix } {
  const rows = (door.programme.unplaced ?? []).map((event) => unplacedRow(door, event));
  return rows.length === 0 ? {} : { appendix: { heading: door.words.unplaced, rows } };
}

/** "TOMORROW", "SUNDAY". */
function dayLabel({ times, words }: DoorView, slot: Slot): string {
  return (times.otherDay(slot.start) ?? words.tomorrow).toLocaleUpperCase(words.lang);
}
