// Text of a foreign file fits the fields of our schemas, or is cut or left out so that it does (M-06).
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fit from "../../../device/interchange/text/fit.ts";
import { record } from "../../../protocol/festival/rule.ts";
import { EVENT_FIELDS } from "../../../protocol/festival/schema/event.ts";
import { byteLength } from "../../../protocol/festival/text.ts";
import type { CborValue } from "../../../protocol/operation/cbor.ts";
import { assertPublishable } from "./publishable.ts";
import { read } from "./reading.ts";

test("the limits of the readers are those of event/1, resource/1 and frame/1 (SPEC.md §8.2)", () => {
  const limits = [
    ...([
      ["title", fit.TITLE_BYTES_MAX],
      ["summary", fit.SUMMARY_BYTES_MAX],
      ["text", fit.TEXT_BYTES_MAX],
    ] as const),
    ["kind", fit.KIND_BYTES_MAX] as const,
  ];
  const isEvent = record(EVENT_FIELDS);
  const fault = (fields: object) => isEvent({ title: "X", ...fields } as unknown as CborValue);
  for (const [field, limit] of limits) {
    assert.equal(fault({ [field]: "x".repeat(limit) }), undefined, field);
    assert.equal(fault({ [field]: "x".repeat(limit + 1) })?.path, field);
  }
  const lists = { tags: [fit.TAGS_MAX, "x".repeat(fit.TAG_BYTES_MAX)], hosts: [fit.HOSTS_MAX, { name: "x" }] } as const;
  for (const [field, [limit, item]] of Object.entries(lists)) {
    assert.equal(fault({ [field]: Array(limit).fill(item) }), undefined, field);
    assert.equal(fault({ [field]: Array(limit + 1).fill(item) })?.path, field);
  }
});

test("whatever is too long is cut between characters and can be published", () => {
  const long = "🔥ä".repeat(20_000);
  const person = { public_name: long };
  const event = { id: long, title: long, subtitle: long, abstract: long, type: long, track: long, language: long };
  const events = [
    {
      ...event,
      persons: Array(30).fill(person),
      links: Array(40).fill({ url: `https://a.example/${long}`, title: long }),
    },
  ];
  const conference = { title: long, start: long, days: [{ rooms: { [long]: events } }] };
  const file = read(JSON.stringify({ schedule: { conference } }));
  assertPublishable(file);
  assert.ok(byteLength(file.events[0]?.title ?? "") > fit.TITLE_BYTES_MAX - 8);
  assert.ok(byteLength(file.events[0]?.text ?? "") > fit.TEXT_BYTES_MAX - 8);
  assert.match(file.events[0]?.title ?? "", /^(?:🔥ä)+🔥?…$/u);
});

test("links of schemes that event/1 does not know are left out", () => {
  const urls = [
    "matrix:r/camp",
    "gemini://a.example/",
    "mailto:a@b.example",
    "http:a.example",
    "tel:+49 30 1",
    "geo:1,2",
  ];
  const events = [{ title: "X", links: urls }];
  const file = read(JSON.stringify({ schedule: { conference: { days: [{ rooms: { R: events } }] } } }));
  assert.deepEqual(
    file.events[0]?.links.map(({ url }) => url),
    ["http://a.example/", "geo:1,2"],
  );
  assertPublishable(file);
});
