// The kernel through koffi, which loads only on a box with hardware. Functions are looked up in this process, so any libc
// will do.
import { getSystemErrorMessage, getSystemErrorName } from "node:util";
import type { Kernel } from "./kernel.ts";
import { ReadableFiles } from "./readable-files.ts";

/** No program but ours may inherit it; a write or a read that would wait fails instead. */
const EFD_NONBLOCK_CLOEXEC = 0x8_0800;

let loaded: Promise<Kernel> | undefined;

/** One for the whole process, so that one thread sleeps for all devices. Rejects where koffi has no build for this machine. */
export function loadKernel(): Promise<Kernel> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Kernel> {
  const koffi = await import("koffi");
  const libc = koffi.load(null);
  const withStruct = libc.func("int ioctl(int fd, unsigned long request, void *argument)");
  const withNumber = libc.func("int ioctl(int fd, unsigned long request, intptr_t argument)");
  const eventfd = libc.func("int eventfd(unsigned int count, int flags)");
  const poll = libc.func("int poll(void *files, unsigned long count, int timeout)");

  function checked(call: string, result: number): number {
    if (result < 0) throw systemError(call, koffi.errno());
    return result;
  }
  const files = new ReadableFiles({
    wakeFd: checked("eventfd", eventfd(0, EFD_NONBLOCK_CLOEXEC)),
    poll: (entries, count, done) => void poll.async(entries, count, -1, done),
  });
  return {
    ioctl: (fd, request, argument) =>
      checked("ioctl", (typeof argument === "number" ? withNumber : withStruct)(fd, request, argument)),
    addressOf: (bytes) => koffi.address(bytes),
    whenReadable: (fd, listener, news) => files.watch(fd, listener, news),
  };
}

function systemError(syscall: string, errno: number): Error {
  const code = getSystemErrorName(-errno);
  return Object.assign(new Error(`${code}: ${getSystemErrorMessage(-errno)}, ${syscall}`), { code, syscall, errno });
}
