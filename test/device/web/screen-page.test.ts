// What hangs on the wall, as a page: every kind of scene says in words what it shows, and no text becomes markup.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Lead, Row, Scene } from "../../../device/display/scene.ts";
import { screenPage } from "../../../device/web/screen-page.ts";
import { OpenServer, SCENE } from "./open-server.ts";

const EVIL = `</bdi><script>alert(1)</script><img src=x onerror="alert(1)">&'`;
const TITLE = { text: EVIL, lang: `en" onload="alert(1)` };

const ROW: Row = {
  label: "NEXT",
  time: "15:30",
  aside: "(was 15:00)",
  chips: [{ text: EVIL, tone: "solid", arrow: true }],
  title: TITLE,
  struck: true,
};

const LEAD: Lead = {
  label: "NOW",
  live: true,
  when: "until 15:00",
  aside: EVIL,
  chips: [{ text: "DE", tone: "outline" }],
  takeover: { word: "MOVED TO", room: EVIL },
  title: TITLE,
  struck: false,
  elsewhere: { word: "Space in", rooms: [EVIL, "Meadow"] },
  hosts: ["Marie", EVIL],
  note: EVIL,
};

const BODIES: readonly Scene["body"][] = [
  { kind: "slot", lead: LEAD, rows: [ROW] },
  { kind: "list", heading: EVIL, rows: [ROW], appendix: { heading: "Somewhere", rows: [ROW] } },
  { kind: "notice", text: EVIL, detail: EVIL, lead: LEAD },
  { kind: "alarm", text: TITLE, by: EVIL },
  { kind: "overview", nothing: EVIL, places: [{ room: EVIL, now: ROW, next: ROW }, { room: "Meadow" }] },
  { kind: "facts", facts: [{ name: EVIL, value: EVIL }] },
  { kind: "mistakes", mistakes: [{ line: EVIL, text: { text: EVIL } }], detail: EVIL },
];

function page(body: Scene["body"]): string {
  const scene: Scene = {
    ...SCENE,
    header: { room: EVIL, clock: "18:00" },
    strip: EVIL,
    note: EVIL,
    announcement: { text: TITLE, by: EVIL, more: 2 },
    address: EVIL,
    footer: { labels: [{ shape: "circle", text: "I'm in", detail: EVIL }], toast: EVIL },
    body,
  };
  return new TextDecoder().decode(screenPage(scene));
}

for (const body of BODIES) {
  test(`no text of a ${body.kind} becomes markup`, () => {
    const text = page(body);
    const tags = [...text.matchAll(/<\/?([a-z]+)/g)].map(([, tag]) => tag as string);
    const unknown = tags.filter((tag) => tag === "img" || tag === "svg");
    assert.deepEqual(unknown, []);
    assert.equal(tags.filter((tag) => tag === "script").length, 2, "our own and its end");
    assert.doesNotMatch(text.replace(/"[^"]*"/g, '""'), /<[^>]* on[a-z]+=/);
    assert.doesNotMatch(text, /undefined|\[object/);
  });
}

test("a slot says what is on, until when, who, and what is next", () => {
  const text = page({ kind: "slot", lead: { ...LEAD, title: { text: "Songs" } }, rows: [ROW] }).replace(
    /<[^>]+>/g,
    " ",
  );
  for (const words of [
    "NOW",
    "until 15:00",
    "MOVED TO",
    "Songs",
    "Marie",
    "Space in",
    "Meadow",
    "NEXT",
    "15:30",
    "(was 15:00)",
  ]) {
    assert.ok(text.includes(words), words);
  }
});

test("an emergency is the only thing on the page", () => {
  const text = page({ kind: "alarm", text: { text: "Leave the tents" }, by: "Marie" });
  assert.match(text, /role="alert".*Leave the tents/s);
  assert.doesNotMatch(text, /<header>|<footer>/);
});

test("the page is in the language and direction of the screen", async () => {
  await using box = await OpenServer.open();
  box.pages.shown = { ...SCENE, lang: "ar", direction: "rtl" };
  assert.match((await box.ask("/screen")).text, /<html lang="ar" dir="rtl">/);
  assert.deepEqual(JSON.parse((await box.ask("/screen.json")).text), box.pages.shown);
});

test("the screen is described once a second at most", async () => {
  await using box = await OpenServer.open();
  await box.ask("/screen");
  box.pages.shown = { ...SCENE, header: { room: "Meadow" } };
  assert.match((await box.ask("/screen")).text, /Campfire/);
  box.clock.advance(1_000);
  assert.match((await box.ask("/screen")).text, /Meadow/);
});
