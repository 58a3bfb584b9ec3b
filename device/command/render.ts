// `lagerfeuer render`: what the screen at a door shows at some moment, as a PNG.
import { writeFile } from "node:fs/promises";
import { Temporal } from "temporal-polyfill";
import { doorScene } from "../display/door-scene.ts";
import { createRenderer, pngOf } from "../display/renderer.ts";
import { wordsFor } from "../display/words.ts";
import { CommandError } from "../exit.ts";
import { nearestWord } from "../nearest-word.ts";
import type { OpenedReplica } from "../opened-replica.ts";
import { chooseScreen } from "../screen-choice.ts";
import type { Command, CommandContext } from "./command.ts";

/** Enough to recognise the festival by; `status` counts the rest. */
const NAMED_VENUES = 8;

export const render: Command = {
  name: "render",
  summary: "Draw the screen of a door at some moment into a PNG",
  operands: "",
  help: "Draws what this box knows; nothing is published. Example:\n  lagerfeuer render --at 2026-01-31T10:45:00+01:00 --venue Janson --screen door-800x480 --out door.png",
  options: { at: { type: "string" }, out: { type: "string" } },
  optionHelp: {
    at: "Moment, as 2026-01-31T10:45:00+01:00; now if it is left out",
    out: "File to write; door.png if it is left out",
  },
  run: runRender,
};

async function runRender(context: CommandContext): Promise<void> {
  const { config, options, print } = context;
  const out = typeof options["out"] === "string" ? options["out"] : "door.png";
  const at = momentOf(options["at"]);
  const replica = await context.openReplica("read");
  try {
    const venue = venueNamed(config.screen.venue, replica);
    const programme = replica.programme.door(venue, at);
    const state = { clock: "sure", now: at, peers: 0, everHadPeer: false } as const;
    const screen = chooseScreen(config.screen);
    const renderer = createRenderer(screen.name, screen.rotation);
    await writeFile(out, pngOf(renderer.draw(doorScene(programme, state, wordsFor(config.screen.language)))));
    print(options["json"] ? JSON.stringify({ out, venue, screen: screen.name, at }) : `${out}: ${venue}`);
  } finally {
    await replica.close();
  }
}

/** Seconds since 1970 UTC. */
function momentOf(text: unknown): number {
  if (typeof text !== "string") return Math.floor(Date.now() / 1000);
  try {
    return Math.floor(Temporal.Instant.from(text).epochMilliseconds / 1000);
  } catch (cause) {
    throw new CommandError("E_USAGE", `Cannot read --at: "${text}" is not a moment like 2026-01-31T10:45:00+01:00`, {
      cause,
    });
  }
}

function venueNamed(wanted: string | undefined, { programme }: OpenedReplica): string {
  const venues = programme.venues();
  if (wanted === undefined) {
    const first = venues[0];
    if (first !== undefined) return first;
    throw new CommandError("E_VENUE_UNKNOWN", "Cannot render: no venue is known here yet; name one with --venue");
  }
  if (venues.includes(wanted)) return wanted;
  const near = venues.find((venue) => venue.toLowerCase() === wanted.toLowerCase()) ?? nearestWord(wanted, venues);
  const hint =
    near === undefined ? `; known are ${venues.slice(0, NAMED_VENUES).join(", ")}` : `; did you mean "${near}"?`;
  throw new CommandError("E_VENUE_UNKNOWN", `Cannot render: no venue is called "${wanted}"${hint}`);
}
