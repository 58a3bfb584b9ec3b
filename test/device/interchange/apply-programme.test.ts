// What an import would publish, before anything is.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  bodiesOf,
  KnownDocuments,
  planEvents,
  planGround,
  type Step,
  withDocuments,
} from "../../../device/interchange/apply-programme.ts";
import type { ProgrammeFile } from "../../../device/interchange/programme-file.ts";
import type { Body } from "../../../protocol/festival/body.ts";
import { mergeOperation } from "../../../protocol/festival/document.ts";
import type { OpenState } from "../../../protocol/festival/document-state.ts";
import { fileEvent, programmeFile, SOUP } from "./programme-sample.ts";

const SRC = "schedule:summer-festival";
const AUTHOR = "aa".repeat(32);

function idOf(count: number): string {
  return count.toString(16).padStart(64, "0");
}

/** Both halves of an import, each step with its document; `known` as earlier imports left it. */
function plan(
  file: ProgrammeFile,
  known: KnownDocuments,
): { readonly ground: readonly Step[]; readonly events: readonly Step[] } {
  const ground = withIds(planGround(file, SRC, known), 1);
  return { ground, events: withIds(planEvents(file, SRC, ground, known), 100) };
}

function withIds(steps: readonly Step[], from: number): readonly Step[] {
  return withDocuments(
    steps,
    bodiesOf(steps).map((_, index) => idOf(from + index)),
  );
}

/** The documents that carrying out the steps leaves. */
function documentsOf(steps: readonly Step[]): OpenState[] {
  return steps.flatMap(({ doc, body }, seqNum) =>
    doc === undefined || body === undefined
      ? []
      : [mergeOperation(undefined, { id: doc, author: AUTHOR, seqNum, body: body as unknown as Body }) as OpenState],
  );
}

function knownAfter(file: ProgrammeFile): KnownDocuments {
  const { ground, events } = plan(file, new KnownDocuments([]));
  return new KnownDocuments(documentsOf([...ground, ...events]));
}

test("a first import makes the frame and the venues, and the events name them", () => {
  const { ground, events } = plan(programmeFile(), new KnownDocuments([]));
  assert.deepEqual(
    ground.map(({ schema, uid, doc, body }) => [schema, uid, doc, body?.a]),
    [
      ["frame/1", "programme", idOf(1), "create"],
      ["resource/1", "b", idOf(2), "create"],
      ["resource/1", "l", idOf(3), "create"],
    ],
  );
  const fields = bodiesOf(events).map((body) => ("f" in body ? (body.f as Record<string, unknown>) : {}));
  assert.deepEqual(
    fields.map(({ title, venues, frames }) => [title, venues, frames]),
    [
      ["Soup", [idOf(2)], [idOf(1)]],
      ["Film night", [idOf(2)], [idOf(1)]],
      ["Knots", [idOf(3)], [idOf(1)]],
    ],
  );
  assert.deepEqual(fields[0]?.["origin"], { src: SRC, uid: "soup" });
});

test("the same file again plans nothing, and each step still knows its document", () => {
  const { ground, events } = plan(programmeFile(), knownAfter(programmeFile()));
  assert.deepEqual([bodiesOf(ground), bodiesOf(events)], [[], []]);
  assert.deepEqual(
    events.map(({ doc }) => doc),
    [idOf(100), idOf(101), idOf(102)],
  );
});

test("a changed field is one update of that field alone", () => {
  const file = programmeFile({ events: [{ ...SOUP, title: "Stew" }] });
  const { events } = plan(file, knownAfter(programmeFile()));
  assert.deepEqual(bodiesOf(events), [{ a: "update", s: "event/1", d: idOf(100), v: idOf(100), f: { title: "Stew" } }]);
});

test("what the file does not say any more is cleared", () => {
  const { venue: _venue, hosts: _hosts, ...homeless } = SOUP;
  const { events } = plan(programmeFile({ events: [{ ...homeless, hosts: [] }] }), knownAfter(programmeFile()));
  assert.deepEqual(bodiesOf(events), [
    { a: "update", s: "event/1", d: idOf(100), v: idOf(100), f: { hosts: null, venues: null } },
  ]);
});

test("occurrences of one repeating event are events of their own", () => {
  const rids = ["20260717T160000Z", "20260718T160000Z"];
  const file = programmeFile({ events: rids.map((rid) => fileEvent("soup", "Soup", { rid })) });
  assert.equal(bodiesOf(plan(file, new KnownDocuments([])).events).length, 2);
  assert.equal(bodiesOf(plan(file, knownAfter(file)).events).length, 0);
});

test("an entry that cannot be an event says so and keeps nothing else from being one", () => {
  const file = programmeFile({ events: [fileEvent("long", "x".repeat(201)), SOUP] });
  const [fault, step] = plan(file, new KnownDocuments([])).events;
  assert.deepEqual([fault?.body, fault?.fault?.where], [undefined, "UID long"]);
  assert.match(fault?.fault?.why ?? "", /title/);
  assert.equal(step?.body?.a, "create");
});
