// What is wrong in lagerfeuer.toml, for whoever has just put the card back: each mistake with its line. The frame speaks
// the language of the screen, the mistakes that of the journal and the documentation.
import type { DoorProgramme } from "../programme/slot.ts";
import { alarmOf } from "./announcement-scene.ts";
import type { DeviceState, Mistake } from "./device-state.ts";
import { displayText } from "./display-text.ts";
import { frameOf } from "./door-scene.ts";
import { doorTimes } from "./door-times.ts";
import { pageFooterOf } from "./footer-scene.ts";
import type { MistakesBody, Scene } from "./scene.ts";
import type { Words } from "./words.ts";

/** An emergency matters more. Throws RangeError for a time zone this machine does not know. */
export function mistakesScene(programme: DoorProgramme, state: DeviceState, words: Words): Scene {
  const door = { programme, state, words, times: doorTimes(programme.timezone, state.now, words.lang) };
  const { strip: _, ...frame } = frameOf(door, words.mistakes.heading);
  return {
    ...frame,
    body: alarmOf(door) ?? bodyOf(state.mistakes ?? [], words),
    footer: pageFooterOf(door, undefined),
  };
}

function bodyOf(mistakes: readonly Mistake[], words: Words): MistakesBody {
  return {
    kind: "mistakes",
    mistakes: mistakes.map(({ line, text }) => ({
      ...(line !== undefined && { line: words.mistakes.line(line) }),
      text: { text: displayText(text), lang: "en" },
    })),
    detail: words.mistakes.detail,
  };
}
