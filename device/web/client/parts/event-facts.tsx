// When, where, who: the three questions at a crossing, then what else its author says.
import type { ComponentChildren } from "preact";
import type { EventPlace, EventView } from "../festival/view.ts";
import { linkTo } from "../pages/route.ts";
import { FarLink, webAddress } from "./far-link.tsx";
import { Said, SaidLong } from "./said.tsx";
import { useScene } from "./scene.tsx";
import { timesOf } from "./times.ts";
import { Who } from "./who.tsx";

export function EventFacts({ event }: { readonly event: EventView }) {
  const { words, times } = useScene();
  const live = event.links.find(({ rel, url }) => rel === "stream" && webAddress(url) !== undefined);
  return (
    <dl class="facts">
      <Fact name={words.event.when}>
        <Said text={times.full(event) ?? words.common.sometime} />
        <OtherTimes event={event} />
      </Fact>
      <Fact name={words.event.where}>
        {event.places.length === 0 && words.common.nowhere}
        {event.places.map((place) => (
          <Place key={place.doc ?? place.name} place={place} />
        ))}
        {event.wasAt.map((name) => (
          <p key={name} class="was">
            {words.event.movedFrom(name)}
          </p>
        ))}
      </Fact>
      <Fact name={words.event.who}>
        <Hosts event={event} />
      </Fact>
      {event.access !== undefined && (
        <Fact name={words.event.access}>
          <SaidLong text={event.access} lang={event.lang} />
        </Fact>
      )}
      {event.tags.length > 0 && (
        <Fact name={words.programme.topic}>
          {event.tags.map((tag) => (
            <span key={tag} class="tag">
              <Said text={tag} />
            </span>
          ))}
        </Fact>
      )}
      {live !== undefined && (
        <Fact name={words.event.join}>
          <FarLink target={live} />
        </Fact>
      )}
      <Links event={event} />
      {event.record !== undefined && <p class="record">{words.event.recorded[event.record]}</p>}
    </dl>
  );
}

export function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Where it was before, and what one's own clock says far from home (R-31, M-16). */
function OtherTimes({ event }: { readonly event: EventView }) {
  const { view, words, times } = useScene();
  const { timezone, ownTimezone } = view.clock;
  const own =
    ownTimezone === timezone || event.when?.m !== "exact" ? undefined : timesOf(words, ownTimezone).span(event);
  return (
    <>
      {event.wasStart !== undefined && <p class="was">{words.event.was(times.moment(event.wasStart))}</p>}
      {own !== undefined && own !== times.span(event) && <p class="own-clock">{words.event.here(own)}</p>}
    </>
  );
}

function Place({ place }: { readonly place: EventPlace }) {
  const { words } = useScene();
  const name = <Said text={place.name ?? words.event.awaitedPlace} />;
  return (
    <p class={`place ${place.state}`}>
      {place.doc === undefined || place.state === "lost" ? name : <a href={linkTo("thing", place.doc)}>{name}</a>}
      {place.state === "lost" && ` (${words.event.lostPlace})`}
    </p>
  );
}

function Hosts({ event }: { readonly event: EventView }) {
  const { words } = useScene();
  return (
    <>
      {event.hosts.map((host) => (
        <p key={host.key ?? host.name}>
          {host.key === undefined ? <Said text={host.name} /> : <Who author={host.key} name={host.name} />}
          {host.role !== undefined && (
            <>
              {" "}
              · <Said text={host.role} />
            </>
          )}
        </p>
      ))}
      {(event.imported || !event.hosts.some(({ key }) => key === event.author)) && (
        <p class="made-by">
          {event.imported ? words.event.brought : words.event.hostedBy} <Who author={event.author} />
        </p>
      )}
    </>
  );
}

function Links({ event }: { readonly event: EventView }) {
  const { words } = useScene();
  const links = event.links.filter(({ rel }) => rel !== "stream");
  if (links.length === 0) return null;
  return (
    <Fact name={words.event.links}>
      {links.map((link) => (
        <p key={link.url}>
          <FarLink target={link} />
        </p>
      ))}
    </Fact>
  );
}
