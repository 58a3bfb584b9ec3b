// `lagerfeuer trouble`: what a card runs in place of the box while its data partition is not there.
import type { Command } from "./command.ts";
import { FORGIVING } from "./start.ts";

export const trouble: Command = {
  name: "trouble",
  summary: "Show on the screen that the box has no memory; the image does so where /data is missing",
  operands: "",
  help: "Writes no file, listens on no port, and runs until it is told to stop.",
  ...FORGIVING,
  run: ({ showTrouble }) => showTrouble(),
};
