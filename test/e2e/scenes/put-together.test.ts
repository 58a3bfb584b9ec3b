// A festival put together by everybody (domain.md §9, scene 1): a box on the wall, three people who bring theirs, and what
// each of them has. Ada's clock is a day ahead, Ben's a day behind, the box in the attic has none.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { eventually } from "../../support/box-process.ts";
import { type Glass, lookAt } from "./door-glass.ts";
import { agree, allSee, type Said, Scene, type SceneBox } from "./scene.ts";

/** from nothing to an event that others see. */
const FIRST_EVENT_MS = 120_000;
/** from an operation's arrival to the glass. */
const GLASS_MS = 2_000;
const LOOK_AGAIN_MS = 40;

const scene = new Scene("put together");
const wall = scene.box("wall");
const ada = scene.box("ada", 24);
const ben = scene.box("ben", -24);
const attic = scene.box("attic", "none");
const everybody = [wall, ada, ben, attic];
const AT_THE_BARN = ["--venue", "Barn"];
after(() => scene.end());

/** On everybody's clock, however wrong theirs is. */
function minutesFromNow(minutes: number): string {
  return `${new Date(Date.now() + minutes * 60_000).toISOString().slice(0, "YYYY-MM-DDTHH:mm".length)}+00:00`;
}

/** Milliseconds from the end of `deed` until each screen looks different. */
async function lookedDifferent(
  boxes: readonly SceneBox[],
  part: "programme" | "badge",
  deed: () => Promise<unknown>,
): Promise<string> {
  const before = await Promise.all(boxes.map(({ url }) => lookAt(url)));
  await deed();
  const waits = boxes.map(({ url }, index) =>
    eventually(
      `another ${part}`,
      GLASS_MS,
      async () => (await lookAt(url))[part] !== before[index]?.[part],
      LOOK_AGAIN_MS,
    ),
  );
  return (await Promise.all(waits)).map(Math.round).join(" and ");
}

test("R-01, R-14: from nothing to an event on another box, with two commands and no question", async (t) => {
  await wall.start({ args: AT_THE_BARN });
  const started = performance.now();
  const said = await ada.say("create", "event", "Soup");
  await ada.start({ to: [wall] });
  await allSee("the soup", [wall], async (box) => (await box.titles("events")).includes("Soup"));
  const tookMs = performance.now() - started;
  t.diagnostic(`on the other box after ${Math.round(tookMs)} ms`);
  assert.ok(tookMs < FIRST_EVENT_MS);
  assert.match(said, /^"Soup" is there: [0-9a-f]{8}\n$/);
});

test("R-14: the key that was made on the way never leaves the device", async () => {
  const secret = readFileSync(join(ada.data, "key"), "utf8").trim();
  assert.match(secret, /^[0-9a-f]{64}$/);
  const entries = readdirSync(wall.data, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  for (const file of files) {
    const bytes = readFileSync(file);
    assert.ok(!bytes.includes(secret) && !bytes.includes(Buffer.from(secret, "hex")), file);
  }
});

test("R-09: every box registers a venue, a material and a skill, and every box has all nine", async () => {
  await Promise.all([ben, attic].map((box) => box.start({ to: [wall], args: AT_THE_BARN })));
  const things = [
    [ada, "Barn", "Projector", "Welding"],
    [ben, "Meadow", "Tables", "Singing"],
    [attic, "Attic", "Lamp", "Knots"],
  ] as const;
  const register = async ([box, venue, material, skill]: (typeof things)[number]): Promise<void> => {
    await box.act("create", "venue", venue);
    await box.act("create", "resource", material, "--kind", "material");
    await box.act("create", "resource", skill, "--kind", "skill");
  };
  await Promise.all(things.map(register));
  const titles = things.flatMap(([, ...each]) => each).sort();
  await agree(...everybody);
  for (const box of everybody) {
    const found = [...(await box.titles("venues")), ...(await box.titles("resources"))];
    assert.deepEqual(found.sort(), titles);
  }
});

interface Confirmed {
  readonly asked: number;
  readonly accepted: number;
}

async function confirmedPart(box: SceneBox, title: string): Promise<string> {
  const [event] = await box.list("events", "--words", title);
  const part = event?.["confirmed"] as Confirmed | undefined;
  return `${part?.accepted}/${part?.asked}`;
}

test("R-10: Ben's event with Ada's venue and the attic's lamp has two dots for everybody, and they turn green", async () => {
  const film = ["Film", "--start", minutesFromNow(180), "--end", minutesFromNow(300)];
  await ben.act("create", "event", ...film);
  const requests: Said[] = [];
  for (const thing of ["Barn", "Lamp"]) requests.push(await ben.act("ask", thing, "--event", "Film"));
  await agree(...everybody);
  for (const box of everybody) assert.equal(await confirmedPart(box, "Film"), "0/2");
  assert.equal(await ben.refusal("answer", String(requests[0]?.id), "accept"), "E_NOT_YOURS");
  await ada.act("answer", String(requests[0]?.id), "accept");
  await allSee("one of two", everybody, async (box) => (await confirmedPart(box, "Film")) === "1/2");
  await attic.act("answer", String(requests[1]?.id), "accept");
  await allSee("two of two", everybody, async (box) => (await confirmedPart(box, "Film")) === "2/2");
  for (const box of everybody) {
    const states = (await box.list("requests")).map(({ state }) => (state as { state: string }).state);
    assert.deepEqual(states, ["confirmed", "confirmed"]);
  }
});

test("R-26: what Ada types is on the wall within two seconds of the command", async (t) => {
  const embers = ["Embers", "--start", minutesFromNow(-10), "--end", minutesFromNow(120), "--venue", "Barn"];
  const onGlass = await lookedDifferent([wall], "programme", () => ada.act("create", "event", ...embers));
  t.diagnostic(`${onGlass} ms`);
});

test("without a clock there is no clock and no now on the glass, and all of the festival behind it", async () => {
  await agree(...everybody);
  const glasses: readonly Glass[] = await Promise.all([wall, attic].map(({ url }) => lookAt(url)));
  assert.deepEqual(
    glasses.map(({ hasClock, hasNow }) => ({ hasClock, hasNow })),
    [
      { hasClock: true, hasNow: true },
      { hasClock: false, hasNow: false },
    ],
  );
  const clocks = await Promise.all(everybody.map(async (box) => (await box.status())["clock"] as { state: string }));
  assert.deepEqual(
    clocks.map(({ state }) => state),
    ["sure", "sure", "sure", "unsure"],
  );
});

test("R-26: without a clock the glass follows what Ada types as well", async () => {
  const ashes = ["Ashes", "--start", minutesFromNow(-20), "--end", minutesFromNow(100), "--venue", "Barn"];
  await lookedDifferent([attic], "programme", () => ada.act("create", "event", ...ashes));
});

test("R-26: when the others are gone the wall shows it within two seconds, and says how old its news is", async (t) => {
  await Promise.all([ben, attic].map((box) => box.stop()));
  t.diagnostic(`${await lookedDifferent([wall], "badge", () => ada.stop())} ms after the last one left`);
  const footer = (await wall.say("list", "events")).trimEnd().split("\n").at(-1);
  assert.match(footer ?? "", /^seen from this box \(.+\): \d+ things from 3 people, last news (now|\d+ min ago)$/);
});
