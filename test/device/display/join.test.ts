// How a phone gets to a box that has its own Wi-Fi open: which codes stand on which screen, and what is said beside them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { encode } from "uqr";
import { createTypesetter } from "../../../device/display/canvas.ts";
import { placeScene } from "../../../device/display/door-layout.ts";
import type { Mark } from "../../../device/display/marks.ts";
import type { FactsBody, Scene } from "../../../device/display/scene.ts";
import { SCREEN_NAMES, screenNamed } from "../../../device/display/screens.ts";
import { SCENES } from "./doors.ts";

const QUIET_MODULES = 4;
const typesetter = createTypesetter();
const scene = (name: string): Scene => SCENES[name] as Scene;
const marksOn = (screen: string, name: string): readonly Mark[] =>
  placeScene(scene(name), screenNamed(screen), typesetter);
const codesOn = (screen: string, name: string) => marksOn(screen, name).filter((mark) => mark.kind === "qr");
const textsOn = (screen: string, name: string): string[] =>
  marksOn(screen, name).flatMap((mark) => (mark.kind === "text" ? [mark.text] : []));

/** The modules of a text as an encoder of its own makes them. */
function modulesOf(text: string, length: number): string[] {
  const { data } = encode(text, { ecc: "M", border: 0, minVersion: (length - 17) / 4 });
  return data.map((row) => row.map((dark) => (dark ? "1" : "0")).join(""));
}

test("the code of the Wi-Fi stands before that of the page, as large as it, each under its word", () => {
  for (const screen of ["door-800x480", "door-1920x1080", "door-480x800"]) {
    for (const name of ["set-up-own-wifi", "empty-own-wifi"]) {
      const [wifi, page, ...others] = codesOn(screen, name);
      assert.ok(wifi && page && others.length === 0, `${screen}, ${name}`);
      assert.deepEqual([wifi.box.width, wifi.box.y], [page.box.width, page.box.y]);
      const length = wifi.rows.length;
      assert.deepEqual(wifi.rows, modulesOf(scene(name).wifi?.code ?? "", length));
      assert.deepEqual(page.rows, modulesOf(scene(name).address ?? "", length));
      const module = wifi.box.width / length;
      assert.ok(page.box.x - wifi.box.x - wifi.box.width >= 2 * QUIET_MODULES * module);
      const texts = textsOn(screen, name);
      assert.ok(texts.includes("1. Wi-Fi") && texts.includes("2. Page"), texts.join());
    }
  }
});

test("where there is room for one code only, it is that of the Wi-Fi, and the address stands in print", () => {
  const [only, ...others] = codesOn("door-800x480", "own-wifi");
  assert.deepEqual(only?.rows, modulesOf(scene("own-wifi").wifi?.code ?? "", only?.rows.length ?? 0));
  assert.equal(others.length, 0);
  assert.ok(textsOn("door-800x480", "own-wifi").includes("10.73.73.1:3473"));
  assert.ok(!textsOn("door-800x480", "own-wifi").includes("1. Wi-Fi"));
});

test("read from the right, the first code stands at the right", () => {
  const [wifi, page] = codesOn("door-1920x1080", "own-wifi-arabic");
  assert.ok(wifi && page && wifi.box.x > page.box.x);
});

test("name and password stand whole wherever facts stand, in as many lines as it takes", () => {
  const { facts } = scene("set-up-own-wifi").body as FactsBody;
  const [name = "", password = ""] = facts.map(({ value }) => value);
  for (const screen of SCREEN_NAMES) {
    const shown = textsOn(screen, "set-up-own-wifi").join(" ");
    assert.ok(shown.includes(name) && shown.includes(password), `${screen}: ${shown}`);
  }
});
