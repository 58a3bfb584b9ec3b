// One place or thing: what it is, when it is free, who decides, and its story.
import { useState } from "preact/hooks";
import type { ResourceView } from "../festival/view.ts";
import { Trouble, useActing } from "../parts/acting.tsx";
import { DayList } from "../parts/day-list.tsx";
import { Fact } from "../parts/event-facts.tsx";
import { Lineage } from "../parts/lineage.tsx";
import { Notes } from "../parts/notes.tsx";
import { Empty, PageHead } from "../parts/page-head.tsx";
import { Photo } from "../parts/photo.tsx";
import { Said, SaidLong } from "../parts/said.tsx";
import { useScene } from "../parts/scene.tsx";
import { SlotGrid } from "../parts/slot-grid.tsx";
import { stateNow } from "../parts/thing-row.tsx";
import { useName, Who } from "../parts/who.tsx";
import { goTo, linkTo } from "./route.ts";

export function ThingPage({ id }: { readonly id: string }) {
  const { view, words } = useScene();
  const thing = view.resourceById.get(id);
  if (thing !== undefined) return <ThingOf thing={thing} />;
  return (
    <>
      <PageHead back>{words.things.title}</PageHead>
      <Empty>{words.event.gone}</Empty>
    </>
  );
}

function ThingOf({ thing }: { readonly thing: ResourceView }) {
  const { view, words } = useScene();
  const name = useName();
  const state = stateNow(thing, view.clock.now);
  const events = thing.events.flatMap((id) => view.eventById.get(id) ?? []);
  const notes = view.notes.filter(({ about }) => about === thing.id).toReversed();
  return (
    <>
      <PageHead back>
        <Said text={thing.title} lang={thing.lang} />
      </PageHead>
      <p class="thing-state">
        <i class={`lamp ${state}`} aria-hidden="true" /> {words.thing.kinds[thing.kind]} · {words.things.states[state]}
      </p>
      {thing.text !== undefined && <SaidLong text={thing.text} lang={thing.lang} />}
      {thing.pictures.map((picture) => (
        <Photo key={picture.hash} picture={picture} alt={words.note.alt(name(thing.author))} />
      ))}
      <ThingFacts thing={thing} />
      {thing.policy !== "none" && <FreeTimes thing={thing} />}
      <section>
        <h2>{thing.kind === "venue" ? words.thing.history : words.thing.historyThing}</h2>
        {events.length === 0 ? <Empty>{words.thing.noHistory}</Empty> : <DayList events={events} />}
      </section>
      <Notes about={thing.id} notes={notes} />
      <Lineage lineage={thing.lineage} reuse={thing.reuse} />
      <ThingDeeds thing={thing} />
    </>
  );
}

function ThingFacts({ thing }: { readonly thing: ResourceView }) {
  const { words, times } = useScene();
  const { place } = thing;
  const street = [place?.addr?.street, place?.addr?.code, place?.addr?.city].filter(Boolean).join(" ");
  const count =
    thing.quantity === 0 ? words.thing.unlimited : words.thing.quantity(times.number(thing.quantity), thing.unit ?? "");
  return (
    <dl class="facts">
      {(place?.text !== undefined || street !== "") && (
        <Fact name={words.event.where}>
          <Said text={[place?.text, street].filter(Boolean).join(", ")} />
        </Fact>
      )}
      {place?.how !== undefined && (
        <Fact name={words.thing.find}>
          <SaidLong text={place.how} />
        </Fact>
      )}
      {thing.access !== undefined && (
        <Fact name={words.event.access}>
          <SaidLong text={thing.access} lang={thing.lang} />
        </Fact>
      )}
      {thing.kind !== "venue" && <Fact name={words.offer.quantity}>{<Said text={count} />}</Fact>}
      {thing.capacity !== undefined && thing.capacity > 0 && (
        <Fact name={words.offer.capacity}>{times.number(thing.capacity)}</Fact>
      )}
      <Fact name={words.event.who}>
        {thing.imported ? words.event.brought : words.thing.lentBy} <Who author={thing.author} />
      </Fact>
      <Fact name={words.offer.decides}>{words.thing.decides[thing.policy]}</Fact>
      {thing.doubt !== undefined && <p class="news">{words.thing.doubt[thing.doubt]}</p>}
    </dl>
  );
}

function FreeTimes({ thing }: { readonly thing: ResourceView }) {
  const { view, words, times } = useScene();
  const [day, setDay] = useState(times.dateOf(view.clock.now));
  return (
    <section class="free-times">
      <h2>{words.thing.free}</h2>
      <p class="hint">{words.thing.freeSeen}</p>
      <div class="field">
        <label for="free-day">{words.make.day}</label>
        <input id="free-day" type="date" value={day} onInput={(event) => setDay(event.currentTarget.value || day)} />
      </div>
      <SlotGrid resource={thing.id} day={day} />
    </section>
  );
}

function ThingDeeds({ thing }: { readonly thing: ResourceView }) {
  const { phone, words, say } = useScene();
  const acting = useActing();
  const takeBack = () =>
    acting.run(async () => {
      await phone.acts.withdraw(thing.id);
      say(words.common.done);
      goTo("things");
    });
  return (
    <>
      <div class="deeds">
        {thing.policy !== "none" && (
          <a class="button ember" href={linkTo("make", thing.id)}>
            {words.thing.useIt}
          </a>
        )}
        {thing.mayChange && (
          <a class="button" href={linkTo("change", thing.id)}>
            {words.thing.edit}
          </a>
        )}
        {!thing.mayChange && (
          <button
            type="button"
            class="button"
            onClick={() => void acting.run(async () => goTo("thing", await phone.acts.fork(thing.id)))}
          >
            {words.event.ownVersion}
          </button>
        )}
        {!thing.mayChange && (
          <button
            type="button"
            class="button quiet"
            onClick={() => void phone.local.hide("hidden", thing.id, true).then(() => goTo("things"))}
          >
            {words.event.hide}
          </button>
        )}
      </div>
      {thing.mayChange && (
        <details class="take-back">
          <summary>{words.thing.withdraw}</summary>
          <p>{words.offer.withdrawSaid}</p>
          <button type="button" class="button" disabled={acting.busy} onClick={() => void takeBack()}>
            {words.offer.withdrawTitle}
          </button>
        </details>
      )}
      <Trouble acting={acting} />
    </>
  );
}
