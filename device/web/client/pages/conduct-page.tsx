// How we are with each other: in people's own words where somebody wrote them, else in ours. Works without any box.
import { PageHead } from "../parts/page-head.tsx";
import { Said, SaidLong } from "../parts/said.tsx";
import { useScene } from "../parts/scene.tsx";
import { Who } from "../parts/who.tsx";

/** A page of this name is about conduct. */
export const CONDUCT_SLUG = "conduct";

export function ConductPage() {
  const { view, words } = useScene();
  const frames = view.frames.filter(({ conduct }) => conduct !== undefined && conduct !== "");
  const pages = view.pages.filter(({ slug }) => slug === CONDUCT_SLUG);
  const said = [
    ...frames.map(({ id, title, conduct = "", author }) => ({ id, title, text: conduct, author })),
    ...pages.map(({ id, title, text, author }) => ({ id, title, text, author })),
  ];
  return (
    <>
      <PageHead back>{words.pages.conduct}</PageHead>
      {said.map(({ id, title, text, author }) => (
        <article key={id} class="card">
          <h2>
            <Said text={title} />
          </h2>
          <SaidLong text={text} />
          <p class="note-head">
            {words.pages.conductOf} <Who author={author} />
          </p>
        </article>
      ))}
      {said.length === 0 && (
        <>
          <p class="hint">{words.pages.conductSaid}</p>
          <ul class="conduct-words">
            {words.pages.conductDefault.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
