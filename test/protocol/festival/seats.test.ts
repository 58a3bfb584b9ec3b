// Seats of an event (SPEC.md §9.7, M-34): the fold of resources, with guests.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { nextAnswers, type SeatRequest, seatOf, seats } from "../../../protocol/festival/seats.ts";
import { ADA, AnswerLog, BEN, hours, id, ROOM } from "./answering.ts";

const EVENT = { doc: ROOM, author: ADA, capacity: 3, hold: hours(18, 20) };

function guest(name: string, more: Partial<SeatRequest> = {}): SeatRequest {
  return { guest: name, version: `${name}1`, going: "yes", n: 1, ...more };
}

/** "accept a, wait b": what the host writes next, and writes. */
function answerAll(log: AnswerLog, guests: readonly SeatRequest[], event = EVENT): string {
  const next = nextAnswers(event, guests, seats(event, log.entries, new Map()));
  for (const { verdict, subject, reason: _, ...more } of next) log.say(verdict, subject, more);
  return next.map(({ verdict, subject }) => `${verdict} ${subject.slice(ROOM.length + 1)}`).join(", ");
}

test("guests get seats in the order in which their rsvps came, and wait when all are taken", () => {
  const log = new AnswerLog(ADA);
  const guests = ["a", "b", "c", "d", "e"].map((name) => guest(name));
  assert.equal(answerAll(log, guests), "accept a, accept b, accept c, wait d, wait e");
  assert.deepEqual(seats(EVENT, log.entries, new Map()).waiting, [seatOf(ROOM, "d"), seatOf(ROOM, "e")]);
  assert.equal(answerAll(log, guests), "");
});

test("a release moves nobody by itself: the host's next accept does", () => {
  const log = new AnswerLog(ADA);
  const guests = ["a", "b", "c", "d", "e"].map((name) => guest(name));
  answerAll(log, guests);
  log.say("release", seatOf(ROOM, "b"), { version: "b1" });
  const after = seats(EVENT, log.entries, new Map());
  assert.equal(after.outcomes.get(seatOf(ROOM, "d"))?.state, "wait");
  assert.equal(answerAll(log, guests), "accept d");
});

test("whoever does not come after all gives the seat to the first who waits", () => {
  const log = new AnswerLog(ADA);
  const names = ["a", "b", "c", "d", "e"];
  answerAll(
    log,
    names.map((name) => guest(name)),
  );
  const later = names.map((name) => guest(name, "ad".includes(name) ? { going: "no", version: `${name}2` } : {}));
  assert.equal(answerAll(log, later), "release a, release d, accept e");
  assert.equal(
    answerAll(
      log,
      names.map((name) => guest(name, { version: `${name}3` })),
    ),
    "wait a, wait d",
  );
});

test("a guest whom the host sent away is not seated again for the same rsvp", () => {
  const log = new AnswerLog(ADA);
  answerAll(log, [guest("a")]);
  log.say("release", seatOf(ROOM, "a"), { version: "a1" });
  assert.equal(answerAll(log, [guest("a")]), "");
  assert.equal(answerAll(log, [guest("a", { version: "a2" })]), "accept a");
});

test("friends take seats too, and may become fewer or, while there is room, more", () => {
  const log = new AnswerLog(ADA);
  assert.equal(answerAll(log, [guest("a", { n: 2 }), guest("b", { n: 2 })]), "accept a, wait b");
  assert.equal(answerAll(log, [guest("a", { n: 4 }), guest("b", { n: 2 })]), "");
  assert.equal(answerAll(log, [guest("a"), guest("b", { n: 2 })]), "release a, accept a, accept b");
  assert.equal(answerAll(log, [guest("a", { n: 2 }), guest("b")]), "release b, accept b, release a, accept a");
});

test("an event without a limit seats everybody", () => {
  const event = { ...EVENT, capacity: 0 };
  const guests = Array.from({ length: 30 }, (_, n) => guest(id(n), { n: 10 }));
  assert.ok(!answerAll(new AnswerLog(ADA), guests, event).includes("wait"));
});

test("seats do not depend on the hour: whoever was seated before the event moved keeps the seat", () => {
  const log = new AnswerLog(ADA);
  answerAll(
    log,
    ["a", "b", "c"].map((name) => guest(name)),
  );
  const moved = { ...EVENT, hold: hours(10, 12) };
  assert.equal(
    answerAll(
      log,
      ["a", "b", "c", "d"].map((name) => guest(name)),
      moved,
    ),
    "wait d",
  );
  log.say("accept", seatOf(ROOM, "d"), { hold: moved.hold, of: 3 });
  assert.equal(seats(moved, log.entries, new Map()).outcomes.get(seatOf(ROOM, "d"))?.state, "void");
});

test("only the host seats guests", () => {
  const log = new AnswerLog(BEN);
  answerAll(log, [guest("a")]);
  assert.equal(seats(EVENT, log.entries, new Map()).outcomes.size, 0);
});

test("whatever guests say, seats are never overbooked, and none stays empty that somebody waiting fits in", () => {
  const rsvp = fc.record({
    name: fc.constantFrom("a", "b", "c", "d", "e"),
    going: fc.constantFrom("yes" as const, "yes" as const, "maybe" as const, "no" as const),
    n: fc.integer({ min: 1, max: 4 }),
  });
  fc.assert(
    fc.property(fc.array(rsvp, { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 6 }), (said, capacity) => {
      const event = { ...EVENT, capacity };
      const log = new AnswerLog(ADA);
      const latest = new Map<string, SeatRequest>();
      for (const [index, { name, going, n }] of said.entries()) {
        latest.set(name, { guest: name, version: `${index}`, going, n });
        answerAll(log, [...latest.values()], event);
        const { outcomes, waiting } = seats(event, log.entries, new Map());
        const held = [...outcomes.values()].filter((outcome) => outcome.state === "held");
        const free = capacity - held.reduce((sum, { quantity }) => sum + quantity, 0);
        assert.ok(free >= 0);
        assert.ok(![...outcomes.values()].some(({ state }) => state === "void"));
        for (const subject of waiting) assert.ok((latest.get(subject.slice(-1))?.n ?? 0) > free);
      }
    }),
    { numRuns: 1_000 },
  );
});
