// What a box lets go by itself (M-39, M-60, M-61): in its time, at once where somebody asks for it, and never what others
// still build on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { RetentionKeeper, type RetentionKeeperOptions } from "../../../device/keeper/retention-keeper.ts";
import { toHex } from "../../../protocol/operation/bytes.ts";
import type { NewEntry } from "../../../sync/ports.ts";
import { berlin, docOf, exactly, Person } from "../programme/festival-box.ts";
import { AnsweringBox, span, wish } from "./answering-box.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

async function keep(box: AnsweringBox, changes: Partial<RetentionKeeperOptions> = {}): Promise<RetentionKeeper> {
  const { replica, clock, festival } = box;
  const tell = (message: string) => box.told.push(message);
  const keeper = new RetentionKeeper({
    store: festival.store,
    programme: festival.programme,
    blobs: { tidy: async () => 0 },
    subscribe: (listener) => replica.subscribe(listener),
    clock,
    logger: { debug: () => {}, info: () => {}, warn: tell, error: tell },
    now: () => Math.floor(clock.nowMicros() / 1_000_000),
    pinned: () => false,
    ...changes,
  });
  keeper.start();
  await box.pass();
  return keeper;
}

async function isHere(box: AnsweringBox, { id }: NewEntry): Promise<boolean> {
  return (await box.festival.store.get(id))?.body !== undefined;
}

/** A note that says of itself how long it is wanted. */
function note(person: Person, expires: number): NewEntry {
  return person.write({ a: "create", s: "note/1", f: { text: "Found: one sock", expires } });
}

test("what has expired is dropped a day later and is not shown after that; its header stays", async () => {
  const box = await AnsweringBox.open();
  await keep(box);
  const sock = note(new Person("Ada"), berlin("13:00"));
  await box.hear(sock);
  await box.pass(24 * HOUR_MS);
  assert.ok(await isHere(box, sock));
  await box.pass(2 * HOUR_MS);
  assert.equal(await isHere(box, sock), false);
  assert.ok((await box.festival.store.get(sock.id))?.headerBytes);
  assert.deepEqual(box.festival.programme.documents("note/1"), []);
  assert.equal(box.festival.programme.document(docOf(sock)).status, "withdrawn");
});

test("what has expired while the box was off goes when it starts", async () => {
  const box = await AnsweringBox.open();
  const sock = note(new Person("Ada"), berlin("13:00"));
  await box.hear(sock);
  const again = await box.restarted(3 * DAY_MS);
  await keep(again);
  assert.equal(await isHere(again, sock), false);
});

test("a box that does not know the time lets nothing expire", async () => {
  const box = await AnsweringBox.open();
  const sock = note(new Person("Ada"), berlin("13:00"));
  await box.hear(sock);
  const again = await box.restarted(3 * DAY_MS);
  const keeper = await keep(again, { now: () => undefined });
  await again.pass(5 * HOUR_MS);
  assert.ok(await isHere(again, sock));
  await keeper.stop();
  await keep(again);
  assert.equal(await isHere(again, sock), false);
});

test("what somebody keeps for themselves stays", async () => {
  const box = await AnsweringBox.open();
  const ada = new Person("Ada");
  const [kept, other] = [note(ada, berlin("13:00")), note(ada, berlin("13:00"))];
  const changed = ada.write({ a: "update", s: "note/1", d: docOf(kept), f: { text: "Found: two socks" } });
  await box.hear(kept, other, changed);
  const again = await box.restarted(3 * DAY_MS);
  await keep(again, { pinned: (doc) => doc === docOf(kept) });
  assert.deepEqual(await Promise.all([kept, changed, other].map((entry) => isHere(again, entry))), [true, true, false]);
});

test("M-61: who asks to be forgotten is forgotten at once, by a box without a clock too, and in spite of pins", async () => {
  const box = await AnsweringBox.open();
  await keep(box, { now: () => undefined, pinned: () => true });
  const ada = new Person("Ada");
  const words = [ada.event("Soup"), note(ada, berlin("13:00", "2026-08-01"))];
  const after = ada.write({ a: "set", s: "forget/1", k: "", f: { upTo: 1 } });
  const later = ada.event("A new beginning");
  await box.hear(...words);
  await box.hear(after, later);
  assert.deepEqual(await Promise.all([...words, after, later].map((entry) => isHere(box, entry))), [
    false,
    false,
    true,
    true,
  ]);
  assert.deepEqual(
    box.festival.programme.documents("event/1").map(({ fields }) => fields.title),
    ["A new beginning"],
  );
});

test("answers stay until a week after what they hold, even if their author asks to be forgotten", async () => {
  const box = await AnsweringBox.open();
  const ada = new Person("Ada");
  const answerer = toHex(ada.verifyingKey);
  const f = { kind: "venue" as const, title: "Barn", answerer };
  const barn = new Person("Cleo").write({ a: "create", s: "resource/1", f });
  const evening = span("18:00", "20:00");
  const { event, request } = wish(new Person("Ben"), docOf(barn), evening);
  const subject = docOf(request);
  const granted = { verdict: "accept" as const, policy: "manual" as const, hold: evening, of: 1 };
  const said = { subject, resource: docOf(barn), version: subject, ...granted };
  const answer = ada.write({ a: "set", s: "answer/1", k: subject, f: said });
  const soup = ada.event("Soup");
  await box.hear(barn, event, request, answer, soup);
  await keep(box);
  await box.hear(ada.write({ a: "set", s: "forget/1", k: "", f: { upTo: 1 } }));
  assert.deepEqual(await Promise.all([soup, answer].map((entry) => isHere(box, entry))), [false, true]);
  assert.equal(box.stateOf(request), "confirmed");
  await box.pass(8 * DAY_MS);
  assert.equal(await isHere(box, answer), false);
});

test("more than a page goes in one go", async () => {
  const box = await AnsweringBox.open();
  const ada = new Person("Ada");
  const socks = Array.from({ length: 1_100 }, () => note(ada, berlin("13:00")));
  await box.hear(...socks);
  const again = await box.restarted(3 * DAY_MS);
  await keep(again);
  const here = await Promise.all(socks.map((sock) => isHere(again, sock)));
  assert.equal(here.filter(Boolean).length, 0);
});

test("a card that fails is told to the logger, and an hour later it is tried again", async () => {
  const box = await AnsweringBox.open();
  const sock = note(new Person("Ada"), berlin("13:00"));
  await box.hear(sock);
  const again = await box.restarted(3 * DAY_MS);
  let isBroken = true;
  const { store } = again.festival;
  const dropBodies: typeof store.dropBodies = (ids) =>
    isBroken ? Promise.reject(new Error("read-only")) : store.dropBodies(ids);
  const keeper = await keep(again, { store: { get: (id) => store.get(id), dropBodies } });
  assert.deepEqual(again.told, ["bodies not dropped"]);
  isBroken = false;
  await again.pass(HOUR_MS);
  assert.equal(await isHere(again, sock), false);
  await keeper.stop();
  assert.equal(again.clock.waiting, 0);
});

test("the programme after dropping is the programme made anew from what is left", async () => {
  const box = await AnsweringBox.open();
  const ada = new Person("Ada");
  const event = ada.event("Soup", { when: exactly(berlin("18:00"), berlin("20:00")), expires: berlin("21:00") });
  const moved = ada.change(event, { note: "outside" });
  await box.hear(event, moved, note(ada, berlin("13:00")), ada.event("Tea"));
  const again = await box.restarted(9 * DAY_MS);
  await keep(again);
  const kept = again.festival.tables();
  again.festival.programme.rebuild();
  assert.deepEqual(again.festival.tables(), kept);
  assert.deepEqual(
    again.festival.programme.documents("event/1").map(({ fields }) => fields.title),
    ["Tea"],
  );
});
