// The programme as a file for other programs, fresh enough. Writing one reads everything that is known and takes seconds
// on a small board, so it happens at most once for each change, once a minute, and once for all who wait.
import type { Clock } from "../../sync/ports.ts";
import type { Pages, ProgrammeFormat } from "./pages.ts";
import { Content } from "./reply.ts";
import { FOREIGN_POLICY } from "./security-headers.ts";

/** Calendars ask every few minutes at most. */
const SHORTEST_PAUSE_MS = 60_000;
/** What has expired leaves a file without a change. */
const LONGEST_PAUSE_MS = 3_600_000;

const TYPES: Readonly<Record<ProgrammeFormat, string>> = {
  ics: "text/calendar; charset=utf-8",
  "schedule-xml": "application/xml",
  "schedule-json": "application/json",
};

interface Written {
  readonly content: Promise<Content>;
  readonly version: string;
  readonly atMs: number;
}

export class Feeds {
  readonly #pages: Pages;
  readonly #clock: Clock;
  readonly #written = new Map<ProgrammeFormat, Written>();

  constructor(pages: Pages, clock: Clock) {
    this.#pages = pages;
    this.#clock = clock;
  }

  /** Rejects with the error of the export, and then tries again for whoever asks next. */
  get(format: ProgrammeFormat): Promise<Content> {
    const files = this.#pages.programmeFiles();
    const atMs = this.#clock.monotonicMs();
    const before = this.#written.get(format);
    const ageMs = before === undefined ? LONGEST_PAUSE_MS : atMs - before.atMs;
    const mayChange = ageMs >= LONGEST_PAUSE_MS || before?.version !== files.version;
    if (before !== undefined && (ageMs < SHORTEST_PAUSE_MS || !mayChange)) return before.content;
    const content = files.write(format).then((bytes) => feedContent(format, bytes));
    this.#written.set(format, { content, version: files.version, atMs });
    content.catch(() => this.#written.delete(format));
    return content;
  }
}

function feedContent(format: ProgrammeFormat, bytes: Uint8Array): Content {
  return new Content({ type: TYPES[format], bytes, keeping: "asking", headers: FOREIGN_POLICY });
}
