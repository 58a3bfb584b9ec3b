// The festival as it is known on this phone, operation by operation; and snapshots of it for the pages. Only what changed
// is worked out again: a phone with a thousand events must not think of all of them for each dot that turns green.

import type { StoredOperation } from "../../../../sync/ports.ts";
import type { DayRule } from "../../../programme/festival-day.ts";
import { dayRuleOf } from "./day-rule.ts";
import { Documents } from "./documents.ts";
import { eventView, needView } from "./event-views.ts";
import { Ground, type LocalSide } from "./ground.ts";
import { flagViews, frameViews, pageViews, pickViews, seriesViews } from "./list-views.ts";
import { LocalDays } from "./local-day.ts";
import { peopleViews } from "./people-views.ts";
import { readOperation } from "./read-operation.ts";
import { resourceView } from "./resource-views.ts";
import { keep, keepList } from "./same.ts";
import { Settled } from "./settled.ts";
import { touchedEvents, touchedThings } from "./touched.ts";
import type { EventView, FestivalView, RequestView, ResourceView } from "./view.ts";

/** What a snapshot says beside the documents. */
export interface Surroundings extends LocalSide {
  readonly topic: string;
  /** As the person named it. */
  readonly joinedAs?: string;
  readonly ownTimezone: string;
  readonly plan: ReadonlySet<string>;
  readonly freshness: FestivalView["freshness"];
  readonly link: FestivalView["link"];
  readonly meetingsSince: (arrival: number) => number;
  /** Changes whenever `devicesWith` may say something else. */
  readonly meetings: number;
}

const SECONDS_PER_DAY = 86_400;

export class FestivalFold {
  #documents = new Documents();
  #settled: Settled | undefined;
  #days: LocalDays | undefined;
  #events = new Map<string, EventView>();
  #seen = new WeakMap<object, boolean>();
  #local = "";
  #view: FestivalView | undefined;

  get documents(): Documents {
    return this.#documents;
  }

  /** True if its author asks to forget something: then `restart`, and take everything again. */
  take(operations: readonly StoredOperation[]): boolean {
    const asks = operations.map((operation) => this.#documents.take(readOperation(operation)));
    return asks.includes(true);
  }

  /** Begins anew, but for what was asked to be forgotten. */
  restart(): void {
    const documents = new Documents();
    documents.inherit(this.#documents);
    this.#documents = documents;
    this.#local = "";
    this.#settled = undefined;
    this.#events.clear();
  }

  /** What follows from several documents together, as they are now. */
  freshSettled(): Settled {
    this.#documents.settle();
    return new Settled(this.#documents, this.#settled, touchedThings(this.#documents.changed));
  }

  rule(ownTimezone: string): DayRule {
    return this.#days?.rule ?? dayRuleOf(this.#documents, ownTimezone);
  }

  /** The same objects as before wherever nothing changed. */
  view(around: Surroundings): FestivalView {
    const before = this.#view;
    if (before !== undefined && this.#documents.changed.size === 0 && localKey(around) === this.#local) {
      this.#view = { ...before, ...this.#aroundUs(around, before), plan: around.plan };
      return this.#view;
    }
    const ground = this.#ground(around);
    const events = this.#eventViews(ground, around);
    const seen = events.filter(({ id }) => isSeen(id, ground));
    const listed = keepList(before?.events, seen, ({ id }) => id);
    const requests = requestViews(ground, before);
    const resources = resourceViews({ ground, events: seen, requests, before });
    const people = keepList(before?.people, peopleViews(ground, around.meetingsSince), ({ key }) => key);
    const kept = <Item extends { readonly id: string }>(list: readonly Item[] | undefined, now: readonly Item[]) =>
      keepList(list, now, ({ id }) => id);
    const frames = kept(before?.frames, frameViews(ground));
    const name = around.joinedAs ?? frames[0]?.title;
    const own = [...around.ownKeys];
    this.#view = {
      topic: around.topic,
      ...(name !== undefined && { name }),
      events: listed,
      eventById: byId(before?.events, before?.eventById, listed),
      resources,
      resourceById: byId(before?.resources, before?.resourceById, resources),
      requests,
      askedOfMe: kept(before?.askedOfMe, askedOf(requests, around.ownKeys)),
      notes: kept(before?.notes, ground.notes().toReversed()),
      pages: kept(before?.pages, pageViews(ground)),
      frames,
      series: kept(before?.series, seriesViews(ground, seen)),
      needs: kept(
        before?.needs,
        ground.needs().map((need) => needView(need, around.ownKeys)),
      ),
      picks: kept(before?.picks, pickViews(ground)),
      people,
      personByKey: people === before?.people ? before.personByKey : new Map(people.map((each) => [each.key, each])),
      me: around.me,
      ownKeys: keep(before?.ownKeys, own),
      plan: around.plan,
      hidden: around.hidden,
      flags: kept(before?.flags, flagViews(ground)),
      days: keep(before?.days, daysOf(seen)),
      counts: keep(before?.counts, { ...this.#documents.counts(), hidden: events.length - seen.length }),
      carried: keep(before?.carried, carriedBy(own, ground)),
      ...this.#aroundUs(around, before),
    };
    return this.#view;
  }

  #aroundUs(around: Surroundings, before: FestivalView | undefined) {
    const { now, ownTimezone, freshness, link } = around;
    const { timezone } = this.rule(ownTimezone);
    return {
      freshness: keep(before?.freshness, freshness),
      link: keep(before?.link, link),
      clock: keep(before?.clock, { now, timezone, ownTimezone }),
    };
  }

  #ground(around: Surroundings): Ground {
    this.#documents.settle();
    const rule = dayRuleOf(this.#documents, around.ownTimezone);
    const isSameRule = this.#days?.rule.timezone === rule.timezone && this.#days.rule.dayStart === rule.dayStart;
    if (!isSameRule) this.#events.clear();
    const days = this.#days && isSameRule ? this.#days : new LocalDays(rule);
    this.#days = days;
    this.#settled = this.freshSettled();
    const hasNewList = [...this.#documents.changed].some((name) => name.startsWith("mutelist/1 "));
    if (hasNewList || localKey(around) !== this.#local) this.#seen = new WeakMap();
    return new Ground(this.#documents, { settled: this.#settled, days, seen: this.#seen }, around);
  }

  /** By time, then by title; all of them, whether or not they are hidden here. */
  #eventViews(ground: Ground, around: Surroundings): readonly EventView[] {
    const local = localKey(around);
    const touched = local === this.#local ? touchedEvents(this.#documents) : "all";
    this.#local = local;
    this.#documents.changed.clear();
    const events = new Map<string, EventView>();
    for (const shown of this.#documents.all("event/1")) {
      const { doc } = shown.document;
      const known = this.#events.get(doc);
      const isCurrent = known !== undefined && touched !== "all" && !touched.has(doc);
      events.set(doc, isCurrent ? known : keep(known, eventView(shown, ground)));
    }
    this.#events = events;
    return [...events.values()].sort(byTime);
  }
}

function isSeen(id: string, ground: Ground): boolean {
  const shown = ground.documents.made("event/1", id);
  return shown !== undefined && ground.isSeen(shown);
}

/** Of everything here on which views of documents hang. What expires does so on some day; nobody waits for the minute. */
function localKey({ topic, joinedAs, me, ownKeys, hidden, meetings, now }: Surroundings): string {
  return JSON.stringify([topic, joinedAs, me, [...ownKeys], hidden, meetings, Math.floor(now / SECONDS_PER_DAY)]);
}

function requestViews(ground: Ground, before: FestivalView | undefined): readonly RequestView[] {
  const requests = ground.documents.all("request/1").filter((request) => ground.isSeen(request));
  const views = requests.map((request) => ground.settled.requestView(request, ground.ownKeys));
  return keepList(before?.requests, views, ({ id }) => id);
}

interface ForResources {
  readonly ground: Ground;
  readonly events: readonly EventView[];
  readonly requests: readonly RequestView[];
  readonly before: FestivalView | undefined;
}

function resourceViews({ ground, events, requests, before }: ForResources): readonly ResourceView[] {
  const requestsFor = Map.groupBy(requests, ({ resource }) => resource);
  const eventsAt = new Map<string, string[]>();
  for (const { id, places, requests: dots } of events) {
    const granted = dots.filter(({ state }) => state.state === "confirmed").map(({ resource }) => resource);
    for (const thing of new Set([...places.flatMap(({ doc }) => doc ?? []), ...granted])) {
      const there = eventsAt.get(thing) ?? [];
      eventsAt.set(thing, there);
      there.push(id);
    }
  }
  const shown = ground.documents.all("resource/1").filter((resource) => ground.isSeen(resource));
  const views = shown.map((resource) => {
    const { doc } = resource.document;
    return resourceView(resource, { requests: requestsFor.get(doc) ?? [], events: eventsAt.get(doc) ?? [] }, ground);
  });
  return keepList(before?.resources, views.sort(byTitle), ({ id }) => id);
}

/** Requests that wait for one of my keys. */
function askedOf(requests: readonly RequestView[], ownKeys: ReadonlySet<string>): readonly RequestView[] {
  return requests.filter(
    ({ answerer, state }) => answerer !== undefined && ownKeys.has(answerer) && state.state === "open",
  );
}

function carriedBy(own: readonly string[], ground: Ground): FestivalView["carried"] {
  const { logs } = ground.documents;
  const written = own.filter((key) => logs.operationsOf(key) > 0);
  const devices = written.map((key) => ground.devicesWith(key, logs.heightOf(key)) - 1);
  return {
    things: written.reduce((sum, key) => sum + logs.operationsOf(key), 0),
    devices: devices.length === 0 ? 0 : Math.min(...devices),
  };
}

function daysOf(events: readonly EventView[]): readonly string[] {
  return [...new Set(events.flatMap(({ day }) => day ?? []))].sort();
}

function byId<View extends { readonly id: string }>(
  before: readonly View[] | undefined,
  known: ReadonlyMap<string, View> | undefined,
  now: readonly View[],
): ReadonlyMap<string, View> {
  return known !== undefined && before === now ? known : new Map(now.map((view) => [view.id, view]));
}

function byTime(a: EventView, b: EventView): number {
  const [sortA, sortB] = [a.sort ?? Number.POSITIVE_INFINITY, b.sort ?? Number.POSITIVE_INFINITY];
  return sortA < sortB ? -1 : sortA > sortB ? 1 : byTitle(a, b);
}

function byTitle(
  a: { readonly title: string; readonly id: string },
  b: { readonly title: string; readonly id: string },
) {
  const [titleA, titleB] = [a.title.toLowerCase(), b.title.toLowerCase()];
  return titleA === titleB ? (a.id < b.id ? -1 : 1) : titleA < titleB ? -1 : 1;
}
