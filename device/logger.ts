// The diagnostic logger: levels, bindings, and restraint. A message that repeats itself goes out once and is then only
// counted for a while. How a message looks as a line is message-line.ts; an author's log is something else.
import type { Clock, Logger } from "../sync/ports.ts";
import { humanLine, jsonLine, type PlainFields, plainFields } from "./message-line.ts";

export const LEVELS = ["debug", "info", "warn", "error"] as const;
export type Level = (typeof LEVELS)[number];

/** "journal" is JSON behind the priority that journald strips off (sd-daemon(3)). */
export type LoggerFormat = "json" | "journal" | "human";

export type Fields = Readonly<Record<string, unknown>>;

export interface LoggerOptions {
  readonly level: Level;
  readonly format: LoggerFormat;
  readonly clock: Clock;
  /** Takes one line with its newline. */
  readonly write: (line: string) => void;
}

export interface DeviceLogger extends Logger {
  /** Says the same bindings with every message. */
  child(bindings: Fields): DeviceLogger;
  /** Writes what is counted and not yet said; the last call before the process ends. */
  flush(): void;
}

/** A flapping peer or a full disk says the same many times a second, which wears out cards and readers. */
export const REPEAT_WINDOW_MS = 10_000;
/** Different messages remembered at once: bounds the memory of a flood. */
export const MAX_REMEMBERED = 256;

const PRIORITIES: Readonly<Record<Level, number>> = { debug: 7, info: 6, warn: 4, error: 3 };

export function loggerFormat(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): LoggerFormat {
  if (isTerminal) return "human";
  return env["JOURNAL_STREAM"] ? "journal" : "json";
}

export function createLogger(options: LoggerOptions): DeviceLogger {
  return bind(new Output(options), {});
}

function bind(output: Output, bindings: Fields): DeviceLogger {
  const at = (level: Level) => (message: string, fields?: Fields) =>
    output.take(level, message, { ...bindings, ...fields });
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    child: (more) => bind(output, { ...bindings, ...more }),
    flush: () => output.flush(),
  };
}

interface Said {
  readonly level: Level;
  readonly message: string;
  readonly fields: PlainFields;
  readonly sinceMs: number;
  suppressed: number;
}

/** Shared by a logger and its children, so that they repeat themselves together. */
class Output {
  readonly #options: LoggerOptions;
  /** What was said within the window, by content; oldest first. */
  readonly #said = new Map<string, Said>();

  constructor(options: LoggerOptions) {
    this.#options = options;
  }

  take(level: Level, message: string, given: Fields): void {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(this.#options.level)) return;
    const sinceMs = this.#options.clock.monotonicMs();
    this.#forgetWhile((oldest) => sinceMs - oldest.sinceMs >= REPEAT_WINDOW_MS);
    const fields = plainFields(given);
    const content = JSON.stringify([level, message, fields]);
    const earlier = this.#said.get(content);
    if (earlier !== undefined) {
      earlier.suppressed++;
      return;
    }
    this.#write(level, message, fields);
    this.#said.set(content, { level, message, fields, sinceMs, suppressed: 0 });
    this.#forgetWhile(() => this.#said.size > MAX_REMEMBERED);
  }

  flush(): void {
    this.#forgetWhile(() => true);
  }

  /** A message that was held back is said once more, with how often. */
  #forgetWhile(isOver: (oldest: Said) => boolean): void {
    for (const [content, said] of this.#said) {
      if (!isOver(said)) return;
      this.#said.delete(content);
      const { level, message, fields, suppressed } = said;
      if (suppressed > 0) this.#write(level, message, { ...fields, suppressed });
    }
  }

  #write(level: Level, message: string, fields: PlainFields): void {
    const { format, clock, write } = this.#options;
    const time = new Date(clock.nowMicros() / 1_000).toISOString();
    const line = (format === "human" ? humanLine : jsonLine)({ time, level, message }, fields);
    write(`${format === "journal" ? `<${PRIORITIES[level]}>` : ""}${line}\n`);
  }
}
