// How long bodies are kept (M-60): by class, and never past what others stand on (M-23).
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Retention, retentionOf } from "../../../protocol/festival/retention.ts";
import { type FieldsOf, SCHEMA_NAMES, type SchemaName } from "../../../protocol/festival/schema.ts";

const ID = "ab".repeat(32);
const HOUR = 3600;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const NOW = 1_785_837_600;
const EVENT_END = NOW + 3 * DAY;

const HOLD = { start: NOW, end: NOW + HOUR } as const;
const ANSWER = { resource: ID, version: ID, verdict: "accept", of: 1, policy: "auto", hold: HOLD } as const;
const SEAT = { ...ANSWER, subject: `${ID}:${ID}` } as const;

function kept<Name extends SchemaName>(schema: Name, fields: FieldsOf[Name], eventEnd?: number): Retention {
  return retentionOf(schema, fields, eventEnd === undefined ? { touchedAt: NOW } : { touchedAt: NOW, eventEnd });
}

test("a presence goes when it ends, and no later than 8 hours after it was said", () => {
  const presence = (until: number): Retention => kept("presence/1", { open: true, until, via: ID });
  assert.deepEqual(presence(NOW + 2 * HOUR), { class: "hours", expiresAt: NOW + 2 * HOUR });
  assert.deepEqual(presence(NOW + 9 * HOUR), { class: "hours", expiresAt: NOW + 8 * HOUR });
});

test("a meetup goes when its node said so", () => {
  const meetup = { event: ID, via: ID, commit: ID, inputs: [], groups: [], expires: NOW + DAY };
  assert.deepEqual(kept("meetup/1", meetup), { class: "hours", expiresAt: NOW + DAY });
});

test("an rsvp goes when its author said so, else a week after the event", () => {
  assert.deepEqual(kept("rsvp/1", { going: "yes", expires: NOW + 1 }, EVENT_END), {
    class: "days",
    expiresAt: NOW + 1,
  });
  assert.deepEqual(kept("rsvp/1", { going: "yes" }, EVENT_END), { class: "days", expiresAt: EVENT_END + WEEK });
});

test("an rsvp to an event that never came is kept for half a year, not for ever", () => {
  assert.deepEqual(kept("rsvp/1", { going: "yes" }), { class: "days", expiresAt: NOW + 180 * DAY });
});

test("an answer about a seat goes a week after the event, or after what it holds if that is later", () => {
  assert.deepEqual(kept("answer/1", SEAT, EVENT_END), { class: "days", expiresAt: EVENT_END + WEEK });
  assert.deepEqual(kept("answer/1", SEAT), { class: "days", expiresAt: HOLD.end + WEEK });
  assert.deepEqual(kept("answer/1", SEAT, NOW - DAY), { class: "days", expiresAt: HOLD.end + WEEK });
});

test("an answer about a resource is kept, and a week past its hold nobody can ask it away (M-23)", () => {
  const { hold, ...waiting } = ANSWER;
  assert.deepEqual(kept("answer/1", { ...ANSWER, subject: ID }), { class: "long", keepUntil: HOLD.end + WEEK });
  assert.deepEqual(kept("answer/1", { ...waiting, verdict: "wait", subject: ID }, EVENT_END), { class: "long" });
});

test("a flag goes a week after the event, or after it was sent", () => {
  const flag = { about: ID, why: "spam", to: ID } as const;
  assert.deepEqual(kept("flag/1", flag, EVENT_END), { class: "days", expiresAt: EVENT_END + WEEK });
  assert.deepEqual(kept("flag/1", flag), { class: "days", expiresAt: NOW + WEEK });
});

test("a note goes half a year after its last touch, unless its author wants it kept", () => {
  const note = { kind: "note", archive: "no" } as const;
  assert.deepEqual(kept("note/1", note), { class: "months", expiresAt: NOW + 180 * DAY });
  assert.deepEqual(kept("note/1", { ...note, expires: NOW + DAY }), { class: "months", expiresAt: NOW + DAY });
  assert.deepEqual(kept("note/1", { ...note, expires: NOW + 400 * DAY }), {
    class: "months",
    expiresAt: NOW + 180 * DAY,
  });
  assert.deepEqual(kept("note/1", { ...note, archive: "yes" }), { class: "long" });
});

test("a request that asks to go stays as long as what may have been granted", () => {
  const request = { event: ID, resource: ID, ...HOLD, quantity: 1 };
  assert.deepEqual(kept("request/1", request), { class: "long" });
  assert.deepEqual(kept("request/1", { ...request, expires: NOW }), { class: "long", expiresAt: HOLD.end + WEEK });
  assert.deepEqual(kept("request/1", { ...request, expires: NOW + 30 * DAY }), {
    class: "long",
    expiresAt: NOW + 30 * DAY,
  });
});

test("the programme is kept, unless its author named an end", () => {
  const event = { title: "Soup", status: "planned", join: "open" } as const;
  assert.deepEqual(kept("event/1", event, NOW - 400 * DAY), { class: "long" });
  assert.deepEqual(kept("event/1", { ...event, expires: EVENT_END }), { class: "long", expiresAt: EVENT_END });
});

test("an end that a schema does not know is no end (M-02)", () => {
  const page = { slug: "way", title: "The way", text: "", expires: "soon" };
  assert.deepEqual(kept("page/1", page), { class: "long" });
});

test("whatever stands in an answer about a resource, it never expires before a week past its hold (M-23)", () => {
  fc.assert(
    fc.property(
      fc.nat(NOW),
      fc.integer({ min: 1, max: NOW }),
      fc.option(fc.nat(), { nil: undefined }),
      (start, length, end) => {
        const { expiresAt = Infinity, keepUntil = 0 } = kept(
          "answer/1",
          { ...ANSWER, subject: ID, hold: { start, end: start + length } },
          end,
        );
        assert.ok(expiresAt >= start + length + WEEK && keepUntil === start + length + WEEK);
      },
    ),
  );
});

test("every schema has a class", () => {
  for (const schema of SCHEMA_NAMES) {
    const { class: name } = retentionOf(schema, { subject: "" } as never, { touchedAt: NOW });
    assert.ok(["hours", "days", "months", "long"].includes(name), schema);
  }
});
