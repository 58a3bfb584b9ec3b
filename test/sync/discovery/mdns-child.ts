// A box that does nothing but discover: prints a JSON line for each event, stops when its input ends.
// Argument: the port to name.
import { MdnsDiscovery } from "../../../sync/discovery/mdns.ts";
import { SystemClock } from "../../../sync/system-clock.ts";

const [port] = process.argv.slice(2);
const print = (line: object) => console.log(JSON.stringify(line));
const log = (message: string, fields?: object) => print({ log: message, ...fields });

const discovery = new MdnsDiscovery({
  port: Number(port),
  clock: new SystemClock(),
  random: Math.random,
  logger: { debug: log, info: log, warn: log, error: log },
});
await discovery.start({ found: (found) => print({ found }), lost: (lost) => print({ lost }) });
print({ started: port });

process.stdin.on("end", () => discovery.stop());
process.stdin.resume();
