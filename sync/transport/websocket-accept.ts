// Accepts WebSockets on an HTTP server that somebody else made. Refuses before the upgrade, with an HTTP status and a
// code, whatever is not ours or is too much (reliability T11: without a cap for each address one phone locks out all).
import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { AddressCaps, type ConnectionLimits } from "../address-caps.ts";
import type { ConnectionEnd } from "../errors.ts";
import type { Clock, Connection } from "../ports.ts";
import { SUBPROTOCOLS, WEBSOCKET_OPTIONS, WEBSOCKET_PATH, WebSocketConnection } from "./websocket-connection.ts";

/** 1,000 connections took 63 MB (reliability §2.0, §3.6); a household stays under 32, a camp behind one router may not. */
export const CONNECTION_LIMITS: ConnectionLimits = { total: 1_200, perAddress: 32 };

export interface AcceptOptions {
  readonly clock: Clock;
  readonly onConnection: (connection: Connection) => void;
  readonly limits?: ConnectionLimits;
  /** Whether a page of this origin may connect; boxes send none. All may if absent. */
  readonly isAllowedOrigin?: (request: IncomingMessage) => boolean;
}

export interface Acceptor {
  /** Open ones. */
  readonly connections: number;
  /** Accepts no more, closes all; resolves when all are gone. */
  close(): Promise<void>;
}

interface Refusal {
  readonly status: string;
  readonly code: string;
}

const REFUSALS = {
  path: { status: "404 Not Found", code: "E_PATH" },
  origin: { status: "403 Forbidden", code: "E_ORIGIN" },
  subprotocol: { status: "400 Bad Request", code: "E_SUBPROTOCOL" },
  total: { status: "503 Service Unavailable", code: "E_CONNECTIONS" },
  perAddress: { status: "503 Service Unavailable", code: "E_CONNECTIONS_ADDRESS" },
} as const satisfies Record<string, Refusal>;

export function acceptWebSockets(server: Server, options: AcceptOptions): Acceptor {
  return new WebSocketAcceptor(server, options);
}

class WebSocketAcceptor implements Acceptor {
  readonly #server: Server;
  readonly #options: AcceptOptions;
  readonly #upgrader = new WebSocketServer({
    ...WEBSOCKET_OPTIONS,
    noServer: true,
    clientTracking: false,
    handleProtocols: (offered) => SUBPROTOCOLS.find((protocol) => offered.has(protocol)) ?? false,
  });
  /** From the upgrade to the end of the socket. */
  readonly #open = new Map<Socket, Connection | undefined>();
  readonly #caps: AddressCaps;

  constructor(server: Server, options: AcceptOptions) {
    this.#server = server;
    this.#options = options;
    this.#caps = new AddressCaps(options.limits ?? CONNECTION_LIMITS);
    server.on("upgrade", this.#onUpgrade);
  }

  get connections(): number {
    return this.#open.size;
  }

  async close(): Promise<void> {
    this.#server.off("upgrade", this.#onUpgrade);
    const gone = [...this.#open.keys()].map((socket) => new Promise((resolve) => socket.once("close", resolve)));
    for (const connection of this.#open.values()) connection?.close("E_STOPPING" satisfies ConnectionEnd);
    await Promise.all(gone);
  }

  readonly #onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    const { socket } = request;
    socket.on("error", () => socket.destroy());
    const refusal = this.#refusal(request);
    if (refusal) refuse(socket, refusal);
    else {
      this.#count(socket);
      this.#upgrader.handleUpgrade(request, stream, head, (webSocket) => {
        const { clock, onConnection } = this.#options;
        const connection = new WebSocketConnection({ webSocket, socket, role: "acceptor", clock });
        this.#open.set(socket, connection);
        onConnection(connection);
      });
    }
  };

  #refusal(request: IncomingMessage): Refusal | undefined {
    const { isAllowedOrigin } = this.#options;
    if (request.url !== WEBSOCKET_PATH) return REFUSALS.path;
    if (isAllowedOrigin && !isAllowedOrigin(request)) return REFUSALS.origin;
    const offered = request.headers["sec-websocket-protocol"]?.split(",").map((each) => each.trim()) ?? [];
    if (!offered.some((protocol) => SUBPROTOCOLS.includes(protocol))) return REFUSALS.subprotocol;
    const limit = this.#caps.refusal(request.socket.remoteAddress ?? "");
    return limit && REFUSALS[limit];
  }

  #count(socket: Socket): void {
    this.#open.set(socket, undefined);
    const giveBack = this.#caps.take(socket.remoteAddress ?? "");
    socket.once("close", () => {
      this.#open.delete(socket);
      giveBack();
    });
  }
}

function refuse(socket: Socket, { status, code }: Refusal): void {
  const headers = `Connection: close\r\nContent-Type: text/plain\r\nContent-Length: ${code.length}`;
  socket.end(`HTTP/1.1 ${status}\r\n${headers}\r\n\r\n${code}`, () => socket.destroy());
}
