// The phone behind its port: the festival that is shown, and everything that pages can ask of it. Knows no browser; what it
// is made of is given (start.ts, or a test).
import { toHex } from "../../../../protocol/operation/bytes.ts";
import { setBody } from "../../../act/checked-body.ts";
import { choose } from "../../../act/hidden.ts";
import type { FestivalView } from "../festival/view.ts";
import { keyWords, readBackup, readKeyWords, writeBackup } from "../keys/backup.ts";
import type { Acts, Festivals, KeyRing, LocalChoices, Phone, Questions } from "../phone.ts";
import { createActs } from "./acts.ts";
import { type Belongings, withFestival } from "./belongings.ts";
import { readCopy, writeCopy } from "./copy-file.ts";
import { boxAddress, invitationTo, topicOfCode } from "./invitation.ts";
import { Notices } from "./notices.ts";
import type { Change } from "./opened-festival.ts";
import { PhoneError } from "./phone-error.ts";
import type { PhoneParts } from "./phone-parts.ts";
import { createQuestions } from "./questions.ts";
import { refill } from "./refill.ts";
import { ShownFestival } from "./shown-festival.ts";

const MINUTE_MS = 60_000;
/** Schemas in which a linked key may act for the other: everything that is made, not set. */
const SHARED = ["event/1", "resource/1", "series/1", "request/1", "need/1", "note/1", "frame/1", "pick/1", "page/1"];

export class FestivalPhone implements Phone {
  readonly acts: Acts;
  readonly questions: Questions;
  readonly keys: KeyRing;
  readonly festivals: Festivals;
  readonly local: LocalChoices;
  readonly #parts: PhoneParts;
  readonly #page: string;
  readonly #notices: Notices;
  #belongings: Belongings;
  #shown: ShownFestival;
  #view: FestivalView | undefined;
  #cancelMinute: () => void = () => {};

  private constructor(
    parts: PhoneParts,
    state: { shown: ShownFestival; belongings: Belongings; page: string; notices: Notices },
  ) {
    this.#parts = parts;
    this.#shown = state.shown;
    this.#belongings = state.belongings;
    this.#page = state.page;
    this.#notices = state.notices;
    this.acts = createActs(() => this.#shown.desk);
    this.questions = createQuestions(() => this.#shown.desk);
    this.keys = this.#keyRing();
    this.festivals = this.#festivalDesk();
    this.local = this.#choices();
    this.#eachMinute();
  }

  /** Shows the festival that `topic` names, or else the one that was shown last. `page` is the address of the page. */
  static async open(parts: PhoneParts, { topic, page, fallback }: Opening): Promise<FestivalPhone> {
    const read = await parts.belongings.read();
    const current = topic ?? read.current ?? fallback;
    const belongings = withFestival(read, current);
    await parts.belongings.write(belongings);
    const notices = new Notices(parts.clock);
    const shown = await showing(parts, belongings, notices);
    return new FestivalPhone(parts, { shown, belongings, page, notices });
  }

  view(): FestivalView {
    if (this.#view === undefined || this.#notices.isDue) {
      this.#notices.isDue = false;
      this.#view = this.#shown.view();
    }
    return this.#view;
  }

  subscribe(changed: () => void): () => void {
    return this.#notices.subscribe(changed);
  }

  meetBox(address: string): void {
    const box = boxAddress(address);
    this.#shown.meetBox(box);
    const boxes = [...new Set([...this.#belongings.boxes, box])];
    this.#keep({ ...this.#belongings, boxes }).catch(() => {});
  }

  async picture(hash: string): Promise<Blob | undefined> {
    const found = await this.#shown.opened.pictures.pictureOf(hash);
    return found && new Blob([found.bytes as Uint8Array<ArrayBuffer>], { type: found.mediaType });
  }

  /** All that was stored is shown. */
  get ready(): Promise<void> {
    return this.#shown.opened.ready;
  }

  /** Another tab writes from now on. */
  yield(): Promise<void> {
    return this.#shown.yield();
  }

  /** This tab writes from now on: reads again what others wrote meanwhile. */
  async resume(): Promise<void> {
    if (this.#shown.hasPen) return;
    await this.#reopen(this.#belongings);
  }

  async close(): Promise<void> {
    this.#cancelMinute();
    this.#notices.stop();
    await this.#shown.close();
  }

  #keyRing(): KeyRing {
    const { suite, belongings } = this.#parts;
    return {
      add: () => this.#shown.addKey(true),
      choose: (key) => this.#shown.chooseKey(key),
      backupFile: async () => {
        const all = this.#belongings.festivals.map(async ({ topic }) => {
          const { keys } = await belongings.readFestival(topic);
          return keys.map(({ signingKey }) => ({ festival: topic, signingKey }));
        });
        return new Blob([writeBackup((await Promise.all(all)).flat())], { type: "application/json" });
      },
      backupWords: async (key) => {
        const found = this.#shown.keys.find((each) => toHex(suite.verifyingKey(each.signingKey as never)) === key);
        if (found === undefined)
          throw new PhoneError("E_BACKUP", "Cannot write it down: that key is not on this phone");
        return keyWords(found.signingKey, suite);
      },
      restore: (backup) => this.#restore(backup),
      link: async (own, other, close = false) => {
        const until = close ? { until: Math.max(0, this.#shown.opened.heightOf(other)) } : {};
        await this.#shown.desk.publish([setBody("keylink/1", other, { other, may: SHARED, ...until })], own);
      },
    };
  }

  async #restore(backup: Uint8Array | string): Promise<readonly string[]> {
    const { belongings, suite } = this.#parts;
    const text = typeof backup === "string" ? backup : new TextDecoder().decode(backup);
    const { topic } = this.#shown;
    const isFile = text.trimStart().startsWith("{");
    const keys = isFile ? readBackup(text) : [{ festival: topic, signingKey: readKeyWords(text, suite) }];
    const restored: string[] = [];
    for (const { festival, signingKey } of keys) {
      const key = { signingKey, waits: true };
      if (festival === topic) restored.push(await this.#shown.takeKey(key, true));
      else {
        const kept = await belongings.readFestival(festival);
        const isKnown = kept.keys.some((each) => toHex(each.signingKey) === toHex(signingKey));
        if (!isKnown) await belongings.writeFestival(festival, { ...kept, keys: [...kept.keys, key] });
        await this.#keep(withFestival(this.#belongings, festival, { current: topic }));
        restored.push(toHex(suite.verifyingKey(signingKey as never)));
      }
    }
    return restored;
  }

  #festivalDesk(): Festivals {
    const { suite, belongings, deleteStore } = this.#parts;
    const show = async (topic: string): Promise<void> => {
      if (topic !== this.#shown.topic) await this.#reopen(withFestival(this.#belongings, topic));
    };
    return {
      list: () =>
        this.#belongings.festivals.map(({ topic, name }) => {
          const current = topic === this.#shown.topic;
          const shown = name ?? (current ? this.view().name : undefined);
          return { topic, ...(shown !== undefined && { name: shown }), current };
        }),
      join: async (code, name) => {
        const topic = topicOfCode(code, suite);
        await this.#keep(withFestival(this.#belongings, topic, { current: this.#shown.topic, name }));
        await show(topic);
        return topic;
      },
      show,
      leave: async (topic) => {
        const festivals = this.#belongings.festivals.filter((each) => each.topic !== topic);
        const [next] = festivals;
        if (next === undefined) throw new PhoneError("E_FESTIVAL", "Cannot leave: join another festival first");
        const current = topic === this.#shown.topic ? next.topic : this.#shown.topic;
        const rest = { ...this.#belongings, festivals, current };
        if (topic === this.#shown.topic) await this.#reopen(rest);
        else await this.#keep(rest);
        await deleteStore(topic);
        await belongings.forgetFestival(topic);
      },
      invitation: () => invitationTo(this.#shown.topic, this.#page),
      copy: () => writeCopy(this.#shown.topic, this.#shown.opened.operations()),
      refill: (copy) => {
        const { replica } = this.#shown.opened;
        return refill(replica, readCopy(copy, this.#shown.topic, suite), this.#parts.breathe);
      },
    };
  }

  #choices(): LocalChoices {
    return {
      plan: async (event, keep) => {
        const others = [...this.view().plan].filter((each) => each !== event);
        await this.#shown.keep({ plan: keep ? [...others, event] : others });
      },
      hide: (kind, value, hide) => this.#shown.keep({ hidden: choose(this.view().hidden, kind, value, !hide) }),
    };
  }

  async #reopen(belongings: Belongings): Promise<void> {
    const before = this.#shown;
    await before.close();
    await this.#keep(belongings);
    this.#shown = await showing(this.#parts, belongings, this.#notices);
    this.#notices.tellNow();
  }

  async #keep(belongings: Belongings): Promise<void> {
    this.#belongings = belongings;
    await this.#parts.belongings.write(belongings);
  }

  #eachMinute(): void {
    this.#cancelMinute = this.#parts.clock.after(MINUTE_MS, () => {
      this.#notices.tellSoon();
      this.#eachMinute();
    });
  }
}

export interface Opening {
  readonly topic?: string | undefined;
  readonly page: string;
  /** Where nothing was ever shown. */
  readonly fallback: string;
}

function showing(
  parts: PhoneParts,
  { current = "", festivals, boxes }: Belongings,
  notices: Notices,
): Promise<ShownFestival> {
  const joinedAs = festivals.find(({ topic }) => topic === current)?.name;
  const changed = (by: Change): void => (by === "us" ? notices.tellNow() : notices.tellSoon());
  return ShownFestival.open(parts, { topic: current, joinedAs, boxes, changed });
}
