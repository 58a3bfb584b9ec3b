// A socket that speaks in lines, as both of QEMU's do: cuts what comes in, whatever the pieces it comes in.
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";

/** QEMU's longest answers are lists of devices, some 10 KiB. */
const MAX_LINE_CHARACTERS = 1024 * 1024;

export class LineSocket {
  readonly #stream: Duplex;
  #rest = "";

  /** `onLine` gets each line without its end; `onClose` is the last call. */
  constructor(stream: Duplex, onLine: (line: string) => void, onClose: () => void) {
    this.#stream = stream;
    stream.on("data", (bytes: Buffer) => this.#take(bytes.toString("latin1"), onLine));
    stream.on("error", () => stream.destroy());
    stream.on("close", onClose);
  }

  send(line: string): void {
    this.#stream.write(`${line}\n`);
  }

  close(): void {
    this.#stream.destroy();
  }

  #take(text: string, onLine: (line: string) => void): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() as string;
    if (this.#rest.length > MAX_LINE_CHARACTERS) this.#stream.destroy(new Error("A line has no end"));
    for (const line of lines) onLine(line.replace(/\r$/, ""));
  }
}

/** Rejects if nobody listens there. */
export async function connectSocket(path: string): Promise<Socket> {
  const socket = connect(path);
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  return socket;
}
