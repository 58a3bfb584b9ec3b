// The composition root: the only place where adapters are made. `openReplica` puts together what commands need,
// `composeBox` the whole thing on the wall. Decides nothing; every rule lives in the parts.
import { randomBytes } from "node:crypto";
import { asLogId, fromHex, toHex } from "../protocol/operation/bytes.ts";
import { festivalTopic } from "../protocol/operation/topic.ts";
import { createNodeCrypto } from "../sync/crypto/node.ts";
import { MdnsDiscovery } from "../sync/discovery/mdns.ts";
import { P2pandaDiscovery } from "../sync/discovery/p2panda-discovery.ts";
import { Peers } from "../sync/peers.ts";
import type { Clock, Logger, Transport } from "../sync/ports.ts";
import type { Replica } from "../sync/replica.ts";
import { openDatabase } from "../sync/store/database.ts";
import { SqliteStore } from "../sync/store/sqlite.ts";
import { transportByAddress } from "../sync/transport/by-address.ts";
import { p2pandaNetworkId, syncAlpn } from "../sync/transport/iroh-alpn.ts";
import { IrohTransport } from "../sync/transport/iroh-transport.ts";
import { acceptWebSockets } from "../sync/transport/websocket-accept.ts";
import { WebSocketTransport } from "../sync/transport/websocket-dial.ts";
import { BoxMemory } from "./box-memory.ts";
import type { Config } from "./config-schema.ts";
import type { DataFolder } from "./data-folder.ts";
import { createRenderer } from "./display/renderer.ts";
import { wordsFor } from "./display/words.ts";
import { Door } from "./door.ts";
import { DoorScreen } from "./door-screen.ts";
import { CommandError } from "./exit.ts";
import type { ButtonSource } from "./gpio/port.ts";
import { Headcount } from "./headcount.ts";
import { keeperServices } from "./keeper-services.ts";
import type { Service } from "./lifecycle.ts";
import { festivalQuota, openOwnReplica, openRelays } from "./open-replicas.ts";
import { OpenedReplica } from "./opened-replica.ts";
import { Programme } from "./programme/programme.ts";
import { tablesAreCurrent } from "./programme/tables.ts";
import { readPublishRequest } from "./publish-request.ts";
import { reachableAddress } from "./reachable-address.ts";
import type { Systemd } from "./systemd.ts";
import { mayOpenSocket } from "./web/callers.ts";
import { createWebServer } from "./web/server.ts";
import { WebListener } from "./web-listener.ts";

/** A festival of its own, so that nobody who tries a box meets made-up events in the open one. */
const DEMO_KEY = "lagerfeuer demo";
const PAGE_BYTES = 4096;
const BYTES_PER_MEGABYTE = 1024 * 1024;

/** IANA name: the configured zone, else the machine's. */
export function boxTimezone(config: Config): string {
  return config.festival.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** What comes from outside. */
export interface Surroundings {
  readonly config: Config;
  readonly folder: DataFolder;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Opens the replica of a data folder. "write" makes this process its writer; throws CommandError or StoreError. */
export async function openReplica(around: Surroundings, access: "read" | "write"): Promise<OpenedReplica> {
  const { config, folder, clock } = around;
  folder.create();
  if (access === "write") folder.lock();
  const maxPages = Math.floor((config.store.maxMegabytes * BYTES_PER_MEGABYTE) / PAGE_BYTES);
  const database = openDatabase(folder.databasePath, { maxPages });
  const timezone = boxTimezone(config);
  const suite = await createNodeCrypto();
  const topic = festivalTopic(config.festival.key ?? (config.demo ? DEMO_KEY : undefined), suite);
  const logId = asLogId(suite.hash(topic));
  if (folder.readNote() && !tablesAreCurrent(database, logId) && access === "read") throw otherFestival(folder.path);
  const programme = new Programme(database, { timezone, logId });
  const store = new SqliteStore(database, { onCommit: programme.apply });
  const replica = await openOwnReplica(access, around, { store, suite, topic, quota: festivalQuota(config.store) });
  const relays = await openRelays(config.relay, replica, clock);
  return new OpenedReplica({ ...around, database, timezone, programme, replica, relays });
}

/** Looking at another festival would take the tables away from the box that runs on the folder. */
function otherFestival(path: string): CommandError {
  return new CommandError(
    "E_OTHER_FESTIVAL",
    `Cannot look into "${path}": the box that runs on it is of another festival`,
  );
}

/** What a box has besides its replica. */
export interface BoxParts {
  readonly buttons: ButtonSource;
  readonly systemd: Systemd;
  /** Called once, when everything runs. */
  readonly onReady: (port: number) => void;
}

/** Everything that runs on the wall, in the order in which it starts. */
export function composeBox(opened: OpenedReplica, around: Surroundings, parts: BoxParts): Service[] {
  const { config, folder, clock, logger } = around;
  const { replica, programme, database } = opened;
  const transport = composeTransport(around, replica);
  const peers = new Peers({
    replicas: [replica, ...opened.relays],
    transport,
    clock,
    logger,
    random: Math.random,
    randomBytes,
    changed,
    synced: (synced, device, heights) => {
      if (synced === replica) void opened.met(device, heights).catch((error) => logger.warn("forgotten", { error }));
    },
  });
  const memory = new BoxMemory(database);
  const headcount = new Headcount({
    database,
    clock,
    logger,
    windowMs: config.buttons.windowSeconds * 1000,
    publish: (event, count) => door.publishHeadcount(event, count),
  });
  const web = new WebListener({ host: config.web.host, port: config.web.port });
  const door: Door = new Door({
    replica,
    programme,
    peers,
    headcount,
    memory,
    clock,
    boxClock: opened.boxClock,
    words: wordsFor(config.screen.language),
    logger,
    venue: config.screen.venue,
    policy: () => opened.doorPolicy(config.screen.shows),
    address: () => reachableAddress(config.web.host, web.port),
    changed,
  });
  const screen = new DoorScreen({
    renderer: createRenderer(config.screen.name),
    clock,
    logger,
    describe: () => door.describe(),
  });
  replica.subscribe({ accepted: changed, completed: changed });

  function changed(): void {
    screen?.changed();
  }

  const pages = {
    frame: () => screen.frame(),
    watchFrames: (tell: (name: string) => void) => screen.watch(tell),
    press: (button: 1 | 2 | 3, held: boolean) => door.press({ button, held }),
    status: async () => ({ ...(await opened.status(peers)), running: true, port: web.port, framesDrawn: screen.drawn }),
    carried: () => opened.carried(peers),
    publish: async (request: Uint8Array) => {
      const operations = await opened.publish(readPublishRequest(request));
      return { operations: operations.map(({ id }) => toHex(id)) };
    },
    import: async (programme: Uint8Array) => opened.publishProgramme(JSON.parse(new TextDecoder().decode(programme))),
    token: randomBytes(16).toString("hex"),
  };
  const server = createWebServer(pages, logger);
  const acceptor = acceptWebSockets(server, {
    clock,
    onConnection: (connection) => peers.accept(connection),
    isAllowedOrigin: mayOpenSocket,
  });
  return [
    { name: "replica", start: () => {}, stop: () => opened.close() },
    { name: "headcount", start: () => headcount.start(), stop: () => headcount.stop() },
    { name: "screen", start: () => screen.start(), stop: () => screen.stop() },
    {
      name: "web",
      start: async () => {
        await web.listen(server);
        folder.writeNote({ pid: process.pid, port: web.port as number, token: pages.token });
      },
      stop: async () => {
        folder.removeNote();
        await acceptor.close();
        await web.close(server);
      },
    },
    {
      name: "peers",
      start: () => {
        for (const address of config.peers.addresses) peers.add(address);
      },
      stop: () => peers.stop(),
    },
    ...discoveryService(around, peers, () => web.port as number),
    ...nodeDiscoveryService(around, replica, peers),
    ...keeperServices(opened, around, memory),
    {
      name: "buttons",
      start: () => parts.buttons.start((press) => void pressed(press)),
      stop: () => parts.buttons.stop(),
    },
    {
      name: "systemd",
      start: () => {
        parts.systemd.ready();
        parts.onReady(web.port as number);
      },
      stop: () => parts.systemd.stopping(),
    },
  ];

  async function pressed(press: Parameters<Door["press"]>[0]): Promise<void> {
    try {
      await door.press(press);
    } catch (error) {
      logger.error("press not taken", { ...press, error: String(error) });
    }
  }
}

/** Only a box that speaks with p2panda nodes ever loads what QUIC needs. */
function composeTransport({ config, clock }: Surroundings, { suite, key }: Replica): Transport {
  const webSockets = new WebSocketTransport({ clock });
  const { enabled, network, port } = config.p2panda;
  if (!enabled) return webSockets;
  const networkId = network === undefined ? p2pandaNetworkId(suite) : fromHex(network);
  const alpn = syncAlpn(suite, networkId);
  const bind = [`0.0.0.0:${port}`, `[::]:${port}`];
  return transportByAddress(webSockets, new IrohTransport({ signingKey: key.signingKey, alpn, bind }));
}

/** Announces the port that the web service got, so it is made when that is known. */
function discoveryService({ config, clock, logger }: Surroundings, peers: Peers, port: () => number): Service[] {
  if (!config.discovery.enabled) return [];
  let discovery: MdnsDiscovery | undefined;
  return [
    {
      name: "discovery",
      start: () => {
        discovery = new MdnsDiscovery({ clock, logger, random: Math.random, port: port() });
        return discovery.start(peers.discovery);
      },
      stop: () => discovery?.stop(),
    },
  ];
}

/** Listens for p2panda nodes nearby; says nothing of this box itself. */
function nodeDiscoveryService({ config, clock, logger }: Surroundings, replica: Replica, peers: Peers): Service[] {
  if (!config.discovery.enabled || !config.p2panda.enabled) return [];
  const { suite: crypto, key } = replica;
  const discovery = new P2pandaDiscovery({ ownKey: key.verifyingKey, crypto, clock, logger, random: Math.random });
  return [{ name: "node discovery", start: () => discovery.start(peers.discovery), stop: () => discovery.stop() }];
}
