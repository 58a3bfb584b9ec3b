// Leaving a note or a picture with something: into the shoebox.
import { useState } from "preact/hooks";
import { Trouble, useActing } from "../parts/acting.tsx";
import { AsField } from "../parts/as-field.tsx";
import { useDraft } from "../parts/draft.ts";
import { Check, ChoiceField, TextField } from "../parts/field.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { PictureField } from "../parts/picture-field.tsx";
import { Said } from "../parts/said.tsx";
import { useScene } from "../parts/scene.tsx";
import type { NoteInput, PictureInput } from "../phone.ts";

const KINDS = ["note", "question", "thanks", "found", "minutes"] as const;
type Kind = (typeof KINDS)[number];

/** `id` is what the note is about. */
export function NotePage({ id }: { readonly id: string }) {
  const { phone, view, words, say } = useScene();
  const draft = useDraft(`note${id}`, { kind: "note" as Kind, text: "", consent: false, keep: false, as: "" });
  const [pictures, setPictures] = useState<readonly PictureInput[]>([]);
  const acting = useActing();
  const { kind, text, consent, keep, as } = draft.fields;
  const about = view.eventById.get(id)?.title ?? view.resourceById.get(id)?.title;
  const leave = async () => {
    const input: NoteInput = {
      ...(id !== "" && { about: id }),
      kind: kind === "note" && pictures.length > 0 ? "photo" : kind,
      ...(text.trim() !== "" && { text: text.trim() }),
      ...(pictures.length > 0 && { pictures, consent }),
      keep,
    };
    const done = await acting.run(async () => void (await phone.acts.note(input, as === "" ? {} : { as })));
    if (!done) return;
    draft.clear();
    say(words.make.published);
    history.back();
  };
  return (
    <>
      <PageHead back>{words.note.title}</PageHead>
      {about !== undefined && (
        <p>
          <Said text={about} />
        </p>
      )}
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() === "" && pictures.length === 0) acting.complain(words.trouble.E_FIELDS);
          else void leave();
        }}
      >
        <TextField
          label={words.note.words}
          value={text}
          rows={5}
          change={(changed) => draft.change({ text: changed })}
        />
        <ChoiceField
          label={words.make.kind}
          value={kind}
          change={(value) => draft.change({ kind: value as Kind })}
          choices={KINDS.map((value) => ({ value, label: words.note.kind[value] }))}
        />
        <PictureField pictures={pictures} change={setPictures} />
        {pictures.length > 0 && (
          <Check checked={consent} change={(checked) => draft.change({ consent: checked })}>
            {words.note.consent}
          </Check>
        )}
        <Check checked={keep} change={(checked) => draft.change({ keep: checked })}>
          {words.note.keep}
        </Check>
        <AsField value={as} change={(chosen) => draft.change({ as: chosen })} />
        <Trouble acting={acting} />
        <button type="submit" class="button ember big" disabled={acting.busy}>
          {words.note.leave}
        </button>
      </form>
    </>
  );
}
