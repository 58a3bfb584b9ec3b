// The heading of a page, with the way back on pages that are reached from another one.
import type { ComponentChildren } from "preact";
import { Icon } from "./icon.tsx";
import { useScene } from "./scene.tsx";

export interface PageHeadProps {
  readonly children: ComponentChildren;
  readonly back?: boolean;
  readonly beside?: ComponentChildren;
}

export function PageHead({ children, back = false, beside }: PageHeadProps) {
  const { words } = useScene();
  return (
    <div class="page-head">
      {back && (
        <button type="button" class="round" aria-label={words.nav.back} onClick={() => history.back()}>
          <Icon name="back" />
        </button>
      )}
      <h1 tabIndex={-1}>{children}</h1>
      {beside}
    </div>
  );
}

/** What a page says where it has nothing to show. */
export function Empty({ children }: { readonly children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}
