// What the box shows and takes at its port, put together from its parts: the port `Pages` of device/web, as this box
// fills it. Nothing here knows of requests.
import { randomBytes } from "node:crypto";
import { animalName } from "../protocol/festival/animal-name.ts";
import { toHex } from "../protocol/operation/bytes.ts";
import type { Peers } from "../sync/peers.ts";
import { BoxMemory } from "./box-memory.ts";
import type { ConfigProblem } from "./config-error.ts";
import type { Config } from "./config-schema.ts";
import type { DataFolder } from "./data-folder.ts";
import type { Door } from "./door.ts";
import type { DoorScreen } from "./door-screen.ts";
import { screenCheck } from "./door-setting.ts";
import type { ExportProcess } from "./export-process.ts";
import type { ButtonSource } from "./gpio/port.ts";
import { ChoiceFile } from "./local-choice.ts";
import type { OpenedReplica } from "./opened-replica.ts";
import { readPublishRequest } from "./publish-request.ts";
import { reachableAddress } from "./reachable-address.ts";
import type { JoinNote, Pages, PublicStatus } from "./web/pages.ts";
import { agoText } from "./when-text.ts";

const TOKEN_BYTES = 16;
/** Such a key is the topic itself: no words to tell. */
const TOPIC_HEX = /^[0-9a-f]{64}$/i;

export interface BoxPagesOptions {
  readonly opened: OpenedReplica;
  readonly config: Config;
  /** What was wrong with it. */
  readonly problems?: readonly ConfigProblem[] | undefined;
  readonly folder: DataFolder;
  readonly peers: Peers;
  readonly door: Door;
  readonly screen: DoorScreen;
  /** As screenNamed takes it. */
  readonly screenName: string;
  readonly buttons: Pick<ButtonSource, "faults">;
  readonly exporter: ExportProcess;
  /** Where the box listens; undefined before. */
  readonly port: () => number | undefined;
  /** Something may look different now. */
  readonly changed: () => void;
}

export function boxPages(options: BoxPagesOptions): Pages {
  const { opened, config, problems = [], folder, peers, door, screen, screenName, buttons, exporter, port } = options;
  const choices = new ChoiceFile(folder.path);
  let changes = 0;
  const count = (): void => {
    changes += 1;
  };
  opened.replica.subscribe({ accepted: count, completed: count });
  return {
    frame: () => screen.frame(),
    watchFrames: (tell) => screen.watch(tell),
    scene: () => door.describe().scene,
    press: (button, held) => door.press({ button, held }),
    join: () => joinNote(options),
    offerClock: (host, phoneMs) => takeClock(options, host, phoneMs),
    programmeFiles: () => ({
      version: `${changes} ${JSON.stringify(choices.read())}`,
      write: (format) => exporter.write(format),
    }),
    publicStatus: () => publicStatus(options),
    picture: (hash) => opened.pictures.pictureOf(hash),
    status: async () => ({
      ...(await opened.status(peers)),
      running: true,
      ...(problems.length > 0 && { mistakes: problems.map(({ message }) => message) }),
      port: port(),
      framesDrawn: screen.drawn,
      screen: screen.state,
      legible: screenCheck(opened, config, screenName),
      buttons: { source: config.buttons.source, faults: buttons.faults ?? [] },
      power: config.power.profile,
    }),
    carried: () => opened.carried(peers),
    publish: async (request) => {
      const operations = await opened.publish(readPublishRequest(request));
      return { operations: operations.map(({ id }) => toHex(id)) };
    },
    import: async (programme) => opened.publishProgramme(JSON.parse(new TextDecoder().decode(programme))),
    token: randomBytes(TOKEN_BYTES).toString("hex"),
  };
}

/** Whoever reaches this port may join: that is what it is for. */
function joinNote({ opened, config, port }: BoxPagesOptions): JoinNote {
  const { key } = config.festival;
  const address = reachableAddress(config.web.host, port());
  return {
    festival: {
      topic: toHex(opened.replica.topic),
      open: key === undefined && !config.demo,
      ...(key !== undefined && !TOPIC_HEX.test(key) && { words: key }),
    },
    ...(address !== undefined && { address }),
    clock: clockOf(opened),
  };
}

/** The screen hears of it only when it makes a difference. */
function takeClock({ opened, changed }: BoxPagesOptions, host: string, phoneMs: number): void {
  const before = opened.boxClock.trust;
  opened.phoneClocks.offer(host, phoneMs);
  if (opened.boxClock.trust !== before) changed();
}

async function publicStatus({ opened, peers }: BoxPagesOptions): Promise<PublicStatus> {
  const { replica, programme, encounters, boxClock } = opened;
  const lastNews = new BoxMemory(opened.database).get("last-sync") ?? null;
  return {
    name: animalName(replica.suite.hash(replica.key.verifyingKey)).name,
    things: programme.counts().documents,
    people: (await opened.authors()).length,
    devicesNow: peers.live,
    devicesMet: encounters.devices(),
    lastNews,
    lastNewsAgo: lastNews === null ? "none yet" : agoText(boxClock.now - lastNews),
    clock: clockOf(opened),
  };
}

function clockOf({ boxClock: { now, trust } }: OpenedReplica): JoinNote["clock"] {
  return { now, trust };
}
