// `lagerfeuer export` in a process of its own, for the programme files that the box gives away: reading everything that
// is known takes seconds on a small board, in which the screen and the phones would wait. One at a time, and after
// everything else that this machine does.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { constants, setPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Config, VARIABLE_PREFIX } from "./config-schema.ts";
import { CommandError } from "./exit.ts";
import type { ProgrammeFormat } from "./web/pages.ts";

/** 900 events take 2 s on a desk, and ten times that on the smallest board. */
const LONGEST_MS = 120_000;

export interface ExportProcessOptions {
  readonly config: Config;
  readonly timezone: string;
  /** How this program was started: Node's own arguments, then the file. */
  readonly command: readonly string[];
}

export class ExportProcess {
  readonly #options: ExportProcessOptions;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: ExportProcessOptions) {
    this.#options = options;
  }

  /** Rejects with E_EXPORT. */
  write(format: ProgrammeFormat): Promise<Uint8Array> {
    const written = this.#last.then(() => this.#run(format));
    this.#last = written.catch(() => undefined);
    return written;
  }

  async #run(format: ProgrammeFormat): Promise<Uint8Array> {
    const folder = await mkdtemp(join(tmpdir(), "lagerfeuer-export-"));
    try {
      const out = join(folder, "programme");
      const args = [...this.#options.command, "export", "--format", format, "--out", out];
      const running = promisify(execFile)(process.execPath, args, { env: this.#environment(), timeout: LONGEST_MS });
      if (running.child.pid) setPriority(running.child.pid, constants.priority.PRIORITY_LOW);
      await running;
      return await readFile(out);
    } catch (cause) {
      throw new CommandError("E_EXPORT", `Cannot export the programme as "${format}"`, { cause });
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  /** The festival of this box, by variables: what stands on a command line, everybody on the machine can read. */
  #environment(): NodeJS.ProcessEnv {
    const { config, timezone } = this.#options;
    const { data, demo, festival } = config;
    const own = {
      DATA: data,
      DEMO: String(demo),
      FESTIVAL_TIMEZONE: timezone,
      ...(festival.key !== undefined && { FESTIVAL_KEY: festival.key }),
    };
    const named = Object.entries(own).map(([name, value]) => [`${VARIABLE_PREFIX}${name}`, value]);
    return { ...process.env, ...Object.fromEntries(named) };
  }
}
