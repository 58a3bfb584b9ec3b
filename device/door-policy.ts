// What the screen of this box may show (M-70, M-71): public space, so by default only what belongs at this door, and
// nothing that whoever keeps the box has hidden. A choice of this box alone.
import { animalName } from "../protocol/festival/animal-name.ts";
import { fromHex, type VerifyingKey } from "../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../protocol/operation/crypto.ts";
import type { Encounters } from "./encounters.ts";
import { type ChoiceFile, followedLists, hiddenBy } from "./local-choice.ts";
import type { DoorPolicy } from "./programme/door-policy.ts";
import type { Programme } from "./programme/programme.ts";

export interface DoorPolicyOptions {
  readonly shows: DoorPolicy["show"];
  /** The box's own key, hex: what is made here belongs here. */
  readonly ownKey: string;
  readonly encounters: Encounters;
  readonly choices: ChoiceFile;
  readonly programme: Programme;
  /** Keys, hex, that whoever keeps the box lets speak to everybody on its screen. */
  readonly trusted: readonly string[];
  readonly crypto: CryptoSuite;
}

/** Asked for each picture, so that what is hidden now is gone from the next one. Throws E_CHOICES_BROKEN. */
export function doorPolicy(options: DoorPolicyOptions): DoorPolicy {
  const { shows, ownKey, encounters, choices, programme, crypto } = options;
  const chosen = choices.read();
  const lists = followedLists(programme, chosen);
  return {
    show: shows,
    near: (key) => key === ownKey || encounters.hasMet(fromHex(key) as VerifyingKey),
    trusted: [ownKey, ...options.trusted],
    nameOf: (key) => programme.person(key).name ?? animalName(crypto.hash(fromHex(key))).name,
    hidden: (doc, author, text) => hiddenBy({ doc, author, text }, chosen, lists) !== undefined,
  };
}
