// The components of an iCalendar file as a shallow tree of unparsed lines, so that one broken event costs nothing but
// itself.
import { ProgrammeFileError, requireFewEntries } from "../programme-file.ts";
import type { CalendarLine } from "./calendar-lines.ts";

export interface CalendarComponent {
  /** In upper case: "VEVENT". */
  readonly name: string;
  /** Line of its BEGIN. */
  readonly line: number;
  /** Its own lines, without those of the components within it. */
  readonly lines: readonly CalendarLine[];
  readonly children: readonly CalendarComponent[];
  /** False if it never ended. */
  readonly closed: boolean;
}

interface OpenComponent extends CalendarComponent {
  readonly lines: CalendarLine[];
  readonly children: CalendarComponent[];
  closed: boolean;
}

/** VCALENDAR > VTIMEZONE > STANDARD is the deepest that matters. */
const DEPTH_MAX = 16;
const EDGE = /^(BEGIN|END):\s*([\w-]{1,40})\s*$/i;

/** The calendars of a file. Throws E_FILE_BROKEN if the last one does not end: the file is cut. */
export function readCalendarComponents(lines: readonly CalendarLine[]): CalendarComponent[] {
  const root = opened("", 1);
  const open = [root];
  let events = 0;
  for (const line of lines) {
    const [, edge, value = ""] = EDGE.exec(line.text) ?? [];
    const name = value.toUpperCase();
    if (edge === undefined) {
      if (line.text.trim() !== "") open.at(-1)?.lines.push(line);
    } else if (edge.toUpperCase() === "END") {
      close(open, name);
    } else {
      if (name === "VEVENT") requireFewEntries(++events);
      begin(open, opened(name, line.number));
    }
  }
  if (open.length > 1) throw broken(lines.at(-1)?.number ?? 1, `ends within ${open.at(-1)?.name}`);
  return root.children.filter(({ name }) => name === "VCALENDAR");
}

function opened(name: string, line: number): OpenComponent {
  return { name, line, lines: [], children: [], closed: false };
}

/** An event cannot contain an event: one that begins within another shows that the other lost its end. */
function begin(open: OpenComponent[], component: OpenComponent): void {
  const unended = component.name === "VEVENT" ? open.findIndex(({ name }) => name === "VEVENT") : -1;
  if (unended > 0) open.splice(unended);
  if (open.length > DEPTH_MAX) throw broken(component.line, "is nested too deeply");
  open.at(-1)?.children.push(component);
  open.push(component);
}

function close(open: OpenComponent[], name: string): void {
  const index = open.findLastIndex((component) => component.name === name);
  const component = open[index];
  if (index < 1 || component === undefined) return;
  component.closed = true;
  open.splice(index);
}

function broken(line: number, why: string): ProgrammeFileError {
  return new ProgrammeFileError("E_FILE_BROKEN", `Cannot read calendar: line ${line} ${why}`);
}
