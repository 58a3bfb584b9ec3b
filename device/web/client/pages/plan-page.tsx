// My plan: what I starred, what I said yes to and what I make, in one row with the gaps and overlaps in between (I-26).
import type { EventView, FestivalView } from "../festival/view.ts";
import { EventRow } from "../parts/event-row.tsx";
import { Empty, PageHead } from "../parts/page-head.tsx";
import { useScene } from "../parts/scene.tsx";
import { isRunning } from "./now-next.ts";

/** Shorter than this is just the way from one to the next. */
const MIN_GAP_SECONDS = 20 * 60;

export function PlanPage() {
  const { view, words } = useScene();
  const events = planned(view);
  const past = events.filter(({ span }) => span !== undefined && span.end <= view.clock.now);
  const ahead = events.filter((event) => !past.includes(event));
  return (
    <>
      <PageHead>{words.plan.title}</PageHead>
      <p class="hint">{words.plan.said}</p>
      {events.length === 0 && <Empty>{words.plan.empty}</Empty>}
      <Planned events={ahead} />
      {past.length > 0 && (
        <details class="past">
          <summary>{words.plan.past}</summary>
          <Planned events={past} />
        </details>
      )}
    </>
  );
}

function planned(view: FestivalView): readonly EventView[] {
  return view.events.filter(
    (event) => view.plan.has(event.id) || event.myRsvp?.going === "yes" || (event.mine && !event.imported),
  );
}

function Planned({ events }: { readonly events: readonly EventView[] }) {
  const { view, words, times } = useScene();
  const days = [...new Set(events.map(({ day }) => day))];
  return (
    <>
      {days.map((day) => (
        <section key={day ?? "sometime"} class="group">
          <h2 class="day-head">{day === undefined ? words.common.sometime : times.day(day)}</h2>
          <ul class="rows">
            {events
              .filter((event) => event.day === day)
              .map((event, index, ofDay) => (
                <>
                  <Between before={ofDay[index - 1]} event={event} />
                  <EventRow key={event.id} event={event} running={isRunning(event, view.clock.now)} />
                </>
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function Between({ before, event }: { readonly before: EventView | undefined; readonly event: EventView }) {
  const { words, times } = useScene();
  if (before?.span === undefined || event.span === undefined) return null;
  if (before.when?.m !== "exact" || event.when?.m !== "exact") return null;
  const gap = event.span.start - before.span.end;
  if (gap < 0) return <li class="between overlap">{words.plan.overlap}</li>;
  return gap < MIN_GAP_SECONDS ? null : <li class="between">{words.plan.gap(times.length(gap))}</li>;
}
