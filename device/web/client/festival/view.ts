// What a person sees of a festival on this phone: plain data that never changes, for the pages. All of it is as seen from
// here: something that has not arrived is absent or "awaited", never an error. Ids and keys are hex.
import type { CalendarDate } from "../../../../protocol/festival/when.ts";
import type { EventView, RequestView } from "./event-view-types.ts";
import type { CarriedView, CountsView, FlagView, HiddenView, PersonView } from "./people-view-types.ts";
import type { ClockView, FreshnessView, LinkView } from "./surroundings-view.ts";
import type {
  FrameView,
  NeedView,
  NoteView,
  PageView,
  PickView,
  ResourceView,
  SeriesView,
} from "./thing-view-types.ts";

export type { ConfirmedPart, EventPlace } from "../../../programme/event-filter.ts";
export type {
  AncestorView,
  EventView,
  GoingView,
  HostView,
  LinkTarget,
  MyRsvpView,
  RequestView,
} from "./event-view-types.ts";
export type { CarriedView, CountsView, FlagView, HiddenView, PersonView } from "./people-view-types.ts";
export type { BoxView, ClockView, FreshnessView, LinkView } from "./surroundings-view.ts";
export type {
  FrameView,
  NeedView,
  NoteView,
  PageView,
  PickView,
  PictureView,
  ResourceView,
  SeriesView,
  TakenView,
} from "./thing-view-types.ts";

/**
 * One snapshot. A list, and each thing in it, is the same object as in the snapshot before if nothing in it changed, so
 * that `===` tells what has to be drawn again. What the person hid is left out of every list.
 */
export interface FestivalView {
  /** The key of this festival. */
  readonly topic: string;
  /** Title of the outermost frame, or the name under which the person joined; absent where neither is known. */
  readonly name?: string;
  /** By time; at the end, by title, those of which nobody can tell when ("sometime"). */
  readonly events: readonly EventView[];
  readonly eventById: ReadonlyMap<string, EventView>;
  /** Venues, materials, skills and everything else that is lent; by title. */
  readonly resources: readonly ResourceView[];
  readonly resourceById: ReadonlyMap<string, ResourceView>;
  /** All requests, in the order in which they reached this phone. */
  readonly requests: readonly RequestView[];
  /** Those that wait for an answer by one of my keys. */
  readonly askedOfMe: readonly RequestView[];
  /** Newest first: about something, in reply, or alone. Those about an event are also in `EventView.notes`. */
  readonly notes: readonly NoteView[];
  readonly pages: readonly PageView[];
  /** Festivals, tracks, houses; the outermost first. */
  readonly frames: readonly FrameView[];
  readonly series: readonly SeriesView[];
  /** What events lack and nobody offers yet (the black board); only open ones. */
  readonly needs: readonly NeedView[];
  /** Choices that people published: "five things for children". */
  readonly picks: readonly PickView[];
  /** Everybody of whom something is here, by the name that is shown. */
  readonly people: readonly PersonView[];
  readonly personByKey: ReadonlyMap<string, PersonView>;
  /** The key with which I act unless I choose another: always one of `ownKeys`, and always in `personByKey`. */
  readonly me: string;
  /** Keys of this phone in this festival, in the order in which they were made. */
  readonly ownKeys: readonly string[];
  /** Ids of events in my plan. Kept on this phone only. */
  readonly plan: ReadonlySet<string>;
  /** What I hid. Kept on this phone only. */
  readonly hidden: HiddenView;
  /** Complaints addressed to one of my keys. */
  readonly flags: readonly FlagView[];
  /** Days on which something begins, in order (M-38). */
  readonly days: readonly CalendarDate[];
  readonly counts: CountsView;
  /** Own things and how many other devices carry all of them (D-28, R-61). */
  readonly carried: CarriedView;
  readonly freshness: FreshnessView;
  readonly link: LinkView;
  readonly clock: ClockView;
}
