// Making an event: a title and one press. Time, place, things and the rest wait in a drawer below for whoever wants them.
import { useState } from "preact/hooks";
import { Trouble, useActing } from "../parts/acting.tsx";
import { AsField } from "../parts/as-field.tsx";
import { useDraft } from "../parts/draft.ts";
import { AboutFields, BorrowField, PlaceFields } from "../parts/event-fields.tsx";
import { TextField } from "../parts/field.tsx";
import { Empty, PageHead } from "../parts/page-head.tsx";
import { PictureField } from "../parts/picture-field.tsx";
import { useScene } from "../parts/scene.tsx";
import { nextDay, TimeFields } from "../parts/time-fields.tsx";
import type { PictureInput } from "../phone.ts";
import { describedFields, draftOf, EMPTY_EVENT, type EventDraft, eventInput } from "./event-draft.ts";
import { goTo, linkTo } from "./route.ts";

const MAX_TITLE_CHARACTERS = 120;

/** `id` is a place or thing to plan with, or empty. */
export function MakePage({ id }: { readonly id: string }) {
  const { phone, view, words, times, say } = useScene();
  const day = nextDay(view.days, times.dateOf(view.clock.now));
  const draft = useDraft<EventDraft>(`event${id}`, withThing(id, view.resourceById.get(id)?.kind, day));
  const [pictures, setPictures] = useState<readonly PictureInput[]>([]);
  const acting = useActing();
  const publish = () =>
    acting.run(async () => {
      const input = { ...eventInput(draft.fields, view), ...(pictures.length > 0 && { pictures }) };
      const made = await phone.acts.createEvent(input, draft.fields.as === "" ? {} : { as: draft.fields.as });
      draft.clear();
      say(words.make.published);
      goTo("event", made);
    });
  const first = !view.events.some(({ mine }) => mine);
  return (
    <>
      <PageHead>{words.make.title}</PageHead>
      <form
        class="form"
        noValidate
        onSubmit={(event) => submit(event, draft.fields, acting, words.trouble.needTitle, publish)}
      >
        <TitleField draft={draft.fields} change={draft.change} />
        <button type="submit" class="button ember big" disabled={acting.busy}>
          {words.make.publish}
        </button>
        <Trouble acting={acting} />
        {first && <p class="hint">{words.common.share}</p>}
        <details class="drawer" open={id !== ""}>
          <summary>{words.make.more}</summary>
          <TimeFields draft={draft.fields} change={draft.change} />
          <PlaceFields draft={draft.fields} change={draft.change} />
          <BorrowField draft={draft.fields} change={draft.change} />
          <AboutFields draft={draft.fields} change={draft.change} />
          <PictureField pictures={pictures} change={setPictures} />
          <AsField value={draft.fields.as} change={(as) => draft.change({ as })} />
          <button type="submit" class="button ember" disabled={acting.busy}>
            {words.make.publish}
          </button>
        </details>
      </form>
      <Instead />
    </>
  );
}

/** What else somebody may have come for. */
function Instead() {
  const { words } = useScene();
  const ways = [
    { href: linkTo("offer", "venue"), label: words.things.addVenue },
    { href: linkTo("offer", "material"), label: words.things.addMaterial },
    { href: linkTo("offer", "skill"), label: words.things.addSkill },
    { href: linkTo("write"), label: words.page.title },
  ];
  return (
    <div class="deeds instead">
      {ways.map(({ href, label }) => (
        <a key={href} class="button" href={href}>
          {label}
        </a>
      ))}
    </div>
  );
}

export function EditPage({ id }: { readonly id: string }) {
  const { view } = useScene();
  const event = view.eventById.get(id);
  return event === undefined ? <Gone /> : <Edit id={id} known={draftOf(event)} />;
}

function Edit({ id, known }: { readonly id: string; readonly known: EventDraft }) {
  const { phone, words, say } = useScene();
  const draft = useDraft<EventDraft>(`edit${id}`, known);
  const acting = useActing();
  const save = () =>
    acting.run(async () => {
      const fields = { text: null, kind: null, place: null, tags: null, capacity: null, access: null, links: null };
      await phone.acts.editEvent(id, { ...fields, title: draft.fields.title.trim(), ...describedFields(draft.fields) });
      draft.clear();
      say(words.offer.changed);
      goTo("event", id);
    });
  return (
    <>
      <PageHead back>{words.make.changeTitle}</PageHead>
      <form
        class="form"
        noValidate
        onSubmit={(event) => submit(event, draft.fields, acting, words.trouble.needTitle, save)}
      >
        <TitleField draft={draft.fields} change={draft.change} />
        <AboutFields draft={draft.fields} change={draft.change} place />
        <Trouble acting={acting} />
        <button type="submit" class="button ember big" disabled={acting.busy}>
          {words.common.save}
        </button>
      </form>
    </>
  );
}

export function ForkPage({ id }: { readonly id: string }) {
  const { view } = useScene();
  const event = view.eventById.get(id);
  return event === undefined ? <Gone /> : <Fork id={id} original={event.title} />;
}

function Fork({ id, original }: { readonly id: string; readonly original: string }) {
  const { phone, view, words, say } = useScene();
  const draft = useDraft<EventDraft>(`fork${id}`, { ...EMPTY_EVENT, title: original });
  const acting = useActing();
  const reuse = view.eventById.get(id)?.reuse;
  const publish = () =>
    acting.run(async () => {
      const { title, as } = draft.fields;
      const made = await phone.acts.fork(id, { title: title.trim() }, as === "" ? {} : { as });
      draft.clear();
      say(words.make.published);
      goTo("event", made);
    });
  return (
    <>
      <PageHead back>{words.make.forkTitle}</PageHead>
      <p>{words.make.forkSaid(original)}</p>
      {reuse !== undefined && <p class="news">{words.event.reuse[reuse]}</p>}
      <form
        class="form"
        noValidate
        onSubmit={(event) => submit(event, draft.fields, acting, words.trouble.needTitle, publish)}
      >
        <TitleField draft={draft.fields} change={draft.change} />
        <AsField value={draft.fields.as} change={(as) => draft.change({ as })} />
        <Trouble acting={acting} />
        <button type="submit" class="button ember big" disabled={acting.busy}>
          {words.make.publish}
        </button>
      </form>
    </>
  );
}

export interface DraftProps {
  readonly draft: EventDraft;
  readonly change: (some: Partial<EventDraft>) => void;
}

function TitleField({ draft, change }: DraftProps) {
  const { words } = useScene();
  return (
    <div class="title-field">
      <TextField
        label={words.make.name}
        hint={words.make.nameOnly}
        placeholder={words.make.nameHint}
        value={draft.title}
        maxLength={MAX_TITLE_CHARACTERS}
        required
        change={(title) => change({ title })}
      />
    </div>
  );
}

function Gone() {
  const { words } = useScene();
  return (
    <>
      <PageHead back>{words.make.changeTitle}</PageHead>
      <Empty>{words.event.gone}</Empty>
    </>
  );
}

function submit(
  event: Event,
  draft: EventDraft,
  acting: { complain(text: string): void },
  missing: string,
  act: () => Promise<unknown>,
): void {
  event.preventDefault();
  if (draft.title.trim() === "") acting.complain(missing);
  else void act();
}

function withThing(id: string, kind: string | undefined, day: string): EventDraft {
  if (kind === undefined) return EMPTY_EVENT;
  if (kind === "venue") return { ...EMPTY_EVENT, venue: id, timeKind: "grid", day };
  return { ...EMPTY_EVENT, borrow: [id], timeKind: "exact", day };
}
