// One door with a real programme: what its pages show, and what is left on the glass when the card fails.
import assert from "node:assert/strict";
import { test } from "node:test";
import { BoxMemory } from "../../device/box-memory.ts";
import type { NoticeBody, OverviewBody, SlotBody } from "../../device/display/scene.ts";
import { ENGLISH } from "../../device/display/words.ts";
import { Door, type DoorOptions } from "../../device/door.ts";
import { Headcount } from "../../device/headcount.ts";
import { EVERYTHING } from "../../device/programme/door-policy.ts";
import { StoreTrouble } from "../../device/store-trouble.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { berlin, docOf, exactly, FestivalBox, Person, writerOf } from "./programme/festival-box.ts";

const DURING = berlin("18:10");
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

function doorOf(box: FestivalBox, more: Partial<DoorOptions> = {}): Door {
  const clock = new FakeClock();
  const publish = async () => {};
  return new Door({
    replica: writerOf(new Person("Box"), box),
    programme: box.programme,
    peers: { live: 0 },
    headcount: new Headcount({ database: box.database, clock, logger: SILENT, windowMs: 1_000, publish }),
    memory: new BoxMemory(box.database),
    clock,
    boxClock: { now: DURING, trust: "sure", nextMinuteMs: 60_000 },
    words: ENGLISH,
    logger: SILENT,
    venue: "Barn",
    policy: () => EVERYTHING,
    address: () => "http://192.168.4.1:3473",
    facts: () => ({ festival: "summer" }),
    trouble: new StoreTrouble(),
    lateJoinSeconds: 1_500,
    changed: () => {},
    answer: () => {},
    liveStepSeconds: 300,
    ...more,
  });
}

async function aCamp(): Promise<FestivalBox> {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const [barn, lake] = [ada.venue("Barn"), ada.venue("Lakeside")];
  const when = exactly(berlin("18:00"), berlin("19:00"));
  const soup = ada.event("Soup", { venues: [docOf(barn)], when });
  await box.hear([barn, lake, soup, ada.event("Swimming", { venues: [docOf(lake)], when })]);
  return box;
}

test("a card that fails leaves the schedule on the glass, with a word beside the sync line", async () => {
  const box = await aCamp();
  const trouble = new StoreTrouble();
  const door = doorOf(box, { trouble });
  assert.equal((door.describe().scene.body as SlotBody).lead.title.text, "Soup");
  box.database.close();
  const { body, badge } = door.describe().scene;
  assert.equal((body as SlotBody).lead.title.text, "Soup");
  assert.equal(trouble.trouble, "fault");
  assert.match(door.describe().scene.badge.text, /needs help/);
  assert.doesNotMatch(badge.text, /Error/);
});

test("a card that never could be read is said in words, without a trace", async () => {
  const box = await aCamp();
  const door = doorOf(box);
  box.database.close();
  door.describe();
  const { text, detail } = door.describe().scene.body as NoticeBody;
  assert.equal(text, ENGLISH.trouble.heading);
  assert.doesNotMatch(String(detail), /database|Error|at /);
});

test("More first shows what is on in the other rooms", async () => {
  const door = doorOf(await aCamp());
  await door.press({ button: 3, held: false });
  const { body } = door.describe().scene;
  assert.deepEqual(
    (body as OverviewBody).places.map(({ room, now }) => [room, now?.title.text]),
    [
      ["Barn", "Soup"],
      ["Lakeside", "Swimming"],
    ],
  );
});

test("a steward's hold is a word that this door and all others read", async () => {
  const box = await aCamp();
  const door = doorOf(box);
  await door.press({ button: 3, held: true });
  assert.equal(box.door("Barn", DURING).now[0]?.full, true);
  assert.equal((door.describe().scene.body as SlotBody).lead.chips[0]?.text, "FULL");
});

test("a screen of all venues shows them without a press", async () => {
  const { scene } = doorOf(await aCamp(), { venue: "all" }).describe();
  assert.deepEqual([scene.body.kind, scene.header.room], ["overview", ENGLISH.allPlaces]);
});
