// What the box does by itself: answers requests by policy, lets go of what has had its time, and plays the demo. Parts and
// the order in which they start; every rule lives in keeper/.
import type { Clock, Logger } from "../sync/ports.ts";
import { minuteOfWeek } from "./act/minute-of-week.ts";
import { AnswerProgram } from "./answer-program.ts";
import type { BoxMemory } from "./box-memory.ts";
import type { Config } from "./config-schema.ts";
import { AnswerKeeper } from "./keeper/answer-keeper.ts";
import { DemoKeeper } from "./keeper/demo-keeper.ts";
import { demoProgramme } from "./keeper/demo-programme.ts";
import { DrawWindows } from "./keeper/draw-windows.ts";
import { RetentionKeeper } from "./keeper/retention-keeper.ts";
import type { Service } from "./lifecycle.ts";
import type { OpenedReplica } from "./opened-replica.ts";

export interface KeeperSurroundings {
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
}

export function keeperServices(opened: OpenedReplica, around: KeeperSurroundings, memory: BoxMemory): Service[] {
  return [retention(opened, around), ...answers(opened, around, memory), ...demo(opened, around)];
}

/** Seconds since 1970 UTC, by a clock that can be trusted (M-39). */
function trustedNow({ boxClock }: OpenedReplica): () => number | undefined {
  return () => (boxClock.trust === "unsure" ? undefined : boxClock.now);
}

function retention(opened: OpenedReplica, { clock, logger }: KeeperSurroundings): Service {
  const { replica, programme, pictures } = opened;
  const keeper = new RetentionKeeper({
    store: replica.store,
    programme,
    blobs: pictures.blobs,
    clock,
    logger,
    now: trustedNow(opened),
    subscribe: (listener) => replica.subscribe(listener),
    pinned: () => false,
  });
  return { name: "retention", start: () => keeper.start(), stop: () => keeper.stop() };
}

function answers(opened: OpenedReplica, { config, clock, logger }: KeeperSurroundings, memory: BoxMemory): Service[] {
  const { entrusted, draw, program: command } = config.answers;
  const program =
    command.length === 0
      ? undefined
      : new AnswerProgram({ command, clock, logger, decided: (answer) => keeper.decided(answer) });
  const keeper: AnswerKeeper = new AnswerKeeper({
    replica: opened.replica,
    bookings: opened.programme,
    clock,
    logger,
    minuteOfWeek,
    timezone: opened.timezone,
    now: trustedNow(opened),
    windows: new DrawWindows({ clock, memory, collecting: draw }),
    entrusted: entrusted.map((id) => id.toLowerCase()),
    ...(program && { program }),
  });
  return [
    { name: "answer program", start: () => {}, stop: () => program?.stop() },
    { name: "answers", start: () => keeper.start(), stop: () => keeper.stop() },
  ];
}

function demo(opened: OpenedReplica, { config, clock, logger }: KeeperSurroundings): Service[] {
  if (!config.demo) return [];
  const publish = () => opened.publishProgramme(demoProgramme(opened.boxClock.now, opened.timezone));
  const keeper = new DemoKeeper({ clock, logger, publish });
  return [{ name: "demo", start: () => keeper.start(), stop: () => keeper.stop() }];
}
