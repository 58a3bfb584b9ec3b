// Rows under a heading of their own: the rest of the day, what has no time yet, the day on which a box wakes up.
import type { Box } from "./marks.ts";
import { placeRows, rowsHeight } from "./row-layout.ts";
import type { Appendix } from "./scene.ts";
import type { Sheet } from "./sheet.ts";

const HEADING_WEIGHT = 800;
const HEADING_LINE = 1.2;

/** As many rows as fit; the others are counted beside the heading. Returns the y below them. */
export function placeHeadedRows(sheet: Sheet, { heading, rows }: Appendix, box: Box): number {
  const { theme, rows: own, gap } = sheet.screen;
  const line = { ...box, height: headingHeight(sheet) };
  const options = { size: own.heading, weight: HEADING_WEIGHT, colour: theme.page.ink };
  sheet.line(heading, line, options);
  const y = line.y + line.height + gap;
  const { hidden, bottom } = placeRows(sheet, rows, { ...box, y, height: box.y + box.height - y }, "top");
  if (hidden > 0) sheet.line(`+${hidden}`, line, { ...options, align: "right" });
  return bottom;
}

/** With every row at one line. */
export function headedRowsHeight(sheet: Sheet, { rows }: Pick<Appendix, "rows">): number {
  return headingHeight(sheet) + sheet.screen.gap + rowsHeight(sheet, rows);
}

function headingHeight(sheet: Sheet): number {
  return Math.round(sheet.screen.rows.heading * HEADING_LINE);
}
