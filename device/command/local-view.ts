// Whose view a list or number is: this box's, without what it does not want to see, and as old as its last news.
import { animalName } from "../../protocol/festival/animal-name.ts";
import { toHex } from "../../protocol/operation/bytes.ts";
import { BoxMemory } from "../box-memory.ts";
import { escapeControl } from "../escape-control.ts";
import { type Choices, type FollowedList, followedLists, type HiddenBy, hiddenBy } from "../local-choice.ts";
import type { LocalChoice } from "../programme/local-choice.ts";
import { agoText } from "../when-text.ts";
import type { CommandContext } from "./command.ts";
import type { Festival } from "./festival.ts";

/** For scripts; stands beside each list. */
export interface SeenFrom {
  readonly name: string;
  /** Hex. */
  readonly key: string;
  readonly things: number;
  readonly people: number;
  /** Seconds since 1970 UTC; null before the first. */
  readonly lastNews: number | null;
  /** Left out of this list by the choices of this box. */
  readonly hidden: number;
}

export class LocalView {
  readonly #festival: Festival;
  readonly #choices: Choices;
  readonly #lists: readonly FollowedList[];
  readonly #hidden = new Map<string, HiddenBy>();

  /** Throws E_CHOICES_BROKEN. */
  constructor(festival: Festival, context: CommandContext) {
    this.#festival = festival;
    this.#choices = context.choices.read();
    this.#lists = followedLists(festival.programme, this.#choices);
  }

  /** To take along in every question. What has expired goes only while the clock can be trusted (M-39). */
  get choice(): LocalChoice {
    const { opened, now } = this.#festival;
    return {
      hidden: (doc, author, text) => this.#hides(doc, author, text),
      ...(opened.boxClock.trust !== "unsure" && { clock: now }),
    };
  }

  async seenFrom(): Promise<SeenFrom> {
    const { opened, programme } = this.#festival;
    const { key, suite } = opened.replica;
    return {
      name: animalName(suite.hash(key.verifyingKey)).name,
      key: toHex(key.verifyingKey),
      things: programme.counts().documents,
      people: (await opened.authors()).length,
      lastNews: new BoxMemory(opened.database).get("last-sync") ?? null,
      hidden: this.#hidden.size,
    };
  }

  /** "seen from this box (Mellow Moth): 312 things from 41 people, last news 3 min ago" */
  async footer(): Promise<string> {
    const { name, things, people, lastNews } = await this.seenFrom();
    const news = lastNews === null ? "no news from others yet" : `last news ${agoText(this.#festival.now - lastNews)}`;
    const seen = `seen from this box (${name}): ${counted(things, "thing")} from ${counted(people, "person", "people")}`;
    return escapeControl([`${seen}, ${news}`, ...this.#hidingWords()].join("; "));
  }

  #hides(doc: string, author: string, text: string): boolean {
    const why = hiddenBy({ doc, author, text }, this.#choices, this.#lists);
    if (why !== undefined) this.#hidden.set(doc, why);
    return why !== undefined;
  }

  #hidingWords(): readonly string[] {
    const reasons = Map.groupBy(this.#hidden.values(), (by) => (by.why === "list" ? by.list : ""));
    return [...reasons].map(([list, hidden]) => {
      const whose = list === "" ? "your choice" : `the list of ${this.#festival.names.of(list)}`;
      return `${counted(hidden.length, "thing")} hidden by ${whose}`;
    });
  }
}

export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}
