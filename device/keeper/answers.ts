// What one turn of a keeper answers about one resource, by its policy (SPEC.md §9.6). Pure: the same log, requests and
// time give the same answers. Whether this box may answer at all, answer-keeper.ts knows.
import type { BodyToWrite } from "../../protocol/festival/body.ts";
import { decide, judge, type Situation } from "../../protocol/festival/decide.ts";
import type { Decision } from "../../protocol/festival/decision.ts";
import { draw } from "../../protocol/festival/draw.ts";
import { Load } from "../../protocol/festival/load.ts";
import { effectiveHold } from "../../protocol/festival/occupancy.ts";
import type { CryptoSuite } from "../../protocol/operation/crypto.ts";
import type { Question, Resource } from "./bookings.ts";
import type { ProgramAnswer } from "./program-line.ts";
import { refusalNote } from "./refusal-note.ts";

/** A decision with its words. */
export interface Answer extends Decision {
  readonly note?: string;
  /** Of a draw: the answerer's last operation before the window, from which anybody can draw again (M-27). */
  readonly after?: string;
}

export interface Turn extends Situation {
  readonly resource: Resource;
  readonly questions: readonly Question[];
  /** IANA zone of this box. */
  readonly timezone: string;
}

/** Gives back what is held by what is gone (M-25) and, under `auto`, answers what is open. */
export class AnswerTurn {
  readonly answers: Answer[] = [];
  readonly resource: Resource;
  readonly #turn: Turn;
  /** What is taken after the answers so far. */
  readonly #load: Load;
  readonly #situation: Situation;

  constructor(turn: Turn) {
    this.#turn = turn;
    this.resource = turn.resource;
    this.#load = turn.occupancy.load();
    this.#situation = { ...turn, occupancy: { ...turn.occupancy, load: () => new Load(this.#load) } };
    for (const question of turn.questions) this.#takeAll(decide(question, turn.resource, this.#situation));
  }

  /** Of these, who gets it is drawn by lot. */
  draw(questions: readonly Question[], lots: { readonly hash: CryptoSuite["hash"]; readonly after?: string }): void {
    const { hash, after } = lots;
    const answerable = questions.filter((question) => this.#judge(question) !== undefined);
    for (const question of answerable) this.#giveBack(question);
    const seed = { hash, ...(after !== undefined && { lastOperation: after }) };
    const drawn = draw(answerable, this.resource, { ...this.#situation, ...seed });
    this.#takeAll(drawn, after === undefined ? {} : { after });
  }

  /** Who waits since an earlier draw gets what is free now, in the order in which they were drawn. */
  moveUp(): void {
    const waiting = new Map(this.#turn.questions.map((question) => [question.id, question]));
    for (const subject of this.#turn.occupancy.waiting) {
      const question = waiting.get(subject);
      if (question?.view?.state.state !== "waiting" || question.event === undefined) continue;
      const judged = this.#judge(question);
      if (judged?.verdict === "accept") this.#take(judged);
    }
  }

  /** What a program decided; it cannot grant what is not to be had. True unless nobody can tell that just now. */
  say(question: Question, { verdict, note }: ProgramAnswer): boolean {
    if (this.#judge(question) === undefined) return false;
    this.#giveBack(question);
    const judged = this.#judge(question);
    if (judged === undefined) return false;
    if (verdict === "accept" && judged.verdict !== "accept") {
      this.#take(judged);
      return true;
    }
    const { hold, of, reason: _, ...asked } = judged;
    const granted = verdict === "accept" && hold !== undefined && of !== undefined && { hold, of };
    this.#take({ ...asked, verdict, ...granted }, note === undefined ? {} : { note });
    return true;
  }

  /** By what is taken so far. */
  #judge(question: Question): Decision | undefined {
    return judge(question, this.resource, { ...this.#turn, load: this.#load });
  }

  /** A grant that does not cover what is asked for by now (M-31) stands in the way of every new answer. */
  #giveBack({ id, version }: Question): void {
    const { policy } = this.resource.fields;
    if (this.#turn.occupancy.outcomes.get(id)?.state !== "held" || policy === "none") return;
    this.#take({ verdict: "release", subject: id, resource: this.resource.doc, version, policy });
  }

  #takeAll(decisions: readonly Decision[], words: Pick<Answer, "after"> = {}): void {
    for (const decision of decisions) this.#take(decision, words);
  }

  #take(decision: Decision, words: Pick<Answer, "note" | "after"> = {}): void {
    const { verdict, hold, quantity = 1, subject, start, end, reason } = decision;
    const before = this.#turn.occupancy.outcomes.get(subject);
    if (verdict === "release" && before?.state === "held") this.#load.add(before.hold, -before.quantity);
    if (verdict === "accept" && hold) {
      this.#load.add(effectiveHold(hold, this.resource.fields.consumable === true), quantity);
    }
    const why =
      reason === undefined || start === undefined || end === undefined
        ? {}
        : { note: refusalNote(reason, { start, end, quantity }, { ...this.#turn, load: this.#load }) };
    this.answers.push({ ...decision, ...why, ...words });
  }
}

/** The words stay within the limits of a note: a program's are checked before. */
export function answerBody({ reason: _, ...fields }: Answer): BodyToWrite {
  return { a: "set", s: "answer/1", k: fields.subject, f: fields };
}
