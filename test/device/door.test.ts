// One door with a real programme: what its pages show, and what is left on the glass when the card fails.
import assert from "node:assert/strict";
import { test } from "node:test";
import { BoxMemory } from "../../device/box-memory.ts";
import type { MistakesBody, NoticeBody, OverviewBody, SlotBody } from "../../device/display/scene.ts";
import { ENGLISH } from "../../device/display/words.ts";
import { Door } from "../../device/door.ts";
import type { DoorOptions } from "../../device/door-options.ts";
import { Headcount } from "../../device/headcount.ts";
import { MISTAKE_PAGE_MS } from "../../device/mistake-page.ts";
import { EVERYTHING } from "../../device/programme/door-policy.ts";
import { StoreTrouble } from "../../device/store-trouble.ts";
import { toHex } from "../../protocol/operation/bytes.ts";
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
    hotspot: () => undefined,
    facts: () => ({ festival: "summer" }),
    trouble: new StoreTrouble(),
    mistakes: [],
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

const MISTAKES = [
  { line: 7, text: '"screen.rotaton" is not a key' },
  { text: "LAGERFEUER_X is not one of our variables" },
];

test("mistakes have the screen for two minutes after the start, then the programme with a line below it", async () => {
  const clock = new FakeClock();
  const door = doorOf(await aCamp(), { clock, mistakes: MISTAKES });
  const first = door.describe();
  assert.deepEqual(
    (first.scene.body as MistakesBody).mistakes.map(({ line, text }) => [line, text.text]),
    [
      ["Line 7", '"screen.rotaton" is not a key'],
      [undefined, "LAGERFEUER_X is not one of our variables"],
    ],
  );
  clock.advance(MISTAKE_PAGE_MS - 1);
  assert.deepEqual([door.describe().scene.body.kind, door.describe().nextChangeMs], ["mistakes", 1]);
  clock.advance(1);
  const { body, note } = door.describe().scene;
  assert.equal((body as SlotBody).lead.title.text, "Soup");
  assert.equal(note, "lagerfeuer.toml: 2 mistakes, first on line 7");
});

test("whoever presses a button has the programme at once", async () => {
  const door = doorOf(await aCamp(), { mistakes: MISTAKES });
  await door.press({ button: 1, held: false });
  const { body, footer } = door.describe().scene;
  assert.equal((body as SlotBody).lead.title.text, "Soup");
  assert.match(footer.toast ?? "", /1 at the door/);
});

test("without a programme the mistakes stay, with the way to reach the box", () => {
  const clock = new FakeClock();
  const door = doorOf(new FestivalBox(), { clock, mistakes: MISTAKES });
  clock.advance(10 * MISTAKE_PAGE_MS);
  const { body, address, note } = door.describe().scene;
  assert.deepEqual([body.kind, address, note], ["mistakes", "http://192.168.4.1:3473", undefined]);
});

test("an emergency does not wait for mistakes", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const f = { text: "Storm", announce: "emergency" as const, expires: berlin("22:00") };
  await box.hear([ada.venue("Barn"), ada.write({ a: "create", s: "note/1", f }, { at: berlin("17:00") })]);
  const policy = () => ({ show: "confirmed" as const, trusted: [toHex(ada.verifyingKey)] });
  assert.equal(doorOf(box, { mistakes: MISTAKES, policy }).describe().scene.body.kind, "alarm");
});

test("a door whose name the programme does not know says so, with the nearest one that it knows", async () => {
  const box = await aCamp();
  const detailAt = (venue: string) => (doorOf(box, { venue }).describe().scene.body as NoticeBody).detail;
  assert.equal(detailAt("Bran"), "“Bran” is not in the programme. Is it “Barn”?");
  assert.equal(detailAt("Cathedral"), "“Cathedral” is not in the programme.");
});
