// What happens: now and next, then day by day, found as one types. The first page anybody sees.
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { EventView } from "../festival/view.ts";
import { Coming } from "../parts/coming.tsx";
import { DayList } from "../parts/day-list.tsx";
import { EventRow } from "../parts/event-row.tsx";
import { Empty, PageHead } from "../parts/page-head.tsx";
import { findFonts } from "../parts/rare-letters.ts";
import { useScene } from "../parts/scene.tsx";
import { type EventWish, filterEvents, NO_WISH } from "./event-wish.ts";
import { ALL, isRunning, NOW, nextUp, SOMETIME } from "./now-next.ts";
import { ProgrammeFilter } from "./programme-filter.tsx";
import { linkTo } from "./route.ts";

/** Kept while the page is open, so that "back" finds the same list. */
let lastWish: EventWish = NO_WISH;
let lastTab: string | undefined;

export function ProgrammePage() {
  const { view, words } = useScene();
  const [wish, setWish] = useState(lastWish);
  const [tab, setTab] = useState(lastTab);
  const shown = tab ?? firstTab(view.events, view.clock.now);
  const choose = useCallback((change: Partial<EventWish>) => setWish((now) => (lastWish = { ...now, ...change })), []);
  const turn = useCallback((to: string) => {
    lastTab = to;
    setTab(to);
  }, []);
  const found = useMemo(() => filterEvents(view, wish), [view.events, view.plan, view.picks, wish]);
  useEffect(() => findFonts(view.events), [view.events]);
  const wished = wish !== NO_WISH && filtered(wish);
  return (
    <>
      <PageHead>{words.programme.title}</PageHead>
      <AskedBanner />
      <ProgrammeFilter wish={wish} choose={choose} tab={shown} turn={turn} />
      {wished && (
        <p class="found" role="status">
          {words.programme.found(found.length)}
        </p>
      )}
      <Found key={JSON.stringify(wish)} events={found} tab={wished && shown === NOW ? ALL : shown} />
      <p class="beside-list">
        <a class="button ember" href={linkTo("make")}>
          {words.programme.add}
        </a>
      </p>
    </>
  );
}

function Found({ events, tab }: { readonly events: readonly EventView[]; readonly tab: string }) {
  const { view, words } = useScene();
  const coming = view.link.state === "catching up";
  if (view.events.length === 0)
    return (
      <>
        <Empty>{coming ? words.fire.catching : words.programme.empty}</Empty>
        <Coming />
      </>
    );
  if (events.length === 0) return <Empty>{words.programme.emptyFound}</Empty>;
  if (tab === NOW) return <NowNext events={events} />;
  if (tab === ALL) return <DayList events={events} />;
  const some =
    tab === SOMETIME ? events.filter(({ day }) => day === undefined) : events.filter(({ day }) => day === tab);
  if (some.length === 0) return <Empty>{words.programme.emptyDay}</Empty>;
  return <DayList events={some} />;
}

function NowNext({ events }: { readonly events: readonly EventView[] }) {
  const { view, words } = useScene();
  const { now } = view.clock;
  const running = events.filter((event) => isRunning(event, now));
  const sometime = events.filter(({ sort }) => sort === undefined);
  return (
    <>
      <Group title={words.programme.now} events={running} running empty={words.programme.emptyNow} />
      <Group title={words.programme.next} events={nextUp(events, now)} />
      <Group title={words.common.sometime} events={sometime.slice(0, MAX_SOMETIME)} />
    </>
  );
}

const MAX_SOMETIME = 12;

interface GroupProps {
  readonly title: string;
  readonly events: readonly EventView[];
  readonly running?: boolean;
  readonly empty?: string;
}

function Group({ title, events, running = false, empty }: GroupProps) {
  if (events.length === 0 && empty === undefined) return null;
  return (
    <section class={running ? "group now" : "group"}>
      <h2 class="day-head">{title}</h2>
      {events.length === 0 && <Empty>{empty}</Empty>}
      <ul class="rows">
        {events.map((event) => (
          <EventRow key={event.id} event={event} running={running} dated={!running} />
        ))}
      </ul>
    </section>
  );
}

function AskedBanner() {
  const { view, words } = useScene();
  if (view.askedOfMe.length === 0) return null;
  return (
    <a class="asked-banner" href={linkTo("asked")}>
      {words.programme.asked(view.askedOfMe.length)}
    </a>
  );
}

/** Now, if anything is on or follows soon or has no time; else everything. */
function firstTab(events: readonly EventView[], now: number): string {
  const lively = events.some((event) => event.sort === undefined || isRunning(event, now));
  return lively || nextUp(events, now).length > 0 ? NOW : ALL;
}

function filtered(wish: EventWish): boolean {
  return wish.words !== "" || wish.place !== "" || wish.tag !== "" || wish.pick !== "" || wish.planned;
}
