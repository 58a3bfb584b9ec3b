// A shell on a serial line of a guest: one command, its output, its status. The guest was started with init=/bin/sh, or is
// a whole system whose kernel was told systemd.debug_shell.
import type { SerialLine } from "./serial-line.ts";

/** Some 70 s, a whole system three times as long; on a loaded machine ten times that. */
const BOOT_S = 1800;
/** Node alone takes ten seconds to start under emulation, and a minute beside other work. */
const COMMAND_S = 600;

export class GuestShell {
  readonly #line: SerialLine;
  #count = 0;

  private constructor(line: SerialLine) {
    this.#line = line;
  }

  /** Resolves when it answers. */
  static async open(line: SerialLine): Promise<GuestShell> {
    // Nobody keeps what a shell said before we came: an empty line makes it say its prompt again.
    line.type("");
    await line.saw(/# $/, BOOT_S);
    // A shell that paints no colours and edits no lines, whatever waits there.
    line.type("exec sh");
    const shell = new GuestShell(line);
    await shell.run("stty -echo; PS1=; export HOME=/run PATH=/usr/sbin:/usr/bin:/sbin:/bin");
    return shell;
  }

  /** What the command printed. Rejects if it fails. */
  async run(command: string, seconds = COMMAND_S): Promise<string> {
    this.#count += 1;
    const [begin, end] = [`<${this.#count}`, `${this.#count}>`];
    // The marks are put together by the shell, so that the echo of what was typed is not taken for them.
    this.#line.type(`echo "<""${this.#count}"; ${command}; echo "${this.#count}""> $?"`);
    const [, output = "", status] = await this.#line.saw(
      new RegExp(`${begin}\\n([\\s\\S]*?)^${end} (\\d+)`, "m"),
      seconds,
    );
    if (status !== "0") throw new Error(`"${command}" ended with ${status}:\n${output}`);
    return output;
  }
}
