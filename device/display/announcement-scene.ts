// What organisers say to everybody: an emergency has the whole screen, news a place above the programme. Whoever
// interrupts is named, and until when it holds (display.md §1.4).
import type { Announcement } from "../programme/slot.ts";
import { displayText, isolate } from "./display-text.ts";
import type { DoorView } from "./door-view.ts";
import type { AlarmBody, Announced, ProgrammeText } from "./scene.ts";

/** The newest that is still in force. */
export function alarmOf(door: DoorView): AlarmBody | undefined {
  const [alarm] = inForce(door, "emergency");
  return alarm && { kind: "alarm", text: textOf(alarm), by: signature(door, alarm) };
}

export function announcedOf(door: DoorView): Announced | undefined {
  const [news, ...others] = inForce(door, "news");
  return news && { text: textOf(news), by: signature(door, news), more: others.length };
}

/** Without a clock nothing is known to be over: a warning that stays too long is better than one that is not read. */
function inForce({ programme, state }: DoorView, urgency: Announcement["urgency"]): readonly Announcement[] {
  return (programme.announcements ?? []).filter(
    (one) => one.urgency === urgency && (state.clock === "unsure" || one.expires > state.now),
  );
}

function signature({ times, words }: DoorView, { author, at, expires }: Announcement): string {
  const name = displayText(author);
  const parts = [times.near(at), words.validUntil(times.near(expires))];
  return (name === "" ? parts : [isolate(name), ...parts]).join(" · ");
}

function textOf({ text, lang }: Announcement): ProgrammeText {
  return { text: displayText(text), ...(lang !== undefined && { lang }) };
}
