// When this program was made: the oldest moment at which an honest clock can stand. Sources carry the date of their
// release; a clock before it is one that lost its time.

const RELEASE = "2026-11-01T00:00:00Z";

/** Microseconds since 1970 UTC. */
export const buildTime = Date.parse(RELEASE) * 1000;
