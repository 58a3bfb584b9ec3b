// Events under the days on which they begin. The head of a day stays in sight while one reads through it.
import type { EventView } from "../festival/view.ts";
import { isRunning } from "../pages/now-next.ts";
import { EventRow } from "./event-row.tsx";
import { LongList } from "./long-list.tsx";
import { useScene } from "./scene.tsx";

export function DayList({ events }: { readonly events: readonly EventView[] }) {
  const { view, words, times } = useScene();
  const { now } = view.clock;
  return (
    <>
      {byDay(events).map(({ day, events: ofDay }, index) => (
        <section key={day ?? "sometime"} class="group">
          <h2 class="day-head">{day === undefined ? words.common.sometime : times.day(day)}</h2>
          <LongList
            items={ofDay}
            first={index === 0}
            draw={(event) => <EventRow key={event.id} event={event} running={isRunning(event, now)} />}
          />
        </section>
      ))}
    </>
  );
}

interface DayOf {
  readonly day: string | undefined;
  readonly events: EventView[];
}

/** Keeps the order of the list: it is sorted by time. */
function byDay(events: readonly EventView[]): readonly DayOf[] {
  const days = new Map<string | undefined, DayOf>();
  for (const event of events) {
    const known = days.get(event.day);
    if (known === undefined) days.set(event.day, { day: event.day, events: [event] });
    else known.events.push(event);
  }
  return [...days.values()];
}
