// The smallest panels as a plate beside the door: whose door, what is on and until when, and one line of what comes
// next or how old the news is. No clock, no code, no buttons: what is left must be read.
import { placeFireside } from "./fire-layout.ts";
import { placeChips, placeTakeover } from "./lead-layout.ts";
import type { Box } from "./marks.ts";
import { placeOverview } from "./overview-layout.ts";
import { placeRows } from "./row-layout.ts";
import type { Lead, Row, Scene } from "./scene.ts";
import type { Sheet } from "./sheet.ts";
import type { Tone } from "./themes.ts";

const WEIGHT = { room: 800, title: 800, notice: 800, label: 700 };

export function placePlate(sheet: Sheet, scene: Scene): void {
  const { width, height, margin, gap, theme, header, status } = sheet.screen;
  const { body, badge } = scene;
  const head = { x: 0, y: 0, width, height: header.height };
  sheet.fill(head, theme.header.paper);
  const room = { ladder: header.sizes.map((size) => ({ size, lines: 1 })), weight: WEIGHT.room };
  const inner = { ...head, x: margin, width: width - 2 * margin };
  sheet.block(scene.header.room, inner, { ...room, colour: theme.header.ink, pitch: head.height });
  const last = { ...inner, y: height - status.height, height: status.height };
  const isOld = badge.level === "stale" || badge.level === "old";
  const below = body.kind === "slot" ? body.rows.slice(0, 1) : [];
  const said = scene.announcement?.text.text ?? scene.strip ?? (below.length > 0 ? undefined : scene.note);
  const hasLast = isOld || said !== undefined || below.length > 0;
  const bottom = (hasLast ? last.y : height) - Math.floor(gap / 2);
  const y = head.height + gap;
  placeMiddle(sheet, scene, { ...inner, y, height: bottom - y });
  if (badge.level === "stale" || badge.level === "old") placeBar(sheet, badge.text, last, theme.badge[badge.level]);
  else if (said !== undefined) placeBar(sheet, said, last, theme.alarm);
  else placeNext(sheet, below, last);
}

function placeMiddle(sheet: Sheet, { body }: Scene, box: Box): void {
  switch (body.kind) {
    case "slot":
      placeLead(sheet, body.lead, box);
      break;
    case "list":
      placeRows(sheet, body.rows, box, "top");
      break;
    case "notice":
      if (body.fire) placeFireside(sheet, body, box);
      else if (body.lead === undefined) placeSentence(sheet, body.text, box);
      else placeLead(sheet, body.lead, box);
      break;
    case "overview":
      placeOverview(sheet, body, box);
      break;
    case "facts":
      placeSentence(sheet, body.facts.map(({ value }) => value).join(" · "), box);
      break;
    case "mistakes":
      placeSentence(
        sheet,
        body.mistakes.map(({ line, text }) => (line === undefined ? text.text : `${line}: ${text.text}`)).join(" · "),
        box,
      );
      break;
    case "alarm":
      break;
  }
}

function placeSentence(sheet: Sheet, text: string, box: Box): void {
  const { notice, theme } = sheet.screen;
  sheet.block(text, box, { ladder: notice.text, weight: WEIGHT.notice, colour: theme.page.ink });
}

function placeLead(sheet: Sheet, lead: Lead, box: Box): void {
  const { title, takeover, strike, theme, gap } = sheet.screen;
  const top = lead.takeover === undefined ? placeChips(sheet, lead, box) : placeTakeover(sheet, lead.takeover, box);
  const y = top + Math.floor(gap / 2);
  sheet.block(
    lead.title.text,
    { ...box, y, height: box.y + box.height - y },
    {
      ladder: lead.takeover === undefined ? title : takeover.title,
      weight: WEIGHT.title,
      colour: theme.page.ink,
      ...(lead.title.lang !== undefined && { lang: lead.title.lang }),
      ...(lead.struck && { strike }),
    },
  );
}

function placeNext(sheet: Sheet, rows: readonly Row[], box: Box): void {
  const { theme, line } = sheet.screen;
  if (rows.length === 0) return;
  sheet.fill({ ...box, height: line }, theme.rule);
  // Beside a time, "NEXT" and what it was before say little: the place goes to the title.
  placeRows(
    sheet,
    rows.map(({ label: _label, aside: _aside, ...row }) => row),
    box,
    "bottom",
  );
}

/** A line over the whole width, in colours that are not those of the page. */
function placeBar(sheet: Sheet, text: string, box: Box, tone: Tone): void {
  const { width, status } = sheet.screen;
  sheet.fill({ ...box, x: 0, width }, tone.paper);
  sheet.line(text, box, { size: status.size, weight: WEIGHT.label, colour: tone.ink });
}
