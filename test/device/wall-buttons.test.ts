// Buttons and light of a whole box, from the edge on a GPIO line to the operation, the picture and the light: what a person
// does at a door, what a joker does, and what rain does.
import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeBody } from "../../protocol/festival/body.ts";
import { toHex } from "../../protocol/operation/bytes.ts";
import { within } from "../support/deadline.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { BUTTON_LINES, LED_LINE, WallBox, type WallBoxOptions } from "../support/wall-box.ts";

const NOON_MICROS = Date.UTC(2027, 5, 18, 10) * 1_000;
const NOON = NOON_MICROS / 1_000_000;
const FLAGS = { venue: "Barn", timezone: "Europe/Berlin" };

async function wall(
  options: Partial<WallBoxOptions> & { startMicros?: number; prepare?: (box: WallBox) => void } = {},
) {
  const { startMicros = NOON_MICROS, prepare, flags, ...others } = options;
  const box = new WallBox();
  prepare?.(box);
  const clock = new FakeClock(startMicros);
  const warnings: unknown[] = [];
  const warn = (_: string, fields: unknown) => void warnings.push(fields);
  const logger = { debug: () => {}, info: () => {}, warn, error: warn };
  await box.start({ clock, logger, flags: { ...FLAGS, ...flags }, ...others });
  await settle();
  const pass = (ms: number) => {
    box.gpio.nowNs += BigInt(ms) * 1_000_000n;
    clock.advance(ms);
  };
  const move = (button: 1 | 2 | 3, level: 0 | 1) => {
    const line = BUTTON_LINES[button - 1] as string;
    box.gpio.edge(line, level);
    box.gpio.deliver(line);
  };
  const press = async (button: 1 | 2 | 3, ms = 120) => {
    move(button, 1);
    pass(ms);
    move(button, 0);
    pass(50);
    await settle();
  };
  const door = () => box.opened.programme.door("Barn", Math.floor(clock.nowMicros() / 1_000_000));
  return { box, clock, warnings, pass, move, press, door, light: () => box.gpio.line(LED_LINE).level };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** An operation is durable, and a device open, after some turns of the loop. */
async function comes(what: string, check: () => boolean): Promise<void> {
  const turns = async (): Promise<void> => {
    while (!check()) await new Promise((resolve) => setImmediate(resolve));
  };
  await within(what, turns());
}

async function soup(box: WallBox, start = NOON - 300, end = NOON + 3_600): Promise<string> {
  const when = { m: "exact" as const, start, end, tz: "Europe/Berlin" };
  const place = { text: "Barn" };
  const body = encodeBody({ a: "create", s: "event/1", f: { title: "Soup", when, place } });
  const [event] = await box.opened.publish({ bodies: [body] });
  assert.ok(event);
  return toHex(event.id);
}

test("a press counts one, and the light says so before anything is drawn", async () => {
  const { box, press, door, light, pass } = await wall();
  await using _ = box;
  await soup(box);
  await press(1);
  assert.equal(light(), 1);
  pass(200);
  assert.equal(light(), 0);
  await comes("the operation", () => door().now[0]?.going.door === 1);
  assert.equal(door().now[0]?.going.people, 0);
});

test("a storm of presses counts ten a minute, chatter of a worn contact one", async () => {
  const { box, clock, move, press, pass, door } = await wall();
  await using _ = box;
  const event = await soup(box);
  for (let finger = 0; finger < 40; finger++) await press(1, 1_000);
  const chatter = [3, 2, 7, 1, 100, 4, 3, 2];
  pass(120_000);
  for (const [index, ms] of chatter.entries()) {
    move(1, index % 2 === 0 ? 1 : 0);
    pass(ms);
  }
  pass(60);
  pass(300_000);
  await settle();
  await comes("the sum of all", () => door().now[0]?.going.door === 11);
  const said = box.opened.programme.keyed("rsvp/1").filter(({ key }) => key === event);
  assert.equal(said.length, 1, "the count of a door is one word, said again");
  assert.ok((await box.opened.replica.store.count()) < 6, "and not an operation for each finger");
  assert.ok(clock.waiting < 10);
});

test("contacts that chatter a thousand times a second cost one press and leave no timers", async () => {
  const { box, clock, move, pass, door } = await wall();
  await using _ = box;
  await soup(box);
  const before = clock.waiting;
  for (let edge = 0; edge < 2_000; edge++) {
    move(1, edge % 2 === 0 ? 1 : 0);
    pass(1);
  }
  pass(5_000);
  await settle();
  assert.ok((door().now[0]?.going.door ?? 0) <= 1);
  assert.ok(clock.waiting <= before + 1, "only the window of the headcount waits");
});

test("a button that is stuck or held at boot counts nothing, is told, and the others go on", async () => {
  const { box, press, pass, door } = await wall({ prepare: ({ gpio }) => gpio.ground("GPIO5") });
  await using _ = box;
  await soup(box);
  pass(3_000);
  await settle();
  assert.equal(door().now[0]?.going.door, 0);
  pass(10_000);
  assert.deepEqual(box.faults, ["E_BUTTON_STUCK"]);
  await press(3, 3_100);
  await comes("the mark", () => door().now[0]?.full === true);
});

test("a steward's hold says FULL for this start, here and at all doors, and the same hold takes it back", async () => {
  const { box, press, door, light, pass } = await wall();
  await using _ = box;
  const event = await soup(box);
  await press(3, 2_500);
  assert.equal(door().now[0]?.full, undefined, "after less than three seconds it is a page");
  pass(31_000);
  await press(3, 3_100);
  assert.equal(light(), 1);
  await comes("the mark", () => door().now[0]?.full === true);
  const [mark] = box.opened.programme.keyed("rsvp/1");
  assert.equal(mark?.key, `${event}@${NOON - 300}`);
  assert.deepEqual([mark?.fields.going, mark?.fields.door, mark?.fields.full], ["no", 0, true]);
  assert.deepEqual(door().now[0]?.going, { door: 0, people: 0 }, "who is full goes nowhere");
  pass(4_000);
  await press(3, 3_100);
  await comes("the other word", () => door().now[0]?.full === false);
});

test("FULL is said of what people queue for, not of tonight, and never where the slot is over", async () => {
  const { box, press, pass, door } = await wall();
  await using _ = box;
  await soup(box, NOON + 7_200, NOON + 10_800);
  await press(3, 3_100);
  assert.equal(door().next[0]?.full, undefined);
  pass((7_200 - 1_200) * 1_000);
  await press(3, 3_100);
  await comes("the mark", () => door().next[0]?.full === true);
  pass(2 * 3_600_000);
  assert.deepEqual([door().now, door().next], [[], []]);
});

test("nobody is asked to come where it is full", async () => {
  const { box, press, pass, door } = await wall();
  await using _ = box;
  await soup(box);
  await press(3, 3_100);
  await comes("the mark", () => door().now[0]?.full === true);
  pass(2_000);
  await press(1);
  await settle();
  assert.equal(door().now[0]?.going.door, 0);
});

test("a line that another program holds is told once, and heard when it is free", async () => {
  const { box, warnings, clock, press, pass, door } = await wall({ prepare: ({ gpio }) => gpio.taken.add("GPIO6") });
  await using _ = box;
  await soup(box);
  for (let minute = 0; minute < 60; minute++) {
    pass(60_000);
    await settle();
  }
  assert.deepEqual(box.faults, ["E_GPIO_TAKEN"]);
  const told = warnings.filter((fields) => (fields as { code?: string }).code === "E_GPIO_TAKEN");
  assert.equal(told.length, 1);
  box.gpio.taken.clear();
  clock.jump(-3_600_000);
  pass(60_000);
  await settle();
  assert.deepEqual(box.faults, []);
  await press(1);
  await comes("the operation", () => door().now[0]?.going.door === 1);
});

test("a light that is not there keeps no press from counting", async () => {
  const { box, press, door } = await wall({ flags: { led: "LAMP" } });
  await using _ = box;
  await soup(box);
  assert.deepEqual(box.faults, ["E_GPIO_LINE"]);
  await press(1);
  await comes("the operation", () => door().now[0]?.going.door === 1);
});

test("at night, and on a battery, the light stays dark", async () => {
  const night = await wall({ startMicros: NOON_MICROS + 12 * 3_600_000_000 });
  await using _ = night.box;
  await soup(night.box, NOON + 11 * 3_600, NOON + 14 * 3_600);
  await night.press(1);
  assert.equal(night.light(), 0);
  await comes("the operation", () => night.door().now[0]?.going.door === 1);

  const battery = await wall({ flags: { power: "saver" } });
  await using __ = battery.box;
  assert.throws(() => battery.light(), /nobody asked/);
});

test("when the voltage stays low the box says goodbye on the glass and stops as by a signal", async () => {
  let low = false;
  const { box, clock, pass } = await wall({ voltage: { isLow: () => low } });
  await using _ = box;
  const scene = async () => (await fetch(`http://127.0.0.1:${box.port}/screen.png`)).headers.get("content-length");
  const before = await scene();
  low = true;
  for (let second = 0; second < 95; second++) pass(1_000);
  await settle();
  assert.equal(box.stops, 1);
  assert.notEqual(await scene(), before);
  assert.ok(clock.waiting > 0);
});
