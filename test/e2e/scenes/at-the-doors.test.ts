// What people at two doors learn while a festival runs: Ada keeps the box at the Barn, the other box hangs at the Lakeside.
// She says everything at hers, and it has to stand on the glass of the other one within two seconds.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, test } from "node:test";
import type { Scene as DoorScene, SlotBody } from "../../../device/display/scene.ts";
import { eventually } from "../../support/box-process.ts";
import { allSee, Scene, type SceneBox } from "./scene.ts";

const GLASS_MS = 2_000;
const LOOK_AGAIN_MS = 40;

const scene = new Scene("at the doors");
const barn = scene.box("barn");
const lakeside = scene.box("lakeside");
after(() => scene.end());

function minutesFromNow(minutes: number): string {
  return `${new Date(Date.now() + minutes * 60_000).toISOString().slice(0, "YYYY-MM-DDTHH:mm".length)}+00:00`;
}

async function sceneAt({ url }: SceneBox): Promise<DoorScene> {
  return (await (await fetch(new URL("/screen.json", url))).json()) as DoorScene;
}

async function glassOf({ url }: SceneBox): Promise<string> {
  const bytes = Buffer.from(await (await fetch(new URL("/screen.png", url))).arrayBuffer());
  return createHash("sha256").update(bytes).digest("hex");
}

/** After the deed the screen says so, and looks different, in time. */
async function soon(what: string, box: SceneBox, deed: () => Promise<unknown>, says: (scene: DoorScene) => boolean) {
  const before = await glassOf(box);
  assert.equal(says(await sceneAt(box)), false, `${what}: it was there before`);
  await deed();
  const seen = async () => says(await sceneAt(box)) && (await glassOf(box)) !== before;
  const tookMs = await eventually(what, GLASS_MS, seen, LOOK_AGAIN_MS);
  return `${what}: ${Math.round(tookMs)} ms`;
}

function leadOf({ body }: DoorScene): SlotBody["lead"] | undefined {
  return body.kind === "slot" ? body.lead : undefined;
}

/** The one that stands large, then the rows. */
function standing({ body }: DoorScene): readonly (SlotBody["lead"] | SlotBody["rows"][number])[] {
  return body.kind === "slot" ? [body.lead, ...body.rows] : [];
}

function stateOf(scene: DoorScene): readonly string[] {
  return leadOf(scene)?.chips.map(({ text }) => text) ?? [];
}

async function press({ url }: SceneBox, button: number, held: boolean): Promise<void> {
  const headers = { "content-type": "application/json", origin: new URL(url).origin };
  const answer = await fetch(new URL("/press", url), {
    method: "POST",
    headers,
    body: JSON.stringify({ button, held }),
  });
  assert.equal(answer.status, 200, await answer.text());
}

async function event(title: string, venue: string, from: number, to: number): Promise<void> {
  const times = ["--start", minutesFromNow(from), "--end", minutesFromNow(to)];
  await barn.act("create", "event", title, "--venue", venue, ...times);
}

test("two doors of one festival are hung", async () => {
  for (const name of ["Barn", "Lakeside"]) await barn.act("create", "venue", name, "--policy", "none");
  await event("Knots", "Barn", -10, 50);
  await event("Swimming", "Lakeside", -10, 50);
  await event("Sauna", "Lakeside", 60, 120);
  await barn.start({ args: ["--venue", "Barn"] });
  await lakeside.start({ to: [barn], args: ["--venue", "Lakeside"] });
  await allSee("what is on", [lakeside], async (box) => leadOf(await sceneAt(box))?.title.text === "Swimming");
});

test("what is said at one box stands at the door of the other within two seconds", async (t) => {
  const took: string[] = [];
  took.push(
    await soon(
      "an announcement",
      lakeside,
      () => barn.say("announce", "Drinking water is off", "--until", minutesFromNow(60)),
      ({ announcement }) => announcement?.text.text === "Drinking water is off",
    ),
    await soon(
      "a delay",
      lakeside,
      () => barn.say("move", "Sauna", "--start", minutesFromNow(90), "--end", minutesFromNow(150)),
      ({ body }) => body.kind === "slot" && body.rows[0]?.aside?.startsWith("(was ") === true,
    ),
    await soon(
      "a room that is full",
      lakeside,
      () => press(lakeside, 3, true),
      (found) => stateOf(found).includes("FULL"),
    ),
    await soon(
      "another room that is full too",
      barn,
      () => press(barn, 3, true),
      (found) => stateOf(found).includes("FULL") && leadOf(found)?.elsewhere === undefined,
    ),
    await soon(
      "where there is space again",
      barn,
      () => press(lakeside, 3, true),
      (found) => leadOf(found)?.elsewhere?.rooms.includes("Lakeside") === true,
    ),
    await soon(
      "an event that comes from another room",
      lakeside,
      () => barn.say("edit", "Knots", "--venue", "Lakeside"),
      (found) => standing(found).some(({ title, aside }) => title.text === "Knots" && aside?.includes("Barn")),
    ),
  );
  assert.deepEqual(leadOf(await sceneAt(barn))?.takeover, { word: "MOVED", room: "Lakeside" });
  took.push(
    await soon(
      "an event that is cancelled",
      lakeside,
      () => barn.say("cancel", "Swimming"),
      (found) => standing(found).some(({ title, struck }) => title.text === "Swimming" && struck),
    ),
    await soon(
      "an emergency",
      lakeside,
      () => barn.say("announce", "Storm. Go to the Barn", "--until", minutesFromNow(30), "--urgent"),
      ({ body }) => body.kind === "alarm" && body.text.text === "Storm. Go to the Barn",
    ),
  );
  for (const line of took) t.diagnostic(line);
});

test("a stranger's emergency takes over no screen", async () => {
  const stranger = scene.box("stranger");
  await stranger.act("create", "venue", "Lakeside", "--policy", "none");
  await stranger.say("announce", "Everybody out", "--until", minutesFromNow(30), "--urgent");
  await stranger.visit(barn);
  for (const box of [barn, lakeside]) {
    const { body } = await sceneAt(box);
    assert.equal(body.kind === "alarm" && body.text.text, "Storm. Go to the Barn");
  }
});

test("a screen for all rooms has each with what is on", async () => {
  const hall = scene.box("hall");
  await hall.start({ to: [barn], args: ["--venue", "all"] });
  await allSee("both rooms", [hall], async (box) => {
    const { body } = await sceneAt(box);
    return body.kind === "overview" && body.places.map(({ room }) => room).join() === "Barn,Lakeside";
  });
});
