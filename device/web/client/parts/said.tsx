// What people wrote, shown as text and never as markup, each piece isolated from what stands beside it.
import { plainLine, plainText } from "./plain-text.ts";

/** One line within our own words. */
export function Said({ text, lang }: { readonly text: string; readonly lang?: string | undefined }) {
  return (
    <bdi dir="auto" lang={lang}>
      {plainLine(text)}
    </bdi>
  );
}

/** Several lines on their own. */
export function SaidLong({ text, lang }: { readonly text: string; readonly lang?: string | undefined }) {
  return (
    <div class="said" dir="auto" lang={lang}>
      {plainText(text)}
    </div>
  );
}
