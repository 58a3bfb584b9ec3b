// When: not at all, in words, a part of a day, by the clock, or a free slot of the chosen place.
import { DAY_PARTS, type DayPart } from "../../../../protocol/festival/when.ts";
import { type EventDraft, type TimeKind, timeWords } from "../pages/event-draft.ts";
import { ChoiceField, SelectField, TextField } from "./field.tsx";
import { useScene } from "./scene.tsx";
import { SlotGrid } from "./slot-grid.tsx";

export interface TimeFieldsProps {
  readonly draft: EventDraft;
  readonly change: (some: Partial<EventDraft>) => void;
}

const KINDS: readonly TimeKind[] = ["none", "words", "part", "exact"];

export function TimeFields({ draft, change }: TimeFieldsProps) {
  const { view, words, times } = useScene();
  const today = times.dateOf(view.clock.now);
  const grid = draft.venue !== "" && view.resourceById.has(draft.venue);
  const kinds = grid ? [...KINDS, "grid" as const] : KINDS;
  return (
    <div class="time-fields">
      <ChoiceField
        label={words.make.time}
        value={draft.timeKind}
        change={(kind) =>
          change({ timeKind: kind as TimeKind, ...(draft.day === "" && { day: nextDay(view.days, today) }) })
        }
        choices={kinds.map((value) => ({ value, label: words.make.timeKinds[value] }))}
      />
      {draft.timeKind === "words" && (
        <TextField
          label={words.make.words}
          placeholder={words.make.wordsHint}
          value={draft.words}
          maxLength={80}
          change={(text) => change({ words: text })}
        />
      )}
      {draft.timeKind !== "none" && draft.timeKind !== "words" && (
        <TextField kind="date" label={words.make.day} value={draft.day} change={(day) => change({ day })} />
      )}
      {draft.timeKind === "part" && <PartField draft={draft} change={change} />}
      {draft.timeKind === "exact" && <ClockFields draft={draft} change={change} />}
      {draft.timeKind === "grid" && grid && draft.day !== "" && (
        <SlotGrid resource={draft.venue} day={draft.day} chosen={draft.slot} choose={(slot) => change({ slot })} />
      )}
      {(draft.timeKind === "exact" || draft.timeKind === "grid") && <RepeatFields draft={draft} change={change} />}
    </div>
  );
}

function PartField({ draft, change }: TimeFieldsProps) {
  const { words } = useScene();
  return (
    <SelectField
      label={words.make.timeKinds.part}
      value={draft.part}
      change={(part) => change({ part: part as DayPart })}
      choices={DAY_PARTS.map((value) => ({ value, label: words.make.parts[value] }))}
    />
  );
}

export function ClockFields({ draft, change }: TimeFieldsProps) {
  const { words } = useScene();
  return (
    <>
      <div class="line">
        <TextField kind="time" label={words.make.start} value={draft.start} change={(start) => change({ start })} />
        <TextField kind="time" label={words.make.end} value={draft.end} change={(end) => change({ end })} />
      </div>
      <Remarks draft={draft} />
    </>
  );
}

/** What the clocks make of it, before anything is published (M-37). */
function Remarks({ draft }: Pick<TimeFieldsProps, "draft">) {
  const { phone } = useScene();
  const remarks = remarksOn(draft, phone.questions.readTime);
  return remarks.length === 0 ? null : <p class="hint">{remarks.join(" ")}</p>;
}

function remarksOn(
  draft: EventDraft,
  readTime: (words: NonNullable<ReturnType<typeof timeWords>>) => { readonly remarks: readonly string[] } | undefined,
) {
  const words = timeWords(draft);
  if (words === undefined) return [];
  try {
    return readTime(words)?.remarks ?? [];
  } catch {
    // Half-typed; publishing says what is wrong, if it still is.
    return [];
  }
}

function RepeatFields({ draft, change }: TimeFieldsProps) {
  const { words } = useScene();
  const choices = (["none", "day", "week", "month"] as const).map((value) => ({
    value,
    label: words.make.repeats[value],
  }));
  return (
    <div class="line">
      <SelectField
        label={words.make.repeat}
        value={draft.repeat}
        change={(repeat) => change({ repeat: repeat as EventDraft["repeat"] })}
        choices={choices}
      />
      {draft.repeat !== "none" && (
        <TextField kind="number" label={words.make.times} value={draft.times} change={(times) => change({ times })} />
      )}
    </div>
  );
}

/** The first day of the programme that is not over; today if there is none. */
export function nextDay(days: readonly string[], today: string): string {
  return days.find((day) => day >= today) ?? today;
}
