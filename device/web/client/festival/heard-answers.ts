// What was answered about things and seats, operation by operation: which of it is in force, occupancy decides.
import type { AnswerEntry } from "../../../../protocol/festival/answers-in-force.ts";
import type { SetBody } from "../../../../protocol/festival/body.ts";
import { checkFields, checkKey, readFields } from "../../../../protocol/festival/schema.ts";
import type { ReadOperation } from "./read-operation.ts";

export interface Answer extends AnswerEntry {
  readonly note?: string;
}

export class HeardAnswers {
  readonly #answers = new Map<string, Map<string, Answer>>();

  /** Gives the thing that it is about; nothing for one that cannot be read. */
  take({ id, author, seqNum }: ReadOperation, { k, f }: SetBody): string | undefined {
    if (checkKey("answer/1", k, f).length > 0 || checkFields("answer/1", f).length > 0) return undefined;
    const { note, ...fields } = readFields("answer/1", f);
    const { resource } = fields;
    const about = this.#answers.get(resource) ?? new Map<string, Answer>();
    this.#answers.set(resource, about);
    about.set(id, { ...fields, id, author, seqNum, ...(note && { note }) });
    return resource;
  }

  /** What these keys answered. */
  about(thing: string, keys: readonly string[]): Answer[] {
    return [...(this.#answers.get(thing)?.values() ?? [])].filter(({ author }) => keys.includes(author));
  }
}
