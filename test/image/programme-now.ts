// What a started card needs to be awake, whenever a test is run: an event that began a few minutes ago and goes on for hours,
// and a place where it is noon, because at night no light answers (display.md §8.4).
const MINUTE_MS = 60_000;
const NOON = 12;

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

/** An IANA zone of whole hours. Their signs are those of POSIX: Etc/GMT-3 is three hours ahead. */
export function zoneAtNoon(nowMs: number): string {
  const ahead = NOON - new Date(nowMs).getUTCHours();
  return `Etc/GMT${ahead < 0 ? "+" : "-"}${Math.abs(ahead)}`;
}
