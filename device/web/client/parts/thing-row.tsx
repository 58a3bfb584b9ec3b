// One place or thing in a list, with what it is doing now: in colour and in words.
import type { ResourceView } from "../festival/view.ts";
import { linkTo } from "../pages/route.ts";
import { Said, SaidLink } from "./said.tsx";
import { useScene } from "./scene.tsx";
import { useName } from "./who.tsx";

export type ThingState = "free" | "taken" | "closed" | "none";

export function ThingRow({ thing }: { readonly thing: ResourceView }) {
  const { view, words } = useScene();
  const name = useName();
  const state = stateNow(thing, view.clock.now);
  return (
    <li class="row thing-row">
      <i class={`lamp ${state}`} aria-hidden="true" />
      <div class="row-body">
        <h3 class="row-title">
          <SaidLink text={thing.title} lang={thing.lang} href={linkTo("thing", thing.id)} />
        </h3>
        <p class="row-line">
          <span class="where">
            <span>{words.things.states[state]}</span>
            {thing.capacity !== undefined && thing.capacity > 0 && <span>{words.thing.holds(thing.capacity)}</span>}
            {!thing.imported && (
              <span>
                {words.thing.lentBy} <Said text={thing.mine ? words.common.me : name(thing.author)} />
              </span>
            )}
            {thing.asked > 0 && <strong class="mark idea">{words.things.asked(thing.asked)}</strong>}
          </span>
        </p>
      </div>
    </li>
  );
}

export function stateNow(thing: ResourceView, now: number): ThingState {
  if (thing.policy === "none") return "none";
  const covers = ({ start, end }: { readonly start: number; readonly end: number }) => start <= now && now < end;
  if (thing.closed.some(covers)) return "closed";
  if (thing.open.length > 0 && !thing.open.some(covers)) return "closed";
  const held = thing.taken.filter(({ span }) => covers(span)).reduce((sum, { quantity }) => sum + quantity, 0);
  return thing.quantity > 0 && held >= thing.quantity ? "taken" : "free";
}
