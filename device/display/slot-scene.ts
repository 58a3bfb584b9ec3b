// A slot in the words of its door: large as the one in question, or as one row among others.
import type { Slot, Unplaced } from "../programme/slot.ts";
import { displayText, isolate } from "./display-text.ts";
import type { DoorTimes } from "./door-times.ts";
import { type DoorView, knowsSpace } from "./door-view.ts";
import { freshness } from "./freshness.ts";
import type { Chip, Lead, ProgrammeText, Row } from "./scene.ts";
import type { Words } from "./words.ts";

/** On glass that takes a second to change, the bar moves twelve times an hour (display.md §7.3). */
const PROGRESS_STEP_SECONDS = 5 * 60;
/** More names than any screen has room for. */
const MAX_HOSTS = 40;
/** Rooms to go to instead: more would be a list to study. */
const MAX_ELSEWHERE = 4;
/** A tag is short; a longer one is not a language. */
const MAX_LANG_CHARACTERS = 8;
/** Nobody's real title is empty, but a row must show that something is there. */
const UNTITLED = "—";

export function leadOf(door: DoorView, slot: Slot, live: boolean): Lead {
  const { words, times, state } = door;
  const takeover = takeoverOf(slot, door);
  const when = live ? liveTime(slot, times, words, takeover !== undefined) : times.clock(slot.start);
  const showsProgress = live && takeover === undefined && !slot.endOpen;
  const elsewhere = live && takeover === undefined ? elsewhereOf(door, slot) : undefined;
  return {
    label: live ? words.now : words.next,
    live: live && takeover === undefined,
    when,
    ...asideOf(door, slot, live ? "now" : "next"),
    chips: [...(takeover === undefined ? stateChips(door, slot) : []), ...languageChip(slot)],
    ...(takeover !== undefined && { takeover }),
    title: titleOf(slot),
    struck: slot.status === "cancelled",
    ...(elsewhere !== undefined && { elsewhere }),
    hosts: slot.hosts
      .slice(0, MAX_HOSTS)
      .map(displayText)
      .filter((name) => name !== ""),
    ...(slot.note !== undefined && { note: displayText(slot.note) }),
    ...(showsProgress && { progress: progressOf(slot, state.now) }),
  };
}

export function rowOf(door: DoorView, slot: Slot, label?: string): Row {
  return {
    ...(label !== undefined && { label }),
    time: door.times.clock(slot.start),
    ...asideOf(door, slot, label === door.words.next ? "next" : "later"),
    chips: rowChips(door, slot),
    title: titleOf(slot),
    struck: slot.status === "cancelled",
  };
}

/** What runs, in a list of places: until when; what does not take place, with the time at which people would come. */
export function runningRow(door: DoorView, slot: Slot): Row {
  const { words, times } = door;
  const isOff = takeoverOf(slot, door) !== undefined;
  return {
    time: isOff ? times.near(slot.start) : liveTime(slot, times, words, false),
    chips: rowChips(door, slot),
    title: titleOf(slot),
    struck: slot.status === "cancelled",
  };
}

/** What has no time or no place yet, with the one that it has. */
export function unplacedRow({ times }: DoorView, event: Unplaced): Row {
  const place = event.place === undefined ? "" : displayText(event.place);
  return {
    time: event.start === undefined ? "" : times.near(event.start),
    chips: place === "" ? [] : [{ text: place, tone: "outline" }],
    title: titleOf(event),
    struck: false,
  };
}

/** People at a door need the end (display.md §7.1); an end nobody named is not printed. */
function liveTime(slot: Slot, times: DoorTimes, words: Words, isOff: boolean): string {
  if (isOff) return slot.endOpen ? times.near(slot.start) : `${times.near(slot.start)}–${times.near(slot.end)}`;
  return slot.endOpen ? words.since(times.near(slot.start)) : words.until(times.near(slot.end));
}

function takeoverOf(slot: Slot, { words, times }: DoorView): Lead["takeover"] {
  if (slot.status === "cancelled") return { word: words.state.cancelled };
  if (slot.status === "postponed") return { word: words.state.postponed };
  const room = movedTo(slot, times);
  return room === undefined ? undefined : { word: words.state.moved, room };
}

/** "Barn", "Sat 15:00", "Barn · Sat 15:00". */
function movedTo({ movedTo, newStart }: Slot, times: DoorTimes): string | undefined {
  const where = movedTo === undefined ? [] : [displayText(movedTo)];
  const when = newStart === undefined ? [] : [times.near(newStart)];
  const parts = [...where, ...when];
  return parts.length < 2 ? parts[0] : parts.map(isolate).join(" · ");
}

/** The first is what to know first. */
function stateChips(door: DoorView, slot: Slot): readonly Chip[] {
  const { state } = door.words;
  return [
    ...fullChip(door, slot),
    ...(slot.status === "idea" ? [{ text: state.idea, tone: "outline" } as const] : []),
    ...(slot.movedFrom === undefined ? [] : [{ text: state.here, tone: "solid" } as const]),
    ...shiftChip(door, slot),
  ];
}

function fullChip(door: DoorView, slot: Slot): readonly Chip[] {
  return slot.full && knowsSpace(door) ? [{ text: door.words.state.full, tone: "solid" }] : [];
}

function shiftChip({ words }: DoorView, { start, wasStart, status }: Slot): readonly Chip[] {
  if (status === "idea" || wasStart === undefined || wasStart === start) return [];
  return [{ text: wasStart < start ? words.state.delayed : words.state.earlier, tone: "solid" }];
}

function languageChip({ lang }: Slot): readonly Chip[] {
  if (lang === undefined) return [];
  const code = displayText(lang.split("-")[0] ?? "").slice(0, MAX_LANG_CHARACTERS);
  return [{ text: code.toUpperCase(), tone: "outline" }];
}

function rowChips(door: DoorView, slot: Slot): readonly Chip[] {
  const { words } = door;
  const off = takeoverOf(slot, door);
  if (off?.room !== undefined) return [{ text: off.room, tone: "solid", arrow: true }];
  if (off !== undefined) return [{ text: off.word, tone: "solid" }];
  const idea: readonly Chip[] = slot.status === "idea" ? [{ text: words.state.idea, tone: "outline" }] : [];
  return [...fullChip(door, slot), ...idea];
}

function elsewhereOf(door: DoorView, slot: Slot): Lead["elsewhere"] {
  const rooms = (door.programme.space ?? [])
    .slice(0, MAX_ELSEWHERE)
    .map(displayText)
    .filter((room) => room !== "");
  if (!slot.full || !knowsSpace(door) || rooms.length === 0) return undefined;
  return { word: door.words.spaceIn, rooms };
}

/** The bold time is always the time to be here; what it was before stands beside it in brackets. */
function asideOf(door: DoorView, slot: Slot, rank: "now" | "next" | "later"): { aside?: string } {
  const { times, words, state } = door;
  const { wasStart, movedFrom } = slot;
  if (rank !== "now" && wasStart !== undefined && wasStart !== slot.start)
    return { aside: words.was(times.near(wasStart)) };
  if (movedFrom !== undefined) return { aside: words.from(isolate(displayText(movedFrom))) };
  const age = freshness(state);
  return rank === "next" && (age === "stale" || age === "old") ? { aside: words.planned } : {};
}

export function titleOf({ title, lang }: { readonly title: string; readonly lang?: string }): ProgrammeText {
  const text = displayText(title);
  return { text: text === "" ? UNTITLED : text, ...(lang !== undefined && { lang }) };
}

function progressOf(slot: Slot, now: number): number {
  const length = slot.end - slot.start;
  const passed = PROGRESS_STEP_SECONDS * Math.floor((now - slot.start) / PROGRESS_STEP_SECONDS);
  return length <= 0 ? 1 : Math.min(1, Math.max(0, passed / length));
}
