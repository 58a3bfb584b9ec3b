// When people meet who pressed a button: never over something booked (B1), and as early as can be (B9).
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type MeetupRule, meetupSpan, type Taken } from "../../../device/keeper/meetup-time.ts";
import { Load } from "../../../protocol/festival/load.ts";
import { overlap, type Span } from "../../../protocol/festival/span.ts";
import { berlin, Person } from "../programme/festival-box.ts";
import { AnsweringBox, span, wish } from "./answering-box.ts";

const RULE: MeetupRule = {
  leadSeconds: 15 * 60,
  stepSeconds: 5 * 60,
  lengthSeconds: 30 * 60,
  withinSeconds: 3 * 60 * 60,
};

function booked(...spans: readonly Span[]): Taken {
  const load = new Load();
  for (const each of spans) load.add(each, 1);
  return { slots: [], booked: [{ load, limit: 1 }] };
}

test("people get a quarter of an hour to come, and a time that is easy to say", () => {
  assert.deepEqual(meetupSpan(berlin("12:01"), booked(), RULE), span("12:20", "12:50"));
});

test("B9: of several free times the earliest is taken, between two bookings if it fits", () => {
  const taken = booked(span("12:00", "12:30"), span("13:00", "14:00"));
  assert.deepEqual(meetupSpan(berlin("12:00"), taken, RULE), span("12:30", "13:00"));
  const tighter = booked(span("12:00", "12:35"), span("13:00", "14:00"));
  assert.deepEqual(meetupSpan(berlin("12:00"), tighter, RULE), span("14:00", "14:30"));
});

test("nobody waits for ever", () => {
  assert.equal(meetupSpan(berlin("12:00"), booked(span("12:00", "15:30")), RULE), undefined);
});

test("a place where several things fit has room beside one", () => {
  const { booked: [barn] = [] } = booked(span("12:00", "18:00"));
  assert.deepEqual(
    meetupSpan(berlin("12:00"), { slots: [], booked: [{ load: barn?.load ?? new Load(), limit: 2 }] }, RULE),
    span("12:15", "12:45"),
  );
});

test("B1: a meetup never overlaps what stands at the door nor an accepted booking", () => {
  const halfHours = fc.record({ from: fc.integer({ min: 0, max: 60 }), length: fc.integer({ min: 1, max: 12 }) });
  const spans = fc.array(halfHours, { maxLength: 8 }).map((all) =>
    all.map(({ from, length }) => {
      const start = berlin("12:00") + from * 300;
      return { start, end: start + length * 300 };
    }),
  );
  fc.assert(
    fc.property(spans, spans, (slots, holds) => {
      const meetup = meetupSpan(berlin("12:00"), { ...booked(...holds), slots }, RULE);
      if (meetup !== undefined) assert.ok(![...slots, ...holds].some((each) => overlap(each, meetup)));
    }),
  );
});

test("B1: a meetup that asks its place like anyone is never overlapped by a later booking either", async () => {
  const box = await AnsweringBox.open();
  const room = await box.room();
  await box.keep();
  const early = wish(new Person("Ada"), room, span("12:00", "12:40"));
  await box.hear(early.event, early.request);
  const load = box.festival.programme.occupancy(room)?.load() ?? new Load();
  const meetup = meetupSpan(berlin("12:00"), { slots: [], booked: [{ load, limit: 1 }] }, RULE);
  assert.deepEqual(meetup, span("12:40", "13:10"));
  const when = { m: "exact" as const, ...span("12:40", "13:10"), tz: "Europe/Berlin" };
  const event = await box.write({ a: "create", s: "event/1", f: { title: "Meet", when, venues: [room] } });
  await box.write({ a: "create", s: "request/1", f: { event, resource: room, ...span("12:40", "13:10") } });
  await box.pass();
  const late = wish(new Person("Ben"), room, span("13:00", "14:00"));
  await box.hear(late.event, late.request);
  assert.deepEqual(await box.verdicts(), ["accept", "accept", "reject"]);
  assert.equal(box.stateOf(late.request), "declined");
});
