// When a panel is refreshed, and how (display.md §3.5): ink that is driven one way too often ghosts, and what flashes too
// often wears out. Pure; its state is plain data and outlives the process beside the last picture.
import type { Panel, RefreshMode } from "./panel.ts";

/** Why a picture is wanted, the least urgent first. */
export const CAUSES = ["tick", "press", "session", "emergency"] as const;
export type Cause = (typeof CAUSES)[number];

/** Times are whole seconds since 1970 UTC. */
export interface RefreshState {
  readonly partialsSinceFull: number;
  /** Number of the day to which `flashes` belongs. */
  readonly day: number;
  /** Full and fast refreshes of this day. */
  readonly flashes: number;
  /** All the others of this day. */
  readonly partials: number;
  readonly lastFullS: number;
  readonly lastRefreshS: number;
}

export type RefreshesOfDay = Pick<RefreshState, "flashes" | "partials">;

export interface RefreshWish {
  readonly next: Uint8Array;
  /** Undefined: nobody knows what the glass shows. */
  readonly shown: Uint8Array | undefined;
  readonly nowS: number;
  readonly cause: Cause;
  /** Undefined where nothing measures it; taken for a mild day. */
  readonly temperatureC: number | undefined;
}

export type RefreshPlan =
  | { readonly kind: "skip" }
  /** Not now: ask again later, at `untilS` if that is known. */
  | { readonly kind: "wait"; readonly reason: WaitReason; readonly untilS?: number }
  | { readonly kind: "refresh"; readonly mode: RefreshMode; readonly worn: boolean };

export type WaitReason = "interval" | "press" | "temperature";

export const FRESH_STATE: RefreshState = {
  partialsSinceFull: 0,
  day: 0,
  flashes: 0,
  partials: 0,
  lastFullS: 0,
  lastRefreshS: 0,
};

const DAY_S = 86_400;
/** A panel that stands still for longer keeps a shadow. */
const LONGEST_WITHOUT_FULL_S = DAY_S;
/** Of full refreshes. A soft limit: above it partial ones stand in where they can. */
const FLASHES_PER_DAY = 100;
/** Share of bytes that differ. */
const HEAVY_CHANGE = 0.4;
/** Fast and partial waveforms are for a made-up temperature; in the cold they leave half-moved ink. */
const DIFFERENTIAL_FROM_C = 10;
const MILD_C = 20;

/** An emergency is shown at once, in full, whatever it costs the panel. */
export function planRefresh(panel: Panel, state: RefreshState, wish: RefreshWish): RefreshPlan {
  const { next, shown, cause } = wish;
  if (shown !== undefined && Buffer.compare(next, shown) === 0) return { kind: "skip" };
  const worn = refreshesOn(state, wish.nowS).flashes >= FLASHES_PER_DAY;
  if (cause === "emergency") return { kind: "refresh", mode: "full", worn };
  return obstacle(panel, state, wish) ?? { kind: "refresh", mode: modeFor(panel, state, wish, worn), worn };
}

function obstacle({ limits }: Panel, state: RefreshState, wish: RefreshWish): RefreshPlan | undefined {
  const { temperatureC = MILD_C, cause, nowS } = wish;
  if (temperatureC < limits.coldestC || temperatureC > limits.hottestC) return { kind: "wait", reason: "temperature" };
  if (cause === "press" && !limits.answersPresses) return { kind: "wait", reason: "press" };
  if (!isWithin(state.lastRefreshS, nowS, limits.shortestIntervalS)) return undefined;
  return { kind: "wait", reason: "interval", untilS: state.lastRefreshS + limits.shortestIntervalS };
}

function modeFor(panel: Panel, state: RefreshState, wish: RefreshWish, worn: boolean): RefreshMode {
  const { shown, next, cause, nowS, temperatureC = MILD_C } = wish;
  if (shown === undefined || temperatureC < DIFFERENTIAL_FROM_C) return "full";
  if (!isWithin(state.lastFullS, nowS, LONGEST_WITHOUT_FULL_S)) return "full";
  const due = state.partialsSinceFull >= panel.limits.partialsPerFull;
  const heavy = differingShare(shown, next) > HEAVY_CHANGE;
  if (panel.partial !== undefined && (worn || !(due || heavy || cause === "session"))) return "partial";
  return cause === "press" && panel.fast !== undefined && !due ? "fast" : "full";
}

/** What is remembered after a refresh. */
export function afterRefresh(state: RefreshState, mode: RefreshMode, nowS: number): RefreshState {
  const { flashes, partials } = refreshesOn(state, nowS);
  const isFull = mode === "full";
  return {
    partialsSinceFull: isFull ? 0 : state.partialsSinceFull + 1,
    day: dayOf(nowS),
    flashes: flashes + (mode === "partial" ? 0 : 1),
    partials: partials + (mode === "partial" ? 1 : 0),
    lastFullS: isFull ? nowS : state.lastFullS,
    lastRefreshS: nowS,
  };
}

/** Clocks without a battery jump: what seems to lie in the future is not within. */
function isWithin(thenS: number, nowS: number, lengthS: number): boolean {
  return nowS >= thenS && nowS - thenS < lengthS;
}

/** Of the day (UTC) in which `nowS` lies. */
export function refreshesOn({ day, flashes, partials }: RefreshState, nowS: number): RefreshesOfDay {
  return day === dayOf(nowS) ? { flashes, partials } : { flashes: 0, partials: 0 };
}

function dayOf(nowS: number): number {
  return Math.floor(nowS / DAY_S);
}

function differingShare(before: Uint8Array, after: Uint8Array): number {
  let differing = 0;
  for (let at = 0; at < after.length; at++) if (before[at] !== after[at]) differing += 1;
  return differing / after.length;
}
