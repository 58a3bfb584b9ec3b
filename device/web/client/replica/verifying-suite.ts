// Noble's suite, with the signatures of others checked in a worker: each takes a phone some milliseconds, and a festival has
// thousands. Own signing stays here. Without a worker (a test, a browser that forbids it) all is done here.
import type { CryptoSuite } from "../../../../protocol/operation/crypto.ts";
import { createNobleCrypto } from "../../../../sync/crypto/noble.ts";

/** What the worker is asked. */
export interface VerifyQuestion {
  readonly number: number;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
  readonly verifyingKey: Uint8Array;
}

export interface VerifyAnswer {
  readonly number: number;
  readonly isValid: boolean;
}

export function createVerifyingSuite(worker: Worker | undefined): CryptoSuite {
  const noble = createNobleCrypto();
  return worker === undefined ? noble : new VerifyingSuite(noble, worker);
}

class VerifyingSuite implements CryptoSuite {
  readonly hash: CryptoSuite["hash"];
  readonly verifyingKey: CryptoSuite["verifyingKey"];
  readonly sign: CryptoSuite["sign"];
  readonly verify: CryptoSuite["verify"];
  readonly #worker: Worker;
  readonly #open = new Map<number, { question: VerifyQuestion; resolve: (isValid: boolean) => void }>();
  #asked = 0;
  #isBroken = false;

  constructor(noble: CryptoSuite, worker: Worker) {
    this.hash = (bytes) => noble.hash(bytes);
    this.verifyingKey = (signingKey) => noble.verifyingKey(signingKey);
    this.sign = (message, signingKey) => noble.sign(message, signingKey);
    this.verify = (message, signature, verifyingKey) => noble.verify(message, signature, verifyingKey);
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<VerifyAnswer>) => this.#answered(data);
    worker.onerror = () => this.#broke();
  }

  verifyLater(message: Uint8Array, signature: Uint8Array, verifyingKey: Uint8Array): Promise<boolean> {
    if (this.#isBroken) return Promise.resolve(this.verify(message, signature, verifyingKey));
    this.#asked += 1;
    const question = { number: this.#asked, message, signature, verifyingKey };
    return new Promise((resolve) => {
      this.#open.set(question.number, { question, resolve });
      this.#worker.postMessage(question);
    });
  }

  #answered({ number, isValid }: VerifyAnswer): void {
    this.#open.get(number)?.resolve(isValid);
    this.#open.delete(number);
  }

  /** Slower, but nothing is left without an answer. */
  #broke(): void {
    this.#isBroken = true;
    for (const { question, resolve } of this.#open.values()) {
      resolve(this.verify(question.message, question.signature, question.verifyingKey));
    }
    this.#open.clear();
  }
}
