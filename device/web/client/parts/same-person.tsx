// One person on two devices: each of its keys says so of the other, and nothing comes of it before both did (M-50).
import type { PersonView } from "../festival/view.ts";
import { addressOf } from "../pages/route.ts";
import { Trouble, useActing } from "./acting.tsx";
import { QrCode } from "./qr-code.tsx";
import { useScene } from "./scene.tsx";

/** On the page of somebody who is none of my own keys. */
export function SamePerson({ person }: { readonly person: PersonView }) {
  const { phone, view, words } = useScene();
  const acting = useActing();
  const { link } = person;
  const isSaid = link === "mine" || link === "both";
  return (
    <details class="drawer">
      <summary>{words.twin.title}</summary>
      <p>{words.twin.said[link ?? "none"]}</p>
      {link === "mine" && <QrCode address={addressOf("person", view.me)} />}
      <button
        type="button"
        class="button"
        disabled={acting.busy}
        onClick={() => void acting.run(() => phone.keys.link(view.me, person.key, isSaid))}
      >
        {isSaid ? words.twin.undo : words.twin.do}
      </button>
      <Trouble acting={acting} />
    </details>
  );
}
