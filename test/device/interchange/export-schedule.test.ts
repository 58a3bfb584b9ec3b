// schedule.xml and schedule JSON as other programs read them: valid, by festival days, every entry with its own names.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { needsShared, sharedPath } from "../../support/shared-data.ts";
import { berlin, exactly } from "../programme/festival-box.ts";
import { Archive, plainOf, textOf } from "./export/archive.ts";
import { HOSTILE_TEXTS } from "./export/hostile-texts.ts";
import { fullEvent, ownFestival, timesAndStates } from "./export/own-festival.ts";
import { jsonFaults, needsXmllint, SCHEMAS, xsdFaults } from "./export/schema-check.ts";
import { read, span } from "./reading.ts";

const XSD = needsXmllint().skip ? needsXmllint() : needsShared(SCHEMAS[0]);
const JSON_SCHEMA = needsShared(SCHEMAS[1]);

interface JsonEvent {
  readonly id: number;
  readonly guid: string;
  readonly title: string;
  readonly date: string;
  readonly start: string;
  readonly duration: string;
  readonly room: string;
  readonly description: string;
  readonly track: string | null;
}

interface JsonDay {
  readonly date: string;
  readonly day_start: string;
  readonly rooms: Record<string, JsonEvent[]>;
}

function daysOf(archive: Archive): JsonDay[] {
  return JSON.parse(textOf(archive.export("schedule-json"))).schedule.conference.days;
}

function entriesOf(archive: Archive): JsonEvent[] {
  return daysOf(archive).flatMap(({ rooms }) => Object.values(rooms).flat());
}

function everything(): Archive {
  const festival = ownFestival();
  festival.event(fullEvent(festival));
  for (const fields of [...timesAndStates(festival), ...HOSTILE_TEXTS]) festival.event(fields);
  return festival.archive;
}

test("an empty programme and one with everything are valid by the XSD", XSD, () => {
  assert.equal(xsdFaults(new Archive("empty").export("schedule-xml").bytes), "");
  assert.equal(xsdFaults(everything().export("schedule-xml").bytes), "");
  assert.match(xsdFaults(new TextEncoder().encode("<schedule/>")), /schedule/);
});

test("an empty programme and one with everything are valid by the JSON schema", JSON_SCHEMA, () => {
  assert.equal(jsonFaults(textOf(new Archive("empty").export("schedule-json"))), "");
  assert.equal(jsonFaults(textOf(everything().export("schedule-json"))), "");
  assert.match(jsonFaults('{"schedule":{}}'), /conference/);
});

for (const name of ["fosdem2026-pretalx.schedule.xml", "bloominglabs-hackerspace.ics", "jccc-toronto-ja.ics"]) {
  const programme = `data/schedules/${name}`;
  test(`${name} leaves as valid schedules`, XSD.skip ? XSD : needsShared(programme), async () => {
    const archive = new Archive("importer");
    await archive.import(read(readFileSync(sharedPath(programme))));
    assert.equal(xsdFaults(archive.export("schedule-xml").bytes), "");
    assert.equal(jsonFaults(textOf(archive.export("schedule-json"))), "");
  });
}

test("an event after midnight belongs to the day before", () => {
  const { archive, event } = ownFestival();
  event({ title: "Night walk", when: exactly(berlin("02:00", "2026-07-18"), berlin("04:59", "2026-07-18")) });
  event({ title: "Breakfast", when: exactly(berlin("05:00", "2026-07-18"), berlin("06:00", "2026-07-18")) });
  const days = daysOf(archive).map(({ date, day_start, rooms }) => [
    date,
    day_start,
    rooms["no place"]?.map((one) => one.title),
  ]);
  assert.deepEqual(days, [
    ["2026-07-17", "2026-07-17T05:00:00+02:00", ["Night walk"]],
    ["2026-07-18", "2026-07-18T05:00:00+02:00", ["Breakfast"]],
  ]);
});

test("an event in the night of the clock change keeps its wall time and its length", () => {
  const { archive, event } = ownFestival();
  const at = (time: string) => Date.parse(`2026-10-${time}`) / 1000;
  event({ title: "Long night", when: exactly(at("24T23:00:00+02:00"), at("25T05:00:00+01:00")) });
  event({ title: "Second half past two", when: exactly(at("25T02:30:00+01:00"), at("25T03:00:00+01:00")) });
  const entries = entriesOf(archive).map(({ date, start, duration }) => [date, start, duration]);
  assert.deepEqual(entries, [
    ["2026-10-24T23:00:00+02:00", "23:00", "07:00"],
    ["2026-10-25T02:30:00+01:00", "02:30", "00:30"],
  ]);
  for (const format of ["schedule-xml", "schedule-json"] as const) {
    const spans = plainOf(archive.export(format)).events.map(span);
    assert.deepEqual(spans, ["2026-10-24T21:00Z/2026-10-25T04:00Z", "2026-10-25T01:30Z/2026-10-25T02:00Z"]);
  }
});

test("an event of more than 24 hours is one entry a day, and one event again", () => {
  const { archive, event, barn } = ownFestival();
  event({ title: "Camp", when: exactly(berlin("18:00"), berlin("10:00", "2026-07-19")), venues: [barn] });
  const entries = entriesOf(archive);
  assert.deepEqual(
    entries.map(({ date, duration }) => [date, duration]),
    [
      ["2026-07-17T18:00:00+02:00", "06:00"],
      ["2026-07-18T00:00:00+02:00", "24:00"],
      ["2026-07-19T00:00:00+02:00", "10:00"],
    ],
  );
  assert.equal(new Set(entries.map(({ guid }) => guid)).size, 3);
  assert.deepEqual(plainOf(archive.export("schedule-xml")).events.map(span), ["2026-07-17T16:00Z/2026-07-19T08:00Z"]);
});

test("an event in two rooms is one entry in each, with names of its own", () => {
  const { archive, event, barn, lake } = ownFestival();
  event({ title: "Relay", when: exactly(berlin("18:00"), berlin("19:00")), venues: [lake, barn] });
  const [first, second] = entriesOf(archive);
  assert.deepEqual([first?.room, second?.room], ["Lakeside", "Barn"]);
  assert.notEqual(first?.guid, second?.guid);
  assert.notEqual(first?.id, second?.id);
});

test("what answers confirmed stands above what the author said", () => {
  const { archive, event, barn, lake, projector } = ownFestival();
  const doc = event({ title: "Film", when: exactly(berlin("18:00"), berlin("19:00")), venues: [lake] });
  const confirmed = new Map([[doc, [projector, barn]]]);
  const [film] = plainOf(archive.export("schedule-xml", { confirmed })).events;
  assert.equal(
    plainOf(archive.export("schedule-xml", { confirmed })).venues.find(({ key }) => key === film?.venue)?.name,
    "Barn",
  );
  assert.match(
    textOf(archive.export("ics", { confirmed })),
    /\r\nLOCATION:Barn\r\nGEO:52.500001;13.400002\r\nRESOURCES:Projector\r\n/,
  );
});

test("two venues of one name are two rooms", () => {
  const { archive, event, barn } = ownFestival();
  const other = archive.write({ a: "create", s: "resource/1", f: { kind: "venue", title: "Barn" } });
  const when = exactly(berlin("18:00"), berlin("19:00"));
  for (const venue of [barn, other]) event({ title: "Dance", when, venues: [venue] });
  assert.deepEqual(new Set(entriesOf(archive).map(({ room }) => room)), new Set(["Barn", "Barn (2)"]));
});

test("names and numbers are the same at every export, and the number is the first 31 bits of the guid", () => {
  const [one, two] = [entriesOf(everything()), entriesOf(everything())];
  assert.deepEqual(one, two);
  assert.equal(new Set(one.map(({ id }) => id)).size, one.length);
  for (const { id, guid } of one) assert.equal(id, Number.parseInt(guid.slice(0, 8), 16) >>> 1);
});

test("a stranger who takes the name of another event gets a name of his own", () => {
  const { archive, event } = ownFestival();
  const when = exactly(berlin("18:00"), berlin("19:00"));
  event({ title: "Real", when });
  const [real] = entriesOf(archive);
  const origin = { src: "schedule:summer-camp", uid: real?.guid ?? "" };
  for (const title of ["Fake", "Fake too"]) event({ title, when, origin });
  const entries = entriesOf(archive);
  assert.equal(new Set(entries.map(({ guid }) => guid)).size, 3);
  assert.equal(new Set(entries.map(({ id }) => id)).size, 3);
  assert.equal(entries.find(({ title }) => title === "Real")?.guid, real?.guid);
});

test("what the format has no place for is named in a remark", () => {
  const { archive, event } = ownFestival();
  event({ title: "Some time" });
  event({ title: "Later", when: exactly(berlin("18:00")), status: "postponed" });
  event({ title: "A year", when: exactly(berlin("18:00"), berlin("18:00", "2027-07-17")) });
  const { remarks } = archive.export("schedule-xml");
  assert.deepEqual(remarks.map(({ where, why }) => `${where} ${why}`).sort(), [
    'event "A year" lasts over 100 days; only the side file has it',
    'event "Later" is postponed; only the side file has it',
    'event "Some time" has no time of the clock; only the side file has it',
  ]);
});

test("state, track and accessibility are words where there is no field for them", () => {
  const { archive, event, frame, track } = ownFestival();
  const when = exactly(berlin("18:00"));
  event({
    title: "Soup",
    when,
    status: "cancelled",
    text: "Hot.",
    access: "Step-free.",
    frames: [frame, track],
    tags: ["food"],
  });
  const [soup] = entriesOf(archive);
  assert.deepEqual(
    [soup?.title, soup?.description, soup?.track, soup?.duration],
    ["CANCELLED: Soup", "Hot.\n\nAccessibility: Step-free.", "Kitchen", "01:00"],
  );
});
