// A program of the people here that decides about requests (policy `ask`, D-15): a vote, a telephone, a game. Runs while
// something is asked, reads questions and writes answers line by line (keeper/program-line.ts), and may take days. What it
// had not answered when it died, it is asked again.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import type { Clock, Logger } from "../sync/ports.ts";
import type { DecidingProgram } from "./keeper/answer-keeper.ts";
import { type ProgramAnswer, type ProgramQuestion, readProgramAnswer } from "./keeper/program-line.ts";

const FIRST_RESTART_MS = 1_000;
const LAST_RESTART_MS = 300_000;
/** Longer than any answer. */
const MAX_LINE_CHARACTERS = 4_096;
/** Garbage is told in part: enough to find it in the program. */
const TOLD_CHARACTERS = 80;
/** The box has 1.5 s to stop; a program that does not hear is not waited for. */
const STOP_MS = 1_000;

export interface AnswerProgramOptions {
  /** File and arguments; no shell reads them. */
  readonly command: readonly string[];
  readonly clock: Clock;
  readonly logger: Logger;
  readonly decided: (answer: ProgramAnswer) => void;
}

export class AnswerProgram implements DecidingProgram {
  readonly #options: AnswerProgramOptions;
  /** By request; what it was asked in this run is true. */
  readonly #questions = new Map<string, { readonly line: string; asked: boolean }>();
  #child: ChildProcessWithoutNullStreams | undefined;
  #restartMs = FIRST_RESTART_MS;
  #cancelRestart: (() => void) | undefined;
  #isStopped = false;

  constructor(options: AnswerProgramOptions) {
    this.#options = options;
  }

  ask(questions: readonly ProgramQuestion[]): void {
    const current = new Set(questions.map(({ request }) => request));
    for (const request of this.#questions.keys()) if (!current.has(request)) this.#questions.delete(request);
    for (const { request, line } of questions) {
      if (!this.#questions.has(request)) this.#questions.set(request, { line, asked: false });
    }
    this.#askAll();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelRestart?.();
    const child = this.#child;
    if (child === undefined) return;
    const ended = once(child, "close");
    const cancel = this.#options.clock.after(STOP_MS, () => child.kill("SIGKILL"));
    child.kill("SIGTERM");
    await ended;
    cancel();
  }

  #askAll(): void {
    const waiting = [...this.#questions.values()].filter(({ asked }) => !asked);
    if (waiting.length === 0 || this.#isStopped || this.#cancelRestart !== undefined) return;
    this.#child ??= this.#start();
    for (const question of waiting) {
      question.asked = true;
      this.#child.stdin.write(`${question.line}\n`);
    }
  }

  #start(): ChildProcessWithoutNullStreams {
    const { command, logger } = this.#options;
    const [file = "", ...args] = command;
    const child = spawn(file, args);
    const lines = new Lines((line) => this.#hear(line));
    child.stdout.setEncoding("utf8").on("data", (text: string) => lines.take(text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => logger.debug("deciding program", { text }));
    // A program that ends while it is asked closes its input first; "close" tells the rest.
    child.stdin.on("error", () => {});
    child.on("error", (error) => logger.warn("deciding program not started", { error: String(error) }));
    child.once("close", (status) => this.#died(status));
    return child;
  }

  #hear(line: string): void {
    const answer = readProgramAnswer(line);
    if (answer === undefined || !this.#questions.has(answer.request)) {
      this.#options.logger.warn("not an answer", { line: line.slice(0, TOLD_CHARACTERS) });
      return;
    }
    this.#restartMs = FIRST_RESTART_MS;
    this.#options.decided(answer);
  }

  #died(status: number | null): void {
    this.#child = undefined;
    for (const question of this.#questions.values()) question.asked = false;
    if (this.#isStopped) return;
    const { clock, logger } = this.#options;
    logger.warn("deciding program ended", { status, againInMs: this.#restartMs });
    this.#cancelRestart = clock.after(this.#restartMs, () => {
      this.#cancelRestart = undefined;
      this.#askAll();
    });
    this.#restartMs = Math.min(2 * this.#restartMs, LAST_RESTART_MS);
  }
}

/** Cuts what a program writes into lines; one without an end is cut off, not collected. */
class Lines {
  readonly #hear: (line: string) => void;
  #rest = "";

  constructor(hear: (line: string) => void) {
    this.#hear = hear;
  }

  take(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = (lines.pop() ?? "").slice(0, MAX_LINE_CHARACTERS);
    for (const line of lines) if (line.trim() !== "") this.#hear(line);
  }
}
