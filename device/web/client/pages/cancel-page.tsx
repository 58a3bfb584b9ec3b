// Calling an event of mine off: cancelled, postponed or taken away, with a word for those who had planned on it (M-15).
import { Trouble, useActing } from "../parts/acting.tsx";
import { useDraft } from "../parts/draft.ts";
import { TextField } from "../parts/field.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { Said } from "../parts/said.tsx";
import { useScene } from "../parts/scene.tsx";
import { goTo } from "./route.ts";

const WAYS = ["cancelled", "postponed", "withdrawn"] as const;

export function CancelPage({ id }: { readonly id: string }) {
  const { phone, view, words, say } = useScene();
  const draft = useDraft(`cancel${id}`, { note: "" });
  const acting = useActing();
  const event = view.eventById.get(id);
  const call = (as: (typeof WAYS)[number]) =>
    acting.run(async () => {
      const note = draft.fields.note.trim();
      await phone.acts.cancelEvent(id, { as, ...(note !== "" && { note }) });
      draft.clear();
      say(words.common.done);
      if (as === "withdrawn") goTo("programme");
      else goTo("event", id);
    });
  return (
    <>
      <PageHead back>{words.make.cancelTitle}</PageHead>
      {event !== undefined && (
        <p>
          <Said text={event.title} />
        </p>
      )}
      <div class="form">
        <TextField
          label={words.make.cancelNote}
          value={draft.fields.note}
          maxLength={200}
          change={(note) => draft.change({ note })}
        />
        {WAYS.map((way) => (
          <section key={way} class="way-out">
            <p>{words.make[way]}</p>
            <button type="button" class="button" disabled={acting.busy} onClick={() => void call(way)}>
              {words.make.do[way]}
            </button>
          </section>
        ))}
        <Trouble acting={acting} />
      </div>
    </>
  );
}
