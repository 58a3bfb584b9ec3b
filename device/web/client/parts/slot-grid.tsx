// A day of a place or thing in its owner's slots: free, taken, closed, as far as this phone knows. To look at, or to
// choose from: the first press takes a slot, a second one further on takes all between (H-05).
import type { Span } from "../../../../protocol/festival/span.ts";
import { useScene } from "./scene.tsx";

export interface SlotGridProps {
  readonly resource: string;
  /** "YYYY-MM-DD" */
  readonly day: string;
  readonly chosen?: Span | undefined;
  readonly choose?: (span: Span) => void;
}

export function SlotGrid({ resource, day, chosen, choose }: SlotGridProps) {
  const { phone, words, times } = useScene();
  const slots = phone.questions.slots(resource, day);
  if (slots.length === 0) return <p class="empty">{words.thing.nothingFree}</p>;
  return (
    <ul class="slots">
      {slots.map((slot) => {
        const label = (
          <>
            <span>{times.time(slot.start)}</span> <small>{words.thing.state[slot.state]}</small>
          </>
        );
        const within = chosen !== undefined && chosen.start <= slot.start && slot.end <= chosen.end;
        return (
          <li key={slot.start} class={`slot ${slot.state}`}>
            {choose === undefined ? (
              <span class="slot-face">{label}</span>
            ) : (
              <button
                type="button"
                class="slot-face"
                aria-pressed={within}
                onClick={() => choose(extended(chosen, slot))}
              >
                {label}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** From a slot that was chosen to a later one; anything else begins anew. */
function extended(chosen: Span | undefined, { start, end }: Span): Span {
  return chosen !== undefined && chosen.start < start && chosen.end <= start
    ? { start: chosen.start, end }
    : { start, end };
}
