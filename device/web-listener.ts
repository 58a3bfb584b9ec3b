// Listens on the box's port and lets go of it again, open connections included: a stop must not wait for browsers.
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

export class WebListener {
  readonly #options: { readonly host: string; readonly port: number };
  #port: number | undefined;

  /** Port 0 takes any free one. */
  constructor(options: { readonly host: string; readonly port: number }) {
    this.#options = options;
  }

  /** Undefined before it listens. */
  get port(): number | undefined {
    return this.#port;
  }

  /** Rejects with the system's error, EADDRINUSE for a port that is taken. */
  listen(server: Server): Promise<void> {
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.#options.port, this.#options.host, () => {
        server.off("error", reject);
        this.#port = (server.address() as AddressInfo).port;
        resolve();
      });
    });
  }

  close(server: Server): Promise<void> {
    this.#port = undefined;
    return new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }
}
