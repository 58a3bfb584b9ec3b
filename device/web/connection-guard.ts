// Watches the connections of the port, so that nobody slow or greedy takes it from the others (reliability.md T11). Each
// connection has its own deadline instead of a check every second: a box to which nobody speaks sleeps.
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { AddressCaps, type ConnectionLimits } from "../../sync/address-caps.ts";
import type { Clock } from "../../sync/ports.ts";

/** From the connection to the last byte of the headers. */
const HEADERS_MS = 5_000;
/** For the rest of a request: the longest is a programme, and comes from this machine. */
const REQUEST_MS = 10_000;
/** From one answer to the next headers; Node itself ends what is silent for 5 s. */
const NEXT_REQUEST_MS = 5_000 + HEADERS_MS;

/** A browser opens six at once; WebSockets have their own places (websocket-accept.ts). */
export const HTTP_LIMITS: ConnectionLimits = { total: 512, perAddress: 32 };

export interface GuardOptions {
  readonly clock: Clock;
  readonly limits?: ConnectionLimits;
}

export function guardConnections(server: Server, { clock, limits = HTTP_LIMITS }: GuardOptions): void {
  const caps = new AddressCaps(limits);
  const open = new Map<Socket, GuardedConnection>();

  server.on("connection", (socket: Socket) => {
    const host = socket.remoteAddress ?? "";
    if (caps.refusal(host) !== undefined) {
      socket.destroy();
      return;
    }
    const connection = new GuardedConnection(socket, caps.take(host), clock);
    open.set(socket, connection);
    connection.expect(HEADERS_MS);
    socket.once("close", () => {
      open.delete(socket);
      connection.letGo();
    });
  });
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const connection = open.get(request.socket);
    connection?.expect(REQUEST_MS);
    request.once("end", () => connection?.relax());
    response.once("close", () => connection?.expect(NEXT_REQUEST_MS));
  });
  server.on("upgrade", ({ socket }: IncomingMessage) => open.get(socket)?.letGo());
}

class GuardedConnection {
  readonly #socket: Socket;
  readonly #giveBack: () => void;
  readonly #clock: Clock;
  #cancel: () => void = () => {};

  constructor(socket: Socket, giveBack: () => void, clock: Clock) {
    this.#socket = socket;
    this.#giveBack = giveBack;
    this.#clock = clock;
  }

  /** What comes next must come within this time. */
  expect(ms: number): void {
    this.#cancel();
    if (!this.#socket.destroyed) this.#cancel = this.#clock.after(ms, () => this.#socket.destroy());
  }

  relax(): void {
    this.#cancel();
  }

  /** It is over, or somebody else's now. */
  letGo(): void {
    this.#cancel();
    this.#giveBack();
  }
}
