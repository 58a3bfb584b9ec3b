// The shoebox: what people left about something, oldest first.
import type { NoteView } from "../festival/view.ts";
import { linkTo } from "../pages/route.ts";
import { useActing } from "./acting.tsx";
import { Photo } from "./photo.tsx";
import { SaidLong } from "./said.tsx";
import { useScene } from "./scene.tsx";
import { useName, Who } from "./who.tsx";

export interface NotesProps {
  /** Document that they are about. */
  readonly about: string;
  readonly notes: readonly NoteView[];
}

export function Notes({ about, notes }: NotesProps) {
  const { words } = useScene();
  return (
    <section class="notes">
      <h2>{words.event.notes}</h2>
      {notes.length === 0 && <p class="empty">{words.event.noNotes}</p>}
      {notes.map((note) => (
        <Note key={note.id} note={note} />
      ))}
      <p>
        <a class="button" href={linkTo("note", about)}>
          {words.event.addNote}
        </a>
      </p>
    </section>
  );
}

function Note({ note }: { readonly note: NoteView }) {
  const { phone, words, times } = useScene();
  const name = useName();
  const acting = useActing();
  return (
    <article class="note-card">
      <p class="note-head">
        <Who author={note.author} /> <small>{times.moment(note.writtenAt)}</small>
        {note.kind !== "note" && <small class="tag">{words.note.kind[note.kind]}</small>}
      </p>
      {note.text !== undefined && <SaidLong text={note.text} lang={note.lang} />}
      {note.pictures.map((picture) => (
        <Photo key={picture.hash} picture={picture} alt={words.note.alt(name(note.author))} />
      ))}
      {note.mine ? (
        <button type="button" class="quiet" onClick={() => void acting.run(() => phone.acts.withdraw(note.id))}>
          {words.note.takeBack}
        </button>
      ) : (
        <button type="button" class="quiet" onClick={() => void phone.local.hide("hidden", note.id, true)}>
          {words.event.hide}
        </button>
      )}
    </article>
  );
}
