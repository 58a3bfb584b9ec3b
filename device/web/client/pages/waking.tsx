// What is seen while the phone wakes, and where it cannot: embers and a sentence. Needs no phone, only words.
import type { PhoneFault } from "../phone.ts";
import { wordsFor } from "../words/words.ts";

export function Waking({ fault }: { readonly fault?: PhoneFault["code"] | undefined }) {
  const words = wordsFor(navigator.languages);
  document.documentElement.lang = words.lang;
  document.documentElement.dir = words.dir;
  return (
    <main class="page waking">
      <h1>Lagerfeuer</h1>
      <p role="status">{fault === undefined ? words.common.working : (words.trouble[fault] ?? words.trouble.other)}</p>
    </main>
  );
}
