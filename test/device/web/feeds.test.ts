// The programme as files for other programs: fresh, but never made twice for nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { OpenServer } from "./open-server.ts";

const TYPES = [
  ["/feed.ics", "ics", "text/calendar; charset=utf-8"],
  ["/export/programme.ics", "ics", "text/calendar; charset=utf-8"],
  ["/export/schedule.xml", "schedule-xml", "application/xml"],
  ["/export/schedule.json", "schedule-json", "application/json"],
] as const;

for (const [path, format, type] of TYPES) {
  test(`${path} is what lagerfeuer export writes as ${format}`, async () => {
    await using box = await OpenServer.open();
    const { status, text, headers } = await box.ask(path);
    assert.equal(status, 200);
    assert.equal(headers["content-type"], type);
    assert.equal(headers["content-security-policy"], "default-src 'none'; sandbox");
    assert.match(text, new RegExp(`^${format} 1 `));
    assert.deepEqual(box.pages.written, [format]);
  });
}

test("a hundred who ask at once are one export", async () => {
  await using box = await OpenServer.open();
  await Promise.all(Array.from({ length: 100 }, () => box.ask("/feed.ics")));
  assert.deepEqual(box.pages.written, ["ics"]);
});

test("nothing is made again before something changed", async () => {
  await using box = await OpenServer.open();
  const first = await box.ask("/feed.ics");
  box.clock.advance(3_599_999);
  assert.equal((await box.ask("/feed.ics")).headers.etag, first.headers.etag);
  assert.deepEqual(box.pages.written, ["ics"]);
});

test("changes are taken up once a minute at most, however many there are", async () => {
  await using box = await OpenServer.open();
  const first = await box.ask("/feed.ics");
  for (let second = 1; second < 60; second++) {
    box.pages.version = `${second}`;
    box.clock.advance(1_000);
    assert.equal((await box.ask("/feed.ics")).headers.etag, first.headers.etag);
  }
  box.clock.advance(1_000);
  assert.match((await box.ask("/feed.ics")).text, /^ics 59 /);
  assert.deepEqual(box.pages.written, ["ics", "ics"]);
});

test("what has expired leaves the file within an hour, without a change", async () => {
  await using box = await OpenServer.open();
  await box.ask("/feed.ics");
  box.clock.advance(3_600_000);
  await box.ask("/feed.ics");
  assert.deepEqual(box.pages.written, ["ics", "ics"]);
});

test("an export that failed is tried again for whoever asks next", async () => {
  await using box = await OpenServer.open();
  box.pages.trouble = new Error("No room on the card");
  assert.equal((await box.ask("/feed.ics")).status, 500);
  box.pages.trouble = undefined;
  assert.equal((await box.ask("/feed.ics")).status, 200);
});
