// A listening box on 127.0.0.1, and a client that writes WebSocket bytes by hand, honest or not.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Clock, Connection } from "../../../sync/ports.ts";
import { SystemClock } from "../../../sync/system-clock.ts";
import { type AcceptOptions, type Acceptor, acceptWebSockets } from "../../../sync/transport/websocket-accept.ts";
import { ConnectionRecorder } from "../../support/connection-recorder.ts";
import { within } from "../../support/deadline.ts";

export interface Box extends AsyncDisposable {
  readonly port: number;
  readonly address: string;
  readonly acceptor: Acceptor;
  /** Every accepted connection, the oldest first; resolves as they come. */
  accepted(): Promise<Connection>;
  /** The server's end of the newest TCP connection. */
  socket(): Socket;
}

export async function openBox(options: Partial<AcceptOptions> & { clock?: Clock } = {}): Promise<Box> {
  const server = createServer();
  const sockets: Socket[] = [];
  const connections: Connection[] = [];
  const waiting: ((connection: Connection) => void)[] = [];
  server.on("connection", (socket) => sockets.push(socket));
  const acceptor = acceptWebSockets(server, {
    clock: new SystemClock(),
    onConnection(connection) {
      const next = waiting.shift();
      if (next) next(connection);
      else connections.push(connection);
    },
    ...options,
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    address: `127.0.0.1:${port}`,
    acceptor,
    accepted() {
      const next = connections.shift();
      const later = new Promise<Connection>((resolve) => next ?? waiting.push(resolve));
      return next ? Promise.resolve(next) : within("a connection to accept", later);
    },
    socket() {
      const socket = sockets.at(-1);
      assert.ok(socket);
      return socket;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await within("the box to close", acceptor.close());
      server.close();
    },
  };
}

export async function acceptedRecorder(box: Box): Promise<ConnectionRecorder> {
  return new ConnectionRecorder(await box.accepted());
}

export interface RequestOptions {
  readonly path?: string;
  readonly protocols?: string;
  readonly headers?: string;
  readonly localAddress?: string;
}

/** A TCP client after its upgrade request; `status` is what it was answered. */
export class RawClient {
  readonly socket: Socket;
  #bytes = Buffer.alloc(0);

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      this.#bytes = Buffer.concat([this.#bytes, bytes]);
    });
  }

  static async connect(port: number, localAddress = "127.0.0.1"): Promise<RawClient> {
    const socket = connect({ port, host: "127.0.0.1", localAddress });
    await within("a TCP connection", once(socket, "connect"));
    socket.setNoDelay();
    return new RawClient(socket);
  }

  /** Asks for the upgrade; the client, and the first line and body of the answer. */
  static async upgrade(port: number, options: RequestOptions = {}): Promise<{ client: RawClient; answer: string }> {
    const { path = "/sync", protocols = "lagerfeuer.1", headers = "", localAddress } = options;
    const client = await RawClient.connect(port, localAddress);
    client.socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n` +
        `${protocols && `Sec-WebSocket-Protocol: ${protocols}\r\n`}${headers}\r\n`,
    );
    const head = await client.readUntil("\r\n\r\n");
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    const body = await client.read(length);
    return { client, answer: `${head.split("\r\n")[0]} ${body.toString()}`.trim() };
  }

  async read(length: number): Promise<Buffer> {
    while (this.#bytes.length < length) await this.#more(`${length} bytes`);
    const taken = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    return taken;
  }

  async readUntil(mark: string): Promise<string> {
    while (!this.#bytes.includes(mark)) await this.#more(JSON.stringify(mark));
    return (await this.read(this.#bytes.indexOf(mark) + mark.length)).toString();
  }

  /** Status and reason of the close frame that comes next; pings before it are skipped. */
  async closeFrame(): Promise<{ status: number; reason: string }> {
    for (;;) {
      const head = await this.read(2);
      const payload = await this.read((head[1] ?? 0) & 0x7f);
      if (head[0] === 0x88) return { status: payload.readUInt16BE(0), reason: payload.subarray(2).toString() };
    }
  }

  async #more(what: string): Promise<void> {
    const data = once(this.socket, "data");
    const end = once(this.socket, "close").then(() => assert.fail(`The socket closed before ${what}`));
    end.catch(() => undefined);
    await within(what, Promise.race([data, end]));
  }
}

export const BINARY = 0x2;
export const TEXT = 0x1;
export const CONTINUATION = 0x0;

/** A client's frame: masked with zeros. `declared` lies about the length. */
export function rawFrame(
  opcode: number,
  payload: Uint8Array,
  options: { fin?: boolean; declared?: bigint } = {},
): Buffer {
  const head = Buffer.alloc(14);
  head[0] = (options.fin === false ? 0 : 0x80) | opcode;
  head[1] = 0x80 | 127;
  head.writeBigUInt64BE(options.declared ?? BigInt(payload.length), 2);
  return Buffer.concat([head, payload]);
}
