// The command line without its processes: commands run here, one after the other, on one data folder, as people sit down
// at one machine.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CommandContext } from "../../../device/command/command.ts";
import { commandNamed } from "../../../device/command/commands.ts";
import { readArguments } from "../../../device/command-arguments.ts";
import { loadConfig } from "../../../device/config.ts";
import { DataFolder } from "../../../device/data-folder.ts";
import { ChoiceFile } from "../../../device/local-choice.ts";
import { boxTimezone, openReplica, type Surroundings } from "../../../device/main.ts";
import { type BodyToWrite, encodeBody } from "../../../protocol/festival/body.ts";
import { toHex } from "../../../protocol/operation/bytes.ts";
import type { FakeClock } from "../../support/fake-clock.ts";

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** What --json prints. */
export interface Said {
  readonly [name: string]: unknown;
  readonly id: string;
}

export type Item = Readonly<Record<string, unknown>>;

export class Desk {
  readonly folder = mkdtempSync(join(tmpdir(), "lagerfeuer-desk-"));
  readonly clock: FakeClock;

  constructor(clock: FakeClock) {
    this.clock = clock;
  }

  /** Bodies that no command writes, under the key of a name; gives that key. */
  async write(as: string, ...bodies: readonly BodyToWrite[]): Promise<string> {
    const config = loadConfig({ flags: { data: join(this.folder, "data"), timezone: "Europe/Berlin" }, env: {} });
    const folder = new DataFolder(config.data);
    const opened = await openReplica({ config, folder, clock: this.clock, logger: silent }, "write");
    try {
      if (bodies.length > 0) await opened.publish({ bodies: bodies.map(encodeBody), as });
      return toHex(opened.verifyingKey(as));
    } finally {
      await opened.close();
    }
  }

  /** Runs a command to its end; rejects with its error. */
  async lines(name: string, ...args: readonly string[]): Promise<readonly string[]> {
    const command = commandNamed(name);
    const { given, flags } = readArguments(command, args);
    const config = loadConfig({
      flags: { data: join(this.folder, "data"), timezone: "Europe/Berlin", ...flags },
      env: {},
    });
    const folder = new DataFolder(config.data);
    folder.create();
    const around: Surroundings = { config, folder, clock: this.clock, logger: silent };
    const printed: string[] = [];
    const context: CommandContext = {
      ...given,
      config,
      timezone: boxTimezone(config),
      terminal: { columns: undefined, colour: false },
      print: (line) => printed.push(line),
      remark: () => {},
      readStdin: async () => "",
      openReplica: (access) => openReplica(around, access),
      choices: new ChoiceFile(folder.path),
      findBox: async () => undefined,
      runBox: async () => {},
      showTrouble: async () => {},
    };
    await command.run(context);
    return printed;
  }

  async act(...args: readonly [string, ...string[]]): Promise<Said> {
    const [line = ""] = await this.lines(...args, "--json");
    return JSON.parse(line) as Said;
  }

  async list(what: string, ...args: readonly string[]): Promise<readonly Item[]> {
    return (await this.act("list", what, ...args))[what] as readonly Item[];
  }

  async operations(): Promise<unknown> {
    return (await this.act("status"))["operations"];
  }

  clear(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
