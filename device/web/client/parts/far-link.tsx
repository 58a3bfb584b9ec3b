// A link that somebody wrote. It leads away from the festival, so it shows its host, tells nobody where it was pressed,
// and only web addresses can be pressed at all; anything else stays text.
import type { LinkTarget } from "../festival/view.ts";
import { plainLine } from "./plain-text.ts";
import { Said } from "./said.tsx";

export function FarLink({ target }: { readonly target: LinkTarget }) {
  const url = webAddress(target.url);
  if (url === undefined) {
    return (
      <span class="far">
        {target.title !== undefined && <Said text={target.title} />} <Said text={target.url} />
      </span>
    );
  }
  return (
    <a class="far" href={url.href} rel="noopener noreferrer nofollow" target="_blank">
      <Said text={target.title ?? plainLine(url.pathname)} /> <bdi class="host">{url.host}</bdi>
    </a>
  );
}

export function webAddress(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === "http:" || url.protocol === "https:" ? url : undefined;
}
