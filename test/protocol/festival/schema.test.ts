// The field rules of each schema at their limits (M-04 to M-08): one below, at, and one above.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkFields, checkKey, isSchemaName, readFields, type SchemaName } from "../../../protocol/festival/schema.ts";
import type { CborMap, CborValue } from "../../../protocol/operation/cbor.ts";

const ID = "ab".repeat(32);
const MINUTE = 60;

/** The least that each schema asks for. */
const LEAST: { readonly [Name in SchemaName]: CborMap } = {
  "profile/1": {},
  "resource/1": { kind: "venue", title: "Barn" },
  "event/1": { title: "Soup" },
  "rsvp/1": { going: "yes" },
  "frame/1": { title: "Summer" },
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
  ["frame/1", "title", 1, 120],
  ["frame/1", "text", 0, 8192],
  ["frame/1", "conduct", 0, 8192],
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
  ["frame/1", "tags", 12, "x"],
  ["frame/1", "links", 32, { url: "https://x" }],
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
  ["rsvp/1", "n", 1, 10],
  ["rsvp/1", "door", 0, 10_000],
  ["rsvp/1", "expires", 0, 7_289_654_399],
  ["frame/1", "dayStart", 0, 1439],
];

for (const [schema, field, min, max, wrap = (n: number): CborValue => n] of INTEGERS) {
  test(`${schema} "${field}" ${JSON.stringify(wrap(0))} is within ${min}–${max}`, () => {
    accepts(schema, field, wrap(min), wrap(min + 1), wrap(max - 1), wrap(max));
    refuses(schema, field, wrap(min - 1), wrap(max + 1), "1", true);
  });
}

/** Words: schema, field, all of them. */
const WORDS: readonly (readonly [SchemaName, string, string])[] = [
  ["profile/1", "is", "person kiosk screen bot collective"],
  ["resource/1", "kind", "venue material skill funds link token other"],
  ["resource/1", "policy", "auto manual random ask none"],
  ["event/1", "status", "idea planned cancelled postponed"],
  ["event/1", "join", "open answer external none"],
  ["event/1", "record", "yes no ask"],
  ["event/1", "archive", "yes no"],
  ["event/1", "reuse", "free ask please-not"],
  ["rsvp/1", "going", "yes maybe no"],
];

for (const [schema, field, words] of WORDS) {
  test(`${schema} "${field}" is one of ${words}`, () => {
    accepts(schema, field, ...words.split(" "));
    refuses(schema, field, "", "other-than-these", "toString", 1, true);
  });
}

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
  for (const key of ["", "x", `${ID}@`, `${ID}@01`, `${ID}@-60`, `${ID}@12345678901`, ID.toUpperCase(), `${ID}\n`]) {
    assert.equal(checkKey("rsvp/1", key).length, 1, key);
  }
});

test("names that every object inherits are no schemas", () => {
  for (const name of ["constructor", "__proto__", "toString", "event/2", "event", ""]) {
    assert.equal(isSchemaName(name), false, name);
  }
});
