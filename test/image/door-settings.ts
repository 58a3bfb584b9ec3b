// The settings of a door that scenarios press: a monitor, buttons and a light on GPIO lines, and a place where it is noon
// whenever a test is run, because at night no light answers (display.md §8.4).
export const SCREEN = "door-800x480";
const NOON = 12;

export interface DoorPlace {
  readonly venue: string;
  /** IANA. */
  readonly timezone: string;
}

/** As `lagerfeuer.toml` has them. */
export function doorSettings({ venue, timezone }: DoorPlace): string {
  return `[festival]
timezone = "${timezone}"
[screen]
venue = "${venue}"
output = "framebuffer"
name = "${SCREEN}"
[buttons]
source = "gpio"
led = "GPIO26"
window_seconds = 10
`;
}

/** An IANA zone of whole hours. Their signs are those of POSIX: Etc/GMT-3 is three hours ahead. */
export function zoneAtNoon(nowMs: number): string {
  const ahead = NOON - new Date(nowMs).getUTCHours();
  return `Etc/GMT${ahead < 0 ? "+" : "-"}${Math.abs(ahead)}`;
}
