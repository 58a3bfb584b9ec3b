// schedule.xml: what pentabarf, frab and pretalx write, and what becomes of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { needsShared } from "../../support/shared-data.ts";
import { eventOf, exact, fileError, fixture, read, readShared, span, whys } from "./reading.ts";

const FRAB = "aaaaaaaa-0000-4000-8000-0000000000";

interface XmlDay {
  readonly conference?: string;
  readonly day?: string;
  readonly events: string;
}

function schedule({ conference = "", day = 'date="2025-06-20"', events }: XmlDay): string {
  return `<schedule><conference><title>Reisig</title>${conference}</conference>
<day index="1" ${day}><room name="Nest">${events}</room></day></schedule>`;
}

test("an event has its words, its people and its links from schedule.xml", () => {
  const event = eventOf(read(fixture("frab.schedule.xml")), `${FRAB}07`);
  assert.deepEqual(
    { ...event, when: undefined, text: undefined },
    {
      uid: `${FRAB}07`,
      title: "How to light a wet log",
      summary: "Patience & birch bark",
      text: undefined,
      status: "planned",
      kind: "workshop",
      tags: ["Wood"],
      hosts: [{ name: "Ada Ast" }],
      links: [
        { url: "https://glut.example/2025/events/7.html", rel: "web" },
        { url: "https://glut.example/2025/events/7/feedback", rel: "feedback" },
        { url: "https://glut.example/moss", title: "On moss" },
        { url: "https://glut.example/2025/files/bark.pdf", title: "Bark", rel: "slides" },
      ],
      lang: "en",
      when: undefined,
      venue: "11111111-1111-4111-8111-111111111111",
      record: "no",
    },
  );
});

test("HTML in an abstract becomes markdown, escaped or not, and scripts go (M-83)", () => {
  const file = read(fixture("frab.schedule.xml"));
  assert.equal(
    eventOf(file, `${FRAB}07`).text,
    "Bring **gloves**.\n\n- dry moss\n- [bark](https://glut.example/bark)\n\nQuestions to […] please.",
  );
  assert.equal(eventOf(file, "ABC123").text, "Written *as* XHTML.\n\nIn two paragraphs.");
});

test("e-mail addresses and unsafe links are dropped and named (M-86)", () => {
  const file = read(fixture("frab.schedule.xml"));
  assert.doesNotMatch(JSON.stringify(file), /wolf@/);
  assert.deepEqual(whys(file.repaired, "line 17"), [
    "e-mail address left out of the text",
    "e-mail address left out of the hosts",
    'link with "javascript:" left out',
  ]);
});

test("a date with offset is an instant, and 03:00 long is 03:00 long over the change of clocks (M-80)", () => {
  const file = read(fixture("frab.schedule.xml"));
  assert.equal(span(eventOf(file, `${FRAB}08`)), "2025-10-25T22:30Z/2025-10-26T01:30Z");
  assert.deepEqual(exact(eventOf(file, `${FRAB}08`)).wall, "2025-10-26T00:30");
  assert.equal(span(eventOf(file, "ABC123")), "2025-10-26T11:00Z/2025-10-26T12:30Z");
});

test("a cancelled title becomes a status, and an event without length has an open end (M-84, M-81)", () => {
  const event = eventOf(read(fixture("frab.schedule.xml")), `${FRAB}09`);
  assert.deepEqual([event.title, event.status, exact(event).endOpen], ["Stone soup", "cancelled", true]);
});

test("an entry without title or with a date that is none is skipped and named by its line", () => {
  assert.deepEqual(read(fixture("frab.schedule.xml")).skipped, [
    { where: "line 65", why: 'date "tomorrow" is not a time' },
    { where: "line 71", why: "has no title" },
  ]);
});

test("a day that ends at 03:59 says when the festival day begins (M-38)", () => {
  assert.equal(read(fixture("frab.schedule.xml")).dayStart, 240);
  assert.equal(read(fixture("without-date.schedule.xml")).dayStart, 540);
  assert.equal(read(fixture("pentabarf.schedule.xml")).dayStart, undefined);
});

test("without a date, a start before the day change belongs to the night after (M-80)", () => {
  const file = read(fixture("without-date.schedule.xml"));
  assert.equal(span(eventOf(file, "101")), "2022-02-05T09:00Z/2022-02-05T09:25Z");
  assert.equal(span(eventOf(file, "102")), "2022-02-05T23:15Z/2022-02-06T00:15Z");
  assert.equal(exact(eventOf(file, "102")).wall, "2022-02-06T00:15");
});

test("an event without guid or id has the same uid at every import", () => {
  const [first, second] = [read(fixture("without-date.schedule.xml")), read(fixture("without-date.schedule.xml"))];
  assert.equal(first.events[2]?.title, "Nameless");
  assert.equal(first.events[2]?.uid, second.events[2]?.uid);
  assert.equal(new Set(first.events.map(({ uid }) => uid)).size, first.events.length);
});

test("an event without any time is an event all the same (R-02)", () => {
  const file = read(fixture("without-date.schedule.xml"));
  assert.equal(eventOf(file, "103").when, undefined);
  assert.deepEqual(whys(file.repaired, "line 28"), ["has no time"]);
});

test("pentabarf has no room elements: rooms are found in the events (M-85)", () => {
  const file = read(fixture("pentabarf.schedule.xml"));
  assert.deepEqual(file.venues, [
    { key: "Janson", name: "Janson" },
    { key: "Ferrer", name: "Ferrer" },
  ]);
  assert.equal(eventOf(file, "1").venue, "Janson");
  assert.equal(span(eventOf(file, "1")), "2007-02-24T09:00Z/2007-02-24T10:00Z");
  assert.deepEqual(eventOf(file, "1").hosts, [{ name: "Ben Brand" }]);
});

test("without zone and day change the importer's zone and the usual morning are taken, and it is said", () => {
  const file = read(fixture("pentabarf.schedule.xml"));
  assert.equal(exact(eventOf(file, "2")).wall, "2007-02-25T01:30");
  assert.deepEqual(file.repaired, [
    { where: "line 16", why: "01:30 is read as the night after, for no day change is stated" },
    { where: "time zone", why: "names no zone; Europe/Berlin was taken" },
  ]);
});

test("a file that only writes offsets gets the importer's zone where it fits, else a zone of that offset (M-80)", () => {
  const at = (date: string) => schedule({ events: `<event id="1"><date>${date}</date><title>Soup</title></event>` });
  assert.equal(read(at("2025-06-20T10:00:00+02:00")).timezone, "Europe/Berlin");
  assert.equal(read(at("2025-12-20T10:00:00+02:00")).timezone, "Etc/GMT-2");
  assert.equal(read(at("2025-12-20T10:00:00+05:45")).timezone, "Asia/Kathmandu");
});

test("parts of an event that touch at midnight become one event again (M-88)", () => {
  const part = (day: number, start: string, duration: string) =>
    `<event guid="part-${day}"><date>2025-06-${day}T${start}:00+02:00</date><duration>${duration}</duration>
     <title>Hackcenter</title></event>`;
  const whole = [part(20, "10:00", "14:00"), part(21, "00:00", "24:00"), part(22, "00:00", "12:00")].join("");
  const file = read(schedule({ events: whole }));
  assert.deepEqual(file.events.map(span), ["2025-06-20T08:00Z/2025-06-22T10:00Z"]);
  assert.deepEqual(whys(file.repaired, "event part-20"), ['3 parts of "Hackcenter" joined to one event']);
  const talks = [part(20, "10:00", "01:00"), part(20, "11:00", "01:00")].join("").replace("part-20", "other");
  assert.equal(read(schedule({ events: talks })).events.length, 2);
});

test("seconds of a time are left out, for nobody plans by the second (SPEC.md §8.3)", () => {
  const events = `<event id="1"><date>2025-06-20T10:00:45+02:00</date><duration>01:00:30</duration><title>Soup</title></event>`;
  const file = read(schedule({ events }));
  const { start, end = 0 } = exact(eventOf(file, "1"));
  assert.deepEqual([start % 60, end % 60], [0, 0]);
  assert.equal(span(eventOf(file, "1")), "2025-06-20T08:00Z/2025-06-20T09:01Z");
  assert.deepEqual(whys(file.repaired, "line 2").slice(-1), ["the seconds of its time were left out"]);
});

test("two events of one id are told apart by a number", () => {
  const event = `<event id="1"><date>2025-06-20T10:00:00+02:00</date><title>Soup</title></event>`;
  assert.deepEqual(
    read(schedule({ events: event + event })).events.map(({ uid }) => uid),
    ["1", "1#2"],
  );
});

test("a truncated schedule.xml is refused and names the line where it ends", () => {
  const bytes = fixture("frab.schedule.xml").subarray(0, 2000);
  const line = bytes.toString("utf8").split("\n").length;
  assert.throws(() => read(bytes), fileError("E_FILE_BROKEN", new RegExp(`line ${line} is broken`)));
});

test("XML that is no schedule is not a programme", () => {
  assert.throws(() => read("<rss><channel/></rss>"), fileError("E_FILE_FORMAT", /"rss" is not a schedule/));
});

test("a schedule.xml in Latin-1 is read as it declares", () => {
  const text = `<?xml version="1.0" encoding="ISO-8859-1"?>${schedule({
    events: `<event id="1"><start>10:00</start><title>Käse</title></event>`,
  })}`;
  assert.equal(read(Buffer.from(text, "latin1")).events[0]?.title, "Käse");
});

test("FOSDEM 2026 is read whole: 883 events in 30 venues, none skipped", needsShared("data/schedules"), (t) => {
  const begin = performance.now();
  const file = readShared("fosdem2026-pretalx.schedule.xml");
  t.diagnostic(`read in ${(performance.now() - begin).toFixed(0)} ms, ${file.repaired.length} remarks`);
  assert.deepEqual([file.events.length, file.venues.length, file.skipped.length], [883, 30, 0]);
  assert.deepEqual([file.title, file.timezone, file.dayStart], ["FOSDEM 2026", "Europe/Brussels", 540]);
  assert.equal(new Set(file.events.map(({ uid }) => uid)).size, 883);
  assert.ok(file.events.every(({ text }) => !/<\/?(?:p|ul|li|a|div)\b/.test(text ?? "")));
});
