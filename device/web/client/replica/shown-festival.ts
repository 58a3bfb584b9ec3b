// The festival that is shown, with everything of this phone around it: keys, choices, whom it met, the peers it speaks with.
// Opened as a whole and closed as a whole; whoever shows another one makes another.
import { type BodyToWrite, encodeBody } from "../../../../protocol/festival/body.ts";
import { toHex, type VerifyingKey } from "../../../../protocol/operation/bytes.ts";
import type { LogHeights } from "../../../../protocol/operation/log.ts";
import { Peers } from "../../../../sync/peers.ts";
import type { Surroundings } from "../festival/fold.ts";
import type { FestivalView } from "../festival/view.ts";
import type { PictureInput } from "../phone.ts";
import type { ActDesk, NamedPicture } from "./act-desk.ts";
import type { FestivalBelongings, KeptKey } from "./belongings.ts";
import { hashOf } from "./key-hash.ts";
import { linkView } from "./link-view.ts";
import { MetDevices } from "./met-devices.ts";
import { type Change, OpenedFestival, topicOf } from "./opened-festival.ts";
import { OwnKeys } from "./own-keys.ts";
import { PhoneError } from "./phone-error.ts";
import type { PhoneParts } from "./phone-parts.ts";

export interface Showing {
  readonly topic: string;
  readonly joinedAs?: string | undefined;
  readonly boxes: readonly string[];
  readonly changed: (by: Change) => void;
}

/** A page that shows something is better than one that waits; what was not read by then comes like news. */
const FIRST_LOOK_MS = 300;
const KEY_BYTES = 32;
const PEN_BYTES = 16;
const MICROS_PER_SECOND = 1_000_000;
/** People wait beside a box that was just switched on. */
const LONGEST_REDIAL_MS = 10_000;

export class ShownFestival {
  readonly opened: OpenedFestival;
  readonly #parts: PhoneParts;
  readonly #showing: Showing;
  readonly #met: MetDevices;
  readonly #boxes: Set<string>;
  readonly #own: OwnKeys;
  #kept: FestivalBelongings;
  #peers: Peers | undefined;
  readonly #planOf = keptSet();
  #otherTab = false;
  #trouble: string | undefined;

  private constructor(
    parts: PhoneParts,
    showing: Showing,
    { opened, kept }: { opened: OpenedFestival; kept: FestivalBelongings },
  ) {
    this.#parts = parts;
    this.#showing = showing;
    this.opened = opened;
    this.#kept = kept;
    this.#own = new OwnKeys(parts.suite, () => this.#kept);
    this.#met = new MetDevices(kept.met);
    this.#boxes = new Set([...(parts.home === undefined ? [] : [parts.home]), ...showing.boxes]);
  }

  static async open(parts: PhoneParts, showing: Showing): Promise<ShownFestival> {
    const { belongings, suite, clock, logger, breathe, randomBytes } = parts;
    const read = await belongings.readFestival(showing.topic);
    const kept =
      read.keys.length > 0 ? read : { ...read, keys: [{ signingKey: randomBytes(KEY_BYTES), waits: false }] };
    if (kept !== read) await belongings.writeFestival(showing.topic, kept);
    const store = await parts.openStore(showing.topic);
    await store.takePen?.(toHex(randomBytes(PEN_BYTES)));
    const signingKeys = kept.keys.map(({ signingKey }) => signingKey) as [Uint8Array, ...Uint8Array[]];
    const topic = topicOf(showing.topic);
    let shown: ShownFestival | undefined;
    const opened = await OpenedFestival.open({
      topic,
      store,
      blobs: await parts.openBlobs(showing.topic),
      suite,
      clock,
      logger,
      signingKeys,
      breathe,
      changed: (by) => {
        if (shown) shown.#changed(by);
      },
    });
    shown = new ShownFestival(parts, showing, { opened, kept });
    shown.#meetPeers();
    await Promise.race([opened.ready, new Promise<void>((resolve) => clock.after(FIRST_LOOK_MS, resolve))]);
    return shown;
  }

  get topic(): string {
    return this.#showing.topic;
  }

  get keys(): readonly KeptKey[] {
    return this.#kept.keys;
  }

  get hasPen(): boolean {
    return !this.#otherTab;
  }

  get desk(): ActDesk {
    const { fold } = this.opened;
    return {
      documents: fold.documents,
      settled: fold.freshSettled(),
      timezone: fold.rule(this.#parts.timezone).timezone,
      ownKeys: new Set(this.#own.names),
      me: this.#own.chosen,
      newKey: () => this.addKey(false),
      publish: (bodies, key) => this.#publish(bodies, key),
      withPictures: (pictures, name) => this.#withPictures(pictures, name),
      heightOf: (key) => this.opened.heightOf(key),
    };
  }

  view(): FestivalView {
    return this.opened.fold.view(this.#surroundings());
  }

  meetBox(address: string): void {
    this.#boxes.add(address);
    this.#peers?.add(address);
  }

  /** Makes a key; it is on the medium before it is used. */
  async addKey(choose: boolean): Promise<string> {
    return this.takeKey({ signingKey: this.#parts.randomBytes(KEY_BYTES), waits: false }, choose);
  }

  async takeKey(key: KeptKey, choose: boolean): Promise<string> {
    const name = this.#own.nameOf(key);
    const known = this.#own.names.includes(name);
    await this.#keep({
      ...(!known && { keys: [...this.#kept.keys, key] }),
      ...(choose && { chosen: name }),
    });
    return name;
  }

  chooseKey(key: string): Promise<void> {
    return this.#keep({ chosen: key });
  }

  keep(changes: Pick<Partial<FestivalBelongings>, "plan" | "hidden">): Promise<void> {
    return this.#keep(changes);
  }

  /** Another tab writes from now on: this one only shows what it has. */
  async yield(): Promise<void> {
    if (this.#otherTab) return;
    this.#otherTab = true;
    await this.#peers?.stop();
    this.#peers = undefined;
    this.#showing.changed("us");
  }

  async close(): Promise<void> {
    await this.#peers?.stop();
    this.#peers = undefined;
    await this.opened.replica.store.close();
  }

  #meetPeers(): void {
    const { clock, random, randomBytes, logger, transport } = this.#parts;
    this.#peers = new Peers({
      replicas: [this.opened.replica],
      transport: transport(),
      clock,
      random,
      randomBytes,
      logger,
      longestRedialMs: LONGEST_REDIAL_MS,
      changed: () => this.#showing.changed("others"),
      synced: (_replica, device, heights) => this.#synced(device, heights),
    });
    for (const address of this.#boxes) this.#peers.add(address);
  }

  #synced(device: VerifyingKey, heights: LogHeights): void {
    const { replica } = this.opened;
    const lastSync = this.#now();
    replica.store
      .lastArrival()
      .then((arrival) => {
        this.#met.met(toHex(device), { heights, logId: toHex(replica.logId), arrival });
        const keys = this.#kept.keys.map((key) => ({ ...key, waits: false }));
        return this.#keep({ met: this.#met.kept(), lastSync, keys });
      })
      .catch((error: unknown) => this.#inTrouble(error));
  }

  #changed(by: Change): void {
    if (by === "others") this.#kept = { ...this.#kept, lastNews: this.#now() };
    this.#showing.changed(by);
  }

  async #publish(bodies: readonly BodyToWrite[], name: string): Promise<readonly string[]> {
    if (this.#otherTab) throw new PhoneError("E_OTHER_TAB", "Cannot write here: another tab of this phone writes");
    const key = this.#own.find(name);
    if (key === undefined) throw new PhoneError("E_BACKUP", "Cannot write: that key is not on this phone");
    if (key.waits)
      throw new PhoneError("E_KEY_WAITS", "Cannot write yet: first this phone has to meet a device that knows you");
    try {
      return await this.opened.publish(bodies.map(encodeBody), key.signingKey);
    } catch (error) {
      if (error instanceof PhoneError && error.code === "E_OTHER_TAB") await this.yield();
      else if (error instanceof PhoneError) this.#inTrouble(error);
      throw error;
    }
  }

  #withPictures<Named>(pictures: readonly PictureInput[], name: (named: readonly NamedPicture[]) => Promise<Named>) {
    const named = pictures.map(({ bytes, type: t }) => {
      return { h: toHex(this.#parts.suite.hash(bytes)), t, n: bytes.length };
    });
    const all = pictures.map(({ bytes }) => bytes);
    return this.opened.pictures.add(all, () => name(named));
  }

  async #keep(changes: Partial<FestivalBelongings>): Promise<void> {
    this.#kept = { ...this.#kept, ...changes };
    await this.#parts.belongings.writeFestival(this.topic, this.#kept);
    this.#showing.changed("us");
  }

  #inTrouble(error: unknown): void {
    this.#trouble = error instanceof Error ? error.message : String(error);
    this.#showing.changed("us");
  }

  #surroundings(): Surroundings {
    const { suite, timezone, home } = this.#parts;
    const { joinedAs, topic } = this.#showing;
    const { lastNews, lastSync } = this.#kept;
    return {
      topic,
      ...(joinedAs !== undefined && { joinedAs }),
      ownTimezone: timezone,
      me: this.#own.chosen,
      ownKeys: new Set(this.#own.names),
      hidden: this.#kept.hidden,
      plan: this.#planOf(this.#kept.plan),
      now: Math.floor(this.#now() / 60) * 60,
      devicesWith: (author, seqNum) => this.#met.holders(author, seqNum),
      meetingsSince: (arrival) => this.#met.since(arrival),
      meetings: this.#met.count,
      hashOf: (key) => hashOf(key, suite),
      freshness: {
        ...(lastNews !== undefined && { lastNews }),
        ...(lastSync !== undefined && { lastSync }),
        kept: this.opened.fold.documents.logs.total,
      },
      link: linkView(this.#boxes, this.#peers?.status ?? [], {
        home,
        otherTab: this.#otherTab,
        trouble: this.#trouble,
      }),
    };
  }

  #now(): number {
    return Math.floor(this.#parts.clock.nowMicros() / MICROS_PER_SECOND);
  }
}

/** The same set as long as the list is the same. */
function keptSet(): (from: readonly string[]) => ReadonlySet<string> {
  let known: { readonly from: readonly string[]; readonly set: ReadonlySet<string> } = { from: [], set: new Set() };
  return (from) => {
    if (known.from !== from) known = { from, set: new Set(from) };
    return known.set;
  };
}
