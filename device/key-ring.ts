// The keys of a machine on which several people act, or one person under several names (M-40): each in a file of its own
// in the data folder, by a name that only this machine knows. The box's own key is not among them.
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { CommandError, EXIT } from "./exit.ts";
import { KeyFile } from "./key-file.ts";

const FOLDER_OWNER_ONLY = 0o700;
/** No name can leave the folder, be an option, or mean two files where capitals do not count. */
const NAME = /^[a-z0-9][a-z0-9-]{0,31}$/;

export class KeyRing {
  readonly #folder: string;

  /** `dataFolder` is the path of the data folder. */
  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, "keys");
  }

  /** Sorted; none before the first use. */
  names(): string[] {
    try {
      return readdirSync(this.#folder)
        .filter((name) => NAME.test(name))
        .sort();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  }

  /** The file of a key, which need not be there yet. Throws E_KEY_NAME. */
  file(name: string): KeyFile {
    if (!NAME.test(name)) {
      const wanted = `up to 32 of a–z, 0–9 and "-", not "-" first`;
      throw new CommandError("E_KEY_NAME", `Cannot act as "${name}": a name is ${wanted}`, { status: EXIT.usage });
    }
    mkdirSync(this.#folder, { recursive: true, mode: FOLDER_OWNER_ONLY });
    return new KeyFile(join(this.#folder, name));
  }
}
