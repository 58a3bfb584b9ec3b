// Fetching and giving blobs in one session (SPEC.md §5.7), once live mode has nothing to say: operations go first. Each
// side has one question open at a time, so 64 KiB in each direction is all that ever waits. Turns events into effects;
// which blob is wanted, and what becomes of its bytes, sync/blobs.ts knows.
//
// Invariants
// 1. After `wantBlob` nothing is asked for before its answer came.
// 2. Each `wantBlob` is answered once, in order; one that comes before the answer to the last is a fault.
// 3. What the other side said it lacks is not asked for again before it says that the blob came.
import { equalBytes, type Hash, toHex } from "../../protocol/operation/bytes.ts";
import type { BlobEffect, BlobEvent, BlobPart, BlobWant, PartOutcome } from "./blob-events.ts";
import type { BlobMessage } from "./blob-message.ts";
import { SessionError } from "./errors.ts";
import type { SessionEffect } from "./events.ts";
import { RecentSet } from "./recent-set.ts";

/** What a peer is told later if it comes. One that asks for more is told in its next session. */
const MAX_OWED = 1024;

type Fetching = "idle" | "choosing" | "asking" | "taking";

export class BlobExchange {
  readonly #lacking = new Set<string>();
  /** What we said we lack. */
  readonly #owed = new RecentSet(MAX_OWED);
  #fetching: Fetching = "idle";
  /** Something may be wanted. */
  #isDue = true;
  #asked: Hash | undefined;
  #question: BlobWant | undefined;
  #reading = false;
  /** What is asked for came after it was looked for. */
  #cameMeanwhile = false;

  receive(message: BlobMessage): SessionEffect[] {
    switch (message.type) {
      case "wantBlob":
        if (this.#question) throw outOfOrder(message);
        this.#question = message;
        return [];
      case "blobHere":
        this.#isDue = this.#lacking.delete(toHex(message.hash)) || this.#isDue;
        return [];
      case "noBlob":
        this.#requireAsked(message);
        this.#lacking.add(toHex(message.hash));
        this.#goOn();
        return [blob({ type: "giveUp" })];
      case "blobPart":
        this.#requireAsked(message);
        this.#fetching = "taking";
        return [blob({ type: "takePart", hash: message.hash, part: message })];
    }
  }

  tell(event: BlobEvent): SessionEffect[] {
    switch (event.type) {
      case "chosen":
        return event.want ? this.#ask(event.want) : this.#rest();
      case "taken":
        return this.#taken(event.outcome);
      case "read":
        return this.#answer(event.part);
      case "wanted":
        this.#isDue = true;
        return [];
      case "here":
        return this.#came(event.hash);
    }
  }

  /** Call when there is nothing else to say. */
  advance(): SessionEffect[] {
    return [...this.#look(), ...this.#choose()];
  }

  #look(): SessionEffect[] {
    if (this.#question === undefined || this.#reading) return [];
    this.#reading = true;
    this.#cameMeanwhile = false;
    const { hash, from } = this.#question;
    return [blob({ type: "readPart", hash, from })];
  }

  #choose(): SessionEffect[] {
    if (!this.#isDue || this.#fetching !== "idle") return [];
    this.#isDue = false;
    this.#fetching = "choosing";
    return [blob({ type: "chooseBlob", lacking: this.#lacking })];
  }

  #ask({ hash, from }: BlobWant): SessionEffect[] {
    this.#fetching = "asking";
    this.#asked = hash;
    return [{ type: "send", message: { type: "wantBlob", hash, from } }];
  }

  #taken(outcome: PartOutcome): SessionEffect[] {
    if (this.#asked && outcome.status === "more") return this.#ask({ hash: this.#asked, from: outcome.from });
    if (this.#asked && outcome.status === "failed") this.#lacking.add(toHex(this.#asked));
    this.#goOn();
    return [];
  }

  #rest(): SessionEffect[] {
    this.#fetching = "idle";
    return [];
  }

  #goOn(): void {
    this.#fetching = "idle";
    this.#asked = undefined;
    this.#isDue = true;
  }

  #answer(part: BlobPart | undefined): SessionEffect[] {
    const question = this.#question;
    this.#reading = false;
    if (question === undefined || (part === undefined && this.#cameMeanwhile)) return [];
    this.#question = undefined;
    const { hash } = question;
    if (part) return [{ type: "send", message: { type: "blobPart", hash, ...part } }];
    this.#owed.add(toHex(hash));
    return [{ type: "send", message: { type: "noBlob", hash } }];
  }

  #came(hash: Hash): SessionEffect[] {
    if (this.#question && equalBytes(this.#question.hash, hash)) this.#cameMeanwhile = true;
    return this.#owed.delete(toHex(hash)) ? [{ type: "send", message: { type: "blobHere", hash } }] : [];
  }

  #requireAsked(message: BlobMessage): void {
    const isAsked = this.#fetching === "asking" && this.#asked && equalBytes(this.#asked, message.hash);
    if (!isAsked) throw outOfOrder(message);
  }
}

function blob(effect: BlobEffect): SessionEffect {
  return { type: "blob", effect };
}

function outOfOrder({ type }: BlobMessage): SessionError {
  return new SessionError("E_ORDER", `Cannot exchange blobs: "${type}" came out of order`);
}
