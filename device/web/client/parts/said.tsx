// What people wrote, shown as text and never as markup, each piece isolated from what stands beside it.
import { plainLine, plainText } from "./plain-text.ts";

interface SaidProps {
  readonly text: string;
  readonly lang?: string | undefined;
}

/** One line within our own words. */
export function Said({ text, lang, class: kind }: SaidProps & { readonly class?: string }) {
  return (
    <bdi dir="auto" lang={lang} class={kind}>
      {plainLine(text)}
    </bdi>
  );
}

/** One line that leads somewhere: `dir` isolates a link as it does a `bdi`. */
export function SaidLink({ text, lang, href }: SaidProps & { readonly href: string }) {
  return (
    <a dir="auto" lang={lang} href={href}>
      {plainLine(text)}
    </a>
  );
}

/** Several lines on their own. */
export function SaidLong({ text, lang }: SaidProps) {
  return (
    <div class="said" dir="auto" lang={lang}>
      {plainText(text)}
    </div>
  );
}
