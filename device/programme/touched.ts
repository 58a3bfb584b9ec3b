// What a commit touched, until it is worked out anew at the end of the commit: so a thing that a hundred operations
// touch is worked out once, and the order in which they came cannot matter.

export class Touched {
  /** Resources, and events with seats, that changed themselves or about which an answer did. */
  readonly things = new Set<string>();
  /** Events that changed, came or went, or for which a request did. */
  readonly events = new Set<string>();
  /** Documents of which somebody's share changed. */
  readonly documents = new Set<string>();
  /** Keys that were or are linked to one another, with whose link to whom that changed: [author, other]. */
  readonly links: (readonly [string, string])[] = [];

  clear(): void {
    this.things.clear();
    this.events.clear();
    this.documents.clear();
    this.links.length = 0;
  }
}
