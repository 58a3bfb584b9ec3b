// A box that answers by itself, whole but for its radio: a replica on a real store, the real programme, a clock that a
// test moves. People speak to it as they would over the network.
import { minuteOfWeek } from "../../../device/act/minute-of-week.ts";
import { AnswerKeeper, type AnswerKeeperOptions } from "../../../device/keeper/answer-keeper.ts";
import { DrawWindows, type DrawWindowsOptions } from "../../../device/keeper/draw-windows.ts";
import type { RequestView } from "../../../device/programme/request-query.ts";
import { type BodyToWrite, encodeBody, readBody } from "../../../protocol/festival/body.ts";
import type { ResourceFieldsWritten } from "../../../protocol/festival/schema/resource.ts";
import { checkFields } from "../../../protocol/festival/schema.ts";
import type { Span } from "../../../protocol/festival/span.ts";
import { asSigningKey, toHex } from "../../../protocol/operation/bytes.ts";
import type { CborMap } from "../../../protocol/operation/cbor.ts";
import { decodeOperation } from "../../../protocol/operation/operation.ts";
import { ownKey } from "../../../sync/own-key.ts";
import type { NewEntry } from "../../../sync/ports.ts";
import { Replica } from "../../../sync/replica.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { BERLIN, berlin, CRYPTO, docOf, exactly, FestivalBox, type Person, TOPIC } from "../programme/festival-box.ts";

/** Number of a session with somebody. */
const PEER = 7;
/** Promises between a commit and what follows from it; more than there are. */
const TURNS_OF_THE_LOOP = 30;
/** No log of a test is longer. */
const LAST_SEQ_NUM = 100_000;

export interface SaidAnswer {
  readonly subject: string;
  readonly verdict: string;
  readonly note?: string;
  readonly fields: CborMap;
}

type KeeperChanges = Partial<Omit<AnswerKeeperOptions, "bookings" | "clock" | "windows">> &
  Partial<Pick<DrawWindowsOptions, "collecting">>;

export class AnsweringBox {
  readonly clock: FakeClock;
  readonly festival: FestivalBox;
  readonly replica: Replica;
  readonly told: string[] = [];
  readonly #memory: Map<string, number>;
  #keeper: AnswerKeeper | undefined;

  private constructor(parts: Pick<AnsweringBox, "clock" | "festival" | "replica">, memory: Map<string, number>) {
    this.clock = parts.clock;
    this.festival = parts.festival;
    this.replica = parts.replica;
    this.#memory = memory;
  }

  static async open(): Promise<AnsweringBox> {
    const festival = new FestivalBox();
    const clock = new FakeClock(berlin("12:00") * 1_000_000);
    return AnsweringBox.#open(festival, clock, new Map());
  }

  static async #open(festival: FestivalBox, clock: FakeClock, memory: Map<string, number>): Promise<AnsweringBox> {
    const key = ownKey(asSigningKey(CRYPTO.hash(new TextEncoder().encode("box"))), CRYPTO);
    const { store } = festival;
    const replica = await Replica.open({ store, suite: CRYPTO, topic: TOPIC, key, clock });
    return new AnsweringBox({ clock, festival, replica }, memory);
  }

  /** The same disk after the power was gone for so long. */
  async restarted(offMs = 0): Promise<AnsweringBox> {
    await this.#keeper?.stop();
    const clock = new FakeClock(this.clock.nowMicros() + offMs * 1_000);
    return AnsweringBox.#open(this.festival, clock, this.#memory);
  }

  get key(): string {
    return toHex(this.replica.key.verifyingKey);
  }

  async keep(changes: KeeperChanges = {}): Promise<AnswerKeeper> {
    const { clock, replica } = this;
    const { collecting = "minutes", ...options } = changes;
    const tell = (message: string) => this.told.push(message);
    const keeper = new AnswerKeeper({
      replica,
      bookings: this.festival.programme,
      windows: new DrawWindows({
        clock,
        collecting,
        memory: { get: (name) => this.#memory.get(name), set: (name, value) => void this.#memory.set(name, value) },
      }),
      clock,
      logger: { debug: () => {}, info: () => {}, warn: tell, error: tell },
      minuteOfWeek,
      timezone: BERLIN,
      now: () => Math.floor(clock.nowMicros() / 1_000_000),
      entrusted: [],
      ...options,
    });
    this.#keeper = keeper;
    keeper.start();
    await this.pass();
    return keeper;
  }

  async stop(): Promise<void> {
    await this.#keeper?.stop();
  }

  /** Writes under the key of the box; gives the id of what it made. */
  async write(body: BodyToWrite): Promise<string> {
    const [operation] = await this.replica.publish([encodeBody(body)]);
    return toHex((operation as { readonly id: Uint8Array }).id);
  }

  room(fields: Partial<ResourceFieldsWritten> = {}): Promise<string> {
    const f = { kind: "venue" as const, title: "Barn", policy: "auto" as const, tz: BERLIN, ...fields };
    return this.write({ a: "create", s: "resource/1", f });
  }

  /** As one page of a session brings it. */
  async hear(...entries: readonly NewEntry[]): Promise<void> {
    await this.replica.receive(
      entries.map(({ headerBytes, body }) => ({
        operation: decodeOperation(headerBytes, body, CRYPTO),
        introducer: PEER,
      })),
    );
    await this.pass();
  }

  /** Lets time pass, a breath if nothing else is said, and what follows from it happen. */
  async pass(ms = 250): Promise<void> {
    for (const step of [ms, 250, 250]) {
      this.clock.advance(step);
      for (let turn = 0; turn < TURNS_OF_THE_LOOP; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  request(doc: string): RequestView | undefined {
    return this.festival.programme.requests({}).find((view) => view.doc === doc);
  }

  stateOf(request: NewEntry): string | undefined {
    return this.request(docOf(request))?.state.state;
  }

  /** All that the box ever answered, in the order of its log; every answer is checked against its schema. */
  async answers(): Promise<readonly SaidAnswer[]> {
    const log = { author: this.replica.key.verifyingKey, logId: this.replica.logId };
    const operations = await this.festival.store.read({ ...log, from: 0, to: LAST_SEQ_NUM }, LAST_SEQ_NUM);
    return operations.flatMap(({ body }): readonly SaidAnswer[] => {
      const reading = body && readBody(body);
      if (reading?.status !== "understood" || reading.body.a !== "set" || reading.body.s !== "answer/1") return [];
      const { f: fields, k: subject } = reading.body;
      const faults = checkFields("answer/1", fields);
      if (faults.length > 0) throw new Error(faults.join(", "));
      const note = fields["note"] as string | undefined;
      return [{ subject, verdict: fields["verdict"] as string, fields, ...(note !== undefined && { note }) }];
    });
  }

  async verdicts(): Promise<readonly string[]> {
    return (await this.answers()).map(({ verdict }) => verdict);
  }
}

export function span(from: string, to: string, day?: string): Span {
  return { start: berlin(from, day), end: berlin(to, day) };
}

export interface Wish {
  readonly event: NewEntry;
  readonly request: NewEntry;
}

/** An event and a request for the room at its time. */
export function wish(person: Person, room: string, { start, end }: Span): Wish {
  const event = person.event("Soup", { when: exactly(start, end) });
  return { event, request: ask(person, room, { event: docOf(event), start, end }) };
}

export function ask(
  person: Person,
  resource: string,
  fields: Span & { readonly event: string; readonly note?: string },
): NewEntry {
  return person.write({ a: "create", s: "request/1", f: { resource, ...fields } });
}
