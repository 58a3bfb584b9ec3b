// What every page can reach: the phone, the festival as it is now, the words of the chosen language, and how times are
// written in it. Pages draw again when one of them changes.
import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { FestivalView } from "../festival/view.ts";
import type { Phone } from "../phone.ts";
import type { Words } from "../words/words.ts";
import type { Times } from "./times.ts";

export interface Scene {
  readonly phone: Phone;
  readonly view: FestivalView;
  readonly words: Words;
  readonly times: Times;
  /** Says something that passes by itself; read aloud too. */
  readonly say: (text: string) => void;
  readonly speak: (lang: string) => void;
}

export const SceneContext = createContext<Scene | undefined>(undefined);

export function useScene(): Scene {
  const scene = useContext(SceneContext);
  if (scene === undefined) throw new Error("Cannot draw: no phone is here");
  return scene;
}

/** The newest snapshot; the component draws again with each. */
export function useFestival(phone: Phone): FestivalView {
  const [view, setView] = useState(phone.view());
  useEffect(() => {
    setView(phone.view());
    return phone.subscribe(() => setView(phone.view()));
  }, [phone]);
  return view;
}
