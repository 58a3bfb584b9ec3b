// When a panel is refreshed, and how: display.md §3.5 line by line.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  afterRefresh,
  type Cause,
  FRESH_STATE,
  planRefresh,
  type RefreshState,
} from "../../../../device/display/panel/refresh-policy.ts";
import { benchTable } from "./bench-panels.ts";

const DAY_S = 86_400;
const NOW_S = 20_000 * DAY_S;
const SHOWN = new Uint8Array(100);
const PAPER = benchTable("waveshare-7in5-v2");
const SMALL = benchTable("waveshare-2in13-v4");
const COLOUR = benchTable("waveshare-7in3-e");
const RESTED: RefreshState = { ...FRESH_STATE, day: 20_000, lastFullS: NOW_S - 600, lastRefreshS: NOW_S - 600 };

function changedBytes(count: number): Uint8Array {
  return SHOWN.map((_, at) => (at < count ? 1 : 0));
}

interface Case {
  panel?: typeof PAPER;
  state?: Partial<RefreshState>;
  changed?: number;
  cause?: Cause;
  nowS?: number;
  known?: boolean;
  temperatureC?: number;
}

function planned({
  panel = PAPER,
  state,
  changed = 5,
  cause = "tick",
  nowS = NOW_S,
  known = true,
  temperatureC,
}: Case) {
  const next = changedBytes(changed);
  const shown = known ? SHOWN : undefined;
  const plan = planRefresh(panel, { ...RESTED, ...state }, { next, shown, nowS, cause, temperatureC });
  return plan.kind === "refresh"
    ? `${plan.mode}${plan.worn ? ", worn" : ""}`
    : plan.kind === "wait"
      ? plan.reason
      : "skip";
}

test("the same picture is never drawn twice, not even in an emergency", () => {
  for (const cause of ["tick", "press", "session", "emergency"] as const) {
    assert.equal(planned({ changed: 0, cause }), "skip");
  }
});

test("a small change is partial, a change of session is full", () => {
  assert.equal(planned({}), "partial");
  assert.equal(planned({ cause: "session" }), "full");
});

test("a glass that nobody knows is drawn in full", () => {
  assert.equal(planned({ known: false }), "full");
  assert.equal(planned({ known: false, changed: 0 }), "full");
});

test("more than 40 of 100 bytes is a heavy change: full, or fast for somebody who waits", () => {
  assert.equal(planned({ changed: 40 }), "partial");
  assert.equal(planned({ changed: 41 }), "full");
  assert.equal(planned({ changed: 41, cause: "press" }), "fast");
  assert.equal(planned({ changed: 41, cause: "press", panel: benchTable("waveshare-13in3-k") }), "full");
});

test("after 30 partial refreshes the 7.5 inch panel is cleaned, the small ones after 5", () => {
  for (const [panel, partials] of [
    [PAPER, 30],
    [SMALL, 5],
  ] as const) {
    let state = RESTED;
    const modes: string[] = [];
    for (let count = 0; count <= partials; count++) {
      const mode = planned({ panel, state });
      modes.push(mode);
      state = afterRefresh(state, mode === "full" ? "full" : "partial", NOW_S);
    }
    assert.equal(modes.indexOf("full"), partials);
    assert.equal(planned({ panel, state }), "partial");
  }
});

test("a fast refresh cleans nothing: the full one comes as if it had been partial", () => {
  const state = afterRefresh({ ...RESTED, partialsSinceFull: 29 }, "fast", NOW_S);
  assert.equal(planned({ state, changed: 50, cause: "press" }), "full");
});

test("a panel is cleaned once in 24 hours, and after a clock that jumped", () => {
  assert.equal(planned({ state: { lastFullS: NOW_S - DAY_S + 1 } }), "partial");
  assert.equal(planned({ state: { lastFullS: NOW_S - DAY_S } }), "full");
  assert.equal(planned({ state: { lastFullS: NOW_S + 10 * 365 * DAY_S } }), "full");
});

test("from the hundredth flash of a day on partial refreshes stand in, and a panel without them warns", () => {
  let state: RefreshState = { ...RESTED, flashes: 99 };
  assert.equal(planned({ state, cause: "session" }), "full");
  state = afterRefresh(state, "full", NOW_S);
  assert.equal(planned({ state, cause: "session" }), "partial, worn");
  assert.equal(planned({ state, cause: "emergency" }), "full, worn");
  assert.equal(planned({ state: { ...state, lastRefreshS: NOW_S - 600 }, panel: COLOUR }), "full, worn");
  assert.equal(planned({ state, cause: "session", nowS: NOW_S + DAY_S - 1 }), "partial, worn");
  const nextDay = { ...state, lastFullS: NOW_S + DAY_S };
  assert.equal(planned({ state: nextDay, cause: "session", nowS: NOW_S + DAY_S }), "full");
});

test("partial refreshes are no flashes", () => {
  assert.equal(afterRefresh(RESTED, "partial", NOW_S).flashes, 0);
  assert.equal(afterRefresh(RESTED, "fast", NOW_S).flashes, 1);
});

test("below 10 degrees everything is full, below 0 and above 50 nothing is drawn but an emergency", () => {
  assert.equal(planned({ temperatureC: 10 }), "partial");
  assert.equal(planned({ temperatureC: 9.9 }), "full");
  assert.equal(planned({ temperatureC: 9.9, cause: "press", changed: 60 }), "full");
  for (const temperatureC of [-0.1, 50.1]) {
    assert.equal(planned({ temperatureC, cause: "session" }), "temperature");
    assert.equal(planned({ temperatureC, cause: "emergency" }), "full");
  }
  assert.equal(planned({ temperatureC: 0 }), "full");
  assert.equal(planned({ temperatureC: 50 }), "partial");
});

test("colour wants 180 s of rest, 15 to 35 degrees, and no presses", () => {
  const panel = COLOUR;
  const tired = { lastRefreshS: NOW_S - 179 };
  assert.equal(planned({ panel, state: tired }), "interval");
  assert.equal(planned({ panel, state: tired, cause: "emergency" }), "full");
  assert.equal(planned({ panel, state: { lastRefreshS: NOW_S - 180 } }), "full");
  assert.equal(planned({ panel, state: { lastRefreshS: NOW_S + DAY_S } }), "full", "a clock that jumped back");
  assert.equal(planned({ panel, cause: "press" }), "press");
  assert.equal(planned({ panel, temperatureC: 14.9 }), "temperature");
  assert.equal(planned({ panel, temperatureC: 35.1 }), "temperature");
  const plan = planRefresh(
    panel,
    { ...RESTED, ...tired },
    { next: changedBytes(1), shown: SHOWN, nowS: NOW_S, cause: "tick", temperatureC: undefined },
  );
  assert.deepEqual(plan, { kind: "wait", reason: "interval", untilS: NOW_S + 1 });
});

test("what is remembered is plain data", () => {
  const state = afterRefresh(RESTED, "partial", NOW_S);
  assert.deepEqual(JSON.parse(JSON.stringify(state)), state);
});
