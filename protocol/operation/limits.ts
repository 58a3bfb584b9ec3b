// Limits of one operation (SPEC.md §2). Checked before anything is allocated or hashed.

/** A p2panda header is 104–400 bytes; ten times that leaves room for extensions yet to come. */
export const MAX_HEADER_BYTES = 4 * 1024;

/** Largest real body seen in six programmes is 22 KiB of text (M-07); pictures travel as blobs, not in bodies. */
export const MAX_BODY_BYTES = 64 * 1024;

/** SeqNum is a u32 in p2panda, and its peers compute `past + 1`: the last value would overflow there. */
export const MAX_SEQ_NUM = 2 ** 32 - 2;

/** payload_size is a u32 in p2panda; what we accept is bounded by MAX_BODY_BYTES, what we can decode by this. */
export const MAX_UINT32 = 2 ** 32 - 1;

/** version, extensions version and variant are u16 in p2panda. */
export const MAX_UINT16 = 2 ** 16 - 1;

/** Extensions of unknown shape are skipped, not interpreted: a known one nests once, p2panda's next one twice. */
export const MAX_EXTENSION_DEPTH = 6;

/** Items inside unknown extensions: bounds the work of skipping them. */
export const MAX_EXTENSION_ITEMS = 256;

/** A blob travels beside operations. A picture of 1600 pixels takes 200–400 KiB; this one crosses 512 kbit/s in 8 s. */
export const MAX_BLOB_BYTES = 512 * 1024;
