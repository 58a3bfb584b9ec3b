// A box answers for its owner: who comes first, what is given back, when it says nothing (M-20 to M-32).
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromHex, toHex } from "../../../protocol/operation/bytes.ts";
import { berlin, docOf, exactly, Person } from "../programme/festival-box.ts";
import { AnsweringBox, ask, span, wish } from "./answering-box.ts";

test("B2: of two people who ask for one slot at the same time exactly one gets it: who reached the box first", async () => {
  const box = await AnsweringBox.open();
  const room = await box.room();
  await box.keep();
  const [ada, ben] = [new Person("Ada"), new Person("Ben")];
  const later = wish(ada, room, span("18:00", "20:00"));
  const sooner = wish(ben, room, span("19:00", "21:00"));
  await box.hear(sooner.event, sooner.request, later.event, later.request);
  assert.deepEqual([box.stateOf(sooner.request), box.stateOf(later.request)], ["confirmed", "declined"]);
  assert.deepEqual(await box.verdicts(), ["accept", "reject"]);
  await box.pass(3_600_000);
  assert.equal((await box.answers()).length, 2, "nothing is said twice");
});

test("M-26: requests are answered in the order in which they arrived, also those from before the box was switched on", async () => {
  const box = await AnsweringBox.open();
  const room = await box.room();
  const people = ["Ada", "Ben", "Cleo", "Dan"].map((name) => new Person(name));
  const wishes = people.map((person) => wish(person, room, span("18:00", "20:00")));
  for (const { event, request } of wishes.toReversed()) await box.hear(event, request);
  await box.keep();
  assert.deepEqual(
    (await box.answers()).map(({ subject }) => subject),
    wishes.toReversed().map(({ request }) => docOf(request)),
  );
  assert.deepEqual(await box.verdicts(), ["accept", "reject", "reject", "reject"]);
});

test("a request is answered when its event has come too, and not before", async () => {
  const box = await AnsweringBox.open();
  const room = await box.room();
  await box.keep();
  const event = new Person("Ada").event("Soup", { when: exactly(berlin("18:00"), berlin("20:00")) });
  const request = ask(new Person("Ben"), room, { event: docOf(event), ...span("18:00", "20:00") });
  await box.hear(request);
  assert.equal(box.stateOf(request), "open");
  await box.hear(event);
  assert.equal(box.stateOf(request), "confirmed");
});

test("B7: a thing that an event asks for later is answered like the first", async () => {
  const box = await AnsweringBox.open();
  const [barn, beamer] = [await box.room(), await box.room({ kind: "material", title: "Beamer" })];
  await box.keep();
  const ada = new Person("Ada");
  const evening = span("18:00", "20:00");
  const { event, request } = wish(ada, barn, evening);
  await box.hear(event, request);
  const added = ask(ada, beamer, { event: docOf(event), ...evening });
  await box.hear(added);
  assert.deepEqual([box.stateOf(request), box.stateOf(added)], ["confirmed", "confirmed"]);
});

test("a refusal says why, and when there is room that day", async () => {
  const box = await AnsweringBox.open();
  const room = await box.room({ open: [span("14:00", "22:00")] });
  await box.keep();
  for (const [from, to] of [
    ["18:00", "20:00"],
    ["18:30", "19:30"],
    ["09:00", "11:00"],
  ] as const) {
    const { event, request } = wish(new Person(from), room, span(from, to));
    await box.hear(event, request);
  }
  assert.deepEqual(
    (await box.answers()).map(({ note }) => note),
    [
      undefined,
      "Sorry, taken 18:30–19:30. Free that day: 16:00–17:00, 17:00–18:00, 20:00–21:00.",
      "Sorry, closed then. Free that day: 14:00–16:00, 16:00–18:00, 20:00–22:00.",
    ],
  );
});

test("M-25: what was withdrawn or called off is given back, and whoever asks next gets it", async () => {
  for (const policy of ["auto", "manual", "random", "ask"] as const) {
    const box = await AnsweringBox.open();
    const room = await box.room();
    await box.keep();
    const [ada, ben] = [new Person("Ada"), new Person("Ben")];
    const first = wish(ada, room, span("18:00", "20:00"));
    const second = wish(ben, room, span("20:00", "22:00"));
    await box.hear(first.event, first.request, second.event, second.request);
    await box.write({ a: "update", s: "resource/1", d: room, f: { policy } });
    await box.pass();
    await box.hear(ada.write({ a: "delete", s: "request/1", d: docOf(first.request) }));
    await box.hear(ben.change(second.event, { status: "cancelled" }));
    assert.deepEqual(await box.verdicts(), ["accept", "accept", "release", "release"], policy);
    assert.equal(box.stateOf(second.request), "dead");
    await box.pass(3_600_000);
    assert.equal((await box.answers()).length, 4);
  }
});

test("M-31: whoever moves has the old time given back and is asked for the new one", async () => {
  const box = await AnsweringBox.open();
  const room = await box.room();
  await box.keep();
  const ada = new Person("Ada");
  const { event, request } = wish(ada, room, span("18:00", "20:00"));
  await box.hear(event, request);
  await box.hear(ada.write({ a: "update", s: "request/1", d: docOf(request), f: { note: "with candles" } }));
  assert.deepEqual(await box.verdicts(), ["accept"]);
  const moved = ada.write({ a: "update", s: "request/1", d: docOf(request), f: span("19:00", "21:00") });
  await box.hear(moved);
  const answers = await box.answers();
  assert.deepEqual(await box.verdicts(), ["accept", "release", "accept"]);
  assert.equal(answers.at(-1)?.fields["version"], toHex(moved.id));
  assert.equal(box.stateOf(request), "confirmed");
});

test("several answers of one turn are one transaction", async () => {
  const box = await AnsweringBox.open();
  const room = await box.room();
  await box.keep();
  const wishes = ["Ada", "Ben", "Cleo"].map((name) => wish(new Person(name), room, span("18:00", "20:00")));
  const before = box.replica.commits;
  await box.hear(...wishes.flatMap(({ event, request }) => [event, request]));
  assert.equal((await box.answers()).length, 3);
  assert.equal(box.replica.commits - before, 2, "one for what came, one for the answers");
});

test("M-28: under manual nothing is said before a person says it", async () => {
  const box = await AnsweringBox.open();
  const room = await box.room({ policy: "manual" });
  await box.keep();
  const { event, request } = wish(new Person("Ada"), room, span("18:00", "20:00"));
  await box.hear(event, request);
  await box.pass(86_400_000);
  assert.equal(box.stateOf(request), "open");
});

test("M-30: for somebody else's thing the box answers only where its operator switched that on", async () => {
  const box = await AnsweringBox.open();
  const ada = new Person("Ada");
  const barn = ada.write({
    a: "create",
    s: "resource/1",
    f: { kind: "venue", title: "Barn", policy: "auto", answerer: box.key },
  });
  const { event, request } = wish(ada, docOf(barn), span("18:00", "20:00"));
  await box.keep();
  await box.hear(barn, event, request);
  assert.equal(box.stateOf(request), "open");
  await box.stop();
  await box.keep({ entrusted: [docOf(barn)] });
  assert.equal(box.stateOf(request), "confirmed");
});

test("M-30: after a handover nothing is granted before the former answerer was heard", async () => {
  const box = await AnsweringBox.open();
  const ada = new Person("Ada");
  const barn = ada.write({ a: "create", s: "resource/1", f: { kind: "venue", title: "Barn", policy: "auto" } });
  const { event, request } = wish(ada, docOf(barn), span("18:00", "20:00"));
  const answerFrom = [{ key: toHex(new Person("Cleo").verifyingKey), seq: 0 }];
  const handover = ada.write({
    a: "update",
    s: "resource/1",
    d: docOf(barn),
    f: { answerer: box.key, answerFrom },
  });
  await box.keep({ entrusted: [docOf(barn)] });
  await box.hear(barn, event, request, handover);
  assert.equal(box.stateOf(request), "open");
  const cleo = new Person("Cleo");
  const subject = "55".repeat(32);
  const fields = { subject, resource: docOf(barn), version: subject, policy: "manual" as const };
  const granted = { ...fields, verdict: "accept" as const, hold: span("19:00", "22:00"), of: 1 };
  await box.hear(cleo.write({ a: "set", s: "answer/1", k: subject, f: granted }));
  assert.equal(box.stateOf(request), "declined");
});

test("M-39: a box that does not know the time says nothing about what needs notice", async () => {
  const box = await AnsweringBox.open();
  const stage = await box.room({ lead: 60 });
  const barn = await box.room();
  let trusted = false;
  const now = () => (trusted ? Math.floor(box.clock.nowMicros() / 1_000_000) : undefined);
  await box.keep({ now });
  const [ada, ben] = [new Person("Ada"), new Person("Ben")];
  const onStage = wish(ada, stage, span("18:00", "20:00"));
  const inBarn = wish(ben, barn, span("18:00", "20:00"));
  await box.hear(onStage.event, onStage.request, inBarn.event, inBarn.request);
  assert.deepEqual([box.stateOf(onStage.request), box.stateOf(inBarn.request)], ["open", "confirmed"]);
  trusted = true;
  await box.pass(600_000);
  assert.equal(box.stateOf(onStage.request), "confirmed");
});

test("too short notice is refused", async () => {
  const box = await AnsweringBox.open();
  const stage = await box.room({ lead: 60 });
  await box.keep();
  const { event, request } = wish(new Person("Ada"), stage, span("12:30", "13:30"));
  await box.hear(event, request);
  assert.equal((await box.answers())[0]?.note?.startsWith("Sorry, too short notice: setting up takes 60 min."), true);
});

test("M-32: a box whose own log contradicts itself answers nothing any more", async () => {
  const box = await AnsweringBox.open();
  const room = await box.room();
  await box.keep();
  const twin = new Person("box");
  await box.hear(twin.event("Another first word", { when: exactly(berlin("10:00")) }));
  const { event, request } = wish(new Person("Ada"), room, span("18:00", "20:00"));
  await box.hear(event, request);
  assert.equal(box.stateOf(request), "open");
  assert.deepEqual(box.told, ["own log contradicts itself: nothing is answered from here any more"]);
  const again = await box.restarted();
  await again.keep();
  assert.equal(again.stateOf(request), "open");
});

test("a box that is switched off in the middle goes on where it stopped", async () => {
  const box = await AnsweringBox.open();
  const room = await box.room();
  await box.keep();
  const wishes = ["Ada", "Ben", "Cleo"].map((name) => wish(new Person(name), room, span("18:00", "20:00")));
  const [first, second, third] = wishes as [(typeof wishes)[0], (typeof wishes)[0], (typeof wishes)[0]];
  await box.hear(first.event, first.request);
  await box.stop();
  assert.equal(box.clock.waiting, 0);
  await box.hear(second.event, second.request);
  const again = await box.restarted(60_000);
  await again.keep();
  await again.hear(third.event, third.request);
  assert.deepEqual(await again.verdicts(), ["accept", "reject", "reject"]);
  assert.deepEqual(
    wishes.map(({ request }) => again.stateOf(request)),
    ["confirmed", "declined", "declined"],
  );
});

test("answers that could not be written are written later", async () => {
  const box = await AnsweringBox.open();
  const room = await box.room();
  const { replica } = box;
  let isFull = true;
  const publish: typeof replica.publish = (bodies) =>
    isFull ? Promise.reject(new Error("disk full")) : replica.publish(bodies);
  const { key, suite, logId, store } = replica;
  await box.keep({
    replica: {
      key,
      suite,
      logId,
      store,
      publish,
      logs: () => replica.logs(),
      subscribe: (listener) => replica.subscribe(listener),
    },
  });
  const { event, request } = wish(new Person("Ada"), room, span("18:00", "20:00"));
  await box.hear(event, request);
  assert.deepEqual([box.stateOf(request), box.told], ["open", ["requests not answered"]]);
  isFull = false;
  await box.pass(600_000);
  assert.equal(box.stateOf(request), "confirmed");
});

test("guests of an event with seats are seated in the order in which they said so, and move up", async () => {
  const box = await AnsweringBox.open();
  const event = await box.write({
    a: "create",
    s: "event/1",
    f: { title: "Workshop", capacity: 2, when: exactly(berlin("18:00"), berlin("20:00")) },
  });
  await box.keep();
  const guests = ["Ada", "Ben", "Cleo"].map((name) => new Person(name));
  const say = (guest: Person, going: "yes" | "no") => guest.write({ a: "set", s: "rsvp/1", k: event, f: { going } });
  for (const guest of guests) await box.hear(say(guest, "yes"));
  assert.deepEqual(await box.verdicts(), ["accept", "accept", "wait"]);
  await box.hear(say(guests[0] as Person, "no"));
  assert.deepEqual(await box.verdicts(), ["accept", "accept", "wait", "release", "accept"]);
  const last = (await box.answers()).at(-1);
  assert.equal(last?.subject, `${event}:${toHex((guests[2] as Person).verifyingKey)}`);
  await box.hear(new Person("Door").write({ a: "set", s: "rsvp/1", k: event, f: { going: "yes", door: 12 } }));
  assert.equal((await box.answers()).length, 5, "a door is no guest");
});

test("an event that anybody may join has no seats to give", async () => {
  const box = await AnsweringBox.open();
  const f = { title: "Campfire", when: exactly(berlin("18:00"), berlin("20:00")) };
  const event = await box.write({ a: "create", s: "event/1", f });
  await box.keep();
  await box.hear(new Person("Ada").write({ a: "set", s: "rsvp/1", k: event, f: { going: "yes" } }));
  assert.deepEqual(await box.answers(), []);
});

test("nobody who writes nonsense keeps the box from answering the next one", async () => {
  const box = await AnsweringBox.open();
  const room = await box.room();
  await box.keep();
  const mallory = new Person("Mallory");
  await box.hear(
    mallory.write(fromHex("ff00")),
    mallory.write({ a: "delete", s: "request/1", d: room }),
    mallory.write({ a: "update", s: "resource/1", d: room, f: { quantity: 9 } }),
  );
  const { event, request } = wish(new Person("Ada"), room, span("18:00", "20:00"));
  await box.hear(event, request);
  assert.deepEqual([box.stateOf(request), box.told], ["confirmed", []]);
});
