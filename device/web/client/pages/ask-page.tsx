// Asking for a place or a thing for an event: one's own, or as an offer to somebody else's (M-33).
import type { EventView } from "../festival/view.ts";
import { Trouble, useActing } from "../parts/acting.tsx";
import { useDraft } from "../parts/draft.ts";
import { ClashHint } from "../parts/event-fields.tsx";
import { SelectField, TextField } from "../parts/field.tsx";
import { Empty, PageHead } from "../parts/page-head.tsx";
import { Said } from "../parts/said.tsx";
import { useScene } from "../parts/scene.tsx";
import { goTo } from "./route.ts";

export function AskPage({ id }: { readonly id: string }) {
  const { view, words } = useScene();
  const event = view.eventById.get(id);
  const bookable = event?.when?.m === "exact" && event.when.end !== undefined;
  return (
    <>
      <PageHead back>{words.make.askTitle}</PageHead>
      {event === undefined && <Empty>{words.event.gone}</Empty>}
      {event !== undefined && !bookable && <Empty>{words.make.noTime}</Empty>}
      {event !== undefined && bookable && <Ask event={event} />}
    </>
  );
}

function Ask({ event }: { readonly event: EventView }) {
  const { phone, view, words, times, say } = useScene();
  const lent = view.resources.filter(({ policy }) => policy !== "none");
  const draft = useDraft(`ask${event.id}`, { resource: lent[0]?.id ?? "", quantity: "1", note: "" });
  const acting = useActing();
  const { resource, quantity, note } = draft.fields;
  const ask = () =>
    acting.run(async () => {
      const count = Math.max(1, Number(quantity) || 1);
      await phone.acts.ask(event.id, { resource, quantity: count, ...(note.trim() !== "" && { note: note.trim() }) });
      draft.clear();
      say(words.common.done);
      goTo("event", event.id);
    });
  if (lent.length === 0) return <Empty>{words.things.empty}</Empty>;
  return (
    <form
      class="form"
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault();
        void ask();
      }}
    >
      <p>
        <Said text={event.title} />: <Said text={times.full(event) ?? ""} />
      </p>
      <SelectField
        label={words.things.title}
        value={resource}
        change={(chosen) => draft.change({ resource: chosen })}
        choices={lent.map(({ id, title }) => ({ value: id, label: title }))}
      />
      <ClashHint resource={resource} span={event.span} />
      <TextField
        kind="number"
        label={words.offer.quantity}
        value={quantity}
        change={(count) => draft.change({ quantity: count })}
      />
      <TextField
        label={words.asked.words}
        value={note}
        maxLength={200}
        change={(text) => draft.change({ note: text })}
      />
      <Trouble acting={acting} />
      <button type="submit" class="button ember big" disabled={acting.busy}>
        {words.make.ask}
      </button>
    </form>
  );
}
