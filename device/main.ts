// The composition root: the only place where adapters are made. `openReplica` puts together what commands need,
// `composeBox` the whole thing on the wall. Decides nothing; every rule lives in the parts.
import { randomBytes } from "node:crypto";
import { asLogId, fromHex } from "../protocol/operation/bytes.ts";
import { festivalTopic } from "../protocol/operation/topic.ts";
import { createNodeCrypto } from "../sync/crypto/node.ts";
import { Peers } from "../sync/peers.ts";
import type { Clock, Logger, Transport } from "../sync/ports.ts";
import type { Replica } from "../sync/replica.ts";
import { openDatabase } from "../sync/store/database.ts";
import { SqliteStore } from "../sync/store/sqlite.ts";
import { SqliteBlobs } from "../sync/store/sqlite-blobs.ts";
import { transportByAddress } from "../sync/transport/by-address.ts";
import { p2pandaNetworkId, syncAlpn } from "../sync/transport/iroh-alpn.ts";
import { IrohTransport } from "../sync/transport/iroh-transport.ts";
import { acceptWebSockets } from "../sync/transport/websocket-accept.ts";
import { WebSocketTransport } from "../sync/transport/websocket-dial.ts";
import { BoxMemory } from "./box-memory.ts";
import { boxPages } from "./box-pages.ts";
import type { ConfigProblem } from "./config-error.ts";
import type { Config } from "./config-schema.ts";
import type { DataFolder } from "./data-folder.ts";
import { createRenderer } from "./display/renderer.ts";
import { Door } from "./door.ts";
import { DoorScreen } from "./door-screen.ts";
import { doorSetting } from "./door-setting.ts";
import { CommandError } from "./exit.ts";
import { ExportProcess } from "./export-process.ts";
import { loadKernel } from "./gpio/koffi-kernel.ts";
import type { AnsweringButtons } from "./gpio/port.ts";
import { Headcount } from "./headcount.ts";
import { Hotspot } from "./hotspot.ts";
import { keeperServices } from "./keeper-services.ts";
import type { Service } from "./lifecycle.ts";
import { nearbyServices } from "./nearby-services.ts";
import { festivalQuota, openOwnReplica, openRelays } from "./open-replicas.ts";
import { OpenedReplica } from "./opened-replica.ts";
import { Pictures } from "./pictures.ts";
import { powerProfile } from "./power-profile.ts";
import { powerService } from "./power-service.ts";
import type { VoltageAlarm } from "./power-supply.ts";
import { Programme } from "./programme/programme.ts";
import { tablesAreCurrent } from "./programme/tables.ts";
import type { ScreenChoice } from "./screen-choice.ts";
import { OUTPUT_PATIENCE_MS, openScreen, type ScreenParts } from "./screen-outputs.ts";
import { StoreTrouble } from "./store-trouble.ts";
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
  /** What was wrong with it, where a box starts all the same. */
  readonly problems?: readonly ConfigProblem[];
  readonly folder: DataFolder;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Opens the replica of a data folder. "write" makes this process its writer; throws CommandError or StoreError. */
export async function openReplica(around: Surroundings, access: "read" | "write"): Promise<OpenedReplica> {
  const { config, folder, clock } = around;
  folder.create();
  if (access === "write") folder.lock();
  const { maxMegabytes, pictureMegabytes: megabytes } = config.store;
  const maxPages = Math.floor(((maxMegabytes + megabytes) * BYTES_PER_MEGABYTE) / PAGE_BYTES);
  const database = openDatabase(folder.databasePath, { maxPages });
  const timezone = boxTimezone(config);
  const suite = await createNodeCrypto();
  const topic = festivalTopic(config.festival.key ?? (config.demo ? DEMO_KEY : undefined), suite);
  const logId = asLogId(suite.hash(topic));
  if (folder.readNote() && !tablesAreCurrent(database, logId) && access === "read") throw otherFestival(folder.path);
  const programme = new Programme(database, { timezone, logId });
  const trouble = new StoreTrouble();
  const onFailure = (error: unknown) => trouble.failed(error);
  const store = new SqliteStore(database, { onCommit: trouble.healing(programme.apply), onFailure });
  const claims = () => programme.pictureClaims();
  const pictures = new Pictures({ ...around, store: new SqliteBlobs(database, topic), suite, claims, megabytes });
  const options = { store, suite, topic, quota: festivalQuota(config.store), blobs: pictures.blobs };
  const replica = await openOwnReplica(access, around, options);
  const relays = await openRelays(config.relay, replica, clock);
  return new OpenedReplica({ ...around, database, timezone, programme, pictures, replica, relays, trouble });
}

/** Looking at another festival would take the tables away from the box that runs on the folder. */
function otherFestival(path: string): CommandError {
  return new CommandError(
    "E_OTHER_FESTIVAL",
    `Cannot look into "${path}": the box that runs on it is of another festival`,
  );
}

/** What hangs on the wall; rejects never. */
export function composeScreen(choice: ScreenChoice, opened: OpenedReplica, around: Surroundings): Promise<ScreenParts> {
  const { boxClock, timezone } = opened;
  return openScreen(choice, { ...around, folder: around.folder.path, boxClock, timezone, loadKernel });
}

/** What a box has besides its replica. */
export interface BoxParts {
  readonly screen: ScreenParts;
  readonly buttons: AnsweringButtons;
  /** Undefined on a board that cannot measure its voltage. */
  readonly voltage?: VoltageAlarm | undefined;
  /** Stops the box as a signal would. */
  readonly stop: () => void;
  readonly systemd: Systemd;
  /** How this program was started: Node's own arguments, then the file. */
  readonly command: readonly string[];
  /** Called once, when everything runs. */
  readonly onReady: (port: number) => void;
}

/** Everything that runs on the wall, in the order in which it starts. */
export function composeBox(opened: OpenedReplica, around: Surroundings, parts: BoxParts): Service[] {
  const { config, folder, clock, logger } = around;
  const { replica, programme, database } = opened;
  const transport = composeTransport(around, replica);
  const power = powerProfile(config.power.profile);
  const peers = new Peers({
    replicas: [replica, ...opened.relays],
    transport,
    clock,
    logger,
    random: Math.random,
    randomBytes,
    longestRedialMs: power.longestRedialMs,
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
  const hotspot = new Hotspot();
  const web = new WebListener({ host: config.web.host, port: config.web.port });
  const door: Door = new Door({
    replica,
    programme,
    peers,
    headcount,
    memory,
    clock,
    logger,
    ...doorSetting(opened, around, { screen: parts.screen.name, port: () => web.port, hotspot }),
    changed,
    answer: (answer) => parts.buttons.answer(answer),
    liveStepSeconds: power.liveStepSeconds,
  });
  const screen = new DoorScreen({
    renderer: createRenderer(parts.screen.name, parts.screen.rotation),
    output: parts.screen.output,
    clock,
    logger,
    describe: () => door.describe(),
  });
  replica.subscribe({ accepted: changed, completed: changed });
  opened.trouble.watch(changed);

  function changed(): void {
    screen?.changed();
  }

  const pages = boxPages({
    ...{ ...around, opened, peers, door, screen, screenName: parts.screen.name, buttons: parts.buttons, changed },
    exporter: new ExportProcess({ config, timezone: opened.timezone, command: parts.command }),
    port: () => web.port,
  });
  const server = createWebServer({ pages, clock, logger, ownName: config.web.host });
  const acceptor = acceptWebSockets(server, {
    clock,
    onConnection: (connection) => peers.accept(connection),
    isAllowedOrigin: (request) => mayOpenSocket(request, config.web.host),
  });
  return [
    { name: "output", start: () => {}, stop: () => parts.screen.output.close(), patienceMs: OUTPUT_PATIENCE_MS },
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
        if (power.speaksFirst) for (const address of config.peers.addresses) peers.add(address);
      },
      stop: () => peers.stop(),
    },
    ...nearbyServices({ ...around, replica, peers, hotspot, changed, port: () => web.port as number }),
    ...keeperServices(opened, around, memory),
    {
      name: "buttons",
      start: () => parts.buttons.start((press) => void pressed(press)),
      stop: () => parts.buttons.stop(),
    },
    ...powerService({ ...around, alarm: parts.voltage, sleep: () => fallAsleep(), stop: parts.stop }),
    {
      name: "systemd",
      start: () => {
        parts.systemd.ready();
        parts.onReady(web.port as number);
      },
      stop: () => parts.systemd.stopping(),
    },
  ];

  async function fallAsleep(): Promise<void> {
    door.sleep();
    screen.start();
    await parts.screen.output.sleep();
  }

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
