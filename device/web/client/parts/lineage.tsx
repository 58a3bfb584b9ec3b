// Where something comes from, and what its author wishes for its way on.
import type { AncestorView, EventView } from "../festival/view.ts";
import { Said } from "./said.tsx";
import { useScene } from "./scene.tsx";
import { Who } from "./who.tsx";

export interface LineageProps {
  readonly lineage: readonly AncestorView[];
  readonly reuse: EventView["reuse"];
}

export function Lineage({ lineage, reuse }: LineageProps) {
  const { words } = useScene();
  if (lineage.length === 0 && reuse === undefined) return null;
  return (
    <section class="lineage">
      {lineage.length > 0 && (
        <ol class="plain">
          {lineage.map((ancestor) => (
            <li key={ancestor.id}>
              <Ancestor ancestor={ancestor} />
            </li>
          ))}
        </ol>
      )}
      {reuse !== undefined && <p>{words.event.reuse[reuse]}</p>}
    </section>
  );
}

function Ancestor({ ancestor }: { readonly ancestor: AncestorView }) {
  const { words } = useScene();
  if (ancestor.state === "withdrawn") return <>{words.event.afterWithdrawn}</>;
  if (ancestor.title === undefined) return <>{words.event.afterAwaited}</>;
  return (
    <>
      {words.event.after} <Said text={ancestor.title} />
      {ancestor.by !== undefined && (
        <>
          {" "}
          {words.common.by} <Who author={ancestor.by} />
        </>
      )}
    </>
  );
}
