// Keeps one e-ink panel: takes pictures, asks the policy, plays the steps, remembers. One refresh at a time; a picture
// that comes meanwhile replaces the one that waits. Sets no timer: a picture put off is shown again by the caller. Nothing
// a panel does makes it throw.
import type { Panel, RefreshMode } from "./panel.ts";
import { panelSteps } from "./panel-steps.ts";
import { type Picture, planeOf, planeRowBytes } from "./plane.ts";
import { type PanelTime, playSteps } from "./play-steps.ts";
import {
  afterRefresh,
  CAUSES,
  type Cause,
  FRESH_STATE,
  planRefresh,
  type RefreshState,
  type WaitReason,
} from "./refresh-policy.ts";
import type { PanelTransport } from "./transport.ts";

export interface PanelMemory {
  /** What the glass shows, as planeOf made it; absent while it changes and after a failure. */
  readonly shown?: Uint8Array;
  readonly refreshes: RefreshState;
  readonly journal: PanelJournal;
}

/** The life of a panel: a refresh that takes longer from month to month shows a dying one. */
export interface PanelJournal {
  readonly count: Readonly<Record<RefreshMode, number>>;
  /** Time the glass was driven at the last refresh of each kind. */
  readonly busyMs: Readonly<Partial<Record<RefreshMode, number>>>;
  readonly failures: number;
  readonly coldestC?: number;
  readonly hottestC?: number;
  /** The newest last, at most RECENT_REFRESHES. */
  readonly recent: readonly JournalEntry[];
}

export interface JournalEntry {
  /** Seconds since 1970 UTC. */
  readonly atS: number;
  readonly mode: RefreshMode;
  /** How long the glass was driven; absent where the panel gave no answer. */
  readonly busyMs?: number;
}

export interface PanelReport {
  readonly display: "on" | "failed";
  /** Why it failed, for people. */
  readonly reason?: string;
  /** The last picture is not on the glass yet. */
  readonly waiting?: WaitReason;
  /** When it may be shown, in seconds since 1970 UTC. */
  readonly untilS?: number;
  /** More full refreshes today than the panel should see. */
  readonly worn: boolean;
}

export interface PanelWish {
  readonly picture: Picture;
  readonly cause: Cause;
  readonly temperatureC?: number | undefined;
}

export interface PanelDriverOptions {
  readonly panel: Panel;
  readonly transport: PanelTransport;
  readonly time: PanelTime;
  readonly upsideDown?: boolean;
  /** From the run before. A plane of another size counts as none. */
  readonly memory?: PanelMemory | undefined;
  /** Called before and after each refresh: a power cut in between leaves a glass that nobody knows. Must not throw. */
  readonly remember: (memory: PanelMemory) => void;
}

interface Waiting {
  readonly next: Uint8Array;
  readonly cause: Cause;
  readonly temperatureC: number | undefined;
}

/** Enough for a person to see what a panel did in the last hour. */
const RECENT_REFRESHES = 20;
const EMPTY_JOURNAL: PanelJournal = { count: { full: 0, fast: 0, partial: 0 }, busyMs: {}, failures: 0, recent: [] };

export class PanelDriver {
  readonly #options: PanelDriverOptions;
  #memory: PanelMemory;
  #report: PanelReport = { display: "on", worn: false };
  #waiting: Waiting | undefined;
  #drawing: Promise<PanelReport> | undefined;

  constructor(options: PanelDriverOptions) {
    this.#options = options;
    this.#memory = recalled(options);
  }

  get report(): PanelReport {
    return this.#report;
  }

  get journal(): PanelJournal {
    return this.#memory.journal;
  }

  /** Resolves when this picture or a later one was shown, put off or given up. Throws RangeError for a wrong size. */
  show({ picture, cause, temperatureC }: PanelWish): Promise<PanelReport> {
    const { panel, upsideDown } = this.#options;
    const urgency = Math.max(CAUSES.indexOf(cause), this.#waiting ? CAUSES.indexOf(this.#waiting.cause) : 0);
    this.#waiting = { next: planeOf(panel, picture, upsideDown), cause: CAUSES[urgency] ?? cause, temperatureC };
    this.#drawing ??= this.#drawAll();
    return this.#drawing;
  }

  /** Lets a refresh that runs come to its end, so that no voltage stays on. */
  async close(): Promise<void> {
    this.#waiting = undefined;
    await this.#drawing;
    await this.#options.transport.close();
  }

  async #drawAll(): Promise<PanelReport> {
    try {
      for (let wish = this.#takeWaiting(); wish !== undefined; wish = this.#takeWaiting()) {
        this.#report = await this.#draw(wish);
      }
    } finally {
      this.#drawing = undefined;
    }
    return this.#report;
  }

  #takeWaiting(): Waiting | undefined {
    const wish = this.#waiting;
    this.#waiting = undefined;
    return wish;
  }

  async #draw(wish: Waiting): Promise<PanelReport> {
    const { panel, time } = this.#options;
    const { shown, refreshes } = this.#memory;
    const plan = planRefresh(panel, refreshes, { ...wish, shown, nowS: time.nowS() });
    switch (plan.kind) {
      case "skip":
        return { display: "on", worn: this.#report.worn };
      case "wait": {
        const { reason: waiting, untilS } = plan;
        const { display, reason, worn } = this.#report;
        return { display, ...(reason && { reason }), waiting, ...(untilS !== undefined && { untilS }), worn };
      }
      case "refresh":
        return await this.#refresh(plan.mode, wish, plan.worn);
    }
  }

  async #refresh(mode: RefreshMode, { next, temperatureC }: Waiting, worn: boolean): Promise<PanelReport> {
    const { panel, time } = this.#options;
    const { shown, refreshes, journal } = this.#memory;
    const tried = {
      refreshes: afterRefresh(refreshes, mode, time.nowS()),
      journal: withTemperature(journal, temperatureC),
    };
    this.#remember(tried);
    const played = await playSteps(panelSteps(panel, { mode, next, shown }), this.#options);
    if (played.kind === "failed") {
      this.#remember({ ...tried, journal: withFailure(tried.journal, { atS: time.nowS(), mode }) });
      return { display: "failed", reason: played.reason, worn };
    }
    this.#remember({
      ...tried,
      shown: next,
      journal: withRefresh(tried.journal, { atS: time.nowS(), mode, busyMs: played.busyMs }),
    });
    return { display: "on", worn };
  }

  #remember(memory: PanelMemory): void {
    this.#memory = memory;
    this.#options.remember(memory);
  }
}

/** A chip that must know by itself what it drove may have lost its power meanwhile: its glass counts as unknown. */
function recalled({ panel, memory }: PanelDriverOptions): PanelMemory {
  const { refreshes = FRESH_STATE, journal = EMPTY_JOURNAL, shown } = memory ?? {};
  const isSure = panel.before === "written" && shown?.length === planeRowBytes(panel) * panel.height;
  return { refreshes, journal, ...(isSure && { shown }) };
}

function withTemperature(journal: PanelJournal, temperatureC: number | undefined): PanelJournal {
  if (temperatureC === undefined) return journal;
  const { coldestC = temperatureC, hottestC = temperatureC } = journal;
  return { ...journal, coldestC: Math.min(coldestC, temperatureC), hottestC: Math.max(hottestC, temperatureC) };
}

function withFailure(journal: PanelJournal, entry: JournalEntry): PanelJournal {
  return { ...journal, failures: journal.failures + 1, recent: withEntry(journal, entry) };
}

function withRefresh(journal: PanelJournal, entry: JournalEntry & { readonly busyMs: number }): PanelJournal {
  const { mode, busyMs } = entry;
  const count = { ...journal.count, [mode]: journal.count[mode] + 1 };
  return { ...journal, count, busyMs: { ...journal.busyMs, [mode]: busyMs }, recent: withEntry(journal, entry) };
}

function withEntry({ recent }: PanelJournal, entry: JournalEntry): readonly JournalEntry[] {
  return [...recent, entry].slice(-RECENT_REFRESHES);
}
