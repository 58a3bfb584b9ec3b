// The few calls of the Linux kernel that Node has no word for, as a port: ioctl(2), the address of some memory, and
// waiting for a device to have something to read. Adapter: koffi-kernel.ts; tests record and answer.

export interface Kernel {
  /**
   * ioctl(2) with a struct, into which the kernel may write its answer, or with a plain number. Throws an error like
   * those of node:fs, with the name of the errno as its `code`.
   */
  ioctl(fd: number, request: number, argument: Uint8Array | number): number;
  /** For structs that point to other memory. Holds while `bytes` is referred to; its buffer never moves. */
  addressOf(bytes: Uint8Array): bigint;
  /**
   * Calls back while `fd` has something to read, is at its end, or broke: read it each time, or stop. Returns how to stop,
   * which comes before closing `fd`. Sets no timer and keeps the process alive. Files of sysfs, which always have something
   * to read, give a "notice" when that changed, until they are read from their start.
   */
  whenReadable(fd: number, listener: () => void, news?: News): () => void;
}

export type News = "data" | "notice";

/** What node:fs and the kernel leave on their errors: "EBUSY". */
export function errnoOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}
