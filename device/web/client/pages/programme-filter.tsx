// The strip above the programme: a field that finds as one types, the days, and what to look for.
import { useMemo } from "preact/hooks";
import { FindField } from "../parts/find-field.tsx";
import { plainLine } from "../parts/plain-text.ts";
import { useScene } from "../parts/scene.tsx";
import { type EventWish, placesOf, readyToFind, tagsOf } from "./event-wish.ts";
import { ALL, NOW, SOMETIME } from "./now-next.ts";

export interface ProgrammeFilterProps {
  readonly wish: EventWish;
  readonly choose: (change: Partial<EventWish>) => void;
  readonly tab: string;
  readonly turn: (tab: string) => void;
}

const MAX_TAGS = 24;

/** Draws days and looks anew only if they changed: while somebody types, only the words do. */
export function ProgrammeFilter({ wish, choose, tab, turn }: ProgrammeFilterProps) {
  const { view, words } = useScene();
  const { place, tag, pick, planned } = wish;
  const days = useMemo(() => <DayTabs tab={tab} turn={turn} />, [tab, turn]);
  const looks = useMemo(() => <Looks wish={wish} choose={choose} />, [place, tag, pick, planned, choose]);
  return (
    <div class="filter">
      <FindField
        label={words.programme.find}
        hint={words.programme.findHint}
        value={wish.words}
        change={(text) => choose({ words: text })}
        ready={() => readyToFind(view.events)}
      />
      {days}
      {looks}
    </div>
  );
}

function DayTabs({ tab, turn }: Pick<ProgrammeFilterProps, "tab" | "turn">) {
  const { view, words, times } = useScene();
  const vague = view.events.some(({ day }) => day === undefined);
  const tabs = [
    { value: NOW, label: words.programme.now },
    { value: ALL, label: words.programme.all },
    ...view.days.map((day) => ({ value: day, label: times.shortDay(day) })),
    ...(vague ? [{ value: SOMETIME, label: words.make.timeKinds.none }] : []),
  ];
  return (
    <fieldset class="chips days">
      <legend class="unseen">{words.programme.days}</legend>
      {tabs.map(({ value, label }) => (
        <label key={value} class="chip">
          <input type="radio" name="day" checked={tab === value} onChange={() => turn(value)} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Looks({ wish, choose }: Pick<ProgrammeFilterProps, "wish" | "choose">) {
  const { view, words } = useScene();
  const tags = useMemo(() => tagsOf(view.events, MAX_TAGS), [view.events]);
  const places = useMemo(() => placesOf(view.events), [view.events]);
  return (
    <div class="looks">
      <label class="chip">
        <input type="checkbox" checked={wish.planned} onChange={() => choose({ planned: !wish.planned })} />
        <span>★ {words.programme.onlyPlan}</span>
      </label>
      <Look
        name={words.programme.place}
        any={words.programme.anywhere}
        value={wish.place}
        options={places.map(same)}
        choose={(place) => choose({ place })}
      />
      <Look
        name={words.programme.topic}
        any={words.programme.anything}
        value={wish.tag}
        options={tags.map(same)}
        choose={(tag) => choose({ tag })}
      />
      <Look
        name={words.programme.eyes}
        any={words.programme.everyones}
        value={wish.pick}
        options={view.picks.map(({ id, title }) => ({ value: id, label: title }))}
        choose={(pick) => choose({ pick })}
      />
    </div>
  );
}

interface LookProps {
  readonly name: string;
  readonly any: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly choose: (value: string) => void;
}

function Look({ name, any, value, options, choose }: LookProps) {
  if (options.length === 0) return null;
  return (
    <select
      class={value === "" ? "look" : "look chosen"}
      aria-label={name}
      value={value}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      <option value="">{any}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value} selected={option.value === value}>
          {plainLine(option.label)}
        </option>
      ))}
    </select>
  );
}

function same(text: string) {
  return { value: text, label: text };
}
