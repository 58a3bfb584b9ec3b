// All commands, in the order in which help lists them: the box, the acts of a festival, what is known of it, files, tools.
import { CommandError, EXIT } from "../exit.ts";
import { nearestWord } from "../nearest-word.ts";
import { announce } from "./announce.ts";
import { answer, release } from "./answer.ts";
import { applyCardCommand } from "./apply-card.ts";
import { ask } from "./ask.ts";
import { block } from "./block.ts";
import { cancel } from "./cancel.ts";
import type { Command } from "./command.ts";
import { create } from "./create.ts";
import { edit } from "./edit.ts";
import { exportCommand } from "./export.ts";
import { fork } from "./fork.ts";
import { importProgramme } from "./import-programme.ts";
import { inspect } from "./inspect.ts";
import { list } from "./list.ts";
import { move } from "./move.ts";
import { note } from "./note.ts";
import { panelTrace } from "./panel-trace.ts";
import { pick } from "./pick.ts";
import { render } from "./render.ts";
import { rsvp } from "./rsvp.ts";
import { show } from "./show.ts";
import { start } from "./start.ts";
import { status } from "./status.ts";
import { trouble } from "./trouble.ts";

export const COMMANDS: readonly Command[] = [
  start,
  create,
  edit,
  cancel,
  move,
  ask,
  answer,
  release,
  rsvp,
  fork,
  note,
  announce,
  pick,
  block,
  list,
  show,
  importProgramme,
  exportCommand,
  render,
  status,
  inspect,
  panelTrace,
  applyCardCommand,
  trouble,
];
/** Throws E_USAGE. */
export function commandNamed(name: string): Command {
  const command = COMMANDS.find((each) => each.name === name);
  if (command !== undefined) return command;
  const near = nearestWord(
    name,
    COMMANDS.map((each) => each.name),
  );
  const hint = near === undefined ? "see lagerfeuer --help" : `did you mean "${near}"?`;
  throw new CommandError("E_USAGE", `Cannot run "${name}": there is no such command; ${hint}`, { status: EXIT.usage });
}
