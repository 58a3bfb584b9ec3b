// The rooms of a schedule file. A file tells rooms apart by their names, so equal names get a number.
import type { ScheduleIdentities } from "./file-identities.ts";
import { type EventDocument, isVenue, type ProgrammeGround, type ResourceDocument } from "./programme-ground.ts";

export interface ScheduleRoom {
  readonly name: string;
  readonly guid: string;
  readonly venue: ResourceDocument;
}

/** A file requires a room where nobody knows where. */
export const NO_PLACE = "no place";

export class ScheduleRooms {
  readonly #byDoc = new Map<string, ScheduleRoom>();
  readonly #byName = new Map<string, ScheduleRoom>();

  constructor(ground: ProgrammeGround, identities: ScheduleIdentities) {
    const venues = ground.resources.filter(isVenue);
    const guids = identities.ofDocuments(venues);
    for (const venue of venues) {
      const room = { name: this.#freeName(venue.fields.title), guid: guids.get(venue.doc) as string, venue };
      this.#byDoc.set(venue.doc, room);
      this.#byName.set(room.name, room);
    }
  }

  list(): readonly ScheduleRoom[] {
    return [...this.#byDoc.values()];
  }

  /** Undefined for a place that is only words. */
  named(name: string): ScheduleRoom | undefined {
    return this.#byName.get(name);
  }

  ofDocument(doc: string): ScheduleRoom | undefined {
    return this.#byDoc.get(doc);
  }

  /** Names of all rooms that an event is in; one at least. */
  ofEvent(event: EventDocument, ground: ProgrammeGround): readonly [string, ...string[]] {
    const [first, ...others] = ground.venuesOf(event).flatMap(({ doc }) => this.#byDoc.get(doc)?.name ?? []);
    return first === undefined ? [event.fields.place?.text || NO_PLACE] : [first, ...others];
  }

  #freeName(title: string): string {
    let name = title;
    for (let number = 2; this.#byName.has(name); number++) name = `${title} (${number})`;
    return name;
  }
}
