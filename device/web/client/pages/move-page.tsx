// Another time for an event of mine. What it asked for is asked again for the new time (M-16).

import type { EventView } from "../festival/view.ts";
import { Trouble, useActing } from "../parts/acting.tsx";
import { useDraft } from "../parts/draft.ts";
import { TextField } from "../parts/field.tsx";
import { Empty, PageHead } from "../parts/page-head.tsx";
import { Said } from "../parts/said.tsx";
import { useScene } from "../parts/scene.tsx";
import { ClockFields } from "../parts/time-fields.tsx";
import { EMPTY_EVENT, type EventDraft, timeWords } from "./event-draft.ts";
import { goTo } from "./route.ts";

export function MovePage({ id }: { readonly id: string }) {
  const { view, words } = useScene();
  const event = view.eventById.get(id);
  return (
    <>
      <PageHead back>{words.make.moveTitle}</PageHead>
      {event === undefined ? <Empty>{words.event.gone}</Empty> : <Move event={event} />}
    </>
  );
}

function Move({ event }: { readonly event: EventView }) {
  const { phone, words, times, say } = useScene();
  const { start, end } = event.when?.m === "exact" ? event.when : { start: undefined, end: undefined };
  const draft = useDraft<EventDraft>(`move${event.id}`, {
    ...EMPTY_EVENT,
    timeKind: "exact",
    day: start === undefined ? (event.day ?? "") : times.dateOf(start),
    start: start === undefined ? "" : times.clockOf(start),
    end: end === undefined ? "" : times.clockOf(end),
  });
  const acting = useActing();
  const move = () =>
    acting.run(async () => {
      const to = timeWords(draft.fields);
      if (to === undefined) throw Object.assign(new Error("Cannot move: no time was given"), { code: "E_TIME" });
      await phone.acts.moveEvent(event.id, to);
      draft.clear();
      say(words.offer.changed);
      goTo("event", event.id);
    });
  return (
    <form
      class="form"
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault();
        void move();
      }}
    >
      <p>
        <Said text={event.title} />: <Said text={times.full(event) ?? words.common.sometime} />
      </p>
      <p class="hint">{words.make.moveSaid}</p>
      <TextField kind="date" label={words.make.day} value={draft.fields.day} change={(day) => draft.change({ day })} />
      <ClockFields draft={draft.fields} change={draft.change} />
      <Trouble acting={acting} />
      <button type="submit" class="button ember big" disabled={acting.busy}>
        {words.common.save}
      </button>
    </form>
  );
}
