// What a session has to know before it begins.
import type { Topic } from "../../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../../protocol/operation/crypto.ts";
import type { Allowance } from "../catch-up.ts";
import type { Identity, Role } from "./hello.ts";
import type { LiveForm } from "./message.ts";

export interface SessionOptions {
  readonly role: Role;
  /** The other end speaks the messages of our own boxes. */
  readonly extended: boolean;
  /** Followed here; an initiator asks for the first. */
  readonly topics: readonly Topic[];
  readonly suite: CryptoSuite;
  readonly identity: Identity;
  /** Fresh random bytes for the hello. */
  readonly nonce: Uint8Array;
  /** Number of this session in this run, from 1. */
  readonly number: number;
  /** How a p2panda node reads headers, until it has shown how it writes them; ours read them as they are. */
  readonly liveForm: LiveForm;
  /** How much of what the other side lacks may be sent in log sync; all, if absent. */
  readonly allowance?: Allowance | undefined;
}
