// What the box's port shows and passes on. `device/box-pages.ts` provides it; nothing here knows of a replica.
import type { Scene } from "../display/scene.ts";

export interface Pages {
  /** The frame on the wall as PNG, and a name that changes with its pixels. */
  frame(): { readonly png: Uint8Array; readonly name: string };
  /** Calls back with each new frame's name; returns how to stop. */
  watchFrames(callback: (name: string) => void): () => void;
  /** What stands on that frame. */
  scene(): Scene;
  press(button: 1 | 2 | 3, held: boolean): Promise<void>;
  /** What a phone needs to become a peer of this festival. */
  join(): JoinNote;
  /** What a phone has on its clock, in milliseconds since 1970 UTC; `host` tells phones apart (M-39). */
  offerClock(host: string, phoneMs: number): void;
  programmeFiles(): ProgrammeFiles;
  publicStatus(): Promise<PublicStatus>;
  /** A picture by the hash of its bytes, 64 hex digits; nothing while it is not here. */
  picture(hash: string): Promise<{ readonly mediaType: string; readonly bytes: Uint8Array } | undefined>;
  status(): Promise<unknown>;
  /** What this box carries for whom. */
  carried(): Promise<unknown>;
  /** Takes a programme that another process has read, as JSON. */
  import(programme: Uint8Array): Promise<unknown>;
  /** Takes bodies that another process wrote, as JSON: see publish-request.ts. */
  publish(request: Uint8Array): Promise<unknown>;
  /** Proves that a command may read the data folder. */
  readonly token: string;
}

/** Formats of `lagerfeuer export`. */
export type ProgrammeFormat = "ics" | "schedule-xml" | "schedule-json";

export interface ProgrammeFiles {
  /** Changes when a file might. */
  readonly version: string;
  /** The bytes that `lagerfeuer export` writes. */
  write(format: ProgrammeFormat): Promise<Uint8Array>;
}

export interface JoinNote {
  readonly festival: {
    /** Hex. */
    readonly topic: string;
    /** Nobody needs a key: everybody who has this program is here. */
    readonly open: boolean;
    /** The key as people say it to one another; absent where it is only digits. */
    readonly words?: string;
  };
  /** URL under which phones reach this box, if it has a network. */
  readonly address?: string;
  /** Seconds since 1970 UTC, and how far they can be trusted (M-39). */
  readonly clock: { readonly now: number; readonly trust: "sure" | "borrowed" | "unsure" };
}

/** What everybody may know: counts and ages; no keys, addresses or paths. */
export interface PublicStatus {
  /** The animal of this box. */
  readonly name: string;
  readonly things: number;
  readonly people: number;
  /** Devices that exchange news with this box at this moment. */
  readonly devicesNow: number;
  /** Devices that this box remembers to have met. */
  readonly devicesMet: number;
  /** When news last came, seconds since 1970 UTC; null before the first. */
  readonly lastNews: number | null;
  /** The same in words, "3 min ago". */
  readonly lastNewsAgo: string;
  readonly clock: JoinNote["clock"];
}
