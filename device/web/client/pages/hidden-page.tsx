// What this phone does not show because its owner chose so, and how to see it again. Local, and said so.
import { useState } from "preact/hooks";
import type { HiddenView } from "../festival/view.ts";
import { TextField } from "../parts/field.tsx";
import { Empty, PageHead } from "../parts/page-head.tsx";
import { Said } from "../parts/said.tsx";
import { useScene } from "../parts/scene.tsx";
import { useName } from "../parts/who.tsx";

export function HiddenPage() {
  const { view, words } = useScene();
  const name = useName();
  const { blocked, muted, hidden, words: hiddenWords } = view.hidden;
  const empty = [blocked, muted, hidden, hiddenWords].every(({ length }) => length === 0);
  const titleOf = (id: string) => view.eventById.get(id)?.title ?? view.resourceById.get(id)?.title ?? id.slice(0, 8);
  return (
    <>
      <PageHead back>{words.hidden.title}</PageHead>
      <p>{words.hidden.said}</p>
      {empty && <Empty>{words.hidden.empty}</Empty>}
      <Group title={words.people.block} kind="blocked" values={blocked} say={name} />
      <Group title={words.people.mute} kind="muted" values={muted} say={name} />
      <Group title={words.hidden.things} kind="hidden" values={hidden} say={titleOf} />
      <Group title={words.hidden.words} kind="words" values={hiddenWords} say={(word) => word} />
      <HideWord />
    </>
  );
}

interface GroupProps {
  readonly title: string;
  readonly kind: keyof HiddenView;
  readonly values: readonly string[];
  readonly say: (value: string) => string;
}

function Group({ title, kind, values, say }: GroupProps) {
  const { phone, words } = useScene();
  if (values.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul class="plain">
        {values.map((value) => (
          <li key={value} class="card line">
            <Said text={say(value)} />
            <button type="button" class="button" onClick={() => void phone.local.hide(kind, value, false)}>
              {words.hidden.again}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function HideWord() {
  const { phone, words } = useScene();
  const [word, setWord] = useState("");
  const hide = (event: Event) => {
    event.preventDefault();
    if (word.trim() === "") return;
    void phone.local.hide("words", word.trim(), true).then(() => setWord(""));
  };
  return (
    <form class="form" noValidate onSubmit={hide}>
      <TextField label={words.hidden.addWord} value={word} maxLength={60} change={setWord} />
      <button type="submit" class="button">
        {words.common.save}
      </button>
    </form>
  );
}
