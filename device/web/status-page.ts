// How this box is doing, for people: how much it knows, how fresh that is, how many devices carry it. Only what everybody
// may know.
import { html, htmlPage } from "./html.ts";
import type { PublicStatus } from "./pages.ts";
import { Content } from "./reply.ts";

const CLOCK_WORDS: Readonly<Record<PublicStatus["clock"]["trust"], string>> = {
  sure: "right",
  borrowed: "borrowed from the phones around it",
  unsure: "not set: this box does not know what time it is",
};

export function statusPage(status: PublicStatus): Content {
  const { name, things, people, devicesNow, devicesMet, lastNewsAgo, clock } = status;
  const rows = [
    ["Things it knows", things],
    ["People they are from", people],
    ["Devices it talks with now", devicesNow],
    ["Devices it has met", devicesMet],
    ["Last news", lastNewsAgo],
    ["Its clock is", CLOCK_WORDS[clock.trust]],
  ] as const;
  const body = html`<main class="page">
      <h1>This box</h1>
      <p>Its name is <strong>${name}</strong>. What you see here is how the festival looks from this box; others may know more.</p>
      <dl class="facts">${rows.map(([fact, value]) => html`<div><dt>${fact}</dt><dd>${value}</dd></div>`)}</dl>
      <p><a href="/">The festival</a> · <a href="/screen">The screen on the wall</a> · <a href="/docs">To read</a></p>
    </main>`;
  const bytes = htmlPage({ title: "This box · Lagerfeuer", body });
  return new Content({ type: "text/html; charset=utf-8", bytes, keeping: "never" });
}
