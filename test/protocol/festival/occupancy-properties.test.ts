// What holds for every answerer's log (SPEC.md §9.3, M-23): 100,000 prefixes, any order of arrival, a slow second fold.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { AnswerEntry } from "../../../protocol/festival/answers-in-force.ts";
import { type Occupancy, occupancy } from "../../../protocol/festival/occupancy.ts";
import { overlap } from "../../../protocol/festival/span.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { ADA, AnswerLog, BEN, hours, id, occupancyOf, roomOf } from "./answering.ts";

const room = roomOf(ADA);
const SLOW_ENOUGH_TO_NOTICE_MS = 1_000;

test("ten thousand holds fold in a moment, scattered or nested", () => {
  const count = 10_000;
  const random = seededRandom(3);
  const scattered = new AnswerLog(ADA);
  const nested = new AnswerLog(ADA);
  for (let n = 0; n < count; n++) {
    const start = Math.floor(random() * count * 2);
    scattered.accept(`${n}`, hours(start, start + 2), { of: 3 });
    nested.accept(`${n}`, hours(n, 2 * count - n), { of: count });
  }
  for (const log of [scattered, nested]) {
    const from = performance.now();
    assert.equal(occupancyOf(room, log).outcomes.size, count);
    const took = performance.now() - from;
    assert.ok(took < SLOW_ENOUGH_TO_NOTICE_MS, `took ${Math.round(took)} ms`);
  }
});

interface Plan {
  readonly of: number;
  readonly entries: readonly AnswerEntry[];
}

const SUBJECTS = ["a", "b", "c", "d", "e", "f"];

/** Logs of one answerer with one limit, in sequence order. */
function plans(size: { minLength: number; maxLength: number }, verdicts: fc.Arbitrary<Partial<AnswerEntry>>) {
  const said = fc.tuple(fc.constantFrom(...SUBJECTS), verdicts, fc.nat(9), fc.integer({ min: 1, max: 4 }), fc.nat(2));
  return fc.tuple(fc.integer({ min: 1, max: 3 }), fc.array(said, size)).map(([of, all]): Plan => {
    const log = new AnswerLog(ADA);
    for (const [subject, verdict, start, length, more] of all) {
      log.accept(subject, hours(start, start + length), { of, quantity: 1 + (more % of), ...verdict });
    }
    return { of, entries: log.entries };
  });
}

const plain = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ verdict: "accept" as const }) },
  { weight: 2, arbitrary: fc.constantFrom("release", "reject", "wait").map((verdict) => ({ verdict }) as const) },
);
const forced = fc.tuple(plain, fc.boolean(), fc.constantFrom(undefined, 0, 1, 2)).map(([verdict, force, of]) => ({
  ...verdict,
  force,
  ...(of !== undefined && { of }),
}));

test("M-23: on 100,000 prefixes no instant holds more than the limit, and no answer touches another's hold", () => {
  const length = 25;
  let prefixes = 0;
  fc.assert(
    fc.property(plans({ minLength: length, maxLength: length }, plain), ({ of, entries }) => {
      let before = occupancy(room, [], new Map());
      for (const [index, latest] of entries.entries()) {
        const after = occupancy(room, entries.slice(0, index + 1), new Map());
        for (const subject of SUBJECTS) {
          if (subject !== latest.subject)
            assert.equal(after.outcomes.get(subject)?.state, before.outcomes.get(subject)?.state);
          if (subject !== latest.subject) assert.equal(holdOf(after, subject), holdOf(before, subject));
        }
        assert.ok(mostHeld(after) <= of);
        before = after;
        prefixes += 1;
      }
    }),
    { numRuns: 4_000 },
  );
  assert.equal(prefixes, 100_000);
});

/** "3600–7200 by operation …", without whether it shares. */
function holdOf({ outcomes }: Occupancy, subject: string): string | undefined {
  const outcome = outcomes.get(subject);
  return outcome?.state === "held" ? `${outcome.hold.start}–${outcome.hold.end} by ${outcome.answer.id}` : undefined;
}

/** By trying every beginning: a peak begins where some hold does. */
function mostHeld({ outcomes }: Occupancy): number {
  const held = [...outcomes.values()].filter((outcome) => outcome.state === "held");
  const loads = held.map(({ hold: { start } }) =>
    held
      .filter(({ hold }) => overlap(hold, { start, end: start + 1 }))
      .reduce((sum, { quantity }) => sum + quantity, 0),
  );
  return Math.max(0, ...loads);
}

test("M-23: nothing depends on the order in which operations, or other logs, arrive", () => {
  const shuffledWithOthers = plans({ minLength: 1, maxLength: 12 }, forced).chain(({ entries }) => {
    const others = entries.flatMap((entry) => [
      { ...entry, author: BEN },
      { ...entry, resource: id(1), id: id(2) },
    ]);
    const all = [...entries, ...others];
    return fc.tuple(fc.constant(entries), fc.shuffledSubarray(all, { minLength: all.length }));
  });
  fc.assert(
    fc.property(shuffledWithOthers, ([entries, all]) => {
      const [expected, actual] = [entries, all].map((one) => occupancy(room, one, new Map()));
      assert.deepEqual([...(actual?.outcomes ?? [])], [...(expected?.outcomes ?? [])]);
      assert.deepEqual(actual?.waiting, expected?.waiting);
    }),
    { numRuns: 2_000 },
  );
});

test("the fold gives what counting every pair of holds would give", () => {
  fc.assert(
    fc.property(plans({ minLength: 1, maxLength: 30 }, forced), ({ entries }) => {
      const states = [...occupancy(room, entries, new Map()).outcomes].map(([subject, { state }]) => [subject, state]);
      assert.deepEqual(Object.fromEntries(states), naiveStates(entries));
    }),
    { numRuns: 3_000 },
  );
});

/** The fold as the reference has it: slow, and without a load kept beside the holds. */
function naiveStates(entries: readonly AnswerEntry[]): Record<string, string> {
  const states: Record<string, string> = {};
  const holds = new Map<string, AnswerEntry>();
  for (const entry of entries) {
    const { subject, verdict, hold = hours(0, 1), quantity = 1, of = 1 } = entry;
    if (verdict !== "accept" && !(verdict === "wait" && holds.has(subject))) {
      holds.delete(subject);
      states[subject] = verdict;
    }
    if (verdict !== "accept" || holds.has(subject)) continue;
    const rivals = [...holds.values()].filter((rival) => overlap(rival.hold ?? hold, hold));
    const instants = [hold.start, ...rivals.map((rival) => Math.max(hold.start, rival.hold?.start ?? 0))];
    const peak = Math.max(
      ...instants.map((start) =>
        rivals
          .filter((rival) => overlap(rival.hold ?? hold, { start, end: start + 1 }))
          .reduce((sum, rival) => sum + (rival.quantity ?? 1), 0),
      ),
    );
    const holdsNow = of === 0 || entry.force === true || peak + quantity <= of;
    if (holdsNow) holds.set(subject, entry);
    states[subject] = holdsNow ? "held" : "void";
  }
  return states;
}
