// An import into a box, and the imports after it.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProgrammeFile } from "../../../device/interchange/programme-file.ts";
import { programmeSource } from "../../../device/interchange/programme-source.ts";
import { publishProgramme } from "../../../device/interchange/publish-programme.ts";
import { readBody } from "../../../protocol/festival/body.ts";
import { berlin, FestivalBox, Person, writerOf } from "../programme/festival-box.ts";
import { FILM, fileEvent, KNOTS, programmeFile, SOUP } from "./programme-sample.ts";

function aBox() {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const writer = writerOf(ada, box);
  return { ada, box, writer, take: (file: ProgrammeFile) => publishProgramme(file, writer, box.programme) };
}

function spoken(bodies: readonly Uint8Array[]): string[] {
  return bodies.map((bytes) => {
    const reading = readBody(bytes);
    return reading.status === "understood" ? `${reading.body.a} ${reading.body.s}` : reading.status;
  });
}

test("an imported programme stands at its doors", async () => {
  const { box, take } = aBox();
  const report = await take(programmeFile());
  assert.deepEqual(report, {
    format: "schedule-xml",
    title: "Summer Festival",
    events: 3,
    venues: 2,
    created: 3,
    updated: 0,
    unchanged: 0,
    operations: 6,
    skipped: [],
    repaired: [],
    gone: 0,
  });
  assert.deepEqual(box.programme.venues(), ["Barn", "Lakeside"]);
  const { now } = box.door("Lakeside", berlin("18:10"));
  assert.deepEqual([now[0]?.title, now[0]?.hosts], ["Knots", ["Mo"]]);
});

test("the frame and the venues are published before the events that name them", async () => {
  const { writer, take } = aBox();
  await take(programmeFile());
  const events = ["create event/1", "create event/1", "create event/1"];
  assert.deepEqual(spoken(writer.bodies), ["create frame/1", "create resource/1", "create resource/1", ...events]);
});

test("importing the same file again publishes nothing", async () => {
  const { writer, take } = aBox();
  await take(programmeFile());
  const { operations, created, updated, unchanged } = await take(programmeFile());
  assert.deepEqual([operations, created, updated, unchanged, writer.bodies.length], [0, 0, 0, 3, 6]);
});

test("a changed title is one update, of the same event", async () => {
  const { box, writer, take } = aBox();
  await take(programmeFile());
  const report = await take(programmeFile({ events: [{ ...SOUP, title: "Stew" }, FILM, KNOTS] }));
  assert.deepEqual([report.operations, report.created, report.updated, report.unchanged], [1, 0, 1, 2]);
  assert.deepEqual(spoken(writer.bodies.slice(6)), ["update event/1"]);
  assert.equal(box.programme.counts().events, 3);
  assert.deepEqual(
    box
      .door("Barn", berlin("18:10"))
      .now.map(({ title }) => title)
      .sort(),
    ["Film night", "Stew"],
  );
});

test("an event that vanished from the file stays, and is counted as gone", async () => {
  const { box, take } = aBox();
  await take(programmeFile());
  const report = await take(programmeFile({ events: [SOUP, FILM] }));
  assert.deepEqual([report.gone, report.operations], [1, 0]);
  assert.equal(box.door("Lakeside", berlin("18:10")).now[0]?.title, "Knots");
  assert.equal((await take(programmeFile())).gone, 0);
});

test("what its keeper added by hand survives an import", async () => {
  const { ada, box, take } = aBox();
  await take(programmeFile());
  const { doc } = box.door("Lakeside", berlin("18:10")).now[0] ?? { doc: "" };
  await box.hear([ada.write({ a: "update", s: "event/1", d: doc, f: { note: "bring rope" } })]);
  const report = await take(programmeFile({ events: [SOUP, FILM, { ...KNOTS, title: "More knots" }] }));
  assert.equal(report.updated, 1);
  const [knots] = box.door("Lakeside", berlin("18:10")).now;
  assert.deepEqual([knots?.title, knots?.note], ["More knots", "bring rope"]);
});

test("an event that its importer withdrew comes back with the next import", async () => {
  const { ada, box, take } = aBox();
  await take(programmeFile());
  const { doc } = box.door("Lakeside", berlin("18:10")).now[0] ?? { doc: "" };
  await box.hear([ada.write({ a: "delete", s: "event/1", d: doc })]);
  const report = await take(programmeFile());
  assert.deepEqual([report.created, report.unchanged], [1, 2]);
  assert.notEqual(box.door("Lakeside", berlin("18:10")).now[0]?.doc, doc);
});

test("two people who import one programme each write their own", async () => {
  const { box, take } = aBox();
  await take(programmeFile());
  const report = await publishProgramme(programmeFile(), writerOf(new Person("Ben"), box), box.programme);
  assert.equal(report.created, 3);
  assert.deepEqual(box.programme.venues(), ["Barn", "Lakeside"]);
});

test("a skipped entry is reported with the reader's own remarks", async () => {
  const { take } = aBox();
  const skipped = [{ where: "line 3", why: "it has no title" }];
  const report = await take(programmeFile({ skipped, events: [fileEvent("long", "x".repeat(201)), SOUP] }));
  assert.deepEqual(
    report.skipped.map(({ where }) => where),
    ["line 3", "UID long"],
  );
  assert.deepEqual([report.events, report.created, report.unchanged], [2, 1, 0]);
});

test("a power cut between venues and events is made good by the next import", async () => {
  const { ada, box, take } = aBox();
  let publishes = 0;
  const writer = writerOf(ada, box);
  const torn: typeof writer = {
    ...writer,
    publish: (bodies) => (publishes++ === 0 ? writer.publish(bodies) : Promise.reject(new Error("power cut"))),
  };
  await assert.rejects(publishProgramme(programmeFile(), torn, box.programme), /power cut/);
  assert.deepEqual([box.programme.counts().venues, box.programme.counts().events], [2, 0]);
  const report = await take(programmeFile());
  assert.deepEqual([report.created, report.operations], [3, 3]);
});

test("a source is the title in plain words, and a calendar's is another", () => {
  assert.equal(programmeSource(programmeFile({ title: "  Fête — Été №1! " })), "schedule:fête-été-no1");
  assert.equal(programmeSource(programmeFile({ format: "icalendar", title: "焚き火" })), "calendar:焚き火");
  assert.equal(programmeSource(programmeFile({ title: "🔥" })), "schedule:programme");
});
