// What a person at a door is told, without a pixel (display.md §7).
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DeviceState } from "../../../device/display/device-state.ts";
import { doorScene } from "../../../device/display/door-scene.ts";
import { overviewScene } from "../../../device/display/overview-scene.ts";
import type { FactsBody, ListBody, NoticeBody, OverviewBody, SlotBody } from "../../../device/display/scene.ts";
import { setUpScene } from "../../../device/display/set-up-scene.ts";
import { sleepingScene } from "../../../device/display/sleeping-scene.ts";
import { ENGLISH, GERMAN, LANGUAGES, wordsFor } from "../../../device/display/words.ts";
import type { DoorProgramme, Slot } from "../../../device/programme/slot.ts";
import { aDevice, aDoor, aSlot, BREAKFAST, CAFE, clock, FIRE, JAM, KNOTS } from "./door.ts";

function sceneOf(programme: Partial<DoorProgramme> = {}, state: Partial<DeviceState> = {}, words = ENGLISH) {
  return doorScene(aDoor(programme), aDevice(state), words);
}

function slotBody(programme: Partial<DoorProgramme> = {}, state: Partial<DeviceState> = {}): SlotBody {
  const { body } = sceneOf(programme, state);
  assert.equal(body.kind, "slot");
  return body as SlotBody;
}

function withNow(more: Partial<Slot>): SlotBody {
  return slotBody({ now: [{ ...KNOTS, ...more }] });
}

test("a door names its room, the time, what runs and until when", () => {
  const scene = sceneOf();
  assert.deepEqual(scene.header, { room: "Small Tent", clock: "14:20" });
  const { lead } = slotBody();
  assert.equal(lead.label, "NOW");
  assert.equal(lead.when, "until 15:00");
  assert.equal(lead.title.text, KNOTS.title);
  assert.deepEqual(lead.chips, [{ text: "DE", tone: "outline" }]);
});

test("an end that nobody named is not printed", () => {
  const { lead } = withNow({ endOpen: true });
  assert.equal(lead.when, "since 14:00");
  assert.equal(lead.progress, undefined);
});

test("an end after midnight is a time of the night, an end days later has its weekday", () => {
  assert.equal(withNow({ end: clock("00:30", 1) }).lead.when, "until 00:30");
  assert.equal(withNow({ end: clock("16:00", 2) }).lead.when, "until Sun 16:00");
});

test("progress moves in steps of five minutes", () => {
  const at = (time: string) => slotBody({}, { now: clock(time) }).lead.progress;
  assert.equal(at("14:00"), 0);
  assert.equal(at("14:04"), 0);
  assert.equal(at("14:05"), 5 / 60);
  assert.equal(at("14:59"), 55 / 60);
  assert.equal(withNow({ end: KNOTS.start }).lead.progress, 1);
});

test("what is next stands below with its time, only the first of it is called next", () => {
  const { rows } = slotBody();
  assert.deepEqual(
    rows.map(({ label, time, title }) => [label, time, title.text]),
    [
      ["NEXT", "15:30", CAFE.title],
      [undefined, "17:00", JAM.title],
      [undefined, "20:00", FIRE.title],
    ],
  );
});

test("several things at once in one venue are all called now", () => {
  const sauna = aSlot("14:00", "16:00", "Sauna");
  const { lead, rows } = slotBody({ now: [KNOTS, sauna] });
  assert.equal(lead.title.text, KNOTS.title);
  assert.deepEqual([rows[0]?.label, rows[0]?.title.text], ["NOW", "Sauna"]);
  assert.equal(rows[1]?.label, "NEXT");
});

test("where nothing runs, the next event stands large", () => {
  const { lead, rows } = slotBody({ now: [] });
  assert.deepEqual([lead.label, lead.when, lead.title.text], ["NEXT", "15:30", CAFE.title]);
  assert.equal(lead.progress, undefined);
  assert.equal(rows[0]?.title.text, JAM.title);
});

test("a delay prints the new time and in brackets the old one", () => {
  const late = { ...CAFE, wasStart: clock("15:00") };
  const { lead } = slotBody({ now: [], next: [late] });
  assert.deepEqual([lead.when, lead.aside], ["15:30", "(was 15:00)"]);
  assert.deepEqual(lead.chips[0], { text: "DELAYED", tone: "solid" });
  const row = slotBody({ next: [late] }).rows[0];
  assert.deepEqual([row?.time, row?.aside], ["15:30", "(was 15:00)"]);
});

test("an event that was brought forward is not called delayed", () => {
  const early = { ...CAFE, wasStart: clock("16:00") };
  assert.equal(slotBody({ now: [], next: [early] }).lead.chips[0]?.text, "EARLIER");
});

test("a cancelled event stays until its end, struck through", () => {
  const { lead } = withNow({ status: "cancelled" });
  assert.equal(lead.takeover?.word, "CANCELLED");
  assert.equal(lead.struck, true);
  assert.equal(lead.live, false);
  assert.equal(lead.when, "14:00–15:00");
  assert.equal(lead.progress, undefined);
  const row = slotBody({ next: [{ ...CAFE, status: "cancelled" }] }).rows[0];
  assert.deepEqual([row?.chips[0]?.text, row?.struck], ["CANCELLED", true]);
});

test("a postponed event is off but not struck", () => {
  const { lead } = withNow({ status: "postponed" });
  assert.deepEqual([lead.takeover?.word, lead.struck], ["POSTPONED", false]);
});

test("an event that moved away says where to", () => {
  const { lead } = withNow({ movedTo: "Barn" });
  assert.deepEqual(lead.takeover, { word: "MOVED", room: "Barn" });
  const row = slotBody({ next: [{ ...CAFE, movedTo: "Barn" }] }).rows[0];
  assert.deepEqual(row?.chips, [{ text: "Barn", tone: "solid", arrow: true }]);
});

test("an idea is marked as one", () => {
  assert.deepEqual(withNow({ status: "idea" }).lead.chips[0], { text: "IDEA", tone: "outline" });
});

test("the last event of a day is followed by tomorrow's first", () => {
  const { rows } = slotBody({ next: [] });
  assert.deepEqual(
    rows.map(({ label, time, title }) => [label, time, title.text]),
    [["TOMORROW", "10:00", BREAKFAST.title]],
  );
});

test("after the last event the door says so and names the next day", () => {
  const day = (tomorrow: Slot) => sceneOf({ now: [], next: [], tomorrow }, { now: clock("23:30") }).body as NoticeBody;
  const tomorrow = day(BREAKFAST);
  assert.equal(tomorrow.text, "That’s it for today.");
  assert.deepEqual([tomorrow.lead?.label, tomorrow.lead?.when], ["TOMORROW", "10:00"]);
  assert.equal(day({ ...BREAKFAST, start: clock("10:00", 2) }).lead?.label, "SUNDAY");
  assert.equal(day({ ...BREAKFAST, start: clock("10:00", 9) }).lead?.label, "SUNDAY 6 JULY");
});

test("after midnight the coming morning is called by its weekday, not tomorrow", () => {
  const { body } = sceneOf({ now: [], next: [] }, { now: clock("01:00", 1) });
  assert.equal((body as NoticeBody).lead?.label, "SATURDAY");
});

test("a venue without any event says that nothing is planned", () => {
  const { body } = doorScene({ venue: "Barn", timezone: "UTC", now: [], next: [], empty: false }, aDevice(), ENGLISH);
  assert.deepEqual(body, { kind: "notice", text: "Nothing is planned here yet." });
});

test("an empty replica waits for a peer and says how to bring a festival", () => {
  const scene = sceneOf({ now: [], next: [], empty: true }, { everHadPeer: false });
  const body = scene.body as NoticeBody;
  assert.equal(body.text, "Waiting for a peer");
  assert.match(body.detail ?? "", /Open 192\.168\.4\.1:3000 on your phone/);
  assert.deepEqual(scene.footer.labels, []);
  assert.equal(scene.strip, undefined);
});

test("without a clock nothing is now or next: the day is a list under its own date", () => {
  const scene = sceneOf({}, { clock: "unsure" });
  const body = scene.body as ListBody;
  assert.equal(scene.header.clock, undefined);
  assert.equal(body.kind, "list");
  assert.equal(body.heading, "Programme for Friday 27 June");
  assert.deepEqual([body.rows[0]?.time, body.rows[0]?.label], ["14:00", undefined]);
  assert.equal(scene.strip, "Clock not set · Printed plan; changes may be missing");
  assert.deepEqual(scene.footer.labels, []);
});

test("a borrowed clock is shown like a sure one", () => {
  assert.equal(sceneOf({}, { clock: "borrowed" }).header.clock, "14:20");
});

test("the sync line grows with the age of the news", () => {
  const after = (minutes: number) => sceneOf({}, { lastSync: clock("14:20") - minutes * 60 });
  assert.deepEqual(after(14).badge, { text: "synced 14:06 · 3 peers", level: "fresh" });
  assert.deepEqual(after(15).badge, { text: "synced 14:05 · 3 peers (15 min ago)", level: "aging" });
  assert.deepEqual(after(90).badge, { text: "synced 12:50 · 3 peers (1 h ago)", level: "aging" });
  assert.deepEqual(after(120).badge, { text: "NO NEWS SINCE 12:20", level: "stale" });
  assert.equal(after(719).strip, undefined);
  assert.deepEqual(after(721).badge, { text: "NO NEWS SINCE 02:19", level: "old" });
  assert.equal(after(721).strip, "Printed plan; changes may be missing");
  assert.equal(after(60 * 24).badge.text, "NO NEWS SINCE Thu 14:20");
});

test("old news makes what is next a plan", () => {
  const { rows } = slotBody({}, { lastSync: clock("11:00") });
  assert.deepEqual([rows[0]?.aside, rows[1]?.aside], ["(planned)", undefined]);
});

test("a box that never had a peer is not behind", () => {
  const scene = sceneOf({}, { everHadPeer: false, lastSync: clock("01:00"), peers: 0 });
  assert.equal(scene.badge.level, "fresh");
  assert.equal(scene.strip, undefined);
});

test("one peer is one peer", () => {
  assert.equal(sceneOf({}, { peers: 1 }).badge.text, "synced 14:15 · 1 peer");
});

test("people at the door and people by phone are two numbers", () => {
  const [join] = sceneOf({}, { now: clock("14:05") }).footer.labels;
  assert.deepEqual(join, { shape: "circle", text: "I’m in", detail: "12 at the door + 7 by phone" });
});

test("ten minutes after the start a press counts for what is next, and the label says so", () => {
  const label = (time: string) => sceneOf({}, { now: clock(time) }).footer.labels[0];
  assert.equal(label("14:09")?.text, "I’m in");
  assert.deepEqual(label("14:10"), { shape: "circle", text: "I’m in 15:30" });
});

test("nobody is invited to a room that is empty", () => {
  const gone = sceneOf({ now: [{ ...KNOTS, movedTo: "Barn" }], next: [] });
  assert.deepEqual(
    gone.footer.labels.map(({ shape }) => shape),
    ["square", "triangle"],
  );
});

test("the answer to a press stands in place of the labels", () => {
  const toast = (kind: DeviceState["toast"]) => sceneOf({}, kind && { toast: kind }).footer.toast;
  assert.equal(toast({ kind: "counted", door: 13 }), "You’re in: 13 at the door. Hold to undo");
  assert.equal(toast({ kind: "undone" }), "Taken back");
  assert.equal(toast({ kind: "hold-to-meet" }), "Hold 2 s to call a meetup");
  assert.equal(toast({ kind: "one-moment" }), "One moment");
  assert.equal(toast(undefined), undefined);
});

test("the page behind More lists the rest of the day and the first of the next", () => {
  const scene = sceneOf({}, { page: "more" });
  const { rows, heading } = scene.body as ListBody;
  assert.equal(heading, "Rest of the day");
  assert.deepEqual(
    rows.map(({ time }) => time),
    ["14:00", "15:30", "17:00", "20:00", "10:00"],
  );
  assert.deepEqual(rows.at(-1)?.chips, [{ text: "TOMORROW", tone: "outline" }]);
  assert.deepEqual(scene.footer.labels, [{ shape: "triangle", text: "Back" }]);
});

test("the same door speaks German", () => {
  const scene = sceneOf({ now: [{ ...KNOTS, status: "cancelled" }] }, {}, GERMAN);
  const { lead, rows } = scene.body as SlotBody;
  assert.deepEqual([lead.label, lead.takeover?.word, rows[0]?.label], ["JETZT", "FÄLLT AUS", "DANACH"]);
  assert.equal(scene.badge.text, "Stand 14:15 · 3 Geräte");
});

test("times are those of the door's zone", () => {
  const scene = sceneOf({ timezone: "America/New_York" });
  assert.equal(scene.header.clock, "08:20");
  assert.throws(() => sceneOf({ timezone: "Mars/Phobos" }), RangeError);
});

test("an event without a readable title still has a row", () => {
  assert.equal(withNow({ title: "\u202e\u200b" }).lead.title.text, "—");
});

test("a room that is full says so, and where there is space instead", () => {
  const { lead } = slotBody({ now: [{ ...KNOTS, full: true }], space: ["Barn", "Sauna"] });
  assert.deepEqual(lead.chips[0], { text: "FULL", tone: "solid" });
  assert.deepEqual(lead.elsewhere, { word: "Space in", rooms: ["Barn", "Sauna"] });
  assert.equal(slotBody({ space: ["Barn"] }).lead.elsewhere, undefined);
});

test("nothing is said about space by a box whose news is old or whose clock is unsure", () => {
  const full = { now: [{ ...KNOTS, full: true }], space: ["Barn"] };
  const { lead } = slotBody(full, { lastSync: clock("01:00") });
  assert.deepEqual([lead.chips, lead.elsewhere], [[{ text: "DE", tone: "outline" }], undefined]);
  const list = sceneOf(full, { clock: "unsure" }).body as ListBody;
  assert.deepEqual(list.rows[0]?.chips, []);
});

test("nobody is invited to a room that is full", () => {
  const { footer } = sceneOf({ now: [{ ...KNOTS, full: true }] }, { now: clock("14:05") });
  assert.equal(footer.labels[0]?.text, "I’m in 15:30");
});

test("an event that moved here says where people would have waited for it", () => {
  const { lead } = slotBody({ now: [], next: [{ ...CAFE, movedFrom: "Barn" }] });
  assert.deepEqual(lead.chips[0], { text: "MOVED HERE", tone: "solid" });
  assert.match(lead.aside ?? "", /^\(from .?Barn.?\)$/);
});

test("an event that moved to another time says when it is instead, with the day if that is another", () => {
  const takeover = (more: Partial<Slot>) => withNow(more).lead.takeover?.room;
  assert.equal(takeover({ newStart: clock("16:00") }), "16:00");
  assert.equal(takeover({ newStart: clock("16:00", 1) }), "Sat 16:00");
  assert.equal(takeover({ newStart: clock("16:00", 9) }), "6 Jul 16:00");
  assert.match(takeover({ newStart: clock("16:00", 1), movedTo: "Barn" }) ?? "", /Barn.? · .?Sat 16:00/);
  const row = slotBody({ next: [{ ...CAFE, newStart: clock("16:00", 1) }] }).rows[0];
  assert.deepEqual([row?.time, row?.chips], ["15:30", [{ text: "Sat 16:00", tone: "solid", arrow: true }]]);
});

test("nobody is invited to what has moved to another time", () => {
  const labels = sceneOf({ now: [{ ...KNOTS, newStart: clock("16:00", 1) }], next: [] }).footer.labels;
  assert.deepEqual(
    labels.map(({ shape }) => shape),
    ["square", "triangle"],
  );
});

test("an announcement stands above the programme with its author until it expires", () => {
  const water = { text: "No water", author: "Kitchen", at: clock("13:55"), expires: clock("18:00") };
  const news = { ...water, urgency: "news" } as const;
  const at = (time: string) => sceneOf({ announcements: [news, news] }, { now: clock(time) }).announcement;
  assert.equal(at("17:59")?.text.text, "No water");
  assert.match(at("17:59")?.by ?? "", /Kitchen.? · 13:55 · valid until 18:00$/);
  assert.equal(at("17:59")?.more, 1);
  assert.equal(at("18:00"), undefined);
});

test("an emergency takes the screen until it expires; without a clock it stays", () => {
  const storm = { text: "Storm", author: "Orga", at: clock("14:00"), expires: clock("15:00") };
  const announcements = [{ ...storm, urgency: "emergency" as const }];
  const kind = (state: Partial<DeviceState>) => sceneOf({ announcements }, state).body.kind;
  assert.equal(kind({}), "alarm");
  assert.equal(kind({ now: clock("15:00") }), "slot");
  assert.equal(kind({ now: clock("15:00"), clock: "unsure" }), "alarm");
});

test("what has no time yet stands below the rest of the day", () => {
  const unplaced = [{ doc: "soup", title: "Soup", place: "Kitchen" }];
  const { appendix } = sceneOf({ unplaced }, { page: "more" }).body as ListBody;
  assert.equal(appendix?.heading, "Sometime, somewhere");
  assert.deepEqual(appendix?.rows, [
    { time: "", chips: [{ text: "Kitchen", tone: "outline" }], title: { text: "Soup" }, struck: false },
  ]);
});

test("a fault takes the screen only where there is no schedule", () => {
  const withSchedule = sceneOf({}, { trouble: "card-full" });
  assert.equal(withSchedule.body.kind, "slot");
  assert.equal(withSchedule.badge.text, "synced 14:15 · 3 peers · card full");
  const without = sceneOf({ now: [], next: [], empty: true }, { trouble: "card-broken" }).body as NoticeBody;
  assert.equal(without.text, "This screen needs help");
});

test("an overview has each place with what is on and what is next; without a clock only what is planned", () => {
  const barn = aDoor({ venue: "Barn", now: [{ ...KNOTS, status: "cancelled" }], next: [] });
  const placesOf = (state: Partial<DeviceState>) =>
    (overviewScene([aDoor(), barn], aDevice(state), ENGLISH).body as OverviewBody).places;
  const [tent, off] = placesOf({});
  assert.deepEqual([tent?.room, tent?.now?.time, tent?.next?.time], ["Small Tent", "until 15:00", "15:30"]);
  assert.deepEqual([off?.now?.time, off?.now?.chips[0]?.text, off?.next], ["14:00", "CANCELLED", undefined]);
  const [unsure] = placesOf({ clock: "unsure" });
  assert.deepEqual([unsure?.now, unsure?.next?.time], [undefined, "14:00"]);
});

test("an overview of nowhere waits without an error", () => {
  assert.equal(overviewScene([], aDevice(), ENGLISH).body.kind, "overview");
});

test("the set-up page tells what it is told, in the words of the screen", () => {
  const { body } = setUpScene("UTC", aDevice({ facts: { venue: "Barn", clock: "14:20" } }), GERMAN);
  assert.deepEqual((body as FactsBody).facts, [
    { name: "Tür", value: "Barn" },
    { name: "Uhr", value: "14:20" },
  ]);
});

test("half an hour in, what is next stands larger than before; without anything next it does not matter", () => {
  const at = (time: string, more: Partial<DoorProgramme> = {}) =>
    slotBody(more, { now: clock(time), lateJoinSeconds: 25 * 60 });
  assert.deepEqual([at("14:24").lead.late, at("14:24").rows[0]?.large], [undefined, undefined]);
  assert.deepEqual([at("14:25").lead.late, at("14:25").rows[0]?.large], [true, true]);
  assert.equal(at("14:25").rows[1]?.large, undefined);
  assert.equal(at("14:25", { next: [] }).lead.late, undefined);
  assert.equal(at("14:25", { now: [{ ...KNOTS, status: "cancelled" }] }).lead.late, undefined);
});

test("a box that nobody has told of a festival says for which one it waits", () => {
  const facts = { venue: "Barn", festival: "summer", box: "Otter", version: "0.1.0" };
  const { body } = sceneOf({ now: [], next: [], empty: true }, { facts });
  assert.deepEqual((body as NoticeBody).facts, [
    { name: "Festival", value: "summer" },
    { name: "This box", value: "Otter" },
    { name: "Version", value: "0.1.0" },
  ]);
});

test("the label beside the button says what a steward who holds it would say", () => {
  const label = (mark: "full" | "open") => sceneOf({}, { mark }).footer.labels.at(-1);
  assert.deepEqual(label("full"), { shape: "triangle", text: "More", detail: "hold: FULL" });
  assert.deepEqual(label("open"), { shape: "triangle", text: "More", detail: "hold: OPEN" });
});

test("what has a time but no place stands with its time among what has neither", () => {
  const unplaced = [
    { doc: "walk", title: "Walk", start: clock("21:00") },
    { doc: "soup", title: "Soup" },
  ];
  const { body } = sceneOf({ now: [], next: [], unplaced }, { now: clock("20:00") });
  assert.deepEqual(
    (body as NoticeBody).appendix?.rows.map(({ time, title }) => [time, title.text]),
    [
      ["21:00", "Walk"],
      ["", "Soup"],
    ],
  );
});

test("a box that falls asleep leaves what is planned next under its date, and no word that could be out of date", () => {
  const planOf = (programme: Partial<DoorProgramme>) =>
    (sleepingScene(aDoor(programme), clock("14:20"), ENGLISH).body as NoticeBody).appendix;
  const titles = (programme: Partial<DoorProgramme>) => planOf(programme)?.rows.map(({ title }) => title.text);
  assert.deepEqual(
    planOf({
      next: [
        { ...CAFE, full: true, wasStart: clock("15:00") },
        { ...JAM, movedTo: "Barn" },
      ],
    }),
    {
      heading: "Friday 27 June",
      rows: [{ time: "15:30", chips: [], title: { text: CAFE.title, lang: "en" }, struck: false }],
    },
  );
  assert.deepEqual(titles({ next: [] }), [BREAKFAST.title]);
  assert.equal(planOf({ next: [] })?.heading, "Saturday 28 June");
  const scene = sleepingScene({ venue: "Barn", timezone: "UTC", now: [], next: [], empty: true }, 0, GERMAN);
  assert.deepEqual(
    [scene.header.clock, scene.badge.text, (scene.body as NoticeBody).appendix],
    [undefined, "", undefined],
  );
});

test("the way on from all rooms is the rest of the day", () => {
  const { footer } = overviewScene([aDoor()], aDevice({ page: "rooms" }), ENGLISH);
  assert.deepEqual(footer.labels, [{ shape: "triangle", text: "More" }]);
  assert.deepEqual(overviewScene([aDoor()], aDevice(), ENGLISH).footer.labels, []);
});

for (const language of LANGUAGES) {
  test(`every sentence is there in ${language}`, () => {
    const words = wordsFor(language);
    const scene = sceneOf({ now: [{ ...KNOTS, full: true }], space: ["Barn"] }, { lastSync: clock("11:00") }, words);
    assert.equal(scene.lang, language);
    const { lead, rows } = scene.body as SlotBody;
    assert.equal(lead.label, words.now);
    assert.match(lead.when, /15:00/);
    assert.equal(rows[0]?.label, words.next);
    assert.match(scene.badge.text, /11:00/);
  });
}

test("Arabic counts devices in its own way", () => {
  const { peers } = wordsFor("ar");
  assert.deepEqual([1, 2, 3, 11].map(peers), ["جهاز واحد", "جهازان", "3 أجهزة", "11 جهازًا"]);
});
