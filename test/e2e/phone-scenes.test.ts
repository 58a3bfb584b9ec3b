// Scenes of domain.md §9 in which phones are the peers: a festival put together by two phones and the box on the wall (1),
// a phone that walks between two boxes which never burn at the same time (2), and a wiped box that two phones refill (3).
// Whatever happened, in the end all of them keep the same operations, and every signature is right.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { eventually } from "../support/box-process.ts";
import { buildPhonePage, PATIENCE_MS, PhonePage, TIMEZONE } from "../support/phone-page.ts";
import { launchBrowser, needsBrowser } from "../web-client/support/browser.ts";
import { Scene, type SceneBox } from "./scenes/scene.ts";

const { skip } = needsBrowser;
/** A copy is a file each time. */
const COPY_AGAIN_MS = 500;
const TOMORROW_MS = 86_400_000;

const scenes: Scene[] = [];
let browser: Browser;

before(async () => {
  if (skip) return;
  await buildPhonePage();
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  for (const scene of scenes) await scene.end();
});

function newScene(festival: string): Scene {
  const scene = new Scene(festival);
  scenes.push(scene);
  return scene;
}

/** Resolves with the state hash that boxes and phones come to have; no phone keeps a wrong signature. */
async function agree(phones: readonly PhonePage[], boxes: readonly SceneBox[]): Promise<string> {
  let hashes: readonly unknown[] = [];
  await eventually(
    "equal state hashes",
    PATIENCE_MS,
    async () => {
      const ofBoxes = await Promise.all(boxes.map(async (box) => (await box.status())["stateHash"]));
      const kept = await Promise.all(phones.map((phone) => phone.kept()));
      for (const { operations, wrong } of kept) {
        assert.ok(operations > 0);
        assert.deepEqual(wrong, []);
      }
      hashes = [...ofBoxes, ...kept.map(({ stateHash }) => stateHash)];
      return new Set(hashes).size === 1;
    },
    COPY_AGAIN_MS,
  );
  return String(hashes[0]);
}

/** Address as people type it. */
function addressOf(url: string): string {
  return `127.0.0.1:${new URL(url).port}`;
}

function open(box: SceneBox): Promise<PhonePage> {
  return PhonePage.open(browser, box.url.replace("localhost", "127.0.0.1"));
}

/** Tomorrow, two slots of a place, with every thing there is to borrow. */
async function makeAt(phone: PhonePage, venue: string, title: string): Promise<string> {
  const { page } = phone;
  await phone.open(`make/${venue}`);
  await page.locator(".title-field input").fill(title);
  const tomorrow = new Date(Date.now() + TOMORROW_MS).toISOString().slice(0, "YYYY-MM-DD".length);
  await page.locator('.time-fields input[type="date"]').fill(tomorrow);
  await page.locator(".slot.free button").nth(3).click();
  await page.locator(".slot.free button").nth(4).click();
  for (const thing of await page.locator(".borrow input").all()) await thing.check();
  await page.locator("main button[type=submit]").first().click();
  await page.waitForSelector("main.event .dot-table");
  return page.evaluate(() => location.hash.split("/").at(-1) ?? "");
}

/** From midnight to midnight, by the clock: it is on whenever this runs. */
async function makeForToday(phone: PhonePage, venue: string, title: string): Promise<void> {
  const { page } = phone;
  await phone.open(`make/${venue}`);
  await page.locator(".title-field input").fill(title);
  await page.locator("label.chip", { has: page.locator('input[value="exact"]') }).click();
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: TIMEZONE }).format(Date.now());
  await page.locator('.time-fields input[type="date"]').fill(today);
  await page.locator('.time-fields input[type="time"]').first().fill("00:00");
  await page.locator('.time-fields input[type="time"]').last().fill("23:59");
  await page.locator("main button[type=submit]").first().click();
  await page.waitForSelector("main.event");
}

async function green(phone: PhonePage, event: string, dots: number): Promise<void> {
  await phone.open(`event/${event}`);
  await phone.page
    .locator(".dot-table .dot.yes")
    .nth(dots - 1)
    .waitFor();
  assert.equal(await phone.page.locator(".dot-table .dot.yes").count(), dots);
}

test("scene 1: two phones and a box put a festival together", { skip }, async (t) => {
  const scene = newScene("two phones and a wall");
  const wall = scene.box("wall");
  await wall.start();
  const [ada, ben] = [await open(wall), await open(wall)];
  const barn = await ada.offer("venue", "Barn");
  await ada.offer("skill", "Singing");
  await ben.offer("material", "Projector");
  await wall.act("create", "resource", "Lamp", "--kind", "material");

  await t.test("R-09: what each of them registers, all of them have", async () => {
    for (const phone of [ada, ben]) {
      await phone.open("things");
      for (const thing of ["Barn", "Singing", "Projector", "Lamp"]) {
        await phone.page.locator(".row-title", { hasText: thing }).waitFor();
      }
    }
    await eventually("the box has the barn", PATIENCE_MS, async () => (await wall.titles("venues")).includes("Barn"));
    assert.deepEqual(await wall.titles("resources"), ["Lamp", "Projector", "Singing"]);
  });

  let film = "";
  await t.test(
    "R-10: Ben's event with what others lend has a dot for each, and all turn green for everybody",
    async () => {
      film = await makeAt(ben, barn, "Film night");
      assert.equal(await ben.page.locator(".dot-table li").count(), 4);
      await ada.open("asked");
      await ada.page.locator(".question").nth(1).waitFor();
      for (let answered = 0; answered < 2; answered++) {
        const waiting = await ada.page.locator(".question").count();
        await ada.page.locator(".question .yes").first().click();
        await ada.page.waitForFunction((before) => document.querySelectorAll(".question").length < before, waiting);
      }
      await ben.open("asked");
      await ben.page.locator(".question .yes").first().click();
      const asked = await wall.list("asked");
      assert.equal(asked.length, 1);
      await wall.act("answer", String(asked[0]?.["doc"]), "accept");
      await green(ada, film, 4);
      await green(ben, film, 4);
    },
  );

  await t.test("R-26: what Ada types hangs on the wall", async (t) => {
    await makeForToday(ada, barn, "Embers");
    const waited = await eventually("the wall shows it", PATIENCE_MS, async () =>
      (await (await fetch(new URL("/screen.json", wall.url))).text()).includes("Embers"),
    );
    t.diagnostic(`${Math.round(waited)} ms after Ada's phone kept it`);
  });

  await t.test("all three keep the same, and every signature is right", () => agree([ada, ben], [wall]).then(() => {}));
  for (const phone of [ada, ben]) {
    assert.deepEqual(phone.troubles, []);
    assert.deepEqual([...phone.hosts], [addressOf(wall.url)], "R-14: nobody else was asked");
    await phone.close();
  }
});

test("scene 2: a phone walks between two boxes that never meet", { skip }, async (t) => {
  const scene = newScene("two houses and a walker");
  const north = scene.box("north");
  const south = scene.box("south");
  await north.act("create", "venue", "North house");
  await north.act("create", "event", "Bread at the north house");
  await south.act("create", "event", "Tea at the south house");
  await north.start();
  const northPort = new URL(north.url).port;
  const walker = await open(north);

  await t.test("R-22: its page stays open when the north house is out of reach, and it can be written on", async () => {
    await walker.sees("Bread at the north house");
    await north.stop();
    await walker.boxIs(`127.0.0.1:${northPort}`, "away");
    await walker.makeEvent("Written on the way");
  });

  await t.test("R-22: at the south house it gives everything and takes everything", async () => {
    await south.start();
    await walker.meet(addressOf(south.url));
    await walker.sees("Tea at the south house");
    await agree([walker], [south]);
    const titles = await south.titles("events");
    assert.deepEqual(titles, ["Bread at the north house", "Tea at the south house", "Written on the way"]);
    assert.deepEqual(await south.titles("venues"), ["North house"]);
    await south.stop();
  });

  await t.test("back at the north house it brings what the south house had", async () => {
    await north.start({ args: ["--port", northPort] });
    await walker.boxIs(`127.0.0.1:${northPort}`, "near");
    const stateHash = await agree([walker], [north]);
    assert.equal((await south.status())["stateHash"], stateHash);
  });
  assert.deepEqual(walker.troubles, []);
  await walker.close();
});

test("scene 3: a box goes, two phones go on, and a wiped box is refilled by them", { skip }, async (t) => {
  const scene = newScene("two phones and a wiped box");
  const box = scene.box("box");
  await box.act("create", "event", "Before the storm");
  await box.start();
  const { port } = new URL(box.url);
  const address = `127.0.0.1:${port}`;
  const phones = [await open(box), await open(box)] as const;
  const [ada, ben] = phones;
  for (const phone of phones) await phone.sees("Before the storm");
  const { author } = await box.status();

  await t.test("the open pages go on without it, and keep what is written", async () => {
    await box.stop("SIGKILL");
    for (const phone of phones) await phone.boxIs(address, "away");
    await ada.makeEvent("Songs in the dark");
    const soup = await ben.makeEvent("Cold soup");
    await ben.page.locator(".going-buttons .yes").click();
    await ben.page.waitForSelector('.going-buttons .yes[aria-pressed="true"]');
    await ben.open(`event/${soup}`);
    await ada.sees("Songs in the dark");
    assert.equal(await ada.page.locator(".row-title", { hasText: "Cold soup" }).count(), 0, "nobody carried it yet");
  });

  let stateHash = "";
  await t.test("R-20: a new box at its address is refilled by both", async () => {
    rmSync(box.data, { recursive: true });
    await box.start({ args: ["--port", port] });
    stateHash = await agree(phones, [box]);
    const titles = await box.titles("events");
    assert.deepEqual(titles, ["Before the storm", "Cold soup", "Songs in the dark"]);
    assert.notEqual((await box.status())["author"], author, "it began anew");
  });

  await t.test("a page that is loaded again from the new box has all that its phone kept", async () => {
    await ada.page.reload();
    await ada.page.waitForSelector(".ways");
    for (const title of ["Before the storm", "Songs in the dark", "Cold soup"]) await ada.sees(title);
    await ada.page.locator(".row-title a", { hasText: "Songs in the dark" }).first().click();
    await ada.page.waitForSelector(`main.event a[href^="#/cancel/"]`);
    assert.equal((await ada.kept()).stateHash, stateHash);
  });
  for (const phone of phones) {
    assert.deepEqual(phone.troubles, []);
    await phone.close();
  }
});
