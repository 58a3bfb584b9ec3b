// Our side of a session with a Rust peer, in the test's own process: a real replica, real peers, real QUIC, real time.
import { randomBytes } from "node:crypto";
import { asSigningKey, asTopic, fromHex, toHex } from "../../../protocol/operation/bytes.ts";
import { createNodeCrypto } from "../../../sync/crypto/node.ts";
import { ownKey } from "../../../sync/own-key.ts";
import { Peers } from "../../../sync/peers.ts";
import type { Store } from "../../../sync/ports.ts";
import { Replica } from "../../../sync/replica.ts";
import { MemoryStore } from "../../../sync/store/memory.ts";
import { SystemClock } from "../../../sync/system-clock.ts";
import { syncAlpn } from "../../../sync/transport/iroh-alpn.ts";
import { IrohTransport } from "../../../sync/transport/iroh-transport.ts";

const suite = await createNodeCrypto();
const clock = new SystemClock();
const LOOPBACK: readonly string[] = ["127.0.0.1:0", "[::1]:0"];

export interface OurNodeOptions {
  /** Hex. */
  readonly topic: string;
  readonly store?: Store;
  readonly networkId?: Uint8Array;
}

export class OurNode {
  readonly replica: Replica;
  readonly peers: Peers;
  /** What the logger was told: the transcript of this side. */
  readonly said: string[];

  private constructor(replica: Replica, peers: Peers, said: string[]) {
    this.replica = replica;
    this.peers = peers;
    this.said = said;
  }

  static async open({ topic, store = new MemoryStore(), networkId }: OurNodeOptions): Promise<OurNode> {
    const key = ownKey(asSigningKey(Uint8Array.from(randomBytes(32))), suite);
    const replica = await Replica.open({ store, suite, topic: asTopic(fromHex(topic)), key, clock });
    const said: string[] = [];
    const note = (message: string, fields?: object): void => void said.push(`${message} ${JSON.stringify(fields)}`);
    const alpn = syncAlpn(suite, networkId);
    const peers = new Peers({
      replicas: [replica],
      transport: new IrohTransport({ signingKey: key.signingKey, alpn, bind: LOOPBACK }),
      clock,
      random: Math.random,
      randomBytes: (length) => Uint8Array.from(randomBytes(length)),
      logger: { debug: note, info: note, warn: note, error: note },
      changed: () => {},
    });
    return new OurNode(replica, peers, said);
  }

  /** Highest sequence number held of an author's log; −1 for none. */
  async height(author: string): Promise<number> {
    const logs = await this.replica.logs();
    return logs.find((log) => toHex(log.author) === author)?.height ?? -1;
  }

  get key(): string {
    return toHex(this.replica.key.verifyingKey);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.peers.stop();
  }
}
