// Gives every event of a file an identity that is the same at the next import (M-18), and different from all others of
// the file.
import { byteLength } from "../../protocol/festival/text.ts";
import { quoted, type Remark, singleLine, UID_BYTES_MAX } from "./text/fit.ts";
import { withoutAddresses } from "./text/without-addresses.ts";

/** Room for the "#20000" that tells repeated uids apart. */
const NUMBER_BYTES = 6;

export class UidRegister {
  readonly #times = new Map<string, number>();

  /** The best of `candidates` that is not empty, else one made of `parts`. A uid that appears again gets a number. */
  claim(candidates: readonly (string | undefined)[], parts: readonly (string | undefined)[], remark: Remark): string {
    const found = candidates.map((candidate) => singleLine(candidate ?? "")).find((candidate) => candidate !== "");
    const uid = cutUid(found ?? withoutAddresses(parts.map((part) => singleLine(part ?? "")).join("|")).text);
    if (!this.#times.has(uid)) {
      this.#times.set(uid, 1);
      return uid;
    }
    remark(`${quoted(uid)} appears again; told apart by a number`);
    return this.#numbered(uid);
  }

  #numbered(uid: string): string {
    let times = this.#times.get(uid) ?? 1;
    let numbered: string;
    do {
      times += 1;
      numbered = `${uid}#${times}`;
    } while (this.#times.has(numbered));
    this.#times.set(uid, times).set(numbered, 1);
    return numbered;
  }
}

/** At most UID_BYTES_MAX with its number. Not shown to people, so the cut may fall anywhere between characters. */
export function cutUid(uid: string): string {
  let cut = uid.slice(0, UID_BYTES_MAX - NUMBER_BYTES);
  while (byteLength(cut) > UID_BYTES_MAX - NUMBER_BYTES) cut = cut.slice(0, -1);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}
