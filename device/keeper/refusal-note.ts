// Why not, in words for whoever asked, and when it would be possible on the same day. Pure; times are those of the place.
import type { BookableResource } from "../../protocol/festival/decide.ts";
import type { Refusal } from "../../protocol/festival/decision.ts";
import type { Load } from "../../protocol/festival/load.ts";
import { effectiveHold, fits } from "../../protocol/festival/occupancy.ts";
import { holdFor, type MinuteOfWeek, opening } from "../../protocol/festival/opening.ts";
import type { Asked } from "../../protocol/festival/request-state.ts";
import { overlap, type Span } from "../../protocol/festival/span.ts";
import type { Seconds } from "../../protocol/festival/when.ts";

/** What is known at the moment of the refusal. */
export interface Surroundings {
  readonly resource: BookableResource;
  readonly load: Load;
  readonly minuteOfWeek: MinuteOfWeek;
  /** IANA zone of this box, for places that name none. */
  readonly timezone: string;
  readonly now?: Seconds;
}

/** As many as fit a note and a glance. */
const MAX_ALTERNATIVES = 3;
const SECONDS_PER_MINUTE = 60;
const MINUTES_PER_DAY = 1440;
/** People who have no slots meet at the hour and at half past. */
const STEP_MINUTES = 30;

export function refusalNote(refusal: Refusal, asked: Asked, around: Surroundings): string {
  const free = freeThatDay(asked, around).map((span) => spanText(span, around));
  const sorry = `Sorry, ${reasonText(refusal, asked, around)}.`;
  return free.length === 0 ? sorry : `${sorry} Free that day: ${free.join(", ")}.`;
}

function reasonText(refusal: Refusal, asked: Asked, around: Surroundings): string {
  const { slotMinutes, lead } = around.resource.fields;
  switch (refusal) {
    case "taken":
      return `taken ${spanText(asked, around)}`;
    case "closed":
      return "closed then";
    case "off the grid":
      return `only whole slots of ${slotMinutes} min`;
    case "short notice":
      return `too short notice: setting up takes ${lead} min`;
  }
}

/** Free spans of the same length on the same local day: those nearest to what was asked, in the order of the day. */
export function freeThatDay(asked: Asked, around: Surroundings): readonly Span[] {
  const { slotMinutes = 0 } = around.resource.fields;
  const step = (slotMinutes || STEP_MINUTES) * SECONDS_PER_MINUTE;
  const midnight = asked.start - minuteOfDay(asked.start, around) * SECONDS_PER_MINUTE;
  const length = asked.end - asked.start;
  const dayEnd = midnight + MINUTES_PER_DAY * SECONDS_PER_MINUTE;
  const candidates: Span[] = [];
  for (let start = midnight; start < dayEnd; start += step) candidates.push({ start, end: start + length });
  const chosen: Span[] = [];
  for (const span of candidates.sort((a, b) => distance(a, asked) - distance(b, asked))) {
    if (chosen.length === MAX_ALTERNATIVES) break;
    if (!chosen.some((other) => overlap(other, span)) && isFree({ ...asked, ...span }, around)) chosen.push(span);
  }
  return chosen.sort((a, b) => a.start - b.start);
}

function isFree(asked: Asked, { resource: { fields }, load, minuteOfWeek, now = 0 }: Surroundings): boolean {
  const hold = holdFor(fields, asked);
  if (hold.start < now || opening(fields, asked, minuteOfWeek) !== undefined) return false;
  return fits(load, effectiveHold(hold, fields.consumable === true), { quantity: asked.quantity, of: fields.quantity });
}

function distance(a: Span, b: Span): number {
  return Math.abs(a.start - b.start);
}

/** "18:00–20:00" */
function spanText({ start, end }: Span, around: Surroundings): string {
  return `${timeText(start, around)}–${timeText(end, around)}`;
}

function timeText(instant: Seconds, around: Surroundings): string {
  const minute = minuteOfDay(instant, around);
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

function minuteOfDay(instant: Seconds, { resource, minuteOfWeek, timezone }: Surroundings): number {
  return minuteOfWeek(instant, resource.fields.tz ?? timezone) % MINUTES_PER_DAY;
}
