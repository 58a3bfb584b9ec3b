// How much may wait to be sent on one connection. The same for every transport: the session above must not notice which
// one it has (reliability: T12, slow readers).

/** More than this waiting at two pings in a row, and nothing taken between: the reader is stuck, not slow. */
export const UNSENT_LIMIT_BYTES = 1024 * 1024;

/** A session stops long before. This only stops one that does not: twice the largest message, for each connection. */
export const UNSENT_CAP_BYTES = 8 * 1024 * 1024;
