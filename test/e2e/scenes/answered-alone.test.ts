// Whoever lends something by policy `auto` need not be there (M-26): their box answers in the order in which requests reach
// it. Pia's clock is a day ahead, Quin's a day behind, and the box in the cellar, which needs none for this, has none.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { agree, allSee, Scene, type SceneBox } from "./scene.ts";

const scene = new Scene("answered alone");
const hall = scene.box("hall");
const cellar = scene.box("cellar", "none");
const pia = scene.box("pia", 24);
const quin = scene.box("quin", -24);
after(() => scene.end());

const EVENING = ["--start", "2027-07-17 18:00", "--end", "2027-07-17 20:00"];

interface Request {
  readonly eventTitle: string;
  readonly resourceTitle: string;
  readonly state: { readonly state: string };
}

/** "Hall for Poems confirmed", sorted. */
async function dots(box: SceneBox): Promise<readonly string[]> {
  const requests = await box.list<Request>("requests");
  return requests
    .map(({ eventTitle, resourceTitle, state }) => `${resourceTitle} for ${eventTitle} ${state.state}`)
    .sort();
}

async function staysUntil(box: SceneBox, said: readonly string[]): Promise<void> {
  await box.start({ to: [hall] });
  await allSee(said.join(", "), [box], async () => (await dots(box)).join() === said.join());
  await box.stop();
}

test("M-26: requests made offline are answered without anybody, in the order in which they arrive", async () => {
  await hall.act("create", "venue", "Hall", "--policy", "auto");
  await cellar.act("create", "venue", "Cellar", "--policy", "auto");
  await hall.start();
  await cellar.start({ to: [hall] });
  await agree(hall, cellar);
  for (const [box, title] of [
    [pia, "Poems"],
    [quin, "Chess"],
  ] as const) {
    await box.visit(hall);
    await box.act("create", "event", title, ...EVENING);
    for (const place of ["Hall", "Cellar"]) await box.act("ask", place, "--event", title);
  }
  const poems = ["Cellar for Poems confirmed", "Hall for Poems confirmed"];
  await staysUntil(pia, poems);
  const both = [
    "Cellar for Chess declined",
    "Cellar for Poems confirmed",
    "Hall for Chess declined",
    "Hall for Poems confirmed",
  ];
  await staysUntil(quin, both);
  assert.deepEqual(await dots(cellar), both);
});
