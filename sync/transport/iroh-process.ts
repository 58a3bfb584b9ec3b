// The main loop's side of one process of iroh, from its start to its end: who dials, which connections it carries.
// Knows nothing of iroh; the process itself is iroh-child.ts.
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { asVerifyingKey } from "../../protocol/operation/bytes.ts";
import { formatAddress } from "../address.ts";
import { type ConnectionEnd, TransportError } from "../errors.ts";
import type { NodeAddress } from "../node-address.ts";
import type { Connection } from "../ports.ts";
import { IrohConnection } from "./iroh-connection.ts";
import type { FromIroh, IrohProcessOptions, ToIroh } from "./iroh-messages.ts";

/** Goodbyes linger for at most a second; iroh then waits up to 3 s for dials that nobody answers, and we do not. */
const STOP_MS = 1_500;

const CHILD = fileURLToPath(new URL("./iroh-child.ts", import.meta.url));

export class IrohProcess {
  readonly #child: ChildProcess;
  readonly #onConnection: (connection: Connection) => void;
  readonly #dials = new Map<number, PromiseWithResolvers<Connection>>();
  readonly #connections = new Map<number, IrohConnection>();
  readonly #started = Promise.withResolvers<readonly string[]>();
  /** Resolves when the process is gone, for whatever reason. */
  readonly gone: Promise<void>;
  #lastDial = 0;

  constructor(options: IrohProcessOptions, onConnection: (connection: Connection) => void) {
    this.#onConnection = onConnection;
    this.#started.promise.catch(() => undefined);
    // Advanced: bytes go as bytes. What iroh prints in its last moment belongs into our own log.
    this.#child = fork(CHILD, { serialization: "advanced", stdio: ["ignore", "ignore", "inherit", "ipc"] });
    this.#child.on("message", (message: FromIroh) => this.#handle(message));
    this.gone = new Promise((resolve) => {
      const end = (cause?: unknown): void => {
        this.#child.removeAllListeners("message");
        this.#fail(new TransportError("E_TRANSPORT", "Iroh's process ended", { cause }));
        resolve();
      };
      this.#child.once("exit", () => end());
      this.#child.once("error", end);
    });
    this.#post({ type: "start", options });
  }

  /** Addresses, "ip:port", at which others can reach this node; rejects with TransportError. */
  get started(): Promise<readonly string[]> {
    return this.#started.promise;
  }

  /** Rejects with the signal's reason, or with TransportError. */
  dial({ nodeId, hosts }: NodeAddress, signal: AbortSignal): Promise<Connection> {
    this.#lastDial += 1;
    const id = this.#lastDial;
    const dial = Promise.withResolvers<Connection>();
    // Iroh cannot be told: a connection that comes after all is closed when it comes.
    const abort = (): void => {
      this.#dials.delete(id);
      dial.reject(signal.reason);
    };
    this.#dials.set(id, dial);
    signal.addEventListener("abort", abort, { once: true });
    this.#post({ type: "dial", id, nodeId, hosts: hosts.map(formatAddress) });
    return dial.promise.finally(() => signal.removeEventListener("abort", abort));
  }

  /** Closes every connection; resolves when the process is gone. */
  async stop(): Promise<void> {
    for (const connection of this.#connections.values()) connection.close("E_STOPPING" satisfies ConnectionEnd);
    this.#post({ type: "stop" });
    const timer = setTimeout(() => this.#kill(), STOP_MS);
    await this.gone;
    clearTimeout(timer);
  }

  #handle(message: FromIroh): void {
    switch (message.type) {
      case "started":
        this.#started.resolve(message.hosts);
        return;
      case "failed":
        this.#fail(new TransportError(message.code, `Cannot start iroh: ${message.reason}`));
        this.#kill();
        return;
      case "refused":
        this.#dials.get(message.id)?.reject(new TransportError(message.code, message.reason));
        this.#dials.delete(message.id);
        return;
      case "open":
        this.#open(message);
        return;
      case "frames":
        this.#connections.get(message.id)?.received(message.frames);
        return;
      case "taken":
        this.#connections.get(message.id)?.taken(message.bytes);
        return;
      case "closed":
        this.#connections.get(message.id)?.ended(message.code);
        this.#connections.delete(message.id);
        return;
      case "stopped":
        this.#kill();
    }
  }

  #open({ id, key, remote }: Extract<FromIroh, { type: "open" }>): void {
    const role = id > 0 ? "initiator" : "acceptor";
    const dial = this.#dials.get(id);
    if (role === "initiator" && dial === undefined) {
      this.#post({ type: "close", id, code: "closed" satisfies ConnectionEnd });
      return;
    }
    const post = this.#post.bind(this);
    const connection = new IrohConnection({ id, role, remote, peerKey: asVerifyingKey(key), post });
    this.#connections.set(id, connection);
    this.#dials.delete(id);
    if (dial) dial.resolve(connection);
    else this.#onConnection(connection);
  }

  #fail(error: TransportError): void {
    this.#started.reject(error);
    for (const dial of this.#dials.values()) dial.reject(error);
    for (const connection of this.#connections.values()) connection.ended("E_LOST" satisfies ConnectionEnd);
    this.#dials.clear();
    this.#connections.clear();
  }

  #post(message: ToIroh): void {
    // What cannot be sent goes to a process that is gone, and "exit" tells the rest.
    this.#child.send(message, () => undefined);
  }

  /** At once: an orderly exit would wait for iroh, or end in its abort. */
  #kill(): void {
    this.#child.kill("SIGKILL");
  }
}
