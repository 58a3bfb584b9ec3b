// The fire as the place where news arrives: embers while this phone is alone, small flames while it looks around, a fire
// among others, and a leap of sparks whenever something new comes in. Words say the same beside it.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { FestivalView } from "../festival/view.ts";
import { useScene } from "./scene.tsx";

/** How long the sparks of a piece of news fly. */
const LEAP_MS = 1_800;

const STRENGTHS = { alone: "embers", looking: "small", "catching up": "high", together: "warm" } as const;

export function CampFire({ large = false }: { readonly large?: boolean }) {
  const { view } = useScene();
  const leaping = useLeap(view);
  const classes = ["camp-fire", STRENGTHS[view.link.state], large ? "large" : "", leaping ? "leaping" : ""];
  return (
    <span class={classes.join(" ")}>
      <Layer name="glow">
        <ellipse cx="32" cy="46" rx="30" ry="16" />
      </Layer>
      <span class="flames">
        <Layer name="flame outer">
          <path d="M32 4C35 15 49 22 49 38C49 48 42 54 32 54S15 48 15 38C15 29 21 27 22 19C27 22 28 27 28 31C32 25 33 14 32 4Z" />
        </Layer>
        <Layer name="flame middle">
          <path d="M33 18C35 26 43 31 43 41C43 49 38 54 32 54S21 49 21 42C21 36 25 34 26 29C29 32 30 35 30 37C33 32 34 25 33 18Z" />
        </Layer>
        <Layer name="flame inner">
          <path d="M32 32C33 37 38 40 38 46C38 51 36 54 32 54S26 51 26 47C26 43 29 42 29 39C31 41 31 42 31 44C32 41 33 36 32 32Z" />
        </Layer>
      </span>
      <Layer name="log">
        <path d="M10 58L50 48M14 48L54 58" />
      </Layer>
      <Layer name="ember">
        <path d="M20 52h5M29 54h7M41 52h4" />
      </Layer>
      <Layer name="sparks">
        <circle cx="24" cy="30" r="1.4" />
        <circle cx="40" cy="26" r="1.7" />
        <circle cx="33" cy="20" r="1.3" />
        <circle cx="45" cy="36" r="1.2" />
        <circle cx="18" cy="38" r="1.3" />
      </Layer>
    </span>
  );
}

/** A drawing of its own for each thing that moves: then a browser moves it beside its work, not in every frame of it. */
function Layer({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <svg class={name} viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

/** True for a moment after news. */
function useLeap(view: FestivalView): boolean {
  const { kept, lastNews } = view.freshness;
  const known = useRef({ kept, lastNews });
  const [leaping, setLeaping] = useState(false);
  useEffect(() => {
    if (known.current.lastNews === lastNews) return;
    known.current = { kept, lastNews };
    setLeaping(true);
    const end = setTimeout(() => setLeaping(false), LEAP_MS);
    return () => clearTimeout(end);
  }, [lastNews]);
  return leaping;
}

/** "seen from this phone, last news 3 min ago" */
export function useFreshness(): string {
  const { view, words, times } = useScene();
  const { lastNews } = view.freshness;
  const news = lastNews === undefined ? words.fire.noNews : words.fire.lastNews(times.ago(lastNews, view.clock.now));
  return `${words.fire.seen} · ${news}`;
}
