// The whole client: the fire above, the page in the middle, five ways to go below. Pages change by the address behind
// "#"; after each change the heading of the new page is where reading goes on.
import { useCallback, useMemo, useState } from "preact/hooks";
import { CampFire, useFreshness } from "../parts/camp-fire.tsx";
import { Icon, type IconName } from "../parts/icon.tsx";
import { Said } from "../parts/said.tsx";
import { type Scene, SceneContext, useFestival, useScene } from "../parts/scene.tsx";
import { timesOf } from "../parts/times.ts";
import type { Phone } from "../phone.ts";
import { ALL_WORDS, type Words, wordsFor } from "../words/words.ts";
import { PageOf } from "./page-of.tsx";
import { linkTo, type PageName, type Route } from "./route.ts";
import { useRoute } from "./use-route.ts";

/** Long enough to read a sentence. */
const SAID_MS = 5_000;
const CHOSEN_LANGUAGE = "language";

const WAYS: readonly { readonly page: PageName; readonly icon: IconName; readonly name: keyof Words["nav"] }[] = [
  { page: "programme", icon: "programme", name: "programme" },
  { page: "plan", icon: "plan", name: "plan" },
  { page: "make", icon: "add", name: "add" },
  { page: "things", icon: "things", name: "things" },
  { page: "fire", icon: "fire", name: "fire" },
];

export function App({ phone }: { readonly phone: Phone }) {
  const view = useFestival(phone);
  const [words, setWords] = useState(firstWords);
  const [said, setSaid] = useState("");
  const times = useMemo(() => timesOf(words, view.clock.timezone), [words, view.clock.timezone]);
  const say = useCallback((text: string) => {
    setSaid(text);
    setTimeout(() => setSaid((now) => (now === text ? "" : now)), SAID_MS);
  }, []);
  const speak = useCallback((lang: string) => setWords(choose(lang)), []);
  const scene = useMemo<Scene>(() => ({ phone, view, words, times, say, speak }), [phone, view, words, times]);
  const route = useRoute(words, view.name);
  return (
    <SceneContext.Provider value={scene}>
      <button type="button" class="skip" onClick={skip}>
        {words.nav.skip}
      </button>
      <Head />
      <Banners />
      <main id="main" key={`${route.page}/${route.id}`} class={`page ${route.page}`}>
        <PageOf route={route} />
      </main>
      <Ways route={route} />
      <p class={said === "" ? "toast" : "toast shown"} role="status">
        {said}
      </p>
    </SceneContext.Provider>
  );
}

function Head() {
  const { view, words } = useScene();
  const fresh = useFreshness();
  return (
    <header class="head">
      <a class="hearth" href={linkTo("fire")}>
        <CampFire />
        <span class="hearth-words">
          <strong>
            <Said text={view.name ?? words.join.nameless} />
          </strong>
          <small>{fresh}</small>
        </span>
      </a>
    </header>
  );
}

/** What a person should know on every page: another tab writes, no room left. */
function Banners() {
  const { view, words } = useScene();
  const { otherTab, trouble } = view.link;
  return (
    <div class="banners" role="status">
      {otherTab && <p>{words.fire.otherTab}</p>}
      {trouble !== undefined && <p>{words.trouble.E_STORAGE}</p>}
    </div>
  );
}

function Ways({ route }: { readonly route: Route }) {
  const { view, words } = useScene();
  const asked = view.askedOfMe.length;
  return (
    <nav class="ways" aria-label={words.nav.label}>
      {WAYS.map(({ page, icon, name }) => (
        <a key={page} class={`way ${page}`} href={linkTo(page)} aria-current={route.page === page ? "page" : undefined}>
          <span class="way-icon">
            <Icon name={icon} />
          </span>
          <span class="way-name">{words.nav[name]}</span>
          {page === "fire" && asked > 0 && (
            <span class="count" role="img" aria-label={words.programme.asked(asked)}>
              {asked}
            </span>
          )}
        </a>
      ))}
    </nav>
  );
}

/** A button: a link would change the address, which says which page is shown. */
function skip(): void {
  document.querySelector<HTMLElement>("main h1")?.focus();
}

function firstWords(): Words {
  return choose(localStorageItem() ?? "", false);
}

function choose(lang: string, keep = true): Words {
  const words = ALL_WORDS.find((known) => known.lang === lang) ?? wordsFor(navigator.languages);
  document.documentElement.lang = words.lang;
  document.documentElement.dir = words.dir;
  if (keep) {
    try {
      localStorage.setItem(CHOSEN_LANGUAGE, words.lang);
    } catch {
      // A phone that keeps nothing asks its browser again next time.
    }
  }
  return words;
}

function localStorageItem(): string | undefined {
  try {
    return localStorage.getItem(CHOSEN_LANGUAGE) ?? undefined;
  } catch {
    return undefined;
  }
}
