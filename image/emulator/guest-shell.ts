// A shell on the serial line of a guest that was started with init=/bin/sh: one command, its output, its status. Starts in
// a third of the time of a whole system; for tests of what the kernel gives, not of units.
import type { Guest } from "./guest.ts";

/** Some 70 s on a loaded machine. */
const BOOT_S = 400;
/** Node alone takes ten seconds to start under emulation. */
const COMMAND_S = 120;

export class GuestShell {
  readonly #guest: Guest;
  #count = 0;

  private constructor(guest: Guest) {
    this.#guest = guest;
  }

  /** Resolves when it answers. */
  static async open(guest: Guest): Promise<GuestShell> {
    await guest.saw(/# $/, BOOT_S);
    const shell = new GuestShell(guest);
    await shell.run("stty -echo; PS1=; export HOME=/run PATH=/usr/sbin:/usr/bin:/sbin:/bin");
    return shell;
  }

  /** What the command printed. Rejects if it fails. */
  async run(command: string, seconds = COMMAND_S): Promise<string> {
    this.#count += 1;
    const [begin, end] = [`<${this.#count}`, `${this.#count}>`];
    // The marks are put together by the shell, so that the echo of what was typed is not taken for them.
    this.#guest.type(`echo "<""${this.#count}"; ${command}; echo "${this.#count}""> $?"`);
    const [, output = "", status] = await this.#guest.saw(
      new RegExp(`^${begin}\\n([\\s\\S]*?)^${end} (\\d+)`, "m"),
      seconds,
    );
    if (status !== "0") throw new Error(`"${command}" ended with ${status}:\n${output}`);
    return output;
  }
}
