// Letters that the typeface lacks. A browser looks for a font that has one when it first lays it out, which takes a slow phone
// longer than a frame; here it does so while nobody waits, not when somebody scrolls there.
import type { EventView } from "../festival/view.ts";

/** Beyond what the typeface has (style/ground.css) and Latin that each phone has. */
const RARE = /[^\p{ASCII}\u0080-\u024f\u2000-\u206f\u20ac\u2122\u2190-\u2193]/gu;
/** Letters so near to each other mostly are in one font: the first stands for all. */
const RANGE_LETTERS = 256;
/** Each takes some milliseconds; a programme in many scripts has no end of them. */
const MAX_RANGES = 64;
/** Where a browser does not tell when it is idle. */
const SOON_MS = 200;

const looked = new WeakSet<EventView>();
const ranges = new Set<number>();
const letters: string[] = [];
let isWaiting = false;

/** Of what rows say of these events. */
export function findFonts(events: readonly EventView[]): void {
  for (const event of events) {
    if (looked.has(event)) continue;
    looked.add(event);
    const names = [...event.hosts, ...event.places].map(({ name }) => name ?? "");
    letters.push(...rareLetters([event.title, ...names].join(""), ranges));
  }
  if (letters.length > 0 && !isWaiting) wait();
}

/** The first letter of each range that is not among `known` yet, and is from now on. */
export function rareLetters(text: string, known: Set<number>): readonly string[] {
  return (text.match(RARE) ?? []).filter((letter) => {
    const range = Math.floor((letter.codePointAt(0) ?? 0) / RANGE_LETTERS);
    if (known.has(range) || known.size >= MAX_RANGES) return false;
    known.add(range);
    return true;
  });
}

function wait(): void {
  isWaiting = true;
  if (typeof requestIdleCallback === "function") requestIdleCallback(layOutNext);
  else setTimeout(layOutNext, SOON_MS);
}

/** As a title and as a name: each weight has a font of its own. */
function layOutNext(): void {
  isWaiting = false;
  const trial = document.createElement("div");
  trial.className = "trial";
  trial.ariaHidden = "true";
  const letter = letters.shift() ?? "";
  for (const kind of ["row-title", "row-line"]) {
    const line = document.createElement("p");
    line.className = kind;
    line.textContent = letter;
    trial.append(line);
  }
  document.body.append(trial);
  trial.getBoundingClientRect();
  trial.remove();
  if (letters.length > 0) wait();
}
