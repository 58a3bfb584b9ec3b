// From an address to its page.
import type { ComponentType } from "preact";
import { AskPage } from "./ask-page.tsx";
import { AskedPage } from "./asked-page.tsx";
import { CancelPage } from "./cancel-page.tsx";
import { ConductPage } from "./conduct-page.tsx";
import { CopyPage } from "./copy-page.tsx";
import { EventPage } from "./event-page.tsx";
import { FestivalsPage } from "./festivals-page.tsx";
import { FirePage } from "./fire-page.tsx";
import { HiddenPage } from "./hidden-page.tsx";
import { KeysPage } from "./keys-page.tsx";
import { EditPage, ForkPage, MakePage } from "./make-page.tsx";
import { MovePage } from "./move-page.tsx";
import { NotePage } from "./note-page.tsx";
import { ChangePage, OfferPage } from "./offer-page.tsx";
import { PagesPage } from "./pages-page.tsx";
import { PeoplePage } from "./people-page.tsx";
import { PersonPage } from "./person-page.tsx";
import { PlanPage } from "./plan-page.tsx";
import { ProgrammePage } from "./programme-page.tsx";
import type { PageName, Route } from "./route.ts";
import { ThingPage } from "./thing-page.tsx";
import { ThingsPage } from "./things-page.tsx";
import { WritePage } from "./write-page.tsx";

/** `id` is empty for pages that are not about one thing. */
const PAGES: Readonly<Record<PageName, ComponentType<{ readonly id: string }>>> = {
  programme: ProgrammePage,
  plan: PlanPage,
  things: ThingsPage,
  fire: FirePage,
  event: EventPage,
  thing: ThingPage,
  people: PeoplePage,
  person: PersonPage,
  pages: PagesPage,
  conduct: ConductPage,
  asked: AskedPage,
  keys: KeysPage,
  festivals: FestivalsPage,
  copy: CopyPage,
  hidden: HiddenPage,
  make: MakePage,
  edit: EditPage,
  move: MovePage,
  cancel: CancelPage,
  fork: ForkPage,
  ask: AskPage,
  offer: OfferPage,
  change: ChangePage,
  note: NotePage,
  write: WritePage,
};

export function PageOf({ route }: { readonly route: Route }) {
  const Page = PAGES[route.page];
  return <Page id={route.id} />;
}
