// `lagerfeuer status`: what this box is, what it holds, whom it knows.
import type { Carried } from "../carried.ts";
import { carriedText } from "../carried-text.ts";
import type { OutputState } from "../display/output/output.ts";
import { fieldLines } from "../field-lines.ts";
import { screenText } from "../screen-text.ts";
import type { Command, CommandContext } from "./command.ts";

export const status: Command = {
  name: "status",
  summary: "Show what the box holds and whom it is connected to",
  operands: "",
  help: "Equal replicas print the same stateHash.",
  options: {},
  optionHelp: {},
  run: runStatus,
};

async function runStatus(context: CommandContext): Promise<void> {
  const found = await readStatus(context);
  if (context.options["json"]) context.print(JSON.stringify(found));
  else for (const line of statusLines(found)) context.print(line);
}

function statusLines({ carried, screen, ...found }: Record<string, unknown>): string[] {
  return fieldLines({
    ...found,
    ...(screen !== undefined && { screen: screenText(screen as OutputState) }),
    carried: (carried as readonly Carried[]).map(carriedText),
  });
}

async function readStatus(context: CommandContext): Promise<Record<string, unknown>> {
  const box = await context.findBox();
  if (box) return (await box.status()) as Record<string, unknown>;
  const replica = await context.openReplica("read");
  try {
    return { ...(await replica.status()), running: false };
  } finally {
    await replica.close();
  }
}
