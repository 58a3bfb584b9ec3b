// A calendar with one event that began a few minutes ago and goes on for hours, whenever it is asked for.
const MINUTE_MS = 60_000;

export interface RunningNow {
  readonly title: string;
  readonly venue: string;
}

export function calendarNow({ title, venue }: RunningNow, nowMs: number): string {
  const stamp = (ms: number) => new Date(nowMs + ms).toISOString().replace(/[-:]|\.\d+/g, "");
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Lagerfeuer//test//EN",
    "BEGIN:VEVENT",
    `UID:${venue}`,
    `DTSTAMP:${stamp(0)}`,
    `DTSTART:${stamp(-5 * MINUTE_MS)}`,
    `DTEND:${stamp(300 * MINUTE_MS)}`,
    `SUMMARY:${title}`,
    `LOCATION:${venue}`,
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return `${lines.join("\r\n")}\r\n`;
}
