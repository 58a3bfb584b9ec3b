// What the other side can decode. p2panda 0.7.0 ends a session over an operation whose extensions it does not know
// (p2panda-wire.md §2.3), and refuses what follows on one that it did not get: so a log is sent up to there and no
// further. Who reads header bytes as they are gets everything.
import { logName } from "../../protocol/operation/log.ts";
import type { StoredOperation } from "../ports.ts";
import { hasLiveFields } from "./live-header.ts";
import type { LiveForm } from "./message.ts";

export class Decodable {
  readonly #ended = new Set<string>();
  /** How the other side reads headers, as far as we know. */
  form: LiveForm;

  constructor(form: LiveForm) {
    this.form = form;
  }

  /** Asked for the operations of a log in their order. */
  includes(operation: StoredOperation): boolean {
    if (this.form === "bytes") return true;
    if (this.#ended.size > 0 && this.#ended.has(logName(operation))) return false;
    if (hasLiveFields(operation.headerBytes)) return true;
    this.#ended.add(logName(operation));
    return false;
  }
}
