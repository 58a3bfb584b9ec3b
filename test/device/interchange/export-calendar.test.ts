// iCalendar as other programs read it: lines by RFC 5545, times that agree with the zones it defines.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import ICAL from "ical.js";
import {
  calendarLine,
  calendarParameter,
  calendarText,
} from "../../../device/interchange/export/calendar-line-writer.ts";
import { readCalendarLines } from "../../../device/interchange/icalendar/calendar-lines.ts";
import { exactly } from "../programme/festival-box.ts";
import { type Archive, plainOf, textOf } from "./export/archive.ts";
import { HOSTILE_TEXTS } from "./export/hostile-texts.ts";
import { fullEvent, ownFestival, timesAndStates } from "./export/own-festival.ts";

const encoder = new TextEncoder();

function at(time: string): number {
  return Date.parse(time) / 1000;
}

/** Lines of one VEVENT, unfolded. */
function eventLines(archive: Archive, title: string): string[] {
  const { lines } = readCalendarLines(archive.export("ics").bytes);
  const texts = lines.map(({ text }) => text);
  const summary = texts.indexOf(`SUMMARY:${title}`);
  assert.notEqual(summary, -1);
  return texts.slice(texts.lastIndexOf("BEGIN:VEVENT", summary), texts.indexOf("END:VEVENT", summary) + 1);
}

function lineOf(archive: Archive, title: string, name: string): string | undefined {
  return eventLines(archive, title).find((line) => line.startsWith(name));
}

test("every line ends with CRLF, has 75 octets at most and is UTF-8 by itself", () => {
  const festival = ownFestival();
  for (const fields of [...timesAndStates(festival), ...HOSTILE_TEXTS]) festival.event(fields);
  const lines = textOf(festival.archive.export("ics")).split("\r\n");
  assert.equal(lines.pop(), "");
  for (const line of lines) {
    assert.ok(encoder.encode(line).length <= 75, line);
    assert.doesNotMatch(line, /[\r\n\ufffd]|(?!\t)\p{Cc}/u);
  }
});

test("any text comes back from a folded line", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
      const folded = calendarLine("X-TEXT", calendarText(text));
      assert.ok(folded.split("\r\n").every((line) => encoder.encode(line).length <= 75));
      const { lines } = readCalendarLines(encoder.encode(folded.slice(0, -2)));
      assert.equal(lines.length, 1);
      const value = lines[0]?.text
        .slice("X-TEXT:".length)
        .replace(/\\(.)/gu, (_, escaped) => (escaped === "n" ? "\n" : escaped));
      assert.equal(value, text.replace(/\r\n?/g, "\n").replace(/(?![\n\t])\p{Cc}/gu, ""));
    }),
  );
});

test("a parameter cannot end before its quotes", () => {
  const line = calendarLine(`ATTACH;FILENAME=${calendarParameter('a";X=1:evil ^ \n')}`, "https://a.example/");
  const [name, parameters, , value] = ICAL.parse.property(line.trimEnd()) as [
    string,
    Record<string, string>,
    string,
    string,
  ];
  assert.deepEqual([name, Object.keys(parameters), value], ["attach", ["filename"], "https://a.example/"]);
  assert.equal(parameters["filename"], 'a";X=1:evil ^ \n');
});

test("ical.js finds every instant by the zones that the calendar defines", () => {
  const { archive, event } = ownFestival();
  const starts = new Map<string, number>();
  for (const tz of [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Tokyo",
    "America/Sao_Paulo",
    "Africa/Casablanca",
  ]) {
    for (const month of [1, 3, 4, 7, 10, 11].flatMap((one) => [`2018-${one}`, `2026-${one}`])) {
      for (const day of [1, 15, 28]) {
        const start = Math.floor(Date.parse(`${month}-${day} 12:30 UTC`) / 1000);
        const title = `${tz} ${month} ${day}`;
        starts.set(title, start);
        event({ title, when: exactly(start, start + 3600, tz) });
      }
    }
  }
  const calendar = new ICAL.Component(ICAL.parse(textOf(archive.export("ics"))));
  const zones = calendar.getAllSubcomponents("vtimezone").map((zone) => new ICAL.Timezone(zone));
  assert.equal(zones.length, 6);
  for (const component of calendar.getAllSubcomponents("vevent")) {
    const { summary, startDate } = new ICAL.Event(component);
    startDate.zone = zones.find(
      ({ tzid }) => tzid === component.getFirstProperty("dtstart")?.getParameter("tzid"),
    ) as ICAL.Timezone;
    assert.ok(startDate.zone, `${summary} names a zone that is not defined`);
    assert.equal(startDate.toUnixTime(), starts.get(summary), summary);
  }
});

test("an event in the night of the clock change keeps its wall time; what the clock shows twice is an instant", () => {
  const { archive, event } = ownFestival();
  event({ title: "Long night", when: exactly(at("2026-10-24T23:00:00+02:00"), at("2026-10-25T05:00:00+01:00")) });
  event({ title: "First", when: exactly(at("2026-10-25T02:30:00+02:00"), at("2026-10-25T02:45:00+02:00")) });
  event({ title: "Second", when: exactly(at("2026-10-25T02:30:00+01:00"), at("2026-10-25T04:00:00+01:00")) });
  assert.equal(lineOf(archive, "Long night", "DTSTART"), "DTSTART;TZID=Europe/Berlin:20261024T230000");
  assert.equal(lineOf(archive, "Long night", "DTEND"), "DTEND;TZID=Europe/Berlin:20261025T050000");
  assert.equal(lineOf(archive, "First", "DTSTART"), "DTSTART;TZID=Europe/Berlin:20261025T023000");
  assert.equal(lineOf(archive, "Second", "DTSTART"), "DTSTART:20261025T013000Z");
  assert.deepEqual(
    plainOf(archive.export("ics")).events.map(({ when }) => (when as { start: number }).start),
    ["2026-10-24T23:00:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"].map(at),
  );
});

test("every state and every way to say when is one that calendars know", () => {
  const festival = ownFestival();
  for (const fields of timesAndStates(festival)) festival.event(fields);
  const said = (title: string) =>
    ["STATUS", "DTSTART", "DTEND"].map((name) => lineOf(festival.archive, title, name) ?? "");
  const berlin = (start: string, end: string) => [
    `DTSTART;TZID=Europe/Berlin:${start}`,
    `DTEND;TZID=Europe/Berlin:${end}`,
  ];
  assert.deepEqual(said("An idea"), ["STATUS:TENTATIVE", ...berlin("20260717T200000", "20260717T210000")]);
  assert.deepEqual(said("Rained off"), ["STATUS:CANCELLED", ...berlin("20260717T200000", "20260717T210000")]);
  assert.deepEqual(said("Later"), ["STATUS:TENTATIVE", ...berlin("20260717T200000", "20260717T210000")]);
  assert.deepEqual(said("Open end"), ["STATUS:CONFIRMED", ...berlin("20260717T220000", "20260717T230000")]);
  assert.deepEqual(said("Whole days"), [
    "STATUS:CONFIRMED",
    "DTSTART;VALUE=DATE:20260717",
    "DTEND;VALUE=DATE:20260720",
  ]);
  assert.deepEqual(said("Some evening"), ["STATUS:TENTATIVE", ...berlin("20260718T190000", "20260718T200000")]);
  assert.deepEqual(said("Too late"), ["STATUS:CANCELLED", ...berlin("20260719T010000", "20260719T020000")]);
  assert.deepEqual(said("Around the fire"), ["STATUS:TENTATIVE", "DTSTART;VALUE=DATE:20260718", ""]);
  assert.deepEqual(said("Some time"), ["STATUS:TENTATIVE", "DTSTART;VALUE=DATE:20260715", ""]);
});

test("a cancelled event has a higher sequence than before", () => {
  const { archive, event } = ownFestival();
  const doc = event({ title: "Soup", when: exactly(at("2026-07-17T18:00:00Z")) });
  assert.equal(lineOf(archive, "Soup", "SEQUENCE"), "SEQUENCE:0");
  archive.write({ a: "update", s: "event/1", d: doc, f: { status: "cancelled" } });
  assert.deepEqual(
    [lineOf(archive, "Soup", "SEQUENCE"), lineOf(archive, "Soup", "STATUS")],
    ["SEQUENCE:1", "STATUS:CANCELLED"],
  );
});

test("an event of ours is named by its document, and says all that other calendars understand", () => {
  const festival = ownFestival();
  const doc = festival.event(fullEvent(festival));
  const { series } = festival;
  const lines = readCalendarLines(festival.archive.export("ics").bytes).lines.map(({ text }) => text);
  for (const line of [
    ...[`UID:${doc}@p2p`, "SUMMARY;LANGUAGE=en:Soup of the day", "LOCATION:Barn; Lakeside".replace(";", "\\;")],
    ...[
      "DESCRIPTION:A soup\\n\\nBring a **bowl**.\\n\\nAsk cook@kitchen.example.",
      "CATEGORIES:meal,Kitchen,food,fire",
    ],
    ...["URL:https://soup.example/", 'CONFERENCE;VALUE=URI;LABEL="Live":https://live.example/', "COMMENT:Step-free."],
    ...[`RELATED-TO;RELTYPE=PARENT:${series}@p2p`, `RELATED-TO;RELTYPE=X-FORK:${"88".repeat(32)}@p2p`],
    ...["X-WR-CALNAME:Summer Camp", "X-WR-TIMEZONE:Europe/Berlin", `X-P2P-DOC:${doc}`, "X-P2P-CAPACITY:40"],
  ]) {
    assert.ok(lines.includes(line), line);
  }
  assert.ok(!lines.some((line) => /^(ATTENDEE|ORGANIZER)/.test(line)));
});
