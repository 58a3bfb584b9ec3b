// Stands at "/" where the phone page was not built.
import { html, htmlPage } from "./html.ts";
import { Content } from "./reply.ts";

export function missingClientPage(): Content {
  const body = html`<main class="page">
      <h1>The fire burns, but its page for phones is not here yet</h1>
      <p>Whoever keeps this box can build it: <code>npm run build:client</code>, then start the box again.</p>
      <p>Until then, look at <a href="/screen">what is on</a>, or at <a href="/preview">the screen with its buttons</a>.</p>
    </main>`;
  const bytes = htmlPage({ title: "Lagerfeuer", body });
  return new Content({ type: "text/html; charset=utf-8", bytes, keeping: "never" });
}
