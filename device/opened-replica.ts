// A replica with its programme, open in this process: what commands and the running box work on.
import type { Database } from "better-sqlite3";
import { animalName } from "../protocol/festival/animal-name.ts";
import { toHex, type VerifyingKey } from "../protocol/operation/bytes.ts";
import type { LogHeights } from "../protocol/operation/log.ts";
import type { Operation } from "../protocol/operation/operation.ts";
import type { PeerStatus, Peers } from "../sync/peers.ts";
import type { Clock } from "../sync/ports.ts";
import type { Replica } from "../sync/replica.ts";
import { BoxClock } from "./box-clock.ts";
import { BoxMemory } from "./box-memory.ts";
import { buildTime } from "./build-time.ts";
import { type Carried, carriedTopics } from "./carried.ts";
import type { DataFolder } from "./data-folder.ts";
import type { ClockTrust } from "./display/device-state.ts";
import { type DoorPolicyOptions, doorPolicy } from "./door-policy.ts";
import { Encounters } from "./encounters.ts";
import type { ImportReport } from "./interchange/import-report.ts";
import type { ProgrammeFile } from "./interchange/programme-file.ts";
import { publishProgramme } from "./interchange/publish-programme.ts";
import { ChoiceFile } from "./local-choice.ts";
import { PhoneClocks } from "./phone-clocks.ts";
import type { Pictures } from "./pictures.ts";
import type { DoorPolicy } from "./programme/door-policy.ts";
import type { Programme } from "./programme/programme.ts";
import type { PublishRequest } from "./publish-request.ts";
import { RingWriters } from "./ring-writers.ts";
import type { StoreTrouble } from "./store-trouble.ts";

export interface Status {
  /** Hex. */
  readonly author: string;
  /** The animal of that key. */
  readonly name: string;
  readonly topic: string;
  readonly operations: number;
  readonly documents: number;
  /** Documents of a known schema that break its rules: kept and passed on, not shown. */
  readonly unreadable: number;
  readonly venues: number;
  /** What this box carries, and for whom. */
  readonly carried: readonly Carried[];
  readonly peers: readonly PeerStatus[];
  readonly clock: { readonly state: ClockTrust; readonly now: string };
  /** BLAKE3 over the sorted ids of all operations, hex. */
  readonly stateHash: string;
  readonly data: string;
}

export interface OpenedReplicaOptions {
  readonly folder: DataFolder;
  readonly database: Database;
  readonly timezone: string;
  readonly replica: Replica;
  /** Of the topics that are carried for others. */
  readonly relays: readonly Replica[];
  readonly programme: Programme;
  readonly pictures: Pictures;
  readonly clock: Clock;
  /** What its store lacks. */
  readonly trouble: StoreTrouble;
}

export class OpenedReplica {
  readonly replica: Replica;
  readonly relays: readonly Replica[];
  readonly programme: Programme;
  readonly pictures: Pictures;
  readonly database: Database;
  readonly timezone: string;
  readonly boxClock: BoxClock;
  readonly phoneClocks: PhoneClocks;
  readonly encounters: Encounters;
  readonly trouble: StoreTrouble;
  readonly #folder: DataFolder;
  readonly #ringWriters: RingWriters;
  #publishing: Promise<unknown> = Promise.resolve();

  constructor(options: OpenedReplicaOptions) {
    const { folder, database, timezone, replica, relays, programme, clock, trouble } = options;
    this.#folder = folder;
    this.trouble = trouble;
    this.#ringWriters = new RingWriters(replica, folder.keyRing);
    this.database = database;
    this.encounters = new Encounters(database);
    this.timezone = timezone;
    this.replica = replica;
    this.relays = relays;
    this.programme = programme;
    this.pictures = options.pictures;
    this.phoneClocks = new PhoneClocks(clock);
    const phoneOffsets = () => this.phoneClocks.offsets();
    this.boxClock = new BoxClock({ clock, buildTime, newestOwn: () => replica.newestOwn, phoneOffsets });
  }

  /** Under which names people act on this machine: only this machine knows them. */
  get ringNames(): readonly string[] {
    return this.#folder.keyRing.names();
  }

  /** Of the box's own key, or of one of its ring, which is made on first use. Throws E_KEY_NAME or E_KEY_BROKEN. */
  verifyingKey(as?: string): VerifyingKey {
    const { key, suite } = this.replica;
    return as === undefined ? key.verifyingKey : suite.verifyingKey(this.#folder.keyRing.file(as).signingKey());
  }

  /** Keys, hex, of everybody of whom anything is here. */
  async authors(): Promise<readonly string[]> {
    return [...new Set((await this.replica.logs()).map(({ author }) => toHex(author)))];
  }

  /** Publishes bodies under the box's own key or one of its ring; resolves when they and their pictures are durable. */
  publish({ bodies, as, pictures = [] }: PublishRequest): Promise<readonly Operation[]> {
    return this.pictures.add(pictures, () =>
      as === undefined ? this.replica.publish(bodies) : this.#ringWriters.publish(bodies, as),
    );
  }

  /**
   * Publishes what is new in a programme; rejects with StoreError.
   * One after the other: two imports of one file at the same time would each find the other's events missing.
   */
  publishProgramme(file: ProgrammeFile): Promise<ImportReport> {
    const published = this.#publishing.then(() => publishProgramme(file, this.replica, this.programme));
    this.#publishing = published.catch(() => undefined);
    return published;
  }

  async status(peers?: Peers): Promise<Status> {
    const { replica, programme, boxClock } = this;
    const { documents, unreadable, venues } = programme.counts();
    const author = replica.key.verifyingKey;
    const carried = await this.carried(peers);
    return {
      author: toHex(author),
      name: animalName(replica.suite.hash(author)).name,
      topic: toHex(replica.topic),
      operations: carried[0]?.operations ?? 0,
      documents,
      unreadable,
      venues,
      carried,
      peers: peers?.status ?? [],
      clock: { state: boxClock.trust, now: new Date(boxClock.now * 1000).toISOString() },
      stateHash: toHex(await replica.stateHash()),
      data: this.#folder.path,
    };
  }

  /** A device proved its key and synced our festival; resolves when that is remembered. */
  async met(device: VerifyingKey, heights: LogHeights): Promise<void> {
    const { store, logId } = this.replica;
    new BoxMemory(this.database).set("last-sync", this.boxClock.now);
    this.encounters.met(device, heights, toHex(logId), await store.lastArrival());
  }

  /** What the screen of this box may show now. Throws E_CHOICES_BROKEN. */
  doorPolicy({ shows, trusted }: Pick<DoorPolicyOptions, "shows" | "trusted">): DoorPolicy {
    const { encounters, programme, replica } = this;
    const choices = new ChoiceFile(this.#folder.path);
    const { key, suite: crypto } = replica;
    return doorPolicy({ shows, trusted, ownKey: toHex(key.verifyingKey), encounters, choices, programme, crypto });
  }

  /** The festival first, then what is relayed. */
  carried(peers?: Peers): Promise<readonly Carried[]> {
    return carriedTopics([this.replica, ...this.relays], peers?.status ?? []);
  }

  async close(): Promise<void> {
    await this.replica.store.close();
    this.#folder.release();
  }
}
