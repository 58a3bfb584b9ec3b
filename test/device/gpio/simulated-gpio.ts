// GPIO chips as the kernel shows them: answers the ioctls of the character device from a table, and lets a test move the
// lines. Each line that is asked for becomes a plain file, to which its events are appended. Bytes are decoded here by
// the offsets of linux/gpio.h, not by the code under test.
import { appendFileSync, mkdirSync, mkdtempSync, openSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Kernel } from "../../../device/gpio/kernel.ts";

const GET_CHIPINFO = 0x8044b401;
const GET_LINEINFO = 0xc100b405;
const GET_LINE = 0xc250b407;
const GET_VALUES = 0xc010b40e;
const SET_VALUES = 0xc010b40f;
const ACTIVE_LOW = 2n;
const OUTPUT = 8n;

interface RequestedLine {
  readonly name: string;
  readonly path: string;
  readonly request: Buffer;
  level: 0 | 1;
  listener?: (() => void) | undefined;
}

export class SimulatedGpio implements Kernel {
  readonly folder = mkdtempSync(join(tmpdir(), "lagerfeuer-gpio-"));
  /** CLOCK_MONOTONIC of this machine. */
  nowNs = 1_000_000_000n;
  readonly #chips: ReadonlyMap<string, readonly string[]>;
  readonly #lines = new Map<number, RequestedLine>();
  /** Voltages that stand on lines before anybody asks for them; high unless set. */
  readonly #grounded = new Set<string>();
  /** Lines that another program holds. */
  readonly taken = new Set<string>();
  /** Sees each level that a program sets. */
  onOutput: (name: string, level: 0 | 1) => void = () => {};

  constructor(chips: Readonly<Record<string, readonly string[]>>) {
    this.#chips = new Map(Object.entries(chips));
    for (const chip of this.#chips.keys()) writeFileSync(join(this.folder, chip), "");
    mkdirSync(join(this.folder, "lines"));
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }

  ground(name: string): void {
    this.#grounded.add(name);
  }

  /** The newest request for a line, as it came. */
  line(name: string): RequestedLine {
    const line = [...this.#lines.values()].findLast((each) => each.name === name);
    if (line === undefined) throw new Error(`nobody asked for ${name}`);
    return line;
  }

  /** Lines that somebody listens to. */
  get heard(): readonly string[] {
    return [...this.#lines.values()].filter((line) => line.listener).map((line) => line.name);
  }

  /** The kernel notes an edge now; whoever listens hears of it at the next `deliver`. */
  edge(name: string, level: 0 | 1): void {
    const line = this.line(name);
    line.level = level;
    const event = Buffer.alloc(48);
    event.writeBigUInt64LE(this.nowNs, 0);
    event.writeUInt32LE(level === 1 ? 1 : 2, 8);
    appendFileSync(line.path, event);
  }

  deliver(name: string): void {
    this.line(name).listener?.();
  }

  ioctl(fd: number, request: number, argument: Uint8Array | number): number {
    if (typeof argument === "number") throw new Error("GPIO takes structs only");
    const struct = Buffer.from(argument.buffer, argument.byteOffset, argument.length);
    switch (request >>> 0) {
      case GET_CHIPINFO:
        return struct.writeUInt32LE(this.#namesOf(fd).length, 64) && 0;
      case GET_LINEINFO:
        struct.fill(0, 0, 32);
        return struct.write(this.#namesOf(fd)[struct.readUInt32LE(64)] ?? "", 0) && 0;
      case GET_LINE:
        return this.#request(this.#namesOf(fd)[struct.readUInt32LE(0)] ?? "", struct);
      case GET_VALUES:
        return struct.writeBigUInt64LE(BigInt(this.#lineAt(fd).level), 0) && 0;
      case SET_VALUES:
        return this.#set(this.#lineAt(fd), struct.readBigUInt64LE(0) === 1n ? 1 : 0);
      default:
        throw kernelError("ENOTTY");
    }
  }

  addressOf(): bigint {
    throw new Error("GPIO needs no address");
  }

  whenReadable(fd: number, listener: () => void): () => void {
    const line = this.#lineAt(fd);
    line.listener = listener;
    return () => {
      line.listener = undefined;
    };
  }

  #set(line: RequestedLine, level: 0 | 1): number {
    line.level = level;
    this.onOutput(line.name, level);
    return 0;
  }

  #namesOf(fd: number): readonly string[] {
    return this.#chips.get(basename(readlinkSync(`/proc/self/fd/${fd}`))) ?? [];
  }

  #lineAt(fd: number): RequestedLine {
    const line = this.#lines.get(fd);
    if (line === undefined) throw kernelError("EBADF");
    return line;
  }

  #request(name: string, struct: Buffer): number {
    if (this.taken.has(name)) throw kernelError("EBUSY");
    const path = join(this.folder, "lines", `${this.#lines.size}`);
    writeFileSync(path, "");
    const fd = openSync(path, "r");
    const flags = struct.readBigUInt64LE(288);
    const isHigh = (flags & OUTPUT) === 0n ? !this.#grounded.has(name) : struct.readBigUInt64LE(328) === 1n;
    const level = isHigh === ((flags & ACTIVE_LOW) === 0n) ? 1 : 0;
    this.#lines.set(fd, { name, path, request: Buffer.from(struct), level });
    struct.writeInt32LE(fd, 588);
    return 0;
  }
}

export function kernelError(code: string): Error {
  return Object.assign(new Error(`${code}: as the kernel says, ioctl`), { code, syscall: "ioctl" });
}
