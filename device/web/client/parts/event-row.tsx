// One event in a list: when, what, where, who, its dots, and the star that puts it into one's own plan.
import { useMemo } from "preact/hooks";
import type { EventView } from "../festival/view.ts";
import { linkTo } from "../pages/route.ts";
import { Dots } from "./dots.tsx";
import { Icon } from "./icon.tsx";
import { plainLine } from "./plain-text.ts";
import { Said, SaidLink } from "./said.tsx";
import { useScene } from "./scene.tsx";

export interface EventRowProps {
  readonly event: EventView;
  readonly running?: boolean;
  /** With its day, where no heading above says it. */
  readonly dated?: boolean;
}

/** Draws anew only if its event, its star or the language changed: lists are long. */
export function EventRow({ event, running = false, dated = false }: EventRowProps) {
  const { view, words, times } = useScene();
  const planned = view.plan.has(event.id);
  return useMemo(
    () => <Row event={event} running={running} dated={dated} planned={planned} />,
    [event, running, dated, planned, words, times],
  );
}

function Row({ event, running, dated, planned }: Required<EventRowProps> & { readonly planned: boolean }) {
  const { words } = useScene();
  const off = event.status === "cancelled";
  return (
    <li class={`row event-row${running ? " running" : ""}${off ? " off" : ""}`}>
      <Clock event={event} dated={dated} />
      <div class="row-body">
        <h3 class="row-title">
          <SaidLink text={event.title} lang={event.lang} href={linkTo("event", event.id)} />
        </h3>
        <p class="row-line">
          {event.status !== "planned" && <strong class={`mark ${event.status}`}>{words.event[event.status]}</strong>}
          {running && <strong class="mark now">{words.event.now}</strong>}
          <Where event={event} />
          <Dots requests={event.requests} />
        </p>
        {event.news !== undefined && (
          <p class="news">
            <Said text={event.news} lang={event.lang} />
          </p>
        )}
      </div>
      <Star event={event} planned={planned} />
    </li>
  );
}

function Clock({ event, dated }: { readonly event: EventView; readonly dated: boolean }) {
  const { words, times } = useScene();
  const { when, wasStart, day } = event;
  const exact = when?.m === "exact";
  return (
    <p class={exact ? "clock exact" : "clock"}>
      {dated && day !== undefined && <span class="clock-day">{times.shortDay(day)}</span>}
      {exact ? <span class="clock-start">{times.time(when.start)}</span> : <Said text={times.span(event) ?? "–"} />}
      {exact && when.end !== undefined && !when.endOpen && <span class="clock-end">{times.time(when.end)}</span>}
      {wasStart !== undefined && <span class="clock-was">{words.event.was(times.time(wasStart))}</span>}
    </p>
  );
}

/** Places and people, in the order in which somebody at a crossing asks for them. */
function Where({ event }: { readonly event: EventView }) {
  const { words } = useScene();
  const { places, hosts } = event;
  const said = [
    ...places.flatMap(({ doc, name, state }) => [
      BETWEEN,
      <Said key={doc ?? name} class={`place ${state}`} text={name ?? words.event.awaitedPlace} />,
      state === "lost" && <span class="place lost"> ({words.event.lostPlace})</span>,
    ]),
    ...hosts.slice(0, MAX_HOSTS).flatMap(({ key, name }) => [BETWEEN, <Said key={key ?? name} text={name} />]),
    hosts.length > MAX_HOSTS && `${BETWEEN}…`,
  ];
  return <span class="where">{said.slice(1)}</span>;
}

const BETWEEN = " · ";
const MAX_HOSTS = 3;

export function Star({ event, planned }: { readonly event: EventView; readonly planned: boolean }) {
  const { phone, words } = useScene();
  return (
    <button
      type="button"
      class={planned ? "round star kept" : "round star"}
      aria-pressed={planned}
      aria-label={`${words.event.keep}: ${plainLine(event.title)}`}
      onClick={() => void phone.local.plan(event.id, !planned)}
    >
      <Icon name="plan" full={planned} />
    </button>
  );
}
