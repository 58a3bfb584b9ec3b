// Two boxes that never meet, and people who walk between them (domain.md §9, scene 2; the worked case of §4.4). The barn is at
// the north house. Pia and Quin want it for the same evening, while nobody hears of anybody. Pia's clock is a day ahead,
// Quin's a day behind: he seems to have asked two days before her. The walker has no clock at all.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { agree, Scene, type SceneBox } from "./scene.ts";

const scene = new Scene("never meet");
const north = scene.box("north");
const south = scene.box("south");
const pia = scene.box("pia", 24);
const quin = scene.box("quin", -24);
const walker = scene.box("walker", "none");
after(() => scene.end());

const EVENING = ["--start", "2027-07-17 18:00", "--end", "2027-07-17 20:00"];

interface Request {
  readonly doc: string;
  readonly eventTitle: string;
  readonly state: { readonly state: string };
  readonly answerNote?: string;
}

/** What a box thinks of each request: "Poems confirmed, Chess open". */
async function dots(box: SceneBox): Promise<string> {
  const requests = await box.list<Request>("requests");
  const said = requests.map(({ eventTitle, state, answerNote }) =>
    [eventTitle, state.state, ...(answerNote ? [`(${answerNote})`] : [])].join(" "),
  );
  return said.sort().join(", ");
}

/** The request for an event, as a box knows it. */
async function requestFor(box: SceneBox, title: string): Promise<string> {
  const found = (await box.list<Request>("requests")).find(({ eventTitle }) => eventTitle === title);
  assert.ok(found, `${title} asked for nothing that is known here`);
  return found.doc;
}

test("R-22: a walker carries the north house's barn to the south house", async () => {
  await north.act("create", "venue", "Barn");
  await north.start();
  await south.start();
  await pia.visit(north);
  await walker.visit(north);
  await walker.visit(south);
  await quin.visit(south);
  assert.deepEqual(await quin.titles("venues"), ["Barn"]);
  assert.equal(await agree(north, south), await agree(pia, quin));
});

test("M-20: at home, both ask for the same evening", async () => {
  for (const [box, title] of [
    [pia, "Poems"],
    [quin, "Chess"],
  ] as const) {
    await box.act("create", "event", title, ...EVENING);
    await box.act("ask", "Barn", "--event", title);
    assert.equal(await dots(box), `${title} open`);
  }
});

test("M-20: Pia reaches the north house first and has it, whatever Quin's clock claims", async () => {
  await quin.visit(south);
  await pia.start({ to: [north] });
  await agree(pia, north);
  await north.act("answer", await requestFor(north, "Poems"), "accept");
  await agree(pia, north);
  await pia.stop();
  assert.equal(await dots(pia), "Poems confirmed");
});

test("M-20, M-21: Quin's request comes with the walker, and the evening is taken", async () => {
  await walker.visit(south);
  await walker.start({ to: [north] });
  await agree(walker, north);
  const chess = await requestFor(north, "Chess");
  assert.equal(await north.refusal("answer", chess, "accept"), "E_TAKEN");
  await north.act("answer", chess, "reject", "--note", "taken; Sunday is free");
  await agree(walker, north);
  await walker.stop();
  assert.equal(await dots(north), "Chess declined (taken; Sunday is free), Poems confirmed");
});

test("M-24: who met only Quin sees his request as open until the answer reaches them", async () => {
  assert.equal(await dots(south), "Chess open");
  await walker.visit(south);
  assert.equal(await dots(south), "Chess declined (taken; Sunday is free), Poems confirmed");
  assert.equal(await dots(quin), "Chess open");
});

test("M-23: who holds the same log sees the same, and the clocks stay as wrong as they were", async () => {
  await quin.visit(south);
  await pia.visit(north);
  const seen = await Promise.all([north, south, pia, quin, walker].map(dots));
  assert.equal(new Set(seen).size, 1, seen.join("\n"));
  await agree(north, south, pia, quin, walker);
});

test("M-25: Pia cancels; until the north house has heard of it and answered, the evening is held", async () => {
  await pia.act("cancel", "Poems");
  assert.equal(await quin.refusal("ask", "Barn", "--event", "Chess"), "E_TAKEN");
  await quin.act("ask", "Barn", "--event", "Chess", "--anyway");
  await quin.visit(south);
  await walker.visit(south);
  await walker.visit(north);
  const again = (await north.list<Request>("asked")).map(({ doc }) => doc);
  assert.equal(again.length, 1);
  assert.equal(await north.refusal("answer", String(again[0]), "accept"), "E_TAKEN");
  await pia.visit(north);
  await north.act("answer", String(again[0]), "accept");
  assert.equal(await dots(north), "Chess confirmed, Chess declined (taken; Sunday is free), Poems dead");
});
