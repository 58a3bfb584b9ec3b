// What an event asks for, dot by dot; what others offer it; and what it is still looking for (the black board).
import type { EventView } from "../festival/view.ts";
import { DotTable } from "./dots.tsx";
import { Said } from "./said.tsx";
import { useScene } from "./scene.tsx";

export function Needs({ event }: { readonly event: EventView }) {
  const { words } = useScene();
  const { percent } = event.confirmed;
  return (
    <section class="needs">
      <h2>{words.event.needs}</h2>
      {event.requests.length === 0 ? (
        <p>{words.event.needsNothing}</p>
      ) : (
        <>
          {percent !== undefined && <Progress percent={percent} />}
          <DotTable requests={event.requests} />
        </>
      )}
      {event.suggestions.length > 0 && (
        <>
          <h3>{words.event.suggestions}</h3>
          <DotTable requests={event.suggestions} />
        </>
      )}
      {event.needs.length > 0 && (
        <>
          <h3>{words.event.blackboard}</h3>
          <ul class="black-board">
            {event.needs.map((need) => (
              <li key={need.id}>
                <strong>
                  <Said text={need.title} />
                </strong>
                {need.text !== undefined && <Said text={need.text} />}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Progress({ percent }: { readonly percent: number }) {
  const { words } = useScene();
  const said = words.event.percent(percent);
  return (
    <p class="confirmed">
      <progress max={100} value={percent} aria-label={said} /> {said}
    </p>
  );
}
