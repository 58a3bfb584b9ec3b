// The words beside the buttons: what a press would do here and now (display.md §8.2), or what the last one did.
import type { DoorView } from "./door-view.ts";
import { joinedSlot } from "./joined-slot.ts";
import type { Footer, Scene } from "./scene.ts";

export function footerOf(door: DoorView, body: Scene["body"]): Footer {
  const { state, words, programme } = door;
  const toast = toastOf(door);
  if (toast !== undefined) return { labels: [], toast };
  if (programme.empty || state.clock === "unsure") return { labels: [] };
  if (body.kind === "list") return { labels: [{ shape: "triangle", text: words.button.back }] };
  const meet = { shape: "square", text: words.button.meet } as const;
  const more = { shape: "triangle", text: words.button.more, ...markDetail(door) } as const;
  return { labels: [...(body.kind === "slot" ? joinLabel(door) : []), meet, more] };
}

/** Of a page that a button opened: another press is answered there too. */
export function pageFooterOf(door: DoorView, label: string | undefined): Footer {
  const toast = toastOf(door);
  if (toast !== undefined) return { labels: [], toast };
  return { labels: label === undefined ? [] : [{ shape: "triangle", text: label }] };
}

/** That lagerfeuer.toml has mistakes, where they do not stand themselves. */
export function noteOf({ state: { mistakes = [] }, words }: DoorView): { readonly note?: string } {
  return mistakes.length === 0 ? {} : { note: words.mistakes.note(mistakes.length, mistakes[0]?.line) };
}

function joinLabel({ programme, state, words, times }: DoorView): Footer["labels"] {
  const slot = joinedSlot(programme, state.now);
  if (slot === undefined) return [];
  const isLead = slot === (programme.now[0] ?? programme.next[0]);
  const { door, people } = slot.going;
  const counts = [...(door > 0 ? [words.atTheDoor(door)] : []), ...(people > 0 ? [words.byPhone(people)] : [])];
  const text = isLead ? words.button.imIn : `${words.button.imIn} ${times.clock(slot.start)}`;
  return [{ shape: "circle", text, ...(counts.length > 0 && { detail: counts.join(" + ") }) }];
}

function markDetail({ state: { mark }, words }: DoorView): { readonly detail?: string } {
  return mark === undefined ? {} : { detail: words.hold(words.state[mark]) };
}

function toastOf({ state: { toast }, words, times }: DoorView): string | undefined {
  switch (toast?.kind) {
    case undefined:
      return undefined;
    case "counted":
      return words.toast.counted(toast.door);
    case "nothing-to-join":
      return words.toast.nothingToJoin;
    case "undone":
      return words.toast.undone;
    case "nothing-to-undo":
      return words.toast.nothingToUndo;
    case "hold-to-meet":
      return words.toast.holdToMeet;
    case "meetup":
      return words.toast.meetup(times.near(toast.start));
    case "taken":
      return words.toast.taken;
    case "full":
      return words.toast.full;
    case "open":
      return words.toast.open;
    case "nothing-to-mark":
      return words.toast.nothingToMark;
    case "no-clock":
      return words.toast.noClock;
    case "one-moment":
      return words.toast.oneMoment;
  }
}
