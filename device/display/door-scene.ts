// The door screen as a pure function: programme + device + words → scene. What a person at the door needs in three
// seconds (display.md §7.1): the right door? on now, until when? can I go in? what is next?
import type { DoorProgramme, Slot } from "../programme/slot.ts";
import type { DeviceState } from "./device-state.ts";
import { displayText } from "./display-text.ts";
import { type DoorTimes, doorTimes } from "./door-times.ts";
import { freshness, syncBadge } from "./freshness.ts";
import { joinedSlot } from "./joined-slot.ts";
import type { Chip, Footer, Lead, NoticeBody, ProgrammeText, Row, Scene } from "./scene.ts";
import type { Words } from "./words.ts";

/** On glass that takes a second to change, the bar moves twelve times an hour (display.md §7.3). */
const PROGRESS_STEP_SECONDS = 5 * 60;
/** More names than any screen has room for. */
const MAX_HOSTS = 40;
/** A tag is short; a longer one is not a language. */
const MAX_LANG_CHARACTERS = 8;
/** Nobody's real title is empty, but a row must show that something is there. */
const UNTITLED = "—";

interface Door {
  readonly programme: DoorProgramme;
  readonly state: DeviceState;
  readonly times: DoorTimes;
  readonly words: Words;
}

/** Throws RangeError for a time zone this machine does not know. */
export function doorScene(programme: DoorProgramme, state: DeviceState, words: Words): Scene {
  const times = doorTimes(programme.timezone, state.now, words.lang);
  const door: Door = { programme, state, times, words };
  const body = bodyOf(door);
  const strip = stripOf(door);
  return {
    lang: words.lang,
    header: {
      room: displayText(programme.venue),
      ...(state.clock !== "unsure" && { clock: times.clock(state.now) }),
    },
    ...(strip !== undefined && { strip }),
    body,
    badge: syncBadge(state, times, words),
    ...(state.address !== undefined && { address: state.address }),
    footer: footerOf(door, body),
  };
}

function stripOf({ programme, state, words }: Door): string | undefined {
  if (programme.empty) return undefined;
  if (state.clock === "unsure") return `${words.clockNotSet} · ${words.printedPlan}`;
  return freshness(state) === "old" ? words.printedPlan : undefined;
}

function bodyOf(door: Door): Scene["body"] {
  const { programme, state, words, times } = door;
  const today = [...programme.now, ...programme.next];
  const first = today[0] ?? programme.tomorrow;
  if (programme.empty) return waiting(door);
  if (first === undefined) return { kind: "notice", text: words.nothingPlanned };
  if (state.clock === "unsure") {
    // Without a clock nothing is "now" or "next" (M-39): the day as a list, under its own date.
    const rows = (today.length > 0 ? today : [first]).map((slot) => rowOf(door, slot));
    return { kind: "list", heading: words.programmeFor(times.date(first.start)), rows };
  }
  if (state.page === "more") {
    const rows = today.map((slot) => rowOf(door, slot));
    return { kind: "list", heading: words.restOfDay, rows: [...rows, ...tomorrowInList(door)] };
  }
  const [lead, ...others] = today;
  if (lead === undefined) {
    const morning = { ...leadOf(door, first, false), label: dayLabel(door, first) };
    return { kind: "notice", text: words.thatsIt, lead: morning };
  }
  const rows = others.map((slot) => rowOf(door, slot, labelOf(door, slot)));
  const isLast = programme.next.length === 0;
  return {
    kind: "slot",
    lead: leadOf(door, lead, programme.now.length > 0),
    rows: isLast ? [...rows, ...tomorrowRows(door)] : rows,
  };
}

function labelOf({ programme, words }: Door, slot: Slot): string | undefined {
  if (programme.now.includes(slot)) return words.now;
  return slot === programme.next[0] ? words.next : undefined;
}

function waiting({ state, words }: Door): NoticeBody {
  return {
    kind: "notice",
    text: words.waiting,
    detail: words.waitingDetail(state.address === undefined ? undefined : printedAddress(state.address)),
  };
}

/** What a person types: browsers add the scheme themselves. */
export function printedAddress(address: string): string {
  return address.replace(/^https?:\/\//, "").replace(/\/$/, "");
}

function tomorrowRows(door: Door): readonly Row[] {
  const { tomorrow } = door.programme;
  return tomorrow === undefined ? [] : [rowOf(door, tomorrow, dayLabel(door, tomorrow))];
}

/** In a column of times of today the other day is named behind its time. */
function tomorrowInList(door: Door): readonly Row[] {
  return tomorrowRows(door).map(({ label = "", ...row }) => ({
    ...row,
    chips: [{ text: label, tone: "outline" }, ...row.chips],
  }));
}

/** "TOMORROW", "SUNDAY". */
function dayLabel({ times, words }: Door, slot: Slot): string {
  return (times.otherDay(slot.start) ?? words.tomorrow).toLocaleUpperCase(words.lang);
}

function leadOf(door: Door, slot: Slot, live: boolean): Lead {
  const { words, times, state } = door;
  const takeover = takeoverOf(slot, words);
  const when = live ? liveTime(slot, times, words, takeover !== undefined) : times.clock(slot.start);
  const showsProgress = live && takeover === undefined && !slot.endOpen;
  return {
    label: live ? words.now : words.next,
    live: live && takeover === undefined,
    when,
    ...(!live && asideOf(door, slot, true)),
    chips: [...stateChips(slot, words, takeover !== undefined), ...languageChip(slot)],
    ...(takeover !== undefined && { takeover }),
    title: titleOf(slot),
    struck: slot.status === "cancelled",
    hosts: slot.hosts
      .slice(0, MAX_HOSTS)
      .map(displayText)
      .filter((name) => name !== ""),
    ...(slot.note !== undefined && { note: displayText(slot.note) }),
    ...(showsProgress && { progress: progressOf(slot, state.now) }),
  };
}

/** People at a door need the end (display.md §7.1); an end nobody named is not printed. */
function liveTime(slot: Slot, times: DoorTimes, words: Words, isOff: boolean): string {
  if (isOff) return slot.endOpen ? times.near(slot.start) : `${times.near(slot.start)}–${times.near(slot.end)}`;
  return slot.endOpen ? words.since(times.near(slot.start)) : words.until(times.near(slot.end));
}

function takeoverOf(slot: Slot, words: Words): Lead["takeover"] {
  if (slot.status === "cancelled") return { word: words.state.cancelled };
  if (slot.status === "postponed") return { word: words.state.postponed };
  if (slot.movedTo !== undefined) return { word: words.state.moved, room: displayText(slot.movedTo) };
  return undefined;
}

function stateChips(slot: Slot, words: Words, isTakenOver: boolean): readonly Chip[] {
  if (isTakenOver) return [];
  if (slot.status === "idea") return [{ text: words.state.idea, tone: "outline" }];
  if (slot.wasStart === undefined || slot.wasStart === slot.start) return [];
  return [{ text: slot.wasStart < slot.start ? words.state.delayed : words.state.earlier, tone: "solid" }];
}

function languageChip({ lang }: Slot): readonly Chip[] {
  if (lang === undefined) return [];
  const code = displayText(lang.split("-")[0] ?? "").slice(0, MAX_LANG_CHARACTERS);
  return [{ text: code.toUpperCase(), tone: "outline" }];
}

function rowOf(door: Door, slot: Slot, label?: string): Row {
  return {
    ...(label !== undefined && { label }),
    time: door.times.clock(slot.start),
    ...asideOf(door, slot, label === door.words.next),
    chips: rowChips(slot, door.words),
    title: titleOf(slot),
    struck: slot.status === "cancelled",
  };
}

function rowChips(slot: Slot, words: Words): readonly Chip[] {
  const off = takeoverOf(slot, words);
  if (off?.room !== undefined) return [{ text: off.room, tone: "solid", arrow: true }];
  if (off !== undefined) return [{ text: off.word, tone: "solid" }];
  return slot.status === "idea" ? [{ text: words.state.idea, tone: "outline" }] : [];
}

/** The bold time is always the time to be here; what it was before stands beside it in brackets. */
function asideOf({ times, words, state }: Door, slot: Slot, isNext: boolean): { aside?: string } {
  const { wasStart } = slot;
  if (wasStart !== undefined && wasStart !== slot.start) return { aside: words.was(times.near(wasStart)) };
  const age = freshness(state);
  return isNext && (age === "stale" || age === "old") ? { aside: words.planned } : {};
}

function titleOf(slot: Slot): ProgrammeText {
  const text = displayText(slot.title);
  return { text: text === "" ? UNTITLED : text, ...(slot.lang !== undefined && { lang: slot.lang }) };
}

function progressOf(slot: Slot, now: number): number {
  const length = slot.end - slot.start;
  const passed = PROGRESS_STEP_SECONDS * Math.floor((now - slot.start) / PROGRESS_STEP_SECONDS);
  return length <= 0 ? 1 : Math.min(1, Math.max(0, passed / length));
}

/** Labels follow what a press would do here and now (display.md §8.2). */
function footerOf(door: Door, body: Scene["body"]): Footer {
  const { state, words, programme } = door;
  const toast = toastOf(door);
  if (toast !== undefined) return { labels: [], toast };
  if (programme.empty || state.clock === "unsure") return { labels: [] };
  if (body.kind === "list") return { labels: [{ shape: "triangle", text: words.button.back }] };
  const meet = { shape: "square", text: words.button.meet } as const;
  const more = { shape: "triangle", text: words.button.more } as const;
  return body.kind === "slot" ? { labels: [...joinLabel(door), meet, more] } : { labels: [meet] };
}

function joinLabel({ programme, state, words, times }: Door): Footer["labels"] {
  const slot = joinedSlot(programme, state.now);
  if (slot === undefined) return [];
  const isLead = slot === (programme.now[0] ?? programme.next[0]);
  const { door, people } = slot.going;
  const counts = [...(door > 0 ? [words.atTheDoor(door)] : []), ...(people > 0 ? [words.byPhone(people)] : [])];
  const text = isLead ? words.button.imIn : `${words.button.imIn} ${times.clock(slot.start)}`;
  return [{ shape: "circle", text, ...(counts.length > 0 && { detail: counts.join(" + ") }) }];
}

function toastOf({ state: { toast }, words, times }: Door): string | undefined {
  switch (toast?.kind) {
    case undefined:
      return undefined;
    case "counted":
      return words.toast.counted(toast.door);
    case "nothing-to-join":
      return words.toast.nothingToJoin;
    case "undone":
      return words.toast.undone;
    case "nothing-to-undo":
      return words.toast.nothingToUndo;
    case "hold-to-meet":
      return words.toast.holdToMeet;
    case "meetup":
      return words.toast.meetup(times.near(toast.start));
    case "taken":
      return words.toast.taken;
    case "no-clock":
      return words.toast.noClock;
    case "one-moment":
      return words.toast.oneMoment;
  }
}
