// Entry of the process in which iroh lives: one endpoint, without relays and without any server on the internet. Apart
// from the main loop, because passing bytes as arrays of numbers costs 150 to 200 ms for each MiB. Not a worker thread,
// because one that ends while iroh is busy takes the whole process with it (measured: iroh-ffi 1.1 aborts).
import type { Endpoint, Incoming, Connection as QuicConnection } from "@number0/iroh/index.js";
import { bindFault, dialFault, reasonOf } from "./iroh-errors.ts";
import { IrohLink } from "./iroh-link.ts";
import type { FromIroh, IrohProcessOptions, ToIroh } from "./iroh-messages.ts";

type Iroh = typeof import("@number0/iroh/index.js");
type Dial = Extract<ToIroh, { type: "dial" }>;

/** Dialled by others at the same time: the peers of one festival that speak QUIC are few. */
const MAX_ACCEPTED = 64;

class IrohNode {
  readonly #iroh: Iroh;
  readonly #endpoint: Endpoint;
  readonly #alpn: number[];
  readonly #links = new Map<number, IrohLink>();
  #accepted = 0;
  #lastAccepted = 0;

  constructor(iroh: Iroh, endpoint: Endpoint, alpn: Uint8Array) {
    this.#iroh = iroh;
    this.#endpoint = endpoint;
    this.#alpn = Array.from(alpn);
  }

  handle(message: Exclude<ToIroh, { type: "start" }>): void {
    switch (message.type) {
      case "dial":
        void this.#dial(message);
        return;
      case "write":
        this.#links.get(message.id)?.write(message.stream, message.bytes);
        return;
      case "delivered":
        this.#links.get(message.id)?.delivered(message.bytes);
        return;
      case "close":
        void this.#links.get(message.id)?.close(message.code);
        return;
      case "drop":
        this.#links.get(message.id)?.drop();
        return;
      case "stop":
        void this.#stop();
    }
  }

  /** Until the endpoint closes. */
  async accept(): Promise<void> {
    for (;;) {
      const incoming = await this.#endpoint.acceptNext();
      if (incoming === null) return;
      if (this.#accepted < MAX_ACCEPTED) void this.#admit(incoming);
      else await incoming.refuse();
    }
  }

  async #dial({ id, nodeId, hosts }: Dial): Promise<void> {
    try {
      const key = this.#iroh.EndpointId.fromBytes(Array.from(nodeId));
      const address = new this.#iroh.EndpointAddr(key, null, [...hosts]);
      const quic = await this.#endpoint.connect(address, this.#alpn);
      const path = quic.paths().find(({ isSelected }) => isSelected);
      this.#open(id, quic, path?.remoteAddr ?? hosts[0] ?? "");
    } catch (error) {
      post({ type: "refused", id, ...dialFault(error) });
    }
  }

  async #admit(incoming: Incoming): Promise<void> {
    this.#accepted += 1;
    try {
      const { addr } = await incoming.remoteAddr();
      const quic = await (await incoming.accept()).connect();
      this.#lastAccepted -= 1;
      this.#open(this.#lastAccepted, quic, addr ?? "");
    } catch {
      // Not one of us, or gone again: QUIC itself tells whoever dialled.
      this.#accepted -= 1;
    }
  }

  #open(id: number, quic: QuicConnection, remote: string): void {
    post({ type: "open", id, key: Uint8Array.from(quic.remoteId().toBytes()), remote });
    const link = new IrohLink(id, quic, post, () => {
      this.#links.delete(id);
      if (id < 0) this.#accepted -= 1;
    });
    this.#links.set(id, link);
  }

  async #stop(): Promise<void> {
    await Promise.all([...this.#links.values()].map((link) => link.close("E_STOPPING")));
    await this.#endpoint.close();
    post({ type: "stopped" });
  }
}

/** A kernel without IPv6 refuses "[::]:…". Iroh tries that one by itself where none is given, and does without. */
async function bindWhatIsThere(iroh: Iroh, options: IrohProcessOptions): Promise<Endpoint> {
  try {
    return await bind(iroh, options);
  } catch (error) {
    const ipv4 = options.bind.filter((address) => !address.startsWith("["));
    if (ipv4.length === 0 || bindFault(error).code === "E_PORT_TAKEN") throw error;
    return await bind(iroh, { ...options, bind: ipv4 });
  }
}

function bind(iroh: Iroh, options: IrohProcessOptions): Promise<Endpoint> {
  const builder = iroh.Endpoint.builder();
  iroh.presetMinimal(builder);
  builder.relayMode(iroh.RelayMode.disabled());
  builder.secretKey(Array.from(options.signingKey));
  builder.alpns(options.accepts ? [Array.from(options.alpn)] : []);
  for (const address of options.bind) builder.bindAddr(address);
  return builder.bind();
}

async function start(options: IrohProcessOptions): Promise<IrohNode | undefined> {
  const iroh = await import("@number0/iroh/index.js").catch((error: unknown) => {
    post({ type: "failed", code: "E_IROH_MISSING", reason: reasonOf(error) });
  });
  const endpoint = await (iroh && bindWhatIsThere(iroh, options))?.catch((error: unknown) => {
    post({ type: "failed", ...bindFault(error) });
  });
  if (!iroh || !endpoint) return undefined;
  const node = new IrohNode(iroh, endpoint, options.alpn);
  post({ type: "started", hosts: endpoint.addr().directAddresses() });
  void node.accept();
  return node;
}

function post(message: FromIroh): void {
  // What cannot be sent has nobody left to read it.
  process.send?.(message, () => undefined);
}

/** At once: an orderly exit would wait for iroh, or end in its abort. */
function die(): void {
  process.kill(process.pid, "SIGKILL");
}

let started: Promise<IrohNode | undefined> | undefined;
process.on("message", (message: ToIroh) => {
  if (message.type === "start") started = start(message.options);
  else void started?.then((node) => node?.handle(message));
});
process.on("disconnect", die);
// Both come from a terminal to all processes at once; the box says when we stop.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => undefined);
