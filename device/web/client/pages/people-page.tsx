// Everybody of whom something is here, with what they do: roles follow from deeds.
import { useState } from "preact/hooks";
import type { PersonView } from "../festival/view.ts";
import { Animal } from "../parts/animal.tsx";
import { FindField } from "../parts/find-field.tsx";
import { LongList } from "../parts/long-list.tsx";
import { Empty, PageHead } from "../parts/page-head.tsx";
import { Said } from "../parts/said.tsx";
import { useScene } from "../parts/scene.tsx";
import type { Times } from "../parts/times.ts";
import type { Words } from "../words/words.ts";
import { folded } from "./event-wish.ts";
import { linkTo } from "./route.ts";

export function PeoplePage() {
  const { view, words } = useScene();
  const [find, setFind] = useState("");
  const needle = folded(find);
  const found = view.people.filter(({ name = "", animal }) => folded(`${name} ${animal}`).includes(needle));
  return (
    <>
      <PageHead back>{words.people.title}</PageHead>
      <FindField label={words.people.find} value={find} change={setFind} />
      {view.people.length < 2 && <Empty>{words.people.empty}</Empty>}
      <LongList items={found} draw={(person) => <Person key={person.key} person={person} />} />
    </>
  );
}

function Person({ person }: { readonly person: PersonView }) {
  const { words, times } = useScene();
  return (
    <li>
      <a class="person-card" href={linkTo("person", person.key)}>
        <Animal hash={person.hash} size="middle" />
        <strong>
          <Said text={person.name ?? person.animal} />
          {person.mine && ` (${words.common.me})`}
        </strong>
        <small>{rolesText(person, words, times)}</small>
      </a>
    </li>
  );
}

export function rolesText({ roles }: PersonView, { people }: Words, times: Times): string {
  const said = (["hosts", "performs", "lends", "comes"] as const).flatMap((role) =>
    roles[role] > 0 ? people[role](roles[role]) : [],
  );
  return said.length === 0 ? people.nothing : times.list(said);
}
