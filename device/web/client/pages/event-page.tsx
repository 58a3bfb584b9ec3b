// One event: when, where, who, what it asks for and who comes; then what people left there, and what one can do with it.
import type { EventView } from "../festival/view.ts";
import { EventDeeds } from "../parts/event-deeds.tsx";
import { EventFacts } from "../parts/event-facts.tsx";
import { Star } from "../parts/event-row.tsx";
import { Going } from "../parts/going.tsx";
import { Lineage } from "../parts/lineage.tsx";
import { Needs } from "../parts/needs.tsx";
import { Notes } from "../parts/notes.tsx";
import { Empty, PageHead } from "../parts/page-head.tsx";
import { Photo } from "../parts/photo.tsx";
import { Said, SaidLong } from "../parts/said.tsx";
import { useScene } from "../parts/scene.tsx";
import { useName } from "../parts/who.tsx";
import { linkTo } from "./route.ts";

export function EventPage({ id }: { readonly id: string }) {
  const { view, words } = useScene();
  const event = view.eventById.get(id);
  if (event === undefined) {
    return (
      <>
        <PageHead back>{words.common.sometime}</PageHead>
        <Empty>{words.event.gone}</Empty>
      </>
    );
  }
  return <EventOf event={event} />;
}

function EventOf({ event }: { readonly event: EventView }) {
  const { view, words } = useScene();
  const name = useName();
  return (
    <>
      <PageHead back beside={<Star event={event} planned={view.plan.has(event.id)} />}>
        <span class={event.status === "cancelled" ? "off" : undefined}>
          <Said text={event.title} lang={event.lang} />
        </span>
      </PageHead>
      {event.status !== "planned" && <p class={`mark big ${event.status}`}>{words.event[event.status]}</p>}
      {event.news !== undefined && (
        <p class="news big">
          <Said text={event.news} lang={event.lang} />
        </p>
      )}
      {event.summary !== undefined && (
        <div class="summary">
          <SaidLong text={event.summary} lang={event.lang} />
        </div>
      )}
      <EventFacts event={event} />
      <Going event={event} />
      {event.text !== undefined && <SaidLong text={event.text} lang={event.lang} />}
      {event.pictures.map((picture) => (
        <Photo key={picture.hash} picture={picture} alt={words.note.alt(name(event.author))} />
      ))}
      <Needs event={event} />
      <Notes about={event.id} notes={event.notes} />
      <Row event={event} />
      <Lineage lineage={event.lineage} reuse={event.reuse} />
      <EventDeeds event={event} />
      <p class="carried">{words.event.devices(event.devices)}</p>
    </>
  );
}

/** The others of its series. */
function Row({ event }: { readonly event: EventView }) {
  const { view, words, times } = useScene();
  const series = view.series.find(({ id }) => id === event.series);
  if (series === undefined) return null;
  const others = series.events.flatMap((id) => (id === event.id ? [] : (view.eventById.get(id) ?? [])));
  return (
    <section>
      <h2>{words.event.nextOnes}</h2>
      {series.rule !== undefined && (
        <p>
          <Said text={series.rule} />
        </p>
      )}
      <ul class="plain">
        {others.map((other) => (
          <li key={other.id}>
            <a href={linkTo("event", other.id)} class={other.status === "cancelled" ? "off" : undefined}>
              {times.full(other) ?? <Said text={other.title} />}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
