// What the box knows about itself when it draws: its clock, its peers, its address, what a press just did.
// Types only; the programme of the door is device/programme/slot.ts.
import type { Seconds } from "../../protocol/festival/when.ts";

/** How far the clock can be trusted (M-39): time server or clock chip; median of several phones; neither. */
export type ClockTrust = "sure" | "borrowed" | "unsure";

export interface DeviceState {
  readonly clock: ClockTrust;
  readonly now: Seconds;
  /** End of the last completed session with any peer. */
  readonly lastSync?: Seconds;
  /** Peers connected at this moment. */
  readonly peers: number;
  /** Being alone is normal in a camp: news can only be missing where there once was a peer (display.md §7.2). */
  readonly everHadPeer: boolean;
  /** URL for the QR code and, without its scheme, as printed text. */
  readonly address?: string;
  /** The box's own Wi-Fi while it is open: before a phone can open the address, it joins this. */
  readonly hotspot?: OpenHotspot;
  readonly page?: Page;
  /** What a steward would say who holds ▲ now: that nobody fits in any more, or that somebody does again. */
  readonly mark?: "full" | "open";
  /** After this long nobody joins what runs any more (display.md §7.4 row 42); absent: never. */
  readonly lateJoinSeconds?: number;
  /** What to tell whoever sets it up. */
  readonly facts?: SetUpFacts;
  /** What is wrong in its lagerfeuer.toml, in the order of its lines. */
  readonly mistakes?: readonly Mistake[];
  /** The venue it was set up for, where the programme knows none of that name, and the nearest of those it knows. */
  readonly strayVenue?: { readonly name: string; readonly nearest?: string };
  /** What keeps this box from its work. It takes the screen only where there is no schedule to show. */
  readonly trouble?: Trouble;
  /** Answer to a press; takes the place of the button labels until the caller drops it. */
  readonly toast?: Toast;
}

export interface OpenHotspot {
  readonly name: string;
  readonly password: string;
  /** What a phone's camera reads to join. */
  readonly code: string;
}

/** For whoever hangs a box up, in the order in which they stand. */
export type SetUpFacts = Readonly<Partial<Record<SetUpFact, string>>>;
export type SetUpFact =
  | "wifi"
  | "password"
  | "venue"
  | "festival"
  | "screen"
  | "address"
  | "clock"
  | "legibility"
  | "scripts"
  | "box"
  | "version";

/** What the screen shows: its door, every door, the rest of the day there, or what the box says of itself. */
export type Page = "door" | "rooms" | "more" | "set-up";

/** One of lagerfeuer.toml: English, as in the journal. */
export interface Mistake {
  readonly line?: number;
  readonly text: string;
}

/** No room on its card; a card that cannot be read or written; a fault of which nothing else is known. */
export type Trouble = "card-full" | "card-broken" | "fault";

export type Toast =
  | { readonly kind: "counted"; readonly door: number }
  | { readonly kind: "nothing-to-join" }
  | { readonly kind: "undone" }
  | { readonly kind: "nothing-to-undo" }
  | { readonly kind: "hold-to-meet" }
  | { readonly kind: "meetup"; readonly start: Seconds }
  | { readonly kind: "taken" }
  | { readonly kind: "full" }
  | { readonly kind: "open" }
  | { readonly kind: "nothing-to-mark" }
  | { readonly kind: "no-clock" }
  | { readonly kind: "one-moment" };
