// Which operations of a forked log do not count for occupancy (SPEC.md §9.2, M-32). A device that signed two operations
// with one sequence number has said two things; everyone must believe the same one, whichever they heard first.

/** What a header says about its place in the log; ids are hex. */
export interface LogLink {
  readonly seqNum: number;
  readonly id: string;
  readonly backlink?: string;
}

/**
 * Ids of the operations that stand on other branches than the one that counts: at each fork the branch whose first
 * operation has the lowest id. Takes the links of one log in any order; without a fork nothing is overruled.
 */
export function overruled(log: readonly LogLink[]): ReadonlySet<string> {
  const others = new Set(log.map(({ id }) => id));
  const places = Map.groupBy(
    log.toSorted((a, b) => a.seqNum - b.seqNum),
    ({ seqNum }) => seqNum,
  );
  let last: LogLink | undefined;
  for (const branches of places.values()) {
    last = branches.filter((link) => mayFollow(link, last)).sort((a, b) => (a.id < b.id ? -1 : 1))[0];
    if (last === undefined) break;
    others.delete(last.id);
  }
  return others;
}

/** Where the log was pruned nothing stands before: any branch may go on. */
function mayFollow(link: LogLink, last: LogLink | undefined): boolean {
  return last === undefined || link.seqNum > last.seqNum + 1 || link.backlink === last.id;
}
