// Hello between our own boxes (SPEC.md §5.5): both name their key and a nonce, both prove the key by a signature over
// both. It tells two connections of the same pair apart and puts a key to `status`; it does not encrypt, and somebody
// in the middle can pass it on. Content needs no trust in it: every operation carries its own signature.
import { concatBytes, equalBytes, type Signature, type VerifyingKey } from "../../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../../protocol/operation/crypto.ts";
import { SessionError } from "./errors.ts";
import { HELLO_NONCE_BYTES, type Message } from "./message.ts";

const CONTEXT = new TextEncoder().encode("lagerfeuer.1 hello");
const ROLE_BYTE = { initiator: 0, acceptor: 1 } as const;

export type Role = keyof typeof ROLE_BYTE;

/** Who we are, without the key itself leaving its place. */
export interface Identity {
  readonly verifyingKey: VerifyingKey;
  sign(message: Uint8Array): Signature;
}

export interface HelloOptions {
  readonly role: Role;
  readonly identity: Identity;
  readonly suite: CryptoSuite;
  /** HELLO_NONCE_BYTES random bytes, fresh for each session. */
  readonly nonce: Uint8Array;
}

export class Hello {
  readonly #options: HelloOptions;
  #peer: { readonly key: VerifyingKey; readonly nonce: Uint8Array } | undefined;

  constructor(options: HelloOptions) {
    if (options.nonce.length !== HELLO_NONCE_BYTES)
      throw new RangeError("Cannot say hello: the nonce has a wrong length");
    this.#options = options;
  }

  start(): Message {
    return { type: "hello", verifyingKey: this.#options.identity.verifyingKey, nonce: this.#options.nonce };
  }

  /** Returns what to send, or the proven key of the other side. */
  receive(message: Message): { readonly send: Message } | { readonly peer: VerifyingKey } {
    if (message.type === "hello" && this.#peer === undefined) return { send: this.#prove(message) };
    if (message.type === "proof" && this.#peer !== undefined)
      return { peer: this.#check(message.signature, this.#peer) };
    throw new SessionError("E_ORDER", `Cannot say hello: "${message.type}" came out of order`);
  }

  #prove(hello: { readonly verifyingKey: VerifyingKey; readonly nonce: Uint8Array }): Message {
    const { identity, nonce, role } = this.#options;
    if (equalBytes(hello.verifyingKey, identity.verifyingKey)) {
      throw new SessionError("E_SELF", "Cannot say hello: the other side is this box itself");
    }
    this.#peer = { key: hello.verifyingKey, nonce: hello.nonce };
    const statement = proofBytes(role, identity.verifyingKey, nonce, hello.verifyingKey, hello.nonce);
    return { type: "proof", signature: identity.sign(statement) };
  }

  #check(signature: Signature, peer: { readonly key: VerifyingKey; readonly nonce: Uint8Array }): VerifyingKey {
    const { identity, nonce, role, suite } = this.#options;
    const theirRole = role === "initiator" ? "acceptor" : "initiator";
    const statement = proofBytes(theirRole, peer.key, peer.nonce, identity.verifyingKey, nonce);
    if (suite.verify(statement, signature, peer.key)) return peer.key;
    throw new SessionError("E_HELLO", "Cannot say hello: the other side does not hold the key it names");
  }
}

/** The signer's role is in it, so that a proof cannot be reflected; both nonces, so that it cannot be replayed. */
function proofBytes(
  role: Role,
  signer: VerifyingKey,
  signerNonce: Uint8Array,
  other: VerifyingKey,
  otherNonce: Uint8Array,
): Uint8Array {
  return concatBytes(CONTEXT, Uint8Array.of(ROLE_BYTE[role]), signer, signerNonce, other, otherNonce);
}
