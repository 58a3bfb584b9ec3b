// docs/cookbook.md can be typed as it stands: every command of a scene runs in a shell, in order, in a fresh folder, and
// prints what the page shows behind it. Ids and animals come as they come, but one of the page is one of the scene.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ADJECTIVES } from "../../protocol/festival/words/adjectives.ts";
import { ANIMALS } from "../../protocol/festival/words/animals.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SCENES = 4;
/** A stuck command says so before the whole test does. */
const COMMAND_MS = 60_000;

const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-cookbook-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The page is about one summer, and what expires after it must not: the next year with the same weekdays stands for it. */
const PAGE_YEAR = 2027;

function summerToCome(): number {
  const weekday = (year: number) => new Date(Date.UTC(year, 6, 1)).getUTCDay();
  let year = Math.max(PAGE_YEAR, new Date().getUTCFullYear() + 1);
  while (weekday(year) !== weekday(PAGE_YEAR)) year += 1;
  return year;
}

const PAGE = readFileSync(join(ROOT, "docs", "cookbook.md"), "utf8").replaceAll(`${PAGE_YEAR}-`, `${summerToCome()}-`);

interface Step {
  readonly command: string;
  /** Lines that the page shows behind it. */
  readonly shown?: readonly string[];
}

interface Scene {
  readonly title: string;
  readonly steps: readonly Step[];
}

function scenes(page: string): Scene[] {
  const [, ...sections] = page.split(/^## /m);
  return sections.map((section) => ({ title: section.slice(0, section.indexOf("\n")), steps: stepsOf(section) }));
}

/** What a block without a language shows is what the last commands before it printed. */
function stepsOf(section: string): Step[] {
  const steps: Step[] = [];
  for (const [, language, text = ""] of section.matchAll(/^```(\w*)\n(.*?)^```$/gms)) {
    const lines = text
      .replaceAll(/\\\n\s*/g, "")
      .trimEnd()
      .split("\n");
    if (language === "sh") steps.push(...lines.map((command) => ({ command })));
    else steps.push({ ...(steps.pop() as Step), shown: lines });
  }
  return steps;
}

/** What stands for what: ids and animals of the page, and those of this run. */
class Likeness {
  readonly #runs = new Map<string, string>();
  readonly #pages = new Map<string, string>();

  /** Takes a word of the page for one of this run, unless either is taken for another. */
  #isSame(page: string, run: string): boolean {
    if (page === run) return true;
    if (!isDrawn(page) || !isDrawn(run)) return false;
    if (!this.#runs.has(page) && !this.#pages.has(run)) {
      this.#runs.set(page, run);
      this.#pages.set(run, page);
    }
    return this.#runs.get(page) === run;
  }

  /** Columns are as wide as the names in them. */
  isSameLine(page: string, run: string): boolean {
    const [left, right] = [wordsOf(page), wordsOf(run)];
    return left.length === right.length && left.every((word, index) => this.#isSame(word, right[index] ?? ""));
  }

  typed(command: string): string {
    return wordsOf(command).reduce((text, word) => text.replaceAll(word, this.#runs.get(word) ?? word), command);
  }
}

function capitalised(words: readonly string[]): string {
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("|");
}

const NAME = new RegExp(`^(?:${capitalised(ADJECTIVES)}) (?:${capitalised(ANIMALS)})$`);
const ID = /^[0-9a-f]{8}$/;
const WORDS = new RegExp(`(?:${capitalised(ADJECTIVES)}) (?:${capitalised(ANIMALS)})\\b|[\\p{L}\\p{N}]+|[^\\s]`, "gu");

function isDrawn(word: string): boolean {
  return ID.test(word) || NAME.test(word);
}

function wordsOf(line: string): string[] {
  return line.match(WORDS) ?? [];
}

function room(name: string, ...events: readonly string[]): string {
  return `<room name="${name}">${events.join("")}</room>`;
}

function talk(start: string, duration: string, title: string, person = ""): string {
  const id = start.replace(":", "");
  return `<event guid="${id}${id}-1111-4111-8111-${duration.replace(":", "").repeat(3)}" id="${id}">
    <date>${summerToCome()}-07-16T${start}:00+02:00</date><start>${start}</start><duration>${duration}</duration>
    <title>${title}</title><persons>${person && `<person id="1">${person}</person>`}</persons></event>`;
}

/** What the conference gets out of its own tool. */
const PROGRAMME = `<?xml version="1.0" encoding="UTF-8"?>
<schedule><conference><acronym>small</acronym><title>Small Conference</title>
  <time_zone_name>Europe/Berlin</time_zone_name></conference>
  <day index="1" date="${summerToCome()}-07-16">
  ${room("Hall 1", talk("10:00", "00:30", "Opening"), talk("11:00", "00:45", "Maps without servers", "Mo"))}
  ${room("Hall 2", talk("11:00", "01:00", "Radio for beginners"), talk("17:00", "00:30", "Closing"))}
  </day></schedule>`;

/** The command under the name that the page gives it. */
function installedCommand(): string {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const script = join(bin, "lagerfeuer");
  writeFileSync(script, `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, "device", "cli.ts")}" "$@"\n`);
  chmodSync(script, 0o700);
  return bin;
}

const bin = installedCommand();

async function type(command: string, cwd: string): Promise<string> {
  const PATH = `${bin}${delimiter}${process.env["PATH"]}`;
  const env = { ...process.env, PATH, LAGERFEUER_FESTIVAL_TIMEZONE: "Europe/Berlin" };
  const { stdout } = await promisify(execFile)("sh", ["-c", command], { cwd, env, timeout: COMMAND_MS });
  return stdout;
}

async function play({ steps }: Scene, cwd: string): Promise<void> {
  const likeness = new Likeness();
  for (const { command, shown } of steps) {
    const printed = (await type(likeness.typed(command), cwd)).trimEnd().split("\n");
    if (shown === undefined) continue;
    const same =
      shown.length === printed.length && shown.every((line, index) => likeness.isSameLine(line, printed[index] ?? ""));
    if (!same) assert.deepEqual(printed, shown, command);
  }
}

suite("the cookbook runs as it stands", { concurrency: SCENES }, () => {
  const all = scenes(PAGE);
  test("it has its scenes, and each is about a dozen commands that begin with lagerfeuer", () => {
    assert.equal(all.length, SCENES);
    for (const { title, steps } of all) {
      assert.ok(steps.length >= 10 && steps.length <= 15, `${title}: ${steps.length} commands`);
      for (const { command } of steps) assert.match(command, /^lagerfeuer /);
      assert.ok(
        steps.some(({ shown }) => shown !== undefined),
        `${title} shows what is printed`,
      );
    }
  });
  for (const [number, scene] of all.entries()) {
    test(scene.title, async () => {
      const cwd = join(folder, String(number));
      mkdirSync(cwd);
      writeFileSync(join(cwd, "programme.xml"), PROGRAMME);
      await play(scene, cwd);
    });
  }
});
