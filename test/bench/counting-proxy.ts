// A TCP relay that counts: what two boxes say to each other, in bytes of payload, both directions, HTTP upgrade included.
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

const HOST = "127.0.0.1";

export class CountingProxy {
  readonly #server: Server;
  bytes = 0;

  private constructor(target: number) {
    this.#server = createServer((caller) => {
      const called = connect(target, HOST);
      this.#relay(caller, called);
      this.#relay(called, caller);
    });
  }

  static async open(target: number): Promise<CountingProxy> {
    const proxy = new CountingProxy(target);
    proxy.#server.listen(0, HOST);
    await once(proxy.#server, "listening");
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Call when both ends are gone. */
  close(): void {
    this.#server.close();
  }

  #relay(from: Socket, to: Socket): void {
    from.setNoDelay(true);
    from.on("data", (chunk) => {
      this.bytes += chunk.length;
    });
    from.on("error", () => to.destroy());
    from.pipe(to);
  }
}
