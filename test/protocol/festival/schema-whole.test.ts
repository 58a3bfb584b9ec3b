// Each schema as a whole: an example with every field, the rules across fields, and fields of no sense whatsoever.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encodeBody, readBody } from "../../../protocol/festival/body.ts";
import { isPresent } from "../../../protocol/festival/schema/presence.ts";
import {
  checkFields,
  checkKey,
  type FieldsWrittenOf,
  fieldNames,
  isKeyed,
  isSchemaName,
  readFields,
  SCHEMA_NAMES,
  type SchemaName,
} from "../../../protocol/festival/schema.ts";
import { type CborMap, type CborValue, decodeCbor, encodeCbor } from "../../../protocol/operation/cbor.ts";
import { MAX_BODY_BYTES } from "../../../protocol/operation/limits.ts";

const ID = "ab".repeat(32);
const GUEST = "cd".repeat(32);
const HOUR = 3600;
const EVENING = 1_785_837_600;
const MANY_RUNS = 300;

const PICTURE = { h: ID, t: "image/webp", n: 4000 } as const;
const LINK = { url: "https://camp.example", title: "Camp", rel: "web" } as const;
const PLACE = {
  text: "Behind the barn",
  geo: [52_520_008, 13_404_954],
  addr: { street: "Lane 1", code: "12345", city: "Löten", country: "DE" },
  url: "geo:52,13",
  point3: [1, 2, 3],
  how: "Follow\nthe smoke",
} as const;
const COMMON = {
  lang: "de",
  forkOf: { doc: ID, op: ID, by: ID },
  origin: { src: "camp.ics", uid: "1", rid: "2", rrule: "FREQ=WEEKLY", etag: '"3"' },
  archive: "yes",
  reuse: "ask",
  expires: EVENING,
} as const;
const SPAN = { start: EVENING, end: EVENING + HOUR } as const;

/** Every field of every schema; a resource has its opening times in one of two ways. */
const WHOLE: { readonly [Name in SchemaName]: FieldsWrittenOf[Name] } = {
  "profile/1": {
    name: "Ada",
    about: "I cook\nsoup",
    avatar: PICTURE,
    pronouns: "she",
    is: "person",
    contact: [LINK],
    langs: ["de", "en-GB"],
  },
  "resource/1": {
    kind: "venue",
    title: "Barn",
    text: "Dry\nand warm",
    images: [PICTURE],
    place: PLACE,
    tz: "Europe/Berlin",
    quantity: 2,
    unit: "corners",
    consumable: false,
    capacity: 80,
    access: "A ramp",
    slotMinutes: 30,
    lead: 15,
    tail: 15,
    open: [SPAN],
    closed: [SPAN],
    policy: "auto",
    meetupOk: true,
    answerer: ID,
    answerFrom: [{ key: ID, seq: 7 }],
    needs: [ID],
    tags: ["roof"],
    ...COMMON,
  },
  "event/1": {
    title: "Soup",
    summary: "Hot",
    text: "Very\nhot",
    when: { m: "exact", ...SPAN, endOpen: true, tz: "Europe/Berlin", wall: "2026-08-04T12:00" },
    status: "planned",
    kind: "meal",
    tags: ["food"],
    hosts: [{ key: ID, name: "Ada", role: "cook" }],
    images: [PICTURE],
    links: [LINK],
    place: PLACE,
    venues: [ID],
    access: "Step-free",
    capacity: 40,
    join: "answer",
    frames: [ID],
    series: ID,
    part: "1 of 3",
    record: "ask",
    note: "Starts 20 min later",
    ...COMMON,
  },
  "series/1": { title: "Soup on Wednesdays", text: "Always\nhot", rule: "every Wednesday", ...COMMON },
  "request/1": { event: ID, resource: ID, ...SPAN, quantity: 2, note: "We bring\nplates", expires: EVENING },
  "answer/1": {
    subject: `${ID}:${GUEST}`,
    resource: ID,
    version: ID,
    verdict: "accept",
    ...SPAN,
    hold: { start: EVENING - HOUR, end: EVENING + 2 * HOUR },
    quantity: 1,
    of: 40,
    policy: "random",
    after: ID,
    force: true,
    note: "Welcome",
  },
  "rsvp/1": { going: "yes", n: 3, door: 40, full: true, expires: EVENING },
  "need/1": { event: ID, title: "A cook", text: "Who likes\nonions", kind: "skill", open: true },
  "note/1": {
    about: ID,
    reply: ID,
    kind: "photo",
    announce: "news",
    text: "Look\nhere",
    blobs: [PICTURE],
    consent: true,
    ...COMMON,
  },
  "frame/1": {
    title: "Summer",
    text: "Days\nand nights",
    ...SPAN,
    tz: "Europe/Berlin",
    dayStart: 360,
    parent: ID,
    place: PLACE,
    tags: ["camp"],
    plan: PICTURE,
    conduct: "Be\nkind",
    links: [LINK],
    ...COMMON,
  },
  "pick/1": { title: "For children", text: "Small\nand loud", frame: ID, items: [ID, GUEST] },
  "page/1": { slug: "how-to-get-here", title: "The way", text: "By\nfoot", frame: ID },
  "presence/1": {
    open: true,
    until: EVENING,
    langs: ["de"],
    tags: ["chess"],
    size: "small",
    access: "quiet",
    via: ID,
    round: "17",
  },
  "meetup/1": {
    event: ID,
    via: ID,
    commit: ID,
    reveal: ID,
    inputs: [ID, GUEST],
    groups: [{ place: "here, at this screen", keys: [ID, GUEST] }],
    expires: EVENING,
  },
  "keylink/1": { other: GUEST, may: ["event/1", "x-poem/12"], until: 41 },
  "mutelist/1": { title: "Noise", items: [{ key: ID, doc: ID, why: "Spam" }] },
  "flag/1": { about: ID, why: "danger", text: "Fire\nwood", to: ID },
  "space-link/1": {
    title: "Next door",
    text: "Over\nthe hill",
    how: [{ relay: "camp.example:3473", onion: `${"a".repeat(56)}.onion:80`, code: "kind-otter" }],
  },
  "forget/1": { upTo: 41 },
};

const KEYS: { readonly [name: string]: string } = { "answer/1": `${ID}:${GUEST}`, "rsvp/1": ID, "keylink/1": GUEST };

for (const schema of SCHEMA_NAMES) {
  const fields = WHOLE[schema] as unknown as CborMap;
  const key = KEYS[schema] ?? "";

  test(`${schema} with all its fields is valid, written and read back`, () => {
    const given = new Set(Object.keys(fields));
    assert.deepEqual(
      fieldNames(schema).filter((name) => !given.has(name)),
      schema === "resource/1" ? ["weekly"] : [],
    );
    assert.deepEqual(checkFields(schema, fields), []);
    if (isKeyed(schema)) assert.deepEqual(checkKey(schema, key, fields), []);
    const body = { a: isKeyed(schema) ? "set" : "create", s: schema, k: key, f: fields } as never;
    const reading = readBody(encodeBody(body));
    assert.ok(reading.status === "understood" && "f" in reading.body, JSON.stringify(reading));
    assert.deepEqual(plain(readFields(schema, reading.body.f)), plain(fields));
  });

  test(`each field of ${schema} that holds nonsense is named, and no other`, () => {
    for (const name of fieldNames(schema)) {
      const reasons = checkFields(schema, { ...fields, [name]: new Uint8Array(1) } as CborMap);
      assert.equal(reasons.length, 1, name);
      assert.match(reasons[0] as string, new RegExp(`^${schema} "${name}"`));
    }
  });
}

test("the longest lists fit the body of an operation (M-07)", () => {
  const ids = (length: number): readonly string[] => Array.from({ length }, () => ID);
  const group = { place: ID, keys: ids(3) };
  const longest = {
    "pick/1": { ...WHOLE["pick/1"], items: ids(500) },
    "meetup/1": { ...WHOLE["meetup/1"], inputs: ids(300), groups: Array.from({ length: 100 }, () => group) },
    "mutelist/1": { title: "x".repeat(120), items: ids(900).map((key) => ({ key })) },
  };
  for (const [schema, fields] of Object.entries(longest)) {
    assert.ok(isSchemaName(schema));
    assert.deepEqual(checkFields(schema, fields), []);
    assert.ok(encodeBody({ a: "create", s: schema, f: fields } as never).length <= MAX_BODY_BYTES, schema);
  }
});

test("a request is for whole minutes and ends after it starts (M-04, M-22)", () => {
  const request = (start: number, end: number): readonly string[] =>
    checkFields("request/1", { event: ID, resource: ID, start, end });
  assert.deepEqual(request(0, 60), []);
  assert.deepEqual(request(60, 60), ['request/1 "end" is not after its start']);
  assert.deepEqual(request(120, 60), ['request/1 "end" is not after its start']);
  assert.deepEqual(request(1, 60), ['request/1 "start" is not a whole minute']);
  assert.deepEqual(request(0, 61), ['request/1 "end" is not a whole minute']);
});

test("an accept says what it holds and of how much; other verdicts need not (M-20)", () => {
  const { hold, of, start, end, ...answer } = WHOLE["answer/1"];
  assert.deepEqual(checkFields("answer/1", { ...answer, of: 0 }), ['answer/1 "hold" is missing']);
  assert.deepEqual(checkFields("answer/1", { ...answer, hold: SPAN }), ['answer/1 "of" is missing']);
  assert.deepEqual(checkFields("answer/1", { ...answer, hold: SPAN, of: 0 }), []);
  for (const verdict of ["reject", "wait", "release"] as const) {
    assert.deepEqual(checkFields("answer/1", { ...answer, verdict }), [], verdict);
  }
});

test("what an answer grants lies within what it holds (M-20)", () => {
  const answer = (change: CborMap): readonly string[] =>
    checkFields("answer/1", { ...(WHOLE["answer/1"] as unknown as CborMap), ...change });
  assert.deepEqual(answer({ hold: SPAN }), []);
  assert.deepEqual(answer({ end: null }), ['answer/1 "end" is missing']);
  assert.deepEqual(answer({ start: null }), ['answer/1 "start" is missing']);
  assert.deepEqual(answer({ end: EVENING }), ['answer/1 "end" is not after its start']);
  assert.deepEqual(answer({ hold: { start: EVENING + 60, end: EVENING + HOUR } }), [
    'answer/1 "hold" does not cover start and end',
  ]);
  assert.deepEqual(answer({ hold: { start: EVENING, end: EVENING + HOUR - 60 } }), [
    'answer/1 "hold" does not cover start and end',
  ]);
  assert.deepEqual(answer({ hold: { start: EVENING, end: EVENING } }), ['answer/1 "hold.end" is not after its start']);
});

test("a presence counts while it is open, until it ends, and never for more than 8 hours", () => {
  const presence = { open: true, until: EVENING, via: ID };
  assert.equal(isPresent(presence, EVENING - 1), true);
  assert.equal(isPresent(presence, EVENING), false);
  assert.equal(isPresent(presence, EVENING - 8 * HOUR), true);
  assert.equal(isPresent(presence, EVENING - 8 * HOUR - 1), false);
  assert.equal(isPresent({ ...presence, open: false }, EVENING - 1), false);
});

test("a meeting of chance has groups of up to five, at a resource or a place in words", () => {
  const meetup = (group: CborMap): readonly string[] =>
    checkFields("meetup/1", { ...(WHOLE["meetup/1"] as unknown as CborMap), groups: [group] });
  assert.deepEqual(meetup({ place: ID, keys: Array.from({ length: 5 }, () => ID) }), []);
  assert.deepEqual(meetup({ place: ID, keys: Array.from({ length: 6 }, () => ID) }), [
    'meetup/1 "groups[0].keys" has more than 5 entries',
  ]);
  assert.deepEqual(meetup({ keys: [] }), ['meetup/1 "groups[0].place" is missing']);
});

test("the name of a page is one word of an address", () => {
  const page = (slug: string): number => checkFields("page/1", { slug, title: "x", text: "" }).length;
  for (const slug of ["a", "7", "how-to-get-here", "x".repeat(60)]) assert.equal(page(slug), 0, slug);
  for (const slug of ["", "x".repeat(61), "A", "a b", "a--b", "-a", "a-", "../a", "a/b", "ä", "a\n"]) {
    assert.equal(page(slug), 1, slug);
  }
});

test("a link names schemas with their versions, of ours or of extensions", () => {
  const link = (name: string): number => checkFields("keylink/1", { other: ID, may: [name] }).length;
  for (const name of ["event/1", "space-link/1", "x-poem/12", `x-${"a".repeat(60)}/1`])
    assert.equal(link(name), 0, name);
  for (const name of ["", "event", "event/0", "event/01", "Event/1", "1/1", `x-${"a".repeat(61)}/1`]) {
    assert.equal(link(name), 1, name);
  }
});

test("an entry of a mute list names a key or a document", () => {
  const list = (item: CborMap): readonly string[] => checkFields("mutelist/1", { title: "Noise", items: [item] });
  for (const item of [{ key: ID }, { doc: ID }]) assert.deepEqual(list(item), []);
  assert.deepEqual(list({ why: "Spam" }), ['mutelist/1 "items[0]" names neither a key nor a document']);
});

test("a way to another space is a relay, an onion service or a code", () => {
  const way = (how: CborMap): number => checkFields("space-link/1", { title: "Next door", how: [how] }).length;
  const onion = "a2".repeat(28);
  for (const how of [{ relay: "[::1]:3473" }, { onion: `${onion}.onion` }, { code: "x" }]) assert.equal(way(how), 0);
  for (const how of [
    {},
    { onion },
    { onion: `${onion}.onion:0` },
    { onion: `x${onion}.onion` },
    { onion: "a.onion" },
  ]) {
    assert.equal(way(how), 1, JSON.stringify(how));
  }
});

test("a note goes unless its author wants it kept; a need is open; a request is for one (M-60)", () => {
  assert.deepEqual({ ...readFields("note/1", {}) }, { kind: "note", archive: "no" });
  assert.equal(readFields("need/1", { event: ID, title: "A cook" }).open, true);
  assert.equal(readFields("request/1", { event: ID, resource: ID, ...SPAN }).quantity, 1);
});

const anyValue: fc.Arbitrary<CborValue> = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<CborValue[]>(null, true, false, "", ID, "yes", "accept", EVENING, 0, -1, {}, []),
    fc.maxSafeInteger(),
    fc.string({ unit: "binary" }).map((text) => text.toWellFormed()),
    fc.uint8Array({ maxLength: 4 }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(
      fc.constantFrom("start", "end", "key", "m", "relay", "url", "h", "__proto__", "constructor"),
      tie("value"),
      { maxKeys: 4 },
    ),
  ),
})).value;

for (const schema of SCHEMA_NAMES) {
  test(`no fields whatsoever make the check of ${schema} throw, nor the reading of those that pass`, () => {
    const names = [...fieldNames(schema), "mood", "__proto__", "constructor"];
    const fields = fc.dictionary(fc.constantFrom(...names), anyValue, { maxKeys: names.length });
    const mixed = fields.map((some) => ({ ...(WHOLE[schema] as unknown as CborMap), ...some }));
    fc.assert(
      fc.property(fc.oneof(fields, mixed), fc.string(), (some, key) => {
        for (const reason of checkFields(schema, some)) assert.match(reason, new RegExp(`^${schema} "`));
        if (isKeyed(schema)) checkKey(schema, key, some);
        if (checkFields(schema, some).length === 0) decodeCbor(encodeCbor(readFields(schema, some) as never));
      }),
      { numRuns: MANY_RUNS },
    );
  });
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
