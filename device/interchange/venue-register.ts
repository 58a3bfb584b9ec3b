// The rooms of a programme as venues, each once, in the order of the file (M-85).
import type { FileVenue } from "./programme-file.ts";
import type { ScheduleRoom } from "./schedule/schedule-source.ts";
import { CAPACITY_MAX, fitLine, type Remark, singleLine, VENUE_BYTES_MAX } from "./text/fit.ts";
import { withoutAddresses } from "./text/without-addresses.ts";
import { cutUid } from "./uid-register.ts";

export class VenueRegister {
  readonly #venues = new Map<string, FileVenue>();
  readonly #remark: Remark;

  /** A guid that several names share identifies none of them: DemoCon's two rooms have the same. */
  constructor(rooms: readonly ScheduleRoom[], remark: Remark) {
    this.#remark = remark;
    const known = new Map<string, ScheduleRoom>();
    for (const room of rooms) {
      const name = singleLine(room.name);
      const { guid = room.guid, capacity = room.capacity } = known.get(name) ?? room;
      if (name !== "") known.set(name, { name, guid, capacity });
    }
    const owners = Map.groupBy(known.values(), (room) => room.guid);
    for (const room of known.values()) {
      const isOwn = room.guid !== undefined && room.guid !== "" && owners.get(room.guid)?.length === 1;
      this.#add(room, isOwn ? room.guid : room.name);
    }
  }

  /** Key of the room with this name; a room that only events mention becomes a venue here. */
  keyOf(room: string | undefined): string | undefined {
    const name = singleLine(room ?? "");
    if (name === "") return undefined;
    return (this.#venues.get(name) ?? this.#add({ name }, name)).key;
  }

  list(): FileVenue[] {
    return [...new Map([...this.#venues.values()].map((venue) => [venue.key, venue])).values()];
  }

  #add({ name, capacity }: ScheduleRoom, key: string): FileVenue {
    const venue: FileVenue = {
      key: cutUid(withoutAddresses(singleLine(key)).text),
      name: fitLine(name, { limit: VENUE_BYTES_MAX, what: "name of a room", remark: this.#remark }) ?? name,
      ...(capacity !== undefined && isCapacity(capacity) && { capacity }),
    };
    this.#venues.set(name, venue);
    return venue;
  }
}

function isCapacity(capacity: number): boolean {
  return Number.isInteger(capacity) && capacity > 0 && capacity <= CAPACITY_MAX;
}
