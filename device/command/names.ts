// How people are called in lists: by the name that they give themselves, else by the animal of their key. A label, never a
// proof: where two keys go by one name, both have their animal behind it.
import { animalName } from "../../protocol/festival/animal-name.ts";
import { fromHex } from "../../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../../protocol/operation/crypto.ts";
import type { Programme } from "../programme/programme.ts";

export class Names {
  readonly #suite: CryptoSuite;
  readonly #given: ReadonlyMap<string, string>;
  readonly #shared: ReadonlySet<string>;

  constructor(programme: Programme, suite: CryptoSuite) {
    this.#suite = suite;
    const profiles = programme.keyed("profile/1");
    this.#given = new Map(profiles.flatMap(({ author, fields }) => (fields.name ? [[author, fields.name]] : [])));
    const byName = Map.groupBy(this.#given.values(), (name) => name);
    this.#shared = new Set([...byName].flatMap(([name, all]) => (all.length > 1 ? [name] : [])));
  }

  /** Of a key, hex. */
  of(key: string): string {
    const given = this.#given.get(key);
    const animal = animalName(this.#suite.hash(fromHex(key))).name;
    if (given === undefined) return animal;
    return this.#shared.has(given) ? `${given} (${animal})` : given;
  }
}
