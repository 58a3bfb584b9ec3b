// What one can do with an event: its author changes, moves or calls it off; everybody makes their own version or hides it.
import type { EventView } from "../festival/view.ts";
import { goTo, linkTo } from "../pages/route.ts";
import { useScene } from "./scene.tsx";

export function EventDeeds({ event }: { readonly event: EventView }) {
  const { phone, words, say } = useScene();
  const hide = async () => {
    await phone.local.hide("hidden", event.id, true);
    say(words.hidden.hidden);
    goTo("programme");
  };
  return (
    <div class="deeds">
      {event.mayChange && (
        <>
          <a class="button" href={linkTo("edit", event.id)}>
            {words.event.edit}
          </a>
          <a class="button" href={linkTo("ask", event.id)}>
            {words.event.askMore}
          </a>
          <a class="button" href={linkTo("move", event.id)}>
            {words.event.move}
          </a>
          <a class="button" href={linkTo("cancel", event.id)}>
            {words.event.cancelIt}
          </a>
        </>
      )}
      <a class="button" href={linkTo("fork", event.id)}>
        {words.event.ownVersion}
      </a>
      {!event.mayChange && (
        <>
          <a class="button" href={linkTo("ask", event.id)}>
            {words.event.askMore}
          </a>
          <button type="button" class="button quiet" onClick={() => void hide()}>
            {words.event.hide}
          </button>
        </>
      )}
    </div>
  );
}
