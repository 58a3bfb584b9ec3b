// The requests of an event as dots (D-30): green once somebody said yes, pink while it is open. Never by colour alone:
// each shape differs, and words say the same.
import type { RequestView } from "../festival/view.ts";
import { linkTo } from "../pages/route.ts";
import type { Words } from "../words/words.ts";
import { Said, SaidLink } from "./said.tsx";
import { useScene } from "./scene.tsx";
import { useName } from "./who.tsx";

const MARKS: Readonly<Record<RequestView["state"]["state"], string>> = {
  confirmed: "✓",
  open: "?",
  waiting: "…",
  declined: "–",
  released: "↩",
  withdrawn: "↩",
  dead: "–",
  "half heard": "?",
};

/** All in a row, for a list. */
export function Dots({ requests }: { readonly requests: readonly RequestView[] }) {
  const { words } = useScene();
  const lively = requests.filter(({ state }) => state.state !== "withdrawn");
  if (lively.length === 0) return null;
  const label = lively.map((request) => stateText(request, words)).join(", ");
  return (
    <span class="dots" role="img" aria-label={`${words.event.needs}: ${label}`}>
      {lively.map(({ id, state }) => (
        <i key={id} class={`dot ${kindOf(state.state)}`} />
      ))}
    </span>
  );
}

/** One by one, with their owners. */
export function DotTable({ requests }: { readonly requests: readonly RequestView[] }) {
  const { words, times } = useScene();
  const name = useName();
  return (
    <ul class="dot-table">
      {requests.map((request) => (
        <li key={request.id}>
          <i class={`dot big ${kindOf(request.state.state)}`} aria-hidden="true">
            {MARKS[request.state.state]}
          </i>
          <div>
            <SaidLink text={request.resourceTitle ?? words.dot.awaited} href={linkTo("thing", request.resource)} />
            {request.quantity > 1 && <span> × {times.number(request.quantity)}</span>}
            <p class="state">
              {stateText(request, words)}
              {request.state.state === "open" && request.answerer !== undefined && (
                <> · {words.dot.asks(name(request.answerer))}</>
              )}
            </p>
            {request.answerNote !== undefined && (
              <p class="quote">
                <Said text={request.answerNote} />
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

export function stateText({ state }: RequestView, { dot }: Words): string {
  switch (state.state) {
    case "confirmed":
      return state.shares ? dot.shares : dot.confirmed;
    case "open":
      return state.grant === undefined ? dot.open : dot.moved;
    case "waiting":
      return dot.waiting(state.position);
    default:
      return dot[state.state];
  }
}

function kindOf(state: RequestView["state"]["state"]): string {
  if (state === "confirmed") return "yes";
  return state === "open" || state === "waiting" || state === "half heard" ? "open" : "over";
}
