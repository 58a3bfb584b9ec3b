// No box is irreplaceable (R-20, R-60; domain.md §9, scene 3): whichever is wiped, the others bring everything back; and any
// single one of them is enough. One clock is a day ahead, one a day behind, one box has none.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { agree, Scene, type SceneBox } from "./scene.ts";

const scene = new Scene("refilled");
const kitchen = scene.box("kitchen", 24);
const stage = scene.box("stage", -24);
const gate = scene.box("gate", "none");
const boxes = { kitchen, stage, gate };
after(() => scene.end());

let stateHash = "";
let shown: unknown;

/** Something of everything: changed, granted, cancelled, withdrawn, answered by guests, forked. */
before(async () => {
  await kitchen.act("create", "venue", "Oven");
  await kitchen.start();
  await Promise.all([stage, gate].map((box) => box.start({ to: [kitchen] })));
  await agree(kitchen, stage, gate);
  await stage.act("create", "event", "Bread", "--start", "2027-07-17 06:00", "--end", "08:00");
  const { id } = await stage.act("ask", "Oven", "--event", "Bread");
  await gate.act("create", "series", "Watch", "--every", "day", "--count", "20", "--start", "2027-07-10 22:00");
  await gate.act("create", "resource", "Rope");
  await agree(kitchen, stage, gate);
  await kitchen.act("answer", id, "accept");
  await kitchen.act("rsvp", "Bread", "yes", "--as", "ada");
  await kitchen.act("fork", "Bread", "--title", "Cake", "--as", "ada");
  await stage.act("note", "Bread", "Bring flour");
  await gate.act("cancel", "Rope");
  stateHash = await agree(kitchen, stage, gate);
  shown = await everythingShown(kitchen);
});

/** What people are told, but for whose view it is. */
async function everythingShown(box: SceneBox): Promise<unknown> {
  const words = ["events", "venues", "resources", "requests", "notes"];
  return Promise.all(words.map((word) => box.list(word)));
}

for (const [name, wiped] of Object.entries(boxes)) {
  test(`R-20: the ${name} is wiped, and the others bring everything back`, async () => {
    const others = Object.values(boxes).filter((box) => box !== wiped);
    const { author } = await wiped.status();
    await wiped.stop("SIGKILL");
    rmSync(wiped.data, { recursive: true });
    await wiped.start({ to: others });
    assert.equal(await agree(...Object.values(boxes)), stateHash);
    assert.deepEqual(await everythingShown(wiped), shown);
    assert.notEqual((await wiped.status())["author"], author);
  });
}

for (const [name, survivor] of Object.entries(boxes)) {
  test(`R-60: of all boxes only the ${name} is left, and a new one has everything from it alone`, async () => {
    const others = Object.values(boxes).filter((box) => box !== survivor);
    await Promise.all(others.map((box) => box.stop()));
    const fresh = scene.box(`after the ${name}`);
    await fresh.start({ to: [survivor] });
    assert.equal(await agree(fresh, survivor), stateHash);
    assert.deepEqual(await everythingShown(fresh), shown);
    await Promise.all([fresh, ...others].map((box) => box.stop()));
    await Promise.all(others.map((box) => box.start({ to: [survivor] })));
  });
}

test("R-20: a card that lost the replica and kept the key goes on under a new one, and forks no log", async () => {
  await stage.stop();
  for (const ending of ["", "-wal", "-shm"]) rmSync(join(stage.data, `replica.sqlite${ending}`), { force: true });
  await stage.act("create", "event", "Second beginning");
  await stage.start({ to: [kitchen] });
  await agree(kitchen, stage);
  assert.deepEqual(
    (await kitchen.titles("events")).filter((title) => title !== "Watch"),
    ["Bread", "Cake", "Second beginning"],
  );
  assert.equal((await kitchen.status())["operations"], (await stage.status())["operations"]);
});
