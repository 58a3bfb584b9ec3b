// Dials p2panda nodes by QUIC, and accepts them where asked to. Both ends prove their keys, and all is encrypted.
// Iroh runs in a process of its own, which starts with the first dial and again after it broke.
import type { SigningKey } from "../../protocol/operation/bytes.ts";
import { type HostPort, parseAddress } from "../address.ts";
import { TransportError } from "../errors.ts";
import { parseNodeAddress } from "../node-address.ts";
import type { Connection, Transport } from "../ports.ts";
import { IrohProcess } from "./iroh-process.ts";

/** Any free port of every interface. */
const BIND_ANY: readonly string[] = ["0.0.0.0:0", "[::]:0"];

export interface IrohOptions {
  /** The author's: it makes the node id. */
  readonly signingKey: SigningKey;
  /** From `syncAlpn`: which network. */
  readonly alpn: Uint8Array;
  /** "ip:port", for IPv4 and for IPv6; any free port by default. */
  readonly bind?: readonly string[];
  /** Who dials us is not accepted without this. */
  readonly onConnection?: (connection: Connection) => void;
}

export class IrohTransport implements Transport {
  readonly #options: IrohOptions;
  #process: IrohProcess | undefined;

  constructor(options: IrohOptions) {
    this.#options = options;
  }

  /** Accepts from here on. Resolves with what others can dial; rejects with TransportError. */
  async start(): Promise<readonly HostPort[]> {
    const addresses = await this.#running().started;
    return addresses.map(parseAddress);
  }

  async dial(address: string, signal: AbortSignal): Promise<Connection> {
    const node = parseNodeAddress(address);
    try {
      signal.throwIfAborted();
      return await this.#running().dial(node, signal);
    } catch (cause) {
      const timedOut = signal.reason?.name === "TimeoutError";
      const code = cause instanceof TransportError ? cause.code : timedOut ? "E_DIAL_TIMEOUT" : "E_DIAL";
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new TransportError(code, `Cannot dial "${address}": ${reason}`, { cause });
    }
  }

  async close(): Promise<void> {
    await this.#process?.stop();
  }

  #running(): IrohProcess {
    this.#process ??= this.#newProcess();
    return this.#process;
  }

  #newProcess(): IrohProcess {
    const { signingKey, alpn, bind = BIND_ANY, onConnection } = this.#options;
    const options = { signingKey, alpn, bind, accepts: onConnection !== undefined };
    const started = new IrohProcess(options, (connection) => onConnection?.(connection));
    void started.gone.then(() => {
      if (this.#process === started) this.#process = undefined;
    });
    return started;
  }
}
