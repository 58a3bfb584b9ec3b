// One door on one day, for the tests of the display: a small tent in Berlin on Friday, 27 June 2025, at 14:20.
import type { DeviceState } from "../../../device/display/device-state.ts";
import type { DoorProgramme, Slot } from "../../../device/programme/slot.ts";

/** "14:20" on the day of the door, or on a later day; Berlin is two hours ahead of UTC in June. */
export function clock(time: string, daysLater = 0): number {
  return Date.parse(`2025-06-27T${time}:00+02:00`) / 1000 + daysLater * 86_400;
}

export function aSlot(start: string, end: string, title: string, more: Partial<Slot> = {}): Slot {
  const slot = { start: clock(start), end: clock(end), endOpen: false, status: "planned" } as const;
  return { doc: title, title, hosts: ["Mo", "Ada"], going: { door: 0, people: 0 }, ...slot, ...more };
}

export const KNOTS = aSlot("14:00", "15:00", "Knots for beginners and everyone afraid of ropes", {
  lang: "de",
  going: { door: 12, people: 7 },
});
export const CAFE = aSlot("15:30", "17:00", "Repair café: bring your broken lamp", { lang: "en" });
export const JAM = aSlot("17:00", "18:30", "Open jam");
export const FIRE = aSlot("20:00", "23:00", "Campfire and stories about the sea");
export const BREAKFAST = aSlot("10:00", "11:00", "Breakfast assembly", {
  start: clock("10:00", 1),
  end: clock("11:00", 1),
});

export function aDoor(more: Partial<DoorProgramme> = {}): DoorProgramme {
  return {
    venue: "Small Tent",
    timezone: "Europe/Berlin",
    now: [KNOTS],
    next: [CAFE, JAM, FIRE],
    tomorrow: BREAKFAST,
    empty: false,
    ...more,
  };
}

export function aDevice(more: Partial<DeviceState> = {}): DeviceState {
  const now = more.now ?? clock("14:20");
  return {
    clock: "sure",
    now,
    lastSync: now - 300,
    peers: 3,
    everHadPeer: true,
    address: "http://192.168.4.1:3000/",
    ...more,
  };
}
