// Somebody, by animal and name. Linked to their page.
import { linkTo } from "../pages/route.ts";
import { Animal } from "./animal.tsx";
import { plainLine } from "./plain-text.ts";
import { Said } from "./said.tsx";
import { useScene } from "./scene.tsx";

export interface WhoProps {
  /** Public key, hex. */
  readonly author: string;
  /** What an author wrote instead of the name of the key. */
  readonly name?: string | undefined;
}

export function Who({ author, name }: WhoProps) {
  const { view, words } = useScene();
  const person = view.personByKey.get(author);
  if (person === undefined) return <Said text={name ?? words.people.longAgo} />;
  return (
    <a class="who" href={linkTo("person", author)}>
      <Animal hash={person.hash} />
      <Said text={name ?? person.name ?? person.animal} />
      {person.mine && <span class="mine"> ({words.common.me})</span>}
    </a>
  );
}

/** The name alone, for the middle of a sentence. */
export function useName(): (key: string | undefined) => string {
  const { view, words } = useScene();
  return (key) => {
    const person = key === undefined ? undefined : view.personByKey.get(key);
    return plainLine(person?.name ?? person?.animal ?? words.people.longAgo);
  };
}
