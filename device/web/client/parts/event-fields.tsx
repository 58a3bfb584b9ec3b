// Where an event is, what it borrows and what it is about: each field may stay empty.
import type { Span } from "../../../../protocol/festival/span.ts";
import type { ResourceView } from "../festival/view.ts";
import { timeWords } from "../pages/event-draft.ts";
import { Check, SelectField, TextField } from "./field.tsx";
import { plainLine } from "./plain-text.ts";
import { Said } from "./said.tsx";
import { useScene } from "./scene.tsx";
import type { TimeFieldsProps } from "./time-fields.tsx";

export function PlaceFields({ draft, change }: TimeFieldsProps) {
  const { view, words } = useScene();
  const venues = view.resources.filter(({ kind }) => kind === "venue" || kind === "link");
  const choices = [
    { value: "", label: words.make.noVenue },
    ...venues.map(({ id, title }) => ({ value: id, label: title })),
  ];
  return (
    <>
      <TextField
        label={words.make.where}
        placeholder={words.make.placeHint}
        value={draft.place}
        maxLength={120}
        change={(place) => change({ place })}
      />
      {venues.length > 0 && (
        <SelectField
          label={words.make.venue}
          value={draft.venue}
          change={(venue) => change({ venue })}
          choices={choices}
        />
      )}
      {draft.venue !== "" && <ClashHint resource={draft.venue} span={useSpan(draft)} />}
    </>
  );
}

export function BorrowField({ draft, change }: TimeFieldsProps) {
  const { view, words } = useScene();
  const span = useSpan(draft);
  const things = view.resources.filter(({ kind, policy }) => kind !== "venue" && kind !== "link" && policy !== "none");
  if (things.length === 0) return null;
  const set = (id: string, wanted: boolean) =>
    change({ borrow: wanted ? [...draft.borrow, id] : draft.borrow.filter((other) => other !== id) });
  return (
    <fieldset class="borrow">
      <legend>{words.make.borrow}</legend>
      <p class="hint">{span === undefined ? words.make.noTime : words.make.borrowSaid}</p>
      {things.map((thing) => (
        <Borrow key={thing.id} thing={thing} wanted={draft.borrow.includes(thing.id)} set={set} span={span} />
      ))}
    </fieldset>
  );
}

interface BorrowProps {
  readonly thing: ResourceView;
  readonly wanted: boolean;
  readonly set: (id: string, wanted: boolean) => void;
  readonly span: Span | undefined;
}

function Borrow({ thing, wanted, set, span }: BorrowProps) {
  return (
    <>
      <Check checked={wanted} change={(checked) => set(thing.id, checked)}>
        <Said text={thing.title} lang={thing.lang} />
      </Check>
      {wanted && <ClashHint resource={thing.id} span={span} />}
    </>
  );
}

/** A warning, never a verdict: its owner decides. */
export function ClashHint({ resource, span }: { readonly resource: string; readonly span: Span | undefined }) {
  const { phone, words } = useScene();
  const clash = span === undefined ? undefined : phone.questions.clash(resource, span);
  return (
    <p class="clash" role="status">
      {clash !== undefined && words.make.clash[clash.why]}
    </p>
  );
}

/** The exact time of a draft, if it has one by now. */
export function useSpan(draft: TimeFieldsProps["draft"]): Span | undefined {
  const { phone } = useScene();
  if (draft.timeKind === "grid") return draft.slot;
  const words = timeWords(draft);
  if (words?.end === undefined) return undefined;
  try {
    const when = phone.questions.readTime(words)?.when;
    return when?.m === "exact" && when.end !== undefined ? { start: when.start, end: when.end } : undefined;
  } catch {
    return undefined;
  }
}

export function AboutFields({ draft, change, place = false }: TimeFieldsProps & { readonly place?: boolean }) {
  const { view, words } = useScene();
  const suggested = view.frames.flatMap(({ tags }) => tags);
  return (
    <>
      <TextField label={words.make.about} value={draft.about} rows={4} change={(about) => change({ about })} />
      {place && (
        <TextField
          label={words.make.where}
          placeholder={words.make.placeHint}
          value={draft.place}
          change={(text) => change({ place: text })}
        />
      )}
      <TextField
        label={words.make.kind}
        value={draft.kind}
        maxLength={40}
        suggestions={words.make.kinds}
        change={(kind) => change({ kind })}
      />
      <TextField
        label={words.make.tags}
        value={draft.tags}
        hint={suggested.length > 0 ? plainLine(suggested.join(", ")) : undefined}
        change={(tags) => change({ tags })}
      />
      <TextField
        kind="number"
        label={words.make.capacity}
        value={draft.capacity}
        change={(capacity) => change({ capacity })}
      />
      <TextField label={words.make.access} value={draft.access} rows={2} change={(access) => change({ access })} />
      <TextField kind="url" label={words.make.link} value={draft.link} change={(link) => change({ link })} />
    </>
  );
}
