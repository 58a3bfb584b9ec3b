// Places and things: what is lent and offered, by kind, with its state now in words and colour (D-23), or free at a time.
import { useMemo, useState } from "preact/hooks";
import type { ResourceView } from "../festival/view.ts";
import { FindField } from "../parts/find-field.tsx";
import { LongList } from "../parts/long-list.tsx";
import { Empty, PageHead } from "../parts/page-head.tsx";
import { useScene } from "../parts/scene.tsx";
import { ThingRow } from "../parts/thing-row.tsx";
import { folded } from "./event-wish.ts";
import { linkTo } from "./route.ts";

const GROUPS = ["venues", "materials", "skills", "others"] as const;
type Group = (typeof GROUPS)[number];

export function ThingsPage() {
  const { view, words } = useScene();
  const [find, setFind] = useState("");
  const [free, setFree] = useState({ day: "", from: "", to: "" });
  const fits = useFreeAt(free);
  const needle = folded(find);
  const shown = view.resources.filter(
    ({ id, title, tags }) =>
      folded([title, ...tags].join(" ")).includes(needle) && (fits === undefined || fits.has(id)),
  );
  return (
    <>
      <PageHead>{words.things.title}</PageHead>
      <div class="deeds">
        <a class="button" href={linkTo("offer", "venue")}>
          {words.things.addVenue}
        </a>
        <a class="button" href={linkTo("offer", "material")}>
          {words.things.addMaterial}
        </a>
        <a class="button" href={linkTo("offer", "skill")}>
          {words.things.addSkill}
        </a>
      </div>
      <FindField label={words.things.find} value={find} change={setFind} />
      <FreeAt free={free} change={(some) => setFree({ ...free, ...some })} />
      {view.resources.length === 0 && <Empty>{words.things.empty}</Empty>}
      {view.resources.length > 0 && shown.length === 0 && <Empty>{words.programme.emptyFound}</Empty>}
      {GROUPS.map((group) => (
        <ThingGroup key={group} group={group} things={shown.filter(({ kind }) => groupOf(kind) === group)} />
      ))}
    </>
  );
}

function ThingGroup({ group, things }: { readonly group: Group; readonly things: readonly ResourceView[] }) {
  const { words } = useScene();
  if (things.length === 0) return null;
  return (
    <section class="group">
      <h2 class="day-head">{words.things[group]}</h2>
      <LongList items={things} draw={(thing) => <ThingRow key={thing.id} thing={thing} />} />
    </section>
  );
}

interface FreeWish {
  readonly day: string;
  readonly from: string;
  readonly to: string;
}

function FreeAt({ free, change }: { readonly free: FreeWish; readonly change: (some: Partial<FreeWish>) => void }) {
  const { words } = useScene();
  return (
    <details class="free-at">
      <summary>{words.things.freeAt}</summary>
      <div class="line">
        <input
          type="date"
          value={free.day}
          aria-label={words.make.day}
          onInput={(event) => change({ day: event.currentTarget.value })}
        />
        <input
          type="time"
          value={free.from}
          aria-label={words.make.start}
          onInput={(event) => change({ from: event.currentTarget.value })}
        />
        <input
          type="time"
          value={free.to}
          aria-label={words.make.end}
          onInput={(event) => change({ to: event.currentTarget.value })}
        />
      </div>
    </details>
  );
}

/** Ids of what nothing speaks against then; undefined while no time is given. */
function useFreeAt({ day, from, to }: FreeWish): ReadonlySet<string> | undefined {
  const { phone, view } = useScene();
  return useMemo(() => {
    if (day === "" || from === "" || to === "") return undefined;
    const when = phone.questions.readTime({ start: `${day} ${from}`, end: to })?.when;
    if (when?.m !== "exact" || when.end === undefined) return undefined;
    const span = { start: when.start, end: when.end };
    const kinds = [...new Set(view.resources.map(({ kind }) => kind))];
    return new Set(kinds.flatMap((kind) => phone.questions.free(kind, span)));
  }, [day, from, to, view.resources]);
}

function groupOf(kind: ResourceView["kind"]): Group {
  if (kind === "venue" || kind === "link") return "venues";
  if (kind === "material") return "materials";
  return kind === "skill" ? "skills" : "others";
}
