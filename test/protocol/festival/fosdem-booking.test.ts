// A real programme asks for its rooms (M-23): FOSDEM 2026, 883 events, every one a request to one answerer.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, suite, test } from "node:test";
import { readProgramme } from "../../../device/interchange/read-programme.ts";
import type { AnsweredThing } from "../../../protocol/festival/answers-in-force.ts";
import { decide } from "../../../protocol/festival/decide.ts";
import { type HeldOutcome, occupancy } from "../../../protocol/festival/occupancy.ts";
import { overlap, type Span } from "../../../protocol/festival/span.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { needsShared, sharedPath } from "../../support/shared-data.ts";
import { ADA, AnswerLog } from "./answering.ts";
import { minuteOfWeek } from "./minute-of-week.ts";

const FOSDEM = "data/schedules/fosdem2026-pretalx.schedule.xml";
const SEED = 2026;

interface Wish {
  readonly id: string;
  readonly room: string;
  readonly span: Span;
}

function wishesOf(file: string): readonly Wish[] {
  const bytes = readFileSync(sharedPath(file));
  const { events } = readProgramme(bytes, { fileName: "schedule.xml", timezone: "Europe/Brussels", now: 0 });
  return events.map(({ uid, venue = "", when }) => {
    assert.ok(when?.m === "exact" && when.end !== undefined);
    return { id: uid, room: venue, span: { start: when.start, end: when.end } };
  });
}

function shuffled<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  const lots = items.map((item) => ({ item, lot: random() }));
  return lots.sort((a, b) => a.lot - b.lot).map(({ item }) => item);
}

function roomOf(wish: Wish): AnsweredThing {
  return { doc: wish.room, author: ADA, fields: { quantity: 1 } };
}

/** The answerer decides in this order, with all that it has said so far. */
function answerAll(wishes: readonly Wish[]): AnswerLog {
  const log = new AnswerLog(ADA);
  for (const wish of wishes) {
    const request = { id: wish.id, version: wish.id, asked: { ...wish.span, quantity: 1 }, event: "planned" } as const;
    const resource = { doc: wish.room, fields: { policy: "auto", quantity: 1 } } as const;
    const situation = { occupancy: occupancy(roomOf(wish), log.entries, new Map()), minuteOfWeek };
    for (const { verdict, subject, reason: _, ...more } of decide(request, resource, situation)) {
      log.say(verdict, subject, more);
    }
  }
  return log;
}

/** What each room holds in the end. */
function heldIn(wishes: readonly Wish[], log: AnswerLog): readonly (readonly HeldOutcome[])[] {
  const rooms = [...new Map(wishes.map((wish) => [wish.room, wish])).values()];
  return rooms.map((wish) =>
    [...occupancy(roomOf(wish), log.entries, new Map()).outcomes.values()].filter(({ state }) => state === "held"),
  ) as HeldOutcome[][];
}

function verdicts(log: AnswerLog): Record<string, number> {
  const groups = Map.groupBy(log.entries, ({ verdict }) => verdict);
  return Object.fromEntries([...groups].map(([verdict, entries]) => [verdict, entries.length]));
}

suite(`FOSDEM 2026 asks for its rooms, in an order of seed ${SEED}`, needsShared(FOSDEM), () => {
  const random = seededRandom(SEED);
  let wishes: readonly Wish[] = [];
  before(() => {
    wishes = wishesOf(FOSDEM);
  });

  test("in random order, all 883 events get theirs", () => {
    assert.deepEqual(verdicts(answerAll(shuffled(wishes, random))), { accept: 883 });
  });

  test("B2: asked for twice by different people, each slot is accepted once and refused once", () => {
    const twice = wishes.flatMap((wish) => [wish, { ...wish, id: `${wish.id} again` }]);
    assert.deepEqual(verdicts(answerAll(shuffled(twice, random))), { accept: 883, reject: 883 });
  });

  test("moved by up to 30 minutes, no two that are accepted overlap", () => {
    const moved = wishes.map((wish) => {
      const seconds = (Math.floor(random() * 61) - 30) * 60;
      return { ...wish, span: { start: wish.span.start + seconds, end: wish.span.end + seconds } };
    });
    const log = answerAll(shuffled(moved, random));
    const rooms = heldIn(moved, log);
    assert.equal(rooms.flat().length, verdicts(log)["accept"]);
    assert.ok(rooms.flat().length > 400 && (verdicts(log)["reject"] ?? 0) > 100);
    for (const held of rooms) {
      for (const [index, { hold }] of held.entries()) {
        for (const later of held.slice(index + 1)) assert.ok(!overlap(hold, later.hold));
      }
    }
  });
});
