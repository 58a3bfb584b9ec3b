// `lagerfeuer start`: the box itself.
import type { Command } from "./command.ts";

export const start: Command = {
  name: "start",
  summary: "Run the box: screen, buttons, peers and the preview page",
  operands: "",
  help: "Keys 1, 2, 3 press the buttons, 4, 5, 6 hold them. Ctrl-C stops.",
  options: {},
  optionHelp: {},
  run: ({ runBox }) => runBox(),
};
