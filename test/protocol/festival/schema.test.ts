// The field rules of each schema at their limits (M-04 to M-08): one below, at, and one above.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  checkFields,
  checkKey,
  fieldNames,
  isSchemaName,
  readFields,
  SCHEMA_NAMES,
  type SchemaName,
} from "../../../protocol/festival/schema.ts";
import type { CborMap, CborValue } from "../../../protocol/operation/cbor.ts";

const ID = "ab".repeat(32);
const MINUTE = 60;
const PART = { m: "part", day: "2026-08-04", tz: "UTC" };

/** The least that each schema asks for. */
const LEAST: { readonly [Name in SchemaName]: CborMap } = {
  "profile/1": {},
  "resource/1": { kind: "venue", title: "Barn" },
  "event/1": { title: "Soup" },
  "series/1": { title: "Soup on Wednesdays" },
  "request/1": { event: ID, resource: ID, start: 0, end: MINUTE },
  "answer/1": { subject: ID, resource: ID, version: ID, verdict: "wait", policy: "manual" },
  "rsvp/1": { going: "yes" },
  "need/1": { event: ID, title: "A cook" },
  "note/1": {},
  "frame/1": { title: "Summer" },
  "pick/1": { title: "For children", items: [] },
  "page/1": { slug: "way", title: "The way", text: "" },
  "presence/1": { open: true, until: 0, via: ID },
  "meetup/1": { event: ID, via: ID, commit: ID, inputs: [], groups: [], expires: 0 },
  "keylink/1": { other: ID, may: [] },
  "mutelist/1": { title: "Noise", items: [] },
  "flag/1": { about: ID, why: "spam", to: ID },
  "space-link/1": { title: "Next door", how: [] },
  "forget/1": { upTo: 0 },
};

function check(schema: SchemaName, field: string, value: CborValue): readonly string[] {
  return checkFields(schema, { ...LEAST[schema], [field]: value });
}

function accepts(schema: SchemaName, field: string, ...values: readonly CborValue[]): void {
  for (const value of values) assert.deepEqual(check(schema, field, value), [], JSON.stringify(value));
}

function refuses(schema: SchemaName, field: string, ...values: readonly CborValue[]): void {
  for (const value of values) {
    const reasons = check(schema, field, value);
    assert.equal(reasons.length, 1, `${schema} ${field} accepts ${JSON.stringify(value)}`);
    assert.match(reasons[0] as string, new RegExp(`^${schema} "${field}[".[]`));
  }
}

for (const [schema, fields] of Object.entries(LEAST) as [SchemaName, CborMap][]) {
  test(`${schema} needs no more than ${Object.keys(fields).join(" and ") || "nothing"} (R-02)`, () => {
    assert.deepEqual(checkFields(schema, fields), []);
    for (const name of Object.keys(fields)) {
      const { [name]: _, ...rest } = fields;
      assert.deepEqual(checkFields(schema, rest), [`${schema} "${name}" is missing`]);
      assert.deepEqual(checkFields(schema, { ...rest, [name]: null }), [`${schema} "${name}" is missing`]);
    }
  });
}

/** Texts by length in bytes: schema, field, least, most. */
const TEXTS: readonly (readonly [SchemaName, string, number, number, ((text: string) => CborValue)?])[] = [
  ["profile/1", "name", 0, 60],
  ["profile/1", "about", 0, 1000],
  ["profile/1", "pronouns", 0, 30],
  ["resource/1", "title", 1, 200],
  ["resource/1", "text", 0, 8192],
  ["resource/1", "unit", 0, 20],
  ["resource/1", "access", 0, 2000],
  ["resource/1", "tags", 1, 40, (text) => [text]],
  ["event/1", "title", 1, 200],
  ["event/1", "summary", 0, 500],
  ["event/1", "text", 0, 32_768],
  ["event/1", "kind", 0, 40],
  ["event/1", "tags", 1, 40, (text) => [text]],
  ["event/1", "hosts", 0, 100, (name) => [{ name }]],
  ["event/1", "hosts", 0, 40, (role) => [{ role }]],
  ["event/1", "links", 0, 120, (title) => [{ url: "https://a", title }]],
  ["event/1", "place", 0, 200, (text) => ({ text })],
  ["event/1", "place", 0, 500, (how) => ({ how })],
  ["event/1", "place", 0, 100, (street) => ({ addr: { street } })],
  ["event/1", "place", 0, 100, (code) => ({ addr: { code } })],
  ["event/1", "place", 0, 100, (city) => ({ addr: { city } })],
  ["event/1", "place", 0, 100, (country) => ({ addr: { country } })],
  ["event/1", "access", 0, 2000],
  ["event/1", "part", 0, 40],
  ["event/1", "note", 0, 280],
  ["event/1", "when", 1, 80, (text) => ({ m: "words", text })],
  ["event/1", "origin", 1, 500, (src) => ({ src, uid: "1" })],
  ["event/1", "origin", 1, 255, (uid) => ({ src: "x", uid })],
  ["event/1", "origin", 1, 255, (rid) => ({ src: "x", uid: "1", rid })],
  ["event/1", "origin", 1, 500, (rrule) => ({ src: "x", uid: "1", rrule })],
  ["event/1", "origin", 1, 255, (etag) => ({ src: "x", uid: "1", etag })],
  ["series/1", "title", 1, 200],
  ["series/1", "text", 0, 8192],
  ["series/1", "rule", 0, 200],
  ["request/1", "note", 0, 500],
  ["answer/1", "note", 0, 280],
  ["need/1", "title", 1, 120],
  ["need/1", "text", 0, 1000],
  ["note/1", "text", 0, 8192],
  ["frame/1", "title", 1, 120],
  ["frame/1", "text", 0, 8192],
  ["frame/1", "conduct", 0, 8192],
  ["pick/1", "title", 1, 120],
  ["pick/1", "text", 0, 8192],
  ["page/1", "title", 1, 200],
  ["page/1", "text", 0, 32_768],
  ["presence/1", "tags", 1, 40, (text) => [text]],
  ["presence/1", "round", 1, 64],
  ["meetup/1", "groups", 1, 200, (place) => [{ place, keys: [] }]],
  ["mutelist/1", "title", 1, 120],
  ["mutelist/1", "items", 0, 200, (why) => [{ key: ID, why }]],
  ["flag/1", "text", 0, 1000],
  ["space-link/1", "title", 1, 120],
  ["space-link/1", "text", 0, 8192],
  ["space-link/1", "how", 1, 1000, (relay) => [{ relay }]],
  ["space-link/1", "how", 1, 255, (code) => [{ code }]],
];

for (const [schema, field, min, max, wrap = (text: string): CborValue => text] of TEXTS) {
  const where = `${schema} "${field}" ${JSON.stringify(wrap("…"))}`;
  test(`${where} has ${min} to ${max} bytes of UTF-8 (M-06)`, () => {
    accepts(schema, field, wrap("x".repeat(min)), wrap("x".repeat(max - 1)), wrap("x".repeat(max)));
    refuses(schema, field, wrap("x".repeat(max + 1)));
    if (min > 0) refuses(schema, field, wrap("x".repeat(min - 1)));
    accepts(schema, field, wrap("é".repeat(Math.floor(max / 2))));
    refuses(schema, field, wrap("é".repeat(Math.floor(max / 2) + 1)));
    refuses(schema, field, wrap("e\u0301"), wrap("a\tb"), wrap("a\rb"), wrap("\u0000"), wrap("\u007f"), wrap("\u0085"));
  });
}

/** Lists by length: schema, field, most, an entry. */
const LISTS: readonly (readonly [SchemaName, string, number, CborValue])[] = [
  ["profile/1", "contact", 5, { url: "mailto:a@b" }],
  ["profile/1", "langs", 5, "de"],
  ["resource/1", "images", 5, { h: ID, t: "image/png", n: 1 }],
  ["resource/1", "open", 400, { start: 0, end: MINUTE }],
  ["resource/1", "weekly", 28, { dow: 1, from: 0, to: 1 }],
  ["resource/1", "closed", 400, { start: 0, end: MINUTE }],
  ["resource/1", "answerFrom", 16, { key: ID, seq: 0 }],
  ["resource/1", "needs", 10, ID],
  ["resource/1", "tags", 12, "x"],
  ["event/1", "tags", 12, "x"],
  ["event/1", "hosts", 20, { name: "x" }],
  ["event/1", "images", 5, { h: ID, t: "image/png", n: 1 }],
  ["event/1", "links", 32, { url: "https://x" }],
  ["event/1", "venues", 8, ID],
  ["event/1", "frames", 8, ID],
  ["note/1", "blobs", 8, { h: ID, t: "image/png", n: 1 }],
  ["frame/1", "tags", 12, "x"],
  ["frame/1", "links", 32, { url: "https://x" }],
  ["pick/1", "items", 500, ID],
  ["presence/1", "langs", 5, "de"],
  ["presence/1", "tags", 5, "x"],
  ["meetup/1", "inputs", 300, ID],
  ["meetup/1", "groups", 100, { place: "here", keys: [ID] }],
  ["keylink/1", "may", 32, "event/1"],
  ["mutelist/1", "items", 900, { key: ID }],
  ["space-link/1", "how", 8, { code: "x" }],
];

for (const [schema, field, max, entry] of LISTS) {
  test(`${schema} "${field}" has up to ${max} entries`, () => {
    const list = (length: number): CborValue => Array.from({ length }, () => entry);
    accepts(schema, field, [], list(max - 1), list(max));
    refuses(schema, field, list(max + 1), entry, [...(list(max - 1) as CborValue[]), 7]);
  });
}

/** Integers: schema, field, least, most. */
const INTEGERS: readonly (readonly [SchemaName, string, number, number, ((n: number) => CborValue)?])[] = [
  ["profile/1", "avatar", 0, 64 * 1024, (n) => ({ h: ID, t: "image/png", n })],
  ["resource/1", "quantity", 0, 1_000_000],
  ["resource/1", "capacity", 0, 1_000_000],
  ["resource/1", "slotMinutes", 0, 1440],
  ["resource/1", "lead", 0, 10_080],
  ["resource/1", "tail", 0, 10_080],
  ["resource/1", "weekly", 1, 7, (dow) => [{ dow, from: 0, to: 1 }]],
  ["resource/1", "weekly", 0, 1439, (from) => [{ dow: 1, from, to: 2880 }]],
  ["resource/1", "weekly", 1, 2880, (to) => [{ dow: 1, from: 0, to }]],
  ["resource/1", "answerFrom", 0, 2 ** 32 - 2, (seq) => [{ key: ID, seq }]],
  ["event/1", "capacity", 0, 1_000_000],
  ["event/1", "expires", 0, 7_289_654_399],
  ["event/1", "place", -90_000_000, 90_000_000, (lat) => ({ geo: [lat, 0] })],
  ["event/1", "place", -180_000_000, 180_000_000, (lon) => ({ geo: [0, lon] })],
  ["event/1", "place", -1_000_000_000, 1_000_000_000, (z) => ({ point3: [0, 0, z] })],
  ["request/1", "quantity", 1, 1_000_000],
  ["request/1", "expires", 0, 7_289_654_399],
  ["answer/1", "quantity", 1, 1_000_000],
  ["answer/1", "of", 0, 1_000_000],
  ["rsvp/1", "n", 1, 10],
  ["rsvp/1", "door", 0, 10_000],
  ["rsvp/1", "expires", 0, 7_289_654_399],
  ["frame/1", "dayStart", 0, 1439],
  ["presence/1", "until", 0, 7_289_654_399],
  ["meetup/1", "expires", 0, 7_289_654_399],
  ["keylink/1", "until", 0, 2 ** 32 - 2],
  ["forget/1", "upTo", 0, 2 ** 32 - 2],
];

for (const [schema, field, min, max, wrap = (n: number): CborValue => n] of INTEGERS) {
  test(`${schema} "${field}" ${JSON.stringify(wrap(0))} is within ${min}–${max}`, () => {
    accepts(schema, field, wrap(min), wrap(min + 1), wrap(max - 1), wrap(max));
    refuses(schema, field, wrap(min - 1), wrap(max + 1), "1", true);
  });
}

/** Words: schema, field, all of them. */
const WORDS: readonly (readonly [SchemaName, string, string, ((word: string) => CborValue)?])[] = [
  ["profile/1", "is", "person kiosk screen bot collective"],
  ["resource/1", "kind", "venue material skill funds link token other"],
  ["resource/1", "policy", "auto manual random ask none"],
  ["event/1", "status", "idea planned cancelled postponed"],
  ["event/1", "join", "open answer external none"],
  ["event/1", "record", "yes no ask"],
  ["event/1", "archive", "yes no"],
  ["event/1", "reuse", "free ask please-not"],
  ["event/1", "when", "dawn morning noon afternoon evening night late", (part) => ({ ...PART, part })],
  [
    "event/1",
    "links",
    "stream video slides recording tickets feedback origin web",
    (rel) => [{ url: "https://a", rel }],
  ],
  ["event/1", "images", "image/jpeg image/webp image/png audio/ogg audio/mp4 text/plain", (t) => [{ h: ID, t, n: 1 }]],
  ["answer/1", "verdict", "reject wait release"],
  ["answer/1", "policy", "auto manual random ask"],
  ["rsvp/1", "going", "yes maybe no"],
  ["need/1", "kind", "venue material skill funds link token other"],
  ["note/1", "kind", "note photo minutes question found thanks"],
  ["note/1", "announce", "news emergency"],
  ["note/1", "archive", "yes no"],
  ["presence/1", "size", "pair small any"],
  ["presence/1", "access", "step-free quiet none"],
  ["flag/1", "why", "spam abuse danger private wrong other"],
];

for (const [schema, field, words, wrap = (word: string): CborValue => word] of WORDS) {
  test(`enums are closed: ${schema} ${JSON.stringify({ [field]: wrap("…") })} is one of ${words} (B8)`, () => {
    const all = words.split(" ");
    accepts(schema, field, ...all.map(wrap));
    for (const word of [
      ...all.map((known) => known.toUpperCase()),
      ` ${all[0]}`,
      all.join(),
      "",
      "any-other",
      "toString",
    ]) {
      refuses(schema, field, wrap(word));
    }
    refuses(schema, field, 1, true, [all[0] as string]);
  });
}

test("B8: no field that holds one of several words is left out above", () => {
  const closed = SCHEMA_NAMES.flatMap((schema) =>
    fieldNames(schema)
      .filter((field) => check(schema, field, 0).some((reason) => reason.includes("is not one of")))
      .map((field) => `${schema} ${field}`),
  );
  const common = (key: string): boolean => /^(series|frame|resource|note)\/1 (archive|reuse)$/.test(key);
  const listed = new Set(WORDS.map(([schema, field]) => `${schema} ${field}`));
  assert.deepEqual(
    closed.filter((key) => !listed.has(key) && !common(key)),
    [],
  );
  assert.ok(closed.length >= 15);
});

test("titles and notes stand on one line; descriptions may have several (M-06)", () => {
  refuses("event/1", "title", "a\nb", "a\u2028b");
  refuses("event/1", "note", "a\nb");
  accepts("event/1", "text", "a\nb\n\nc");
  accepts("event/1", "summary", "a\nb");
});

test("bidi controls and joiners are the display's business, not a fault (M-06)", () => {
  accepts("event/1", "title", "\u2067שלום\u2069", "👩\u200d🚀");
});

test("references are 64 lower-case hex digits, whether or not their target is known (M-09)", () => {
  for (const [schema, field] of [
    ["event/1", "series"],
    ["frame/1", "parent"],
    ["resource/1", "answerer"],
    ["request/1", "event"],
    ["request/1", "resource"],
    ["answer/1", "resource"],
    ["answer/1", "version"],
    ["need/1", "event"],
    ["note/1", "about"],
    ["note/1", "reply"],
    ["pick/1", "frame"],
    ["page/1", "frame"],
    ["presence/1", "via"],
    ["meetup/1", "event"],
    ["meetup/1", "via"],
    ["meetup/1", "commit"],
    ["meetup/1", "reveal"],
    ["keylink/1", "other"],
    ["flag/1", "about"],
    ["flag/1", "to"],
  ] as const) {
    accepts(schema, field, ID);
    refuses(schema, field, ID.toUpperCase(), ID.slice(1), `${ID}0`, "", ` ${ID.slice(1)}`);
  }
  accepts("event/1", "forkOf", { doc: ID, op: ID, by: ID });
  refuses("event/1", "forkOf", { doc: ID, op: ID }, { doc: ID, op: ID, by: "me" }, ID);
});

test("links have a scheme that can be followed without harm, and up to 1000 bytes", () => {
  const urls = (...all: readonly string[]): CborValue[] => all.map((url) => [{ url }]);
  accepts(
    "event/1",
    "links",
    ...urls("http://a", "https://a.b/c?d#e", "HTTPS://A", "mailto:a@b", "tel:+49", "geo:1,2"),
  );
  accepts("event/1", "links", ...urls("onion:abc", "x-any:thing", "https://löten.example"));
  refuses(
    "event/1",
    "links",
    ...urls("javascript:alert(1)", "file:///etc", "data:text/html,x", "//a", "a", "https://", ""),
  );
  refuses("event/1", "links", ...urls("https://a b", "https://a\nb", ` https://a`));
  const long = (bytes: number): string => `https://${"a".repeat(bytes - 8)}`;
  accepts("event/1", "links", ...urls(long(999), long(1000)));
  refuses("event/1", "links", ...urls(long(1001)), [{ url: "https://a", rel: "spam" }], [{}]);
});

test("pictures and sounds name their hash, type and length", () => {
  const blob = { h: ID, t: "image/webp", n: 0 };
  accepts("frame/1", "plan", blob, { ...blob, n: Number.MAX_SAFE_INTEGER }, { ...blob, t: "audio/ogg" });
  refuses("frame/1", "plan", { ...blob, t: "text/html" }, { ...blob, h: "x" }, { ...blob, n: -1 }, { h: ID, n: 1 });
});

test("languages are tags of BCP 47", () => {
  accepts("event/1", "lang", "de", "en-GB", "ckb", "zh-Hant-TW", "de-x-berlin");
  refuses("event/1", "lang", "", "d", "deutsch-", "en_GB", "x".repeat(9), `en${"-abcdefgh".repeat(4)}`);
  accepts("event/1", "lang", `en${"-abcdefg".repeat(4)}a`);
});

test("places are given in millionths of a degree: bodies hold no fractions", () => {
  accepts("event/1", "place", { geo: [52_520_008, 13_404_954] }, {});
  refuses(
    "event/1",
    "place",
    { geo: [1] },
    { geo: [1, 2, 3] },
    { geo: 1 },
    { point3: [1, 2] },
    { url: "javascript:x" },
  );
});

test("windows are whole minutes that end after they start (M-22)", () => {
  const windows = (start: number, end: number): CborValue => [{ start, end }];
  accepts("resource/1", "open", windows(0, MINUTE));
  refuses(
    "resource/1",
    "open",
    windows(MINUTE, MINUTE),
    windows(2 * MINUTE, MINUTE),
    windows(1, MINUTE),
    windows(0, 61),
  );
  refuses("resource/1", "weekly", [{ dow: 1, from: 600, to: 600 }]);
});

test("opening times are either listed or weekly", () => {
  const both = { ...LEAST["resource/1"], open: [{ start: 0, end: 60 }], weekly: [{ dow: 1, from: 0, to: 1 }] };
  assert.deepEqual(checkFields("resource/1", both), ['resource/1 "weekly" stands beside open']);
});

test("a frame ends after it starts", () => {
  const frame = { ...LEAST["frame/1"], start: 120, end: 120 };
  assert.deepEqual(checkFields("frame/1", frame), ['frame/1 "end" is not after its start']);
  assert.deepEqual(checkFields("frame/1", { ...frame, end: 180 }), []);
});

test("marks and switches are true or false, nothing that resembles it", () => {
  accepts("resource/1", "consumable", true, false);
  refuses("resource/1", "meetupOk", 1, "true", 0);
});

test("every fault is named with its path", () => {
  const faults = checkFields("event/1", {
    title: "",
    tags: ["a", "b\n"],
    hosts: [{}, { name: 7 }],
    place: { addr: { city: "x".repeat(101) }, geo: [0, 999_999_999] },
    links: [{ url: "https://a" }, {}],
    when: { m: "exact", start: 600, end: 60, tz: "UTC" },
  });
  assert.deepEqual(faults, [
    'event/1 "title" is empty',
    'event/1 "when.end" is not after its start',
    'event/1 "tags[1]" holds a line break or a control character',
    'event/1 "hosts[1].name" is not text',
    'event/1 "links[1].url" is missing',
    'event/1 "place.geo[1]" is not within -180000000–180000000',
  ]);
});

test("fields that a schema does not name are kept and never a fault, at any depth (M-02)", () => {
  const fields = { title: "Soup", mood: { a: [1] }, place: { text: "here", floor: 3 }, ["__proto__"]: "kept" };
  assert.deepEqual(checkFields("event/1", fields), []);
  const read = readFields("event/1", fields) as unknown as CborMap;
  assert.deepEqual({ ...read }, { ...fields, status: "planned", join: "open" });
});

test("a null field is an absent one; defaults stand in (M-02)", () => {
  const event = readFields("event/1", { title: "Soup", status: null, note: null });
  assert.deepEqual({ ...event }, { title: "Soup", status: "planned", join: "open" });
  const { quantity, policy } = readFields("resource/1", LEAST["resource/1"]);
  assert.deepEqual([quantity, policy], [1, "manual"]);
  assert.equal(readFields("frame/1", LEAST["frame/1"]).dayStart, 360);
});

test("keys of keyed documents: none for a profile, an event or one start of it for an rsvp (M-01)", () => {
  assert.deepEqual(checkKey("profile/1", ""), []);
  assert.deepEqual(checkKey("profile/1", "x"), ['profile/1 "k" is not empty']);
  for (const key of [ID, `${ID}@0`, `${ID}@1785838020`]) assert.deepEqual(checkKey("rsvp/1", key), []);
  for (const key of [
    "",
    "x",
    `${ID}:${ID}`,
    `${ID}@`,
    `${ID}@01`,
    `${ID}@-60`,
    `${ID}@12345678901`,
    ID.toUpperCase(),
    `${ID}\n`,
  ]) {
    assert.equal(checkKey("rsvp/1", key).length, 1, key);
  }
});

test("keys of keyed documents: a request or a guest of an event for an answer, another key for a link (M-34, M-50)", () => {
  for (const key of [ID, `${ID}:${ID}`]) assert.deepEqual(checkKey("answer/1", key, { subject: key }), []);
  for (const key of ["", "x", `${ID}:`, `:${ID}`, `${ID}@0`, `${ID}:${ID}:${ID}`, `${ID}:${ID.toUpperCase()}`]) {
    assert.equal(checkKey("answer/1", key).length, 1, key);
  }
  assert.deepEqual(checkKey("keylink/1", ID, { other: ID }), []);
  for (const key of ["", "x", `${ID}:${ID}`, ID.toUpperCase()]) assert.equal(checkKey("keylink/1", key).length, 1, key);
  for (const schema of ["presence/1", "forget/1"] as const) {
    assert.deepEqual(checkKey(schema, ""), []);
    assert.deepEqual(checkKey(schema, ID), [`${schema} "k" is not empty`]);
  }
});

test("a field that says the key once more says the same", () => {
  const other = "cd".repeat(32);
  assert.deepEqual(checkKey("answer/1", ID, { subject: other }), ['answer/1 "k" is not its subject']);
  assert.deepEqual(checkKey("keylink/1", ID, { other }), ['keylink/1 "k" is not its other']);
  assert.deepEqual(checkKey("answer/1", ID, {}), ['answer/1 "k" is not its subject']);
});

test("names that every object inherits are no schemas", () => {
  for (const name of ["constructor", "__proto__", "toString", "event/2", "event", ""]) {
    assert.equal(isSchemaName(name), false, name);
  }
});
