// Dials other boxes by WebSocket. The caller's signal says how long that may take.
import { connect, type Socket } from "node:net";
import WebSocket from "ws";
import { formatAddress, type HostPort, parseAddress } from "../address.ts";
import { type ConnectionEnd, TransportError } from "../errors.ts";
import type { Clock, Connection, Transport } from "../ports.ts";
import { SUBPROTOCOLS, WEBSOCKET_OPTIONS, WEBSOCKET_PATH, WebSocketConnection } from "./websocket-connection.ts";

export class WebSocketTransport implements Transport {
  readonly #clock: Clock;
  readonly #open = new Map<Socket, Connection>();

  constructor({ clock }: { readonly clock: Clock }) {
    this.#clock = clock;
  }

  async dial(address: string, signal: AbortSignal): Promise<Connection> {
    const target = parseAddress(address);
    try {
      signal.throwIfAborted();
      return await this.#opened(target, signal);
    } catch (cause) {
      const code = signal.reason?.name === "TimeoutError" ? "E_DIAL_TIMEOUT" : "E_DIAL";
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new TransportError(code, `Cannot dial "${address}": ${reason}`, { cause });
    }
  }

  /** Closes every connection; resolves when all are gone. */
  async close(): Promise<void> {
    const gone = [...this.#open.keys()].map((socket) => new Promise((resolve) => socket.once("close", resolve)));
    for (const connection of this.#open.values()) connection.close("E_STOPPING" satisfies ConnectionEnd);
    await Promise.all(gone);
  }

  /** The connection is made inside the event: a tick later its first frame could have passed. */
  #opened(target: HostPort, signal: AbortSignal): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(target);
      const webSocket = dialled(target, socket);
      const abort = (): void => webSocket.terminate();
      signal.addEventListener("abort", abort, { once: true });
      webSocket.on("error", (error) => {
        signal.removeEventListener("abort", abort);
        reject(error);
      });
      webSocket.once("open", () => {
        signal.removeEventListener("abort", abort);
        resolve(this.#keep(socket, webSocket));
      });
    });
  }

  #keep(socket: Socket, webSocket: WebSocket): Connection {
    const connection = new WebSocketConnection({ webSocket, socket, role: "initiator", clock: this.#clock });
    this.#open.set(socket, connection);
    socket.once("close", () => this.#open.delete(socket));
    return connection;
  }
}

/** A URL cannot carry the zone of a link-local address, so the socket is made apart from it. */
function dialled({ host, port }: HostPort, socket: Socket): WebSocket {
  const authority = formatAddress({ host: host.replace(/%.*/, ""), port });
  return new WebSocket(`ws://${authority}${WEBSOCKET_PATH}`, [...SUBPROTOCOLS], {
    ...WEBSOCKET_OPTIONS,
    createConnection: () => socket,
  });
}
