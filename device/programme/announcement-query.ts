// What organisers say to everybody (note/1 with `announce`): of keys that whoever keeps the screen trusts, and of whoever
// made this venue first, as far as is known here. A name on a wall is free to take, so later makers have no say: a
// stranger must not take a screen over (M-71).
import type { Identities } from "../../protocol/festival/identities.ts";
import { readFields } from "../../protocol/festival/schema.ts";
import type { Database } from "../../sync/store/database.ts";
import { claimedAt } from "./ageing-table.ts";
import { DocumentTable } from "./document-table.ts";
import type { DoorPolicy } from "./door-policy.ts";
import type { Announcement } from "./slot.ts";

/** The newest; nobody reads more. */
const MAX_ANNOUNCEMENTS = 20;

export interface AnnouncementFilter {
  /** Name of the venue; absent for a screen that shows all of them. */
  readonly venue?: string;
  /** Events at its door now and later, which announcements may be about. */
  readonly events: readonly string[];
  readonly policy: DoorPolicy;
  readonly identities: Identities;
}

export class AnnouncementQuery {
  readonly #documents: DocumentTable;
  readonly #sql: Statements;

  constructor(database: Database) {
    this.#documents = new DocumentTable(database);
    this.#sql = prepareStatements(database);
  }

  /** Newest first, also those that have expired: only a screen with a clock knows (M-39). */
  announcements({ venue, events, policy, identities }: AnnouncementFilter): Announcement[] {
    const maker = venue === undefined ? undefined : this.#sql.maker.get(venue);
    const personOf = (key: string) => identities.identityOf({ key, seqNum: 0 });
    const trusted = new Set([...(policy.trusted ?? []), ...(maker === undefined ? [] : [maker])].map(personOf));
    if (trusted.size === 0) return [];
    const places = new Set([...(venue === undefined ? [] : this.#sql.venues.all(venue)), ...events]);
    const found: Announcement[] = [];
    for (const { key, author, doc } of this.#sql.notes.iterate()) {
      if (!trusted.has(personOf(author))) continue;
      const said = this.#read(key, places);
      if (said === undefined || policy.hidden?.(doc, author, said.text)) continue;
      found.push({ ...said, author: policy.nameOf?.(author) ?? "" });
    }
    return found.sort((a, b) => b.at - a.at).slice(0, MAX_ANNOUNCEMENTS);
  }

  #read(key: string, places: ReadonlySet<string>): Omit<Announcement, "author"> | undefined {
    const state = this.#documents.find(key)?.state;
    if (state?.kind !== "open") return undefined;
    const { announce, expires, text, lang, about } = readFields("note/1", state.fields);
    if (announce === undefined || expires === undefined || !text) return undefined;
    if (about !== undefined && !places.has(about)) return undefined;
    const at = claimedAt(this.#sql.header.get(state.version[1]));
    return { text, ...(lang !== undefined && { lang }), at, expires, urgency: announce };
  }
}

interface NoteRow {
  readonly key: string;
  /** Hex. */
  readonly author: string;
  readonly doc: string;
}

type Statements = ReturnType<typeof prepareStatements>;

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  return {
    notes: database.prepare<[], NoteRow>(
      "SELECT key, lower(hex(author)) AS author, doc FROM document WHERE schema = 'note/1' AND status = 'shown'",
    ),
    header: database.prepare<[string], Uint8Array>("SELECT header FROM operation WHERE id = unhex(+?)").pluck(),
    venues: database.prepare<[string], string>("SELECT doc FROM resource WHERE kind = 'venue' AND title = +?").pluck(),
    maker: database
      .prepare<[string], string>(
        `SELECT lower(hex(resource.author)) FROM resource CROSS JOIN document USING (n)
        WHERE kind = 'venue' AND title = +? ORDER BY first LIMIT 1`,
      )
      .pluck(),
  };
}
