// Which keys are one person's (SPEC.md §9.8, M-50). Two keys become one identity once each has named the other; what
// only one side says, joins nothing. Says nothing about who anybody is.
import { isKeyed, isSchemaName } from "./schema.ts";

/** The latest keylink of `author` about `other`. */
export interface Keylink {
  readonly author: string;
  readonly other: string;
  /** Schemas in which the other may write on documents of the author. */
  readonly may: readonly string[];
  /** Closed: sequence number of the other's last operation that still counts. */
  readonly until?: number;
}

export interface KeyWriting {
  /** The key that signed an operation, and its place in that key's log. */
  readonly key: string;
  readonly seqNum: number;
}

export interface Identities {
  /** A key that stands for all of one identity: the lowest. The same for all operations of a key never closed. */
  identityOf(writing: KeyWriting): string;
  /** Whether an operation may change a document of `author`: the own key may, and keys linked for the schema. */
  mayWrite(writing: KeyWriting, author: string, schema: string): boolean;
}

export function identities(keylinks: readonly Keylink[]): Identities {
  const links = new Map(keylinks.map((link) => [pair(link.author, link.other), link]));
  const mutual = keylinks.filter(({ author, other }) => author !== other && links.has(pair(other, author)));
  const isOpen = ({ author, other, until }: Keylink) =>
    until === undefined && links.get(pair(other, author))?.until === undefined;
  const groups = new Groups();
  for (const link of mutual) if (isOpen(link)) groups.join(link.author, link.other);
  const closed = Map.groupBy(
    mutual.filter(({ until }) => until !== undefined),
    ({ other }) => other,
  );
  return {
    identityOf: ({ key, seqNum }) => {
      const owners = (closed.get(key) ?? []).filter((link) => counts(link, seqNum)).map(({ author }) => author);
      return groups.of(owners.sort()[0] ?? key);
    },
    mayWrite: ({ key, seqNum }, author, schema) => {
      if (key === author) return true;
      const link = links.get(pair(author, key));
      if (link === undefined || !links.has(pair(key, author))) return false;
      return isShared(schema) && link.may.includes(schema) && counts(link, seqNum);
    },
  };
}

/** What is set under an own key stays one's own: above all answers, by which only one log decides (M-12, M-20). */
function isShared(schema: string): boolean {
  return !(isSchemaName(schema) && isKeyed(schema));
}

function counts({ until = Number.POSITIVE_INFINITY }: Keylink, seqNum: number): boolean {
  return seqNum <= until;
}

function pair(author: string, other: string): string {
  return `${author} ${other}`;
}

/** Disjoint sets; the lowest member stands for each. */
class Groups {
  readonly #parents = new Map<string, string>();

  join(a: string, b: string): void {
    const [low, high] = [this.of(a), this.of(b)].sort() as [string, string];
    if (low !== high) this.#parents.set(high, low);
  }

  /** Shortens the way for whoever asks next. */
  of(member: string): string {
    let root = member;
    for (let parent = this.#parents.get(root); parent !== undefined; parent = this.#parents.get(root)) root = parent;
    for (let step = member; step !== root; ) {
      const next = this.#parents.get(step) as string;
      this.#parents.set(step, root);
      step = next;
    }
    return root;
  }
}
