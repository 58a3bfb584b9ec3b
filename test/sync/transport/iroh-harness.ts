// Two nodes of ours over QUIC on 127.0.0.1, and one that speaks iroh by hand, honest or not.
import { createRequire } from "node:module";
import type * as Iroh from "@number0/iroh/index.js";
import { asSigningKey, type SigningKey } from "../../../protocol/operation/bytes.ts";
import { formatAddress } from "../../../sync/address.ts";
import { createNobleCrypto } from "../../../sync/crypto/noble.ts";
import { formatNodeAddress, parseNodeAddress } from "../../../sync/node-address.ts";
import type { Connection, ConnectionEvents } from "../../../sync/ports.ts";
import { syncAlpn } from "../../../sync/transport/iroh-alpn.ts";
import { type IrohOptions, IrohTransport } from "../../../sync/transport/iroh-transport.ts";
import { within } from "../../support/deadline.ts";

export const crypto = createNobleCrypto();
export const ALPN = syncAlpn(crypto);

const LOOPBACK = ["127.0.0.1:0"];
const PREFIX_BYTES = 4;

export function seed(value: number): SigningKey {
  return asSigningKey(new Uint8Array(32).fill(value));
}

export interface Node extends AsyncDisposable {
  readonly transport: IrohTransport;
  /** To be dialled. */
  readonly address: string;
  /** Every accepted connection, the oldest first; resolves as they come. */
  accepted(): Promise<Connection>;
}

export async function openNode(key: SigningKey, options: Partial<IrohOptions> = {}): Promise<Node> {
  const connections = queue<Connection>();
  const onConnection = (connection: Connection): void => connections.push(connection);
  const transport = new IrohTransport({ signingKey: key, alpn: ALPN, bind: LOOPBACK, onConnection, ...options });
  const hosts = await transport.start();
  return {
    transport,
    address: formatNodeAddress({ nodeId: crypto.verifyingKey(key), hosts }),
    accepted: () => within("a connection to accept", connections.shift()),
    [Symbol.asyncDispose]: () => within("the node to close", transport.close()),
  };
}

/** Iroh in the test's own thread, as a p2panda node would use it. */
export class RawNode implements AsyncDisposable {
  readonly #iroh: typeof Iroh;
  readonly #endpoint: Iroh.Endpoint;

  private constructor(iroh: typeof Iroh, endpoint: Iroh.Endpoint) {
    this.#iroh = iroh;
    this.#endpoint = endpoint;
  }

  static async open(key: SigningKey): Promise<RawNode> {
    const iroh = createRequire(import.meta.url)("@number0/iroh/index.js") as typeof Iroh;
    const builder = iroh.Endpoint.builder();
    iroh.presetMinimal(builder);
    builder.relayMode(iroh.RelayMode.disabled());
    builder.secretKey(Array.from(key));
    builder.alpns([Array.from(ALPN)]);
    for (const address of LOOPBACK) builder.bindAddr(address);
    return new RawNode(iroh, await builder.bind());
  }

  get address(): string {
    return `${this.#endpoint.id()}@${this.#endpoint.boundSockets().find((socket) => !socket.startsWith("["))}`;
  }

  dial(address: string): Promise<Iroh.Connection> {
    const { nodeId, hosts } = parseNodeAddress(address);
    const key = this.#iroh.EndpointId.fromBytes(Array.from(nodeId));
    const target = new this.#iroh.EndpointAddr(key, null, hosts.map(formatAddress));
    return this.#endpoint.connect(target, Array.from(ALPN));
  }

  async accepted(): Promise<Iroh.Connection> {
    const incoming = await within("an incoming connection", this.#endpoint.acceptNext());
    if (incoming === null) throw new Error("The endpoint is closed");
    return (await incoming.accept()).connect();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await within("the raw node to close", this.#endpoint.close());
  }
}

/** Reads so many bytes, however they come. */
export async function readBytes(recv: Iroh.RecvStream, length: number): Promise<Uint8Array> {
  return Uint8Array.from(await within(`${length} bytes`, recv.readExact(length)));
}

/** The contract's frames are any bytes; on a stream each needs its length before it. */
export class PrefixedConnection implements Connection {
  readonly #inner: Connection;
  /** Lengths, with prefix, of what was sent and has not left. */
  readonly #unsent: number[] = [];
  #unsentTotal = 0;

  constructor(inner: Connection) {
    this.#inner = inner;
  }

  get role(): Connection["role"] {
    return this.#inner.role;
  }

  get remote(): string {
    return this.#inner.remote;
  }

  get extended(): boolean {
    return this.#inner.extended;
  }

  get unsentBytes(): number {
    while (this.#unsentTotal > this.#inner.unsentBytes) this.#unsentTotal -= this.#unsent.shift() ?? 0;
    return this.#unsentTotal - this.#unsent.length * PREFIX_BYTES;
  }

  send(bytes: Uint8Array): void {
    const frame = new Uint8Array(PREFIX_BYTES + bytes.length);
    new DataView(frame.buffer).setUint32(0, bytes.length);
    frame.set(bytes, PREFIX_BYTES);
    this.#unsent.push(frame.length);
    this.#unsentTotal += frame.length;
    this.#inner.send(frame);
  }

  pause(): void {
    this.#inner.pause();
  }

  resume(): void {
    this.#inner.resume();
  }

  close(code: string): void {
    this.#inner.close(code);
  }

  listen(events: ConnectionEvents): void {
    this.#inner.listen({
      frame: (bytes) => events.frame(bytes.slice(PREFIX_BYTES)),
      drained: () => events.drained(),
      closed: (code) => events.closed(code),
    });
  }
}

function queue<T>(): { push(value: T): void; shift(): Promise<T> } {
  const values: T[] = [];
  const waiting: ((value: T) => void)[] = [];
  return {
    push(value) {
      const next = waiting.shift();
      if (next) next(value);
      else values.push(value);
    },
    shift() {
      const [next] = values.splice(0, 1);
      return next === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(next);
    },
  };
}
