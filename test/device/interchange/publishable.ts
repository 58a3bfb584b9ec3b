// Whatever is read can be published: its fields keep the rules of the schemas, its identities are unique.
import assert from "node:assert/strict";
import { eventFields, frameFields, venueFields } from "../../../device/interchange/programme-fields.ts";
import type { ProgrammeFile } from "../../../device/interchange/programme-file.ts";
import { type Rule, record } from "../../../protocol/festival/rule.ts";
import { EVENT_FIELDS } from "../../../protocol/festival/schema/event.ts";
import { FRAME_FIELDS } from "../../../protocol/festival/schema/frame.ts";
import { RESOURCE_FIELDS } from "../../../protocol/festival/schema/resource.ts";
import type { CborValue } from "../../../protocol/operation/cbor.ts";

export function assertPublishable(file: ProgrammeFile): void {
  const check = (rule: Rule<unknown>, fields: object) => {
    const fault = rule(fields as unknown as CborValue);
    assert.equal(fault, undefined, `${fault?.path} ${fault?.reason}: ${JSON.stringify(fields).slice(0, 400)}`);
  };
  const [isFrame, isVenue, isEvent] = [record(FRAME_FIELDS), record(RESOURCE_FIELDS), record(EVENT_FIELDS)];
  check(isFrame, frameFields(file, "test"));
  for (const venue of file.venues) check(isVenue, venueFields(venue, "test"));
  for (const event of file.events) check(isEvent, eventFields(event, "test", {}));
  const keys = new Set(file.venues.map(({ key }) => key));
  assert.equal(keys.size, file.venues.length);
  assert.ok(file.events.every(({ venue }) => venue === undefined || keys.has(venue)));
  assert.equal(new Set(file.events.map(({ uid, rid }) => `${uid}\n${rid}`)).size, file.events.length);
}
