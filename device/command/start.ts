// `lagerfeuer start`: the box itself.
import type { Command } from "./command.ts";

/** Also of `trouble`, which draws on the same screen. */
export const FORGIVING = {
  options: { forgiving: { type: "boolean" } },
  optionHelp: { forgiving: "Start in spite of mistakes in the configuration, and show them on the screen" },
} as const satisfies Pick<Command, "options" | "optionHelp">;

export const start: Command = {
  name: "start",
  summary: "Run the box: screen, buttons, peers and the preview page",
  operands: "",
  help: "Keys 1, 2, 3 press the buttons, 4, 5, 6 hold them. Ctrl-C stops.",
  ...FORGIVING,
  run: ({ runBox }) => runBox(),
};
