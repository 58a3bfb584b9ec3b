// A festival on the command line: several people at one machine. Every act, what it changes, and what it refuses.
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { FakeClock } from "../../support/fake-clock.ts";
import { Desk } from "./desk.ts";

const desk = new Desk(new FakeClock());
after(() => desk.clear());

/** A command is refused, and nothing was published by it. */
async function refused(code: string, name: string, ...args: readonly string[]): Promise<string> {
  const before = await desk.operations();
  let message = "";
  await assert.rejects(desk.lines(name, ...args), (error: Error & { code?: string }) => {
    message = error.message;
    assert.equal(error.code, code, message);
    return true;
  });
  assert.equal(await desk.operations(), before, "a refused act published something");
  return message;
}

let soup = "";
before(async () => {
  await desk.act("create", "venue", "Barn", "--lead", "30", "--as", "ada");
  const when = ["--start", "2026-07-18 18:00", "--end", "20:00"];
  soup = (await desk.act("create", "event", "Soup", ...when, "--tag", "food", "--as", "ben")).id;
});

test("a request is warned of, answered by whoever lends the thing, and given back", async () => {
  const { id } = await desk.act("ask", "Barn", "--event", "Soup", "--as", "ben");
  assert.equal((await desk.list("asked", "--as", "ada"))[0]?.["doc"], id);
  await refused("E_NOT_YOURS", "answer", id, "accept", "--as", "ben");
  await desk.act("answer", id.slice(0, 8), "accept", "--as", "ada");
  assert.deepEqual(await desk.list("asked", "--as", "ada"), []);
  const [event] = await desk.list("events", "--words", "soup");
  assert.deepEqual(event?.["confirmed"], { asked: 1, accepted: 1, percent: 100 });

  await desk.act("create", "event", "Stew", "--start", "2026-07-18T17:00:00Z", "--end", "22:00", "--as", "cleo");
  const taken = await refused("E_TAKEN", "ask", "Barn", "--event", "Stew", "--as", "cleo");
  assert.match(taken, /Taken Sat 2026-07-18 17:30–20:00 as far as this box knows/);
  const { id: second } = await desk.act("ask", "Barn", "--event", "Stew", "--anyway", "--as", "cleo");
  await refused("E_TAKEN", "answer", second, "accept", "--as", "ada");
  await desk.act("answer", second, "wait", "--note", "After the soup", "--as", "ada");
  assert.match((await desk.lines("list", "requests")).join("\n"), /waiting, number 1: After the soup/);
  await desk.act("release", id, "--as", "ben");
  await desk.act("answer", second, "accept", "--as", "ada");
  const [granted] = await desk.list("requests", "--by", "cleo");
  assert.equal((granted?.["state"] as { state?: string } | undefined)?.state, "confirmed");
});

test("what somebody else made is theirs; a fork is one's own, with a credit line", async () => {
  assert.match(await refused("E_NOT_YOURS", "edit", "Soup", "--title", "Mine", "--as", "cleo"), /fork/);
  const { id } = await desk.act("fork", "Soup", "--title", "Bisque", "--as", "cleo");
  const shown = (await desk.lines("show", id.slice(0, 10))).join("\n");
  assert.match(shown, /^after +\w+ \w+'s$/m);
  assert.match(shown, /seen from this box \(\w+ \w+\): \d+ things from 3 people, no news from others yet$/);
  await desk.act("edit", "Bisque", "--capacity", "12", "--when", "when the fire is lit", "--as", "cleo");
  const [event] = await desk.list("events", "--words", "bisque");
  assert.deepEqual(event?.["when"], { m: "words", text: "when the fire is lit" });
});

test("a move takes the own requests along, and a cancelled event stays where it can be seen", async () => {
  await desk.act("ask", "Barn", "--event", soup, "--anyway", "--as", "ben");
  const moved = await desk.act("move", "Soup", "--start", "2026-07-19 12:00", "--as", "ben");
  assert.equal(moved["requests"], 1);
  const [request] = await desk.list("requests", "--by", "ben");
  assert.equal((request?.["span"] as { start?: number } | undefined)?.start, Date.parse("2026-07-19T10:00Z") / 1000);
  await desk.act("cancel", "Soup", "--note", "No pots", "--as", "ben");
  const [event] = await desk.list("events", "--day", "2026-07-19");
  assert.deepEqual([event?.["status"], event?.["note"]], ["cancelled", "No pots"]);
  await refused("E_CANCELLED", "move", "Soup", "--start", "2026-07-20 12:00", "--as", "ben");
  await refused("E_CANCELLED", "ask", "Barn", "--event", "Soup", "--as", "ben");
});

test("what is not meant clearly is asked back, with candidates", async () => {
  await desk.act("create", "event", "Twins", "--as", "ada");
  await desk.act("create", "event", "Twins", "--as", "ben");
  assert.match(await refused("E_AMBIGUOUS", "rsvp", "Twins", "yes"), /[0-9a-f]{8} \("Twins" by .+, [0-9a-f]{8} /);
  assert.match(await refused("E_UNKNOWN_DOCUMENT", "rsvp", "Sopu", "yes"), /did you mean "Soup"/);
  await refused("E_UNKNOWN_DOCUMENT", "ask", "Soup", "--event", "Stew");
  await refused("E_UNKNOWN_PERSON", "list", "events", "--by", "nobody");
});

const REFUSED: readonly (readonly [code: string, ...args: [string, ...string[]]])[] = [
  ["E_TIME", "create", "event", "Late", "--start", "soon"],
  ["E_TIME", "list", "events", "--day", "today"],
  ["E_FIELDS", "create", "event", ""],
  ["E_FIELDS", "note", "Stew", "a\u001b[31m word"],
  ["E_FIELDS", "create", "venue", "Shed", "--quantity", "many"],
  [
    "E_FIELDS",
    "create",
    "series",
    "Choir",
    "--every",
    "day",
    "--count",
    "2",
    "--start",
    "2026-07-20 19:00",
    "--join",
    "no",
  ],
  ["E_SERIES_LONG", "create", "series", "Choir", "--every", "day", "--count", "201", "--start", "2026-07-20 19:00"],
  ["E_NO_TIME", "ask", "Barn", "--event", "Bisque"],
  ["E_USAGE", "create", "event", "Soup", "--quantity", "3"],
  ["E_USAGE", "create", "party", "Soup"],
  ["E_USAGE", "create", "event"],
  ["E_USAGE", "edit", "Stew", "--start", "2026-07-20 19:00"],
  ["E_USAGE", "list", "people", "--day", "2026-07-17"],
  ["E_USAGE", "rsvp", "Stew", "perhaps"],
  ["E_USAGE", "export", "--format", "pdf"],
  ["E_KEY_NAME", "create", "event", "Soup", "--as", "../ada"],
];
for (const [code, ...args] of REFUSED) {
  test(`${JSON.stringify(args.join(" "))} is refused as ${code}, and publishes nothing`, async () => {
    await refused(code, ...args);
  });
}

test("requests are listed in the order of their times, not of their arrival", async () => {
  for (const [title, start] of [
    ["Late", "2026-08-02 20:00"],
    ["Early", "2026-08-01 10:00"],
  ] as const) {
    await desk.act("create", "event", title, "--start", start, "--end", "22:00", "--as", "dora");
    await desk.act("ask", "Barn", "--event", title, "--as", "dora");
  }
  const listed = await desk.list("requests", "--by", "dora");
  assert.deepEqual(
    listed.map(({ eventTitle }) => eventTitle),
    ["Early", "Late"],
  );
});

test("who hosts an event is shown by name", async () => {
  const { id } = await desk.act("create", "event", "Choir", "--host", "Mo and Jo", "--as", "dora");
  assert.match((await desk.lines("show", id)).join("\n"), /^hosts +Mo and Jo$/m);
});

test("who comes, what lacks, what is said and what is recommended", async () => {
  await desk.act("rsvp", "Stew", "yes", "--n", "3", "--as", "ada");
  await desk.act("rsvp", "Stew", "yes", "--as", "ben");
  await desk.act("rsvp", "Stew", "maybe", "--as", "ben");
  const [stew] = await desk.list("events", "--words", "stew");
  assert.deepEqual(stew?.["going"], { identities: 1, people: 3, door: 0 });
  await desk.act("create", "need", "Ten bowls", "--event", "Stew", "--kind", "material", "--as", "cleo");
  assert.equal((await desk.list("needs", "--kind", "material")).length, 1);
  await desk.act("edit", "Ten bowls", "--needed", "no", "--as", "cleo");
  assert.deepEqual(await desk.list("needs"), []);
  await desk.act("note", "Stew", "It was good", "--as", "ada");
  assert.equal((await desk.list("notes", "--words", "good")).length, 1);
  await desk.act("pick", "For children", "Bisque", "--as", "ada");
  const again = await desk.act("pick", "For children", "Stew", "--as", "ada");
  assert.equal((await desk.list("picks")).length, 1);
  const picked = await desk.list("events", "--pick", again.id);
  assert.deepEqual(
    picked.map(({ title }) => title),
    ["Stew"],
  );
});

test("who somebody is follows from what they do", async () => {
  const { person } = (await desk.act("show", "cleo")) as unknown as { person: { roles: object } };
  assert.deepEqual(person.roles, { hosts: 2, performs: 0, lends: 0, comes: 0 });
  assert.match((await desk.lines("list", "people")).join("\n"), /hosts 1, lends 1, comes to 1/);
});

test("a weekly series stays at its hour over the change of the clocks, and each date is asked for", async () => {
  const choir = await desk.act(
    ...(["create", "series", "Choir", "--every", "week", "--count", "4", "--as", "ben"] as [string, ...string[]]),
    ...["--start", "2026-10-21 19:00", "--end", "21:00", "--tag", "song"],
  );
  const dates = await desk.list("events", "--tag", "song");
  assert.deepEqual(
    dates.map(({ when }) => (when as { wall: string }).wall),
    ["2026-10-21T19:00", "2026-10-28T19:00", "2026-11-04T19:00", "2026-11-11T19:00"],
  );
  const starts = dates.map(({ when }) => (when as { start: number }).start);
  assert.equal((starts[1] ?? 0) - (starts[0] ?? 0), (7 * 24 + 1) * 3600);
  const { ids } = (await desk.act("ask", "Barn", "--series", choir.id, "--as", "ben")) as unknown as { ids: string[] };
  for (const id of ids) await desk.act("answer", id, "accept", "--as", "ada");
  const third = dates[2]?.["doc"] as string;
  await desk.act("cancel", third, "--as", "ben");
  const states = (await desk.list("requests", "--by", "ben")).filter(({ doc }) => ids.includes(doc as string));
  assert.deepEqual(
    states.map(({ state }) => (state as { state: string }).state),
    ["confirmed", "confirmed", "dead", "confirmed"],
  );
});

test("what has not reached this box is said to be missing, not an error", async () => {
  const { id } = await desk.act("create", "event", "Elsewhere", "--as", "ada");
  await desk.act("note", id, "Where is it?", "--as", "ben");
  await desk.act("cancel", id, "--withdraw", "--as", "ada");
  assert.match((await desk.lines("list", "notes", "--words", "where")).join("\n"), /withdrawn by its author/);
  await refused("E_WITHDRAWN", "show", id);
});

test("a linked key changes what the other made, and nothing while only one side says so", async () => {
  const { id, author: laptop } = await desk.act("create", "event", "Kite making", "--as", "dora");
  const phone = await desk.write("doras-phone");
  const link = (other: string) => ({
    a: "set" as const,
    s: "keylink/1" as const,
    k: other,
    f: { other, may: ["event/1"] },
  });
  await desk.write("doras-phone", link(laptop as string));
  await refused("E_NOT_YOURS", "edit", id, "--title", "Kites", "--as", "doras-phone");
  await desk.write("dora", link(phone));
  await desk.act("edit", id, "--title", "Kites", "--as", "doras-phone");
  await desk.act("move", id, "--start", "2026-07-19 11:00", "--as", "doras-phone");
  const [event] = await desk.list("events", "--words", "kites");
  assert.equal(event?.["author"], laptop);
  await desk.act("cancel", id, "--as", "doras-phone");
  assert.equal((await desk.list("events", "--words", "kites"))[0]?.["status"], "cancelled");
});

test("a block stays on this box, hides, says how much, and can be taken back", async () => {
  const before = await desk.operations();
  await desk.act("block", "cleo");
  assert.equal(await desk.operations(), before, "a block is never announced");
  assert.deepEqual(await desk.list("events", "--words", "stew"), []);
  assert.match((await desk.lines("list", "events")).at(-1) ?? "", /; 2 things hidden by your choice$/);
  await desk.act("block", "cleo", "--undo");
  assert.equal((await desk.list("events", "--words", "stew")).length, 1);
  await desk.act("block", "--word", "twins");
  assert.equal((await desk.list("hidden")).length, 1);
  assert.deepEqual(await desk.list("events", "--words", "twins"), []);
  await desk.act("block", "--word", "twins", "--undo");
});

test("an export is what somewhere else can be imported", async () => {
  const out = join(desk.folder, "festival.ics");
  const exported = await desk.act("export", "--format", "ics", "--out", out);
  assert.match(readFileSync(out, "utf8"), /SUMMARY:Stew/);
  const elsewhere = ["--data", join(desk.folder, "other"), "--festival", "elsewhere"];
  const imported = await desk.act("import", out, ...elsewhere);
  assert.ok((exported["events"] as number) >= 8);
  assert.equal(imported["events"], exported["events"]);
});

test("somebody new has a key of their own, which nobody else can read", async () => {
  const { author } = await desk.act("create", "event", "Secret garden", "--as-new");
  assert.ok((await desk.list("people")).some(({ key }) => key === author));
  assert.equal(statSync(join(desk.folder, "data", "keys")).mode & 0o777, 0o700);
});
