// Policy `ask` with a program of its own (D-15): a toy game in a real process that may be silent, noisy, or die.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { AnswerProgram } from "../../device/answer-program.ts";
import type { NewEntry } from "../../sync/ports.ts";
import { within } from "../support/deadline.ts";
import { AnsweringBox, ask, span } from "./keeper/answering-box.ts";
import { docOf, exactly, Person } from "./programme/festival-box.ts";

const GAME = fileURLToPath(new URL("../support/deciding-game.ts", import.meta.url));

interface Playground {
  readonly box: AnsweringBox;
  readonly room: string;
  readonly command: readonly string[];
  /** Resolves when the next answer, or the next word to the logger, has come. */
  readonly next: (what: string) => Promise<void>;
  readonly warnings: string[];
}

const endings: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-game-"));
  endings.push(async () => rmSync(folder, { recursive: true }));
  return folder;
}

async function play(
  box: AnsweringBox,
  room: string,
  command: readonly string[] = [process.execPath, GAME, newFolder()],
): Promise<Playground> {
  const waiting: { readonly what: string; readonly resolve: () => void }[] = [];
  const happened: string[] = [];
  const warnings: string[] = [];
  const tell = (what: string): void => {
    const index = waiting.findIndex((each) => each.what === what);
    if (index < 0) happened.push(what);
    else waiting.splice(index, 1)[0]?.resolve();
  };
  const warn = (message: string): void => {
    warnings.push(message);
    tell(message);
  };
  const program = new AnswerProgram({
    command,
    clock: box.clock,
    logger: { debug: () => {}, info: () => {}, warn, error: warn },
    decided: (answer) => {
      keeper.decided(answer);
      tell("decided");
    },
  });
  const keeper = await box.keep({ program });
  endings.push(async () => {
    await box.stop();
    const stopped = program.stop();
    box.clock.advance(1_000);
    await stopped;
  });
  const next = (what: string): Promise<void> => {
    const index = happened.indexOf(what);
    if (index >= 0) happened.splice(index, 1);
    const coming = index >= 0 ? Promise.resolve() : new Promise<void>((resolve) => waiting.push({ what, resolve }));
    return within(what, coming);
  };
  return { box, room, command, next, warnings };
}

async function start(): Promise<Playground> {
  const box = await AnsweringBox.open();
  return play(box, await box.room({ policy: "ask" }));
}

/** Somebody asks for the room from six to eight, with a note. */
async function hear(
  { box, room }: Pick<Playground, "box" | "room">,
  who: string | Person,
  note: string,
): Promise<NewEntry> {
  const person = typeof who === "string" ? new Person(who) : who;
  const evening = span("18:00", "20:00");
  const event = person.event("Soup", { when: exactly(evening.start, evening.end) });
  const request = ask(person, room, { event: docOf(event), ...evening, note });
  await box.hear(event, request);
  return request;
}

test("whoever wins the game gets the room, and whoever loses does not", async () => {
  const game = await start();
  const [loser, winner] = [await hear(game, "Ada", "three"), await hear(game, "Ben", "seven")];
  await game.next("decided");
  await game.next("decided");
  await game.box.pass();
  assert.deepEqual([game.box.stateOf(loser), game.box.stateOf(winner)], ["declined", "confirmed"]);
  assert.deepEqual(
    (await game.box.answers()).map(({ note, fields }) => [note, fields["policy"]]),
    [
      ["Try again", "ask"],
      ["You won", "ask"],
    ],
  );
});

test("a program cannot grant what is taken", async () => {
  const game = await start();
  for (const name of ["Ada", "Ben"]) {
    await hear(game, name, "seven");
    await game.next("decided");
    await game.box.pass();
  }
  const [, second] = await game.box.answers();
  assert.deepEqual([second?.verdict, second?.note?.startsWith("Sorry, taken 18:00–20:00.")], ["reject", true]);
});

test("silence is silence: days later the request is still open, and others were answered meanwhile", async () => {
  const game = await start();
  const shy = await hear(game, "Ada", "shy");
  await game.box.pass(3 * 86_400_000);
  const other = await hear(game, "Ben", "seven");
  await game.next("decided");
  await game.box.pass();
  assert.deepEqual([game.box.stateOf(shy), game.box.stateOf(other)], ["open", "confirmed"]);
});

test("a program that dies is started again after a while, and asked again", async () => {
  const game = await start();
  const request = await hear(game, "Ada", "fatal");
  await game.next("deciding program ended");
  await game.box.pass();
  assert.equal(game.box.stateOf(request), "open");
  game.box.clock.advance(1_000);
  await game.next("decided");
  await game.box.pass();
  assert.equal(game.box.stateOf(request), "confirmed");
});

test("what a program says besides answers is told to the logger and harms nobody", async () => {
  const game = await start();
  const request = await hear(game, "Ada", "noisy");
  await game.next("decided");
  await game.box.pass();
  assert.equal(game.box.stateOf(request), "confirmed");
  assert.deepEqual(
    game.warnings,
    Array.from({ length: 8 }, () => "not an answer"),
  );
});

test("after a restart of the box the program is asked again what it had not answered", async () => {
  const before = await start();
  const request = await hear(before, "Ada", "later");
  const answered = await hear(before, "Ben", "three");
  await before.next("decided");
  await before.box.pass();
  const box = await before.box.restarted(86_400_000);
  const after = await play(box, before.room, before.command);
  await after.next("decided");
  await box.pass();
  assert.deepEqual([box.stateOf(request), box.stateOf(answered)], ["confirmed", "declined"]);
  assert.equal((await box.answers()).length, 2);
});

test("a request that changes is asked about anew", async () => {
  const game = await start();
  const person = new Person("Ada");
  const request = await hear(game, person, "shy");
  await game.box.hear(person.write({ a: "update", s: "request/1", d: docOf(request), f: { note: "seven" } }));
  await game.next("decided");
  await game.box.pass();
  assert.equal(game.box.stateOf(request), "confirmed");
});

test("a program that is not there is tried again, ever more rarely, and nothing else suffers", async () => {
  const box = await AnsweringBox.open();
  const room = await box.room({ policy: "ask" });
  const barn = await box.room();
  const game = await play(box, room, [join(newFolder(), "no-such-game")]);
  await hear(game, "Ada", "seven");
  for (const delay of [1_000, 2_000, 4_000]) {
    await game.next("deciding program ended");
    const before = game.warnings.length;
    box.clock.advance(delay - 1);
    assert.equal(game.warnings.length, before);
    box.clock.advance(1);
  }
  await game.next("deciding program ended");
  const other = await hear({ box, room: barn }, "Ben", "");
  assert.equal(box.stateOf(other), "confirmed");
});
