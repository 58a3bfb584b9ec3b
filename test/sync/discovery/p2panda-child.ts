// A box that does nothing but look for Rust nodes: prints a line for each event, stops when its input ends.
import { asVerifyingKey } from "../../../protocol/operation/bytes.ts";
import { createNodeCrypto } from "../../../sync/crypto/node.ts";
import { P2pandaDiscovery } from "../../../sync/discovery/p2panda-discovery.ts";
import { SystemClock } from "../../../sync/system-clock.ts";

const log = (message: string, fields?: object) => console.log(message, JSON.stringify(fields));
const discovery = new P2pandaDiscovery({
  ownKey: asVerifyingKey(new Uint8Array(32)),
  crypto: await createNodeCrypto(),
  clock: new SystemClock(),
  random: Math.random,
  logger: { debug: log, info: log, warn: log, error: log },
});
await discovery.start({ found: (found) => console.log(`found ${found}`), lost: (lost) => console.log(`lost ${lost}`) });
console.log("started");

process.stdin.on("end", () => discovery.stop());
process.stdin.resume();
