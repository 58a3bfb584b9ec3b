// Offering a place, a thing or a skill, and changing it later. A name is enough; what it is like to get in is strongly
// asked for and never demanded (H-16).
import { Trouble, useActing } from "../parts/acting.tsx";
import { AsField } from "../parts/as-field.tsx";
import { type Draft, useDraft } from "../parts/draft.ts";
import { ChoiceField, SelectField, TextField } from "../parts/field.tsx";
import { Empty, PageHead } from "../parts/page-head.tsx";
import { useScene } from "../parts/scene.tsx";
import {
  CLEARED,
  emptyOffer,
  OFFER_KINDS,
  type OfferDraft,
  offerOf,
  POLICIES,
  type ResourceInput,
  resourceInput,
  SLOT_MINUTES,
} from "./offer-draft.ts";
import { goTo } from "./route.ts";

/** `id` is a kind of thing. */
export function OfferPage({ id }: { readonly id: string }) {
  const { phone, words, say } = useScene();
  const draft = useDraft<OfferDraft>(`offer${id}`, emptyOffer(id));
  const publish = async (input: ResourceInput) => {
    const made = await phone.acts.createResource(input, draft.fields.as === "" ? {} : { as: draft.fields.as });
    draft.clear();
    say(words.make.published);
    goTo("thing", made);
  };
  return (
    <>
      <PageHead back>{words.offer.title}</PageHead>
      <OfferForm draft={draft} fresh send={publish} label={words.offer.publish} />
    </>
  );
}

export function ChangePage({ id }: { readonly id: string }) {
  const { view, words } = useScene();
  const thing = view.resourceById.get(id);
  return (
    <>
      <PageHead back>{words.make.changeTitle}</PageHead>
      {thing === undefined ? <Empty>{words.event.gone}</Empty> : <Change id={id} known={offerOf(thing)} />}
    </>
  );
}

function Change({ id, known }: { readonly id: string; readonly known: OfferDraft }) {
  const { phone, words, say } = useScene();
  const draft = useDraft<OfferDraft>(`change${id}`, known);
  const save = async (input: ResourceInput) => {
    await phone.acts.editResource(id, { ...CLEARED, ...input });
    draft.clear();
    say(words.offer.changed);
    goTo("thing", id);
  };
  return <OfferForm draft={draft} send={save} label={words.common.save} />;
}

interface OfferFormProps {
  readonly draft: Draft<OfferDraft>;
  readonly send: (input: ResourceInput) => Promise<void>;
  readonly label: string;
  readonly fresh?: boolean;
}

function OfferForm({ draft, send, label, fresh = false }: OfferFormProps) {
  const { words } = useScene();
  const acting = useActing();
  const { fields, change } = draft;
  const submit = (event: Event) => {
    event.preventDefault();
    if (fields.title.trim() === "") acting.complain(words.trouble.needTitle);
    else void acting.run(() => send(resourceInput(fields)));
  };
  return (
    <form class="form" noValidate onSubmit={submit}>
      {fresh && (
        <ChoiceField
          label={words.offer.kind}
          value={fields.kind}
          change={(kind) => change({ kind: kind as OfferDraft["kind"] })}
          choices={OFFER_KINDS.map((value) => ({ value, label: words.thing.kinds[value] }))}
        />
      )}
      <TextField
        label={words.offer.name}
        placeholder={words.offer.nameHint}
        value={fields.title}
        required
        maxLength={120}
        change={(title) => change({ title })}
      />
      <TextField label={words.offer.about} value={fields.about} rows={3} change={(about) => change({ about })} />
      <TextField
        label={words.offer.where}
        placeholder={words.make.placeHint}
        value={fields.place}
        maxLength={120}
        change={(place) => change({ place })}
      />
      {fields.kind === "venue" ? <VenueFields draft={draft} /> : <CountFields draft={draft} />}
      <LendingFields draft={draft} />
      {fresh && <AsField value={fields.as} change={(as) => change({ as })} />}
      <Trouble acting={acting} />
      <button type="submit" class="button ember big" disabled={acting.busy}>
        {label}
      </button>
    </form>
  );
}

function VenueFields({ draft: { fields, change } }: { readonly draft: Draft<OfferDraft> }) {
  const { words } = useScene();
  return (
    <>
      <TextField label={words.offer.find} value={fields.find} rows={2} change={(find) => change({ find })} />
      <TextField
        kind="number"
        label={words.offer.capacity}
        value={fields.capacity}
        change={(capacity) => change({ capacity })}
      />
      <TextField
        label={words.offer.access}
        hint={words.offer.accessSaid}
        value={fields.access}
        rows={3}
        change={(access) => change({ access })}
      />
    </>
  );
}

function CountFields({ draft: { fields, change } }: { readonly draft: Draft<OfferDraft> }) {
  const { words } = useScene();
  return (
    <div class="line">
      <TextField
        kind="number"
        label={words.offer.quantity}
        value={fields.quantity}
        change={(quantity) => change({ quantity })}
      />
      <TextField label={words.offer.unit} value={fields.unit} maxLength={20} change={(unit) => change({ unit })} />
    </div>
  );
}

function LendingFields({ draft: { fields, change } }: { readonly draft: Draft<OfferDraft> }) {
  const { words } = useScene();
  const slots = SLOT_MINUTES.map((minutes) => ({
    value: String(minutes),
    label: minutes === 0 ? words.offer.noSlots : words.offer.slotMinutes(minutes),
  }));
  return (
    <>
      <ChoiceField
        label={words.offer.decides}
        value={fields.policy}
        change={(policy) => change({ policy: policy as OfferDraft["policy"] })}
        choices={POLICIES.map((value) => ({ value, label: words.offer.policy[value] }))}
      />
      {fields.policy !== "none" && (
        <>
          <SelectField
            label={words.offer.slots}
            value={fields.slotMinutes}
            change={(slotMinutes) => change({ slotMinutes })}
            choices={slots}
          />
          <div class="line">
            <TextField kind="number" label={words.offer.lead} value={fields.lead} change={(lead) => change({ lead })} />
            <TextField kind="number" label={words.offer.tail} value={fields.tail} change={(tail) => change({ tail })} />
          </div>
        </>
      )}
    </>
  );
}
