// What hangs on the wall, as a page: for a projector, and for somebody who has it read out. The words are the scene's own,
// in its language and direction; nothing is said here that the screen does not say.
import type {
  Announced,
  Appendix,
  Chip,
  Lead,
  MistakesBody,
  Place,
  ProgrammeText,
  Row,
  Scene,
} from "../display/scene.ts";
import { type Html, html, htmlPage } from "./html.ts";

export function screenPage(scene: Scene): Uint8Array {
  const { header, lang, direction } = scene;
  return htmlPage({
    title: `${header.room} · Lagerfeuer`,
    lang,
    direction,
    script: "/screen.js",
    body: html`<main id="screen" class="screen" aria-live="polite">${bodyWithFrame(scene)}</main>`,
  });
}

function bodyWithFrame(scene: Scene): Html {
  if (scene.body.kind === "alarm") return bodyOf(scene.body);
  const { header, strip, announcement, body, badge, note, address } = scene;
  return html`
      <header><h1><bdi>${header.room}</bdi></h1>${header.clock && html`<p class="clock">${header.clock}</p>`}</header>
      ${strip && html`<p class="strip">${strip}</p>`}
      ${announcement && announced(announcement)}
      ${bodyOf(body)}
      <footer>
        ${footerLines(scene)}
        <p class="badge ${badge.level}">${badge.text}</p>
        ${note && html`<p>${note}</p>`}
        ${address && html`<p class="address"><bdi>${address}</bdi></p>`}
      </footer>
    `;
}

function footerLines({ footer }: Scene): Html {
  if (footer.toast !== undefined) return html`<p class="toast">${footer.toast}</p>`;
  const counts = footer.labels.filter(({ detail }) => detail !== undefined);
  return html`${counts.map(({ detail }) => html`<p>${detail}</p>`)}`;
}

function bodyOf(body: Scene["body"]): Html {
  switch (body.kind) {
    case "slot":
      return html`${leadOf(body.lead)}${rowsOf(body.rows)}`;
    case "list":
      return html`<h2>${body.heading}</h2>${rowsOf(body.rows)}${appendixOf(body.appendix)}`;
    case "notice":
      return html`<p class="notice">${body.text}</p>${body.detail && html`<p>${body.detail}</p>`}
        ${body.lead && leadOf(body.lead)}${appendixOf(body.appendix)}`;
    case "alarm":
      return html`<section class="alarm" role="alert"><p class="notice">${worded(body.text)}</p><p>${body.by}</p></section>`;
    case "overview":
      return html`${body.places.map((place) => placeOf(place, body.nothing))}`;
    case "facts":
      return html`<dl class="facts">${body.facts.map(({ name, value }) => html`<div><dt>${name}</dt><dd><bdi>${value}</bdi></dd></div>`)}</dl>`;
    case "mistakes":
      return html`<ol class="list">${body.mistakes.map(mistakeOf)}</ol><p>${body.detail}</p>`;
  }
}

function mistakeOf({ line, text }: MistakesBody["mistakes"][number]): Html {
  return html`<li>${line && html`<strong>${line}</strong> `}${worded(text)}</li>`;
}

function announced({ text, by, more }: Announced): Html {
  return html`<aside class="announced"><p>${worded(text)}</p><p class="aside">${by}${more > 0 ? ` (+${more})` : ""}</p></aside>`;
}

function leadOf({ label, when, aside, chips, takeover, title, struck, elsewhere, hosts, note }: Lead): Html {
  return html`<article class="lead">
        <p class="when"><strong>${label}</strong> ${when} ${asideOf(aside)} ${chips.map(chipOf)}</p>
        ${takeover && html`<p class="takeover">${takeover.word}${takeover.room && html` <bdi>${takeover.room}</bdi>`}</p>`}
        <h2>${titled(title, struck)}</h2>
        ${hosts.length > 0 ? html`<p class="hosts">${separated(hosts)}</p>` : undefined}
        ${note && html`<p><bdi>${note}</bdi></p>`}
        ${elsewhere && html`<p>${elsewhere.word} ${separated(elsewhere.rooms)}</p>`}
      </article>`;
}

function rowsOf(rows: readonly Row[]): Html | undefined {
  if (rows.length === 0) return undefined;
  return html`<ol class="list">${rows.map((row) => html`<li>${rowOf(row)}</li>`)}</ol>`;
}

function rowOf({ label, time, aside, chips, title, struck }: Row): Html {
  return html`${label && html`<strong>${label}</strong> `}<span class="time">${time}</span> ${asideOf(aside)}
          ${titled(title, struck)} ${chips.map(chipOf)}`;
}

function placeOf({ room, now, next }: Place, nothing: string): Html {
  return html`<section><h2><bdi>${room}</bdi></h2>
        <p>${now === undefined ? nothing : rowOf(now)}</p>${next && html`<p class="aside">${rowOf(next)}</p>`}</section>`;
}

function appendixOf(appendix: Appendix | undefined): Html | undefined {
  return appendix && html`<h2>${appendix.heading}</h2>${rowsOf(appendix.rows)}`;
}

function titled(title: ProgrammeText, struck: boolean): Html {
  return struck ? html`<s>${worded(title)}</s>` : worded(title);
}

/** By an author, in any language and direction. */
function worded({ text, lang }: ProgrammeText): Html {
  return lang === undefined ? html`<bdi>${text}</bdi>` : html`<bdi lang="${lang}">${text}</bdi>`;
}

function asideOf(aside: string | undefined): Html | undefined {
  return aside === undefined ? undefined : html`<span class="aside">${aside}</span>`;
}

function chipOf({ text, tone, arrow }: Chip): Html {
  return html`<span class="chip ${tone}">${arrow && "→ "}<bdi>${text}</bdi></span> `;
}

function separated(names: readonly string[]): Html {
  return html`${names.map((name, index) => html`${index > 0 ? " · " : ""}<bdi>${name}</bdi>`)}`;
}
