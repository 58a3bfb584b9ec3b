// Answers requests for the people who lend things and seat guests, while they are away (M-20 to M-34). A shell: looks at
// what came in, asks the pure rules (answers.ts, protocol/festival/seats.ts), writes what they say. It
// 1. answers by no other key than its own, and for things of others only where its operator switched that on (M-30);
// 2. never answers for a log that contradicts itself, nor for a thing that is not fully heard (M-30, M-32);
// 3. writes the answers of one turn in one transaction, and looks again before it says anything more.
import { type BodyToWrite, encodeBody, readBody } from "../../protocol/festival/body.ts";
import type { MinuteOfWeek } from "../../protocol/festival/opening.ts";
import { nextAnswers } from "../../protocol/festival/seats.ts";
import type { Seconds } from "../../protocol/festival/when.ts";
import { equalBytes, toHex } from "../../protocol/operation/bytes.ts";
import { isSameLog } from "../../protocol/operation/log.ts";
import { OWN } from "../../sync/ingest-group.ts";
import type { Clock, Logger, LogState, StoredOperation } from "../../sync/ports.ts";
import type { Replica } from "../../sync/replica.ts";
import { AnswerTurn, answerBody } from "./answers.ts";
import {
  answeredBy,
  type Bookings,
  type Question,
  questionsAbout,
  type Resource,
  type SeatedEvent,
  seatedBy,
  seatRequests,
} from "./bookings.ts";
import { type DrawWindows, NOTHING_WRITTEN } from "./draw-windows.ts";
import { type ProgramAnswer, type ProgramQuestion, programQuestion } from "./program-line.ts";

/** What comes in one breath is decided in one turn. */
const BREATH_MS = 250;
/** A clock may have become sure meanwhile (M-39), and a draw may be due. */
const LOOK_AGAIN_MS = 600_000;

/** Decides where the policy is `ask`. */
export interface DecidingProgram {
  /** All that waits for a decision now: what was asked before is not asked again, what is missing is not waited for. */
  ask(questions: readonly ProgramQuestion[]): void;
}

export interface AnswerKeeperOptions {
  readonly replica: Pick<Replica, "key" | "suite" | "logId" | "logs" | "store" | "publish" | "subscribe">;
  readonly bookings: Bookings;
  readonly windows: DrawWindows;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly minuteOfWeek: MinuteOfWeek;
  /** IANA zone of this box. */
  readonly timezone: string;
  /** By a clock that is sure or borrowed; undefined while it is unsure. */
  readonly now: () => Seconds | undefined;
  /** Resources of others for which this box answers by itself (M-30). Its own say so themselves. */
  readonly entrusted: readonly string[];
  readonly program?: DecidingProgram;
}

export class AnswerKeeper {
  readonly #options: AnswerKeeperOptions;
  readonly #me: string;
  readonly #said = new Map<string, ProgramAnswer>();
  #resources: readonly Resource[] = [];
  #events: readonly SeatedEvent[] = [];
  #isForked = false;
  /** What has to be looked at anew in the next turn. */
  #stale = { resources: true, events: true, log: true };
  #turn: Promise<void> = Promise.resolve();
  #wake: { readonly atMs: number; readonly cancel: () => void } | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(options: AnswerKeeperOptions) {
    this.#options = options;
    this.#me = toHex(options.replica.key.verifyingKey);
  }

  start(): void {
    const accepted = (operations: readonly StoredOperation[]): void => {
      for (const operation of operations) if (this.#concerns(operation)) this.#wakeIn(BREATH_MS);
    };
    const listener = { accepted, completed: (operation: StoredOperation) => accepted([operation]) };
    this.#unsubscribe ??= this.#options.replica.subscribe(listener);
    this.#wakeIn(0);
  }

  /** Resolves when nothing is written any more. */
  async stop(): Promise<void> {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    await this.#turn;
    this.#wake?.cancel();
    this.#wake = undefined;
  }

  /** From the program that was asked. */
  decided(answer: ProgramAnswer): void {
    this.#said.set(answer.request, answer);
    this.#wakeIn(0);
  }

  /** Whether there may be something to answer; notes what is to be read again. */
  #concerns({ author, body, introducer }: StoredOperation): boolean {
    const isMine = equalBytes(author, this.#options.replica.key.verifyingKey);
    const isForeign = isMine && introducer !== OWN;
    this.#stale.log ||= isForeign;
    const reading = body && readBody(body);
    if (reading?.status !== "understood") return isForeign;
    switch (reading.body.s) {
      case "resource/1":
        this.#stale.resources = true;
        return true;
      case "event/1":
        this.#stale.events ||= isMine;
        return true;
      case "request/1":
      case "answer/1":
        return true;
      case "rsvp/1":
        return this.#events.some(({ doc }) => reading.body.a === "set" && reading.body.k === doc);
      default:
        return false;
    }
  }

  #wakeIn(ms: number): void {
    const { clock } = this.#options;
    const atMs = clock.monotonicMs() + ms;
    if (this.#wake !== undefined && this.#wake.atMs <= atMs) return;
    this.#wake?.cancel();
    const cancel = clock.after(ms, () => {
      this.#wake = undefined;
      this.#turn = this.#turn.then(() => this.#takeTurn());
    });
    this.#wake = { atMs, cancel };
  }

  async #takeTurn(): Promise<void> {
    if (this.#unsubscribe === undefined) return;
    const { replica, logger, program } = this.#options;
    try {
      await this.#look();
      if (this.#isForked) return;
      const work: Work = { bodies: [], asked: [], whenWritten: [] };
      for (const resource of this.#resources) await this.#answer(resource, work);
      this.#seatGuests(work);
      program?.ask(work.asked);
      if (work.bodies.length > 0) {
        await replica.publish(work.bodies.map(encodeBody));
        logger.info("answered", { answers: work.bodies.length });
      }
      for (const note of work.whenWritten) note();
    } catch (error) {
      this.#stale = { resources: true, events: true, log: true };
      logger.error("requests not answered", { error: String(error) });
    } finally {
      this.#wakeIn(LOOK_AGAIN_MS);
    }
  }

  /** Reads again what changed since the last turn. */
  async #look(): Promise<void> {
    const { bookings, entrusted, logger } = this.#options;
    const stale = this.#stale;
    this.#stale = { resources: false, events: false, log: false };
    if (stale.resources) {
      const mine = answeredBy(this.#me, bookings);
      this.#resources = mine.filter(({ author, doc }) => author === this.#me || entrusted.includes(doc));
    }
    if (stale.events) this.#events = seatedBy(this.#me, bookings);
    if (stale.log) {
      this.#isForked = ((await this.#ownLog())?.ends.length ?? 0) > 1;
      if (this.#isForked) logger.warn("own log contradicts itself: nothing is answered from here any more");
    }
  }

  async #answer(resource: Resource, work: Work): Promise<void> {
    const { bookings, minuteOfWeek, timezone, now } = this.#options;
    const occupancy = bookings.occupancy(resource.doc);
    if (occupancy === undefined || occupancy.contradictory || occupancy.partlyHeard) return;
    const questions = questionsAbout(resource.doc, occupancy, bookings);
    const time = now();
    const around = { minuteOfWeek, timezone, ...(time !== undefined && { now: time }) };
    const turn = new AnswerTurn({ resource, questions, occupancy, ...around });
    const open = questions.filter(({ view, event }) => view?.state.state === "open" && event !== undefined);
    if (resource.fields.policy === "random") await this.#drawLots(turn, open, work);
    if (resource.fields.policy === "ask") this.#consult(turn, open, work);
    work.bodies.push(...turn.answers.map(answerBody));
  }

  async #drawLots(turn: AnswerTurn, open: readonly Question[], work: Work): Promise<void> {
    const { windows, now, replica } = this.#options;
    const { doc } = turn.resource;
    turn.moveUp();
    if (open.length === 0) return windows.close(doc);
    windows.open(doc, (await this.#ownLog())?.height ?? NOTHING_WRITTEN);
    const { due, leftMs } = windows.due(doc, open, now());
    if (leftMs > 0) return this.#wakeIn(leftMs);
    const after = await this.#operationAt(windows.after(doc));
    turn.draw(due, { hash: replica.suite.hash, ...(after !== undefined && { after }) });
    work.whenWritten.push(() => windows.close(doc));
  }

  #consult(turn: AnswerTurn, open: readonly Question[], work: Work): void {
    for (const question of open) {
      work.asked.push(programQuestion(question, turn.resource));
      const said = this.#said.get(question.version);
      if (said === undefined) continue;
      if (turn.say(question, said)) work.whenWritten.push(() => this.#said.delete(question.version));
    }
  }

  #seatGuests(work: Work): void {
    if (this.#events.length === 0) return;
    const { bookings } = this.#options;
    const requests = seatRequests(bookings);
    for (const event of this.#events) {
      const taken = bookings.seats(event.doc);
      if (taken === undefined || taken.contradictory) continue;
      work.bodies.push(...nextAnswers(event, requests.get(event.doc) ?? [], taken).map(answerBody));
    }
  }

  async #ownLog(): Promise<LogState | undefined> {
    const { replica } = this.#options;
    const own = { author: replica.key.verifyingKey, logId: replica.logId };
    return (await replica.logs()).find((log) => isSameLog(log, own));
  }

  /** Id, hex, of what this key wrote there. */
  async #operationAt(seqNum: number): Promise<string | undefined> {
    const { key, logId, store } = this.#options.replica;
    const [entry] = await store.entriesAt({ author: key.verifyingKey, logId }, seqNum);
    return entry && toHex(entry.id);
  }
}

/** What comes of one turn. */
interface Work {
  readonly bodies: BodyToWrite[];
  readonly asked: ProgramQuestion[];
  /** To be done once the answers are durable. */
  readonly whenWritten: (() => void)[];
}
