// What one door is made of: the programme, the peers and the clock behind it, and what door-setting.ts takes for it from the
// configuration.
import type { Peers } from "../sync/peers.ts";
import type { Clock, Logger } from "../sync/ports.ts";
import type { BoxClock } from "./box-clock.ts";
import type { BoxMemory } from "./box-memory.ts";
import type { Mistake, OpenHotspot, SetUpFacts } from "./display/device-state.ts";
import type { Words } from "./display/words.ts";
import type { PressAnswer } from "./gpio/port.ts";
import type { Headcount } from "./headcount.ts";
import type { Publisher } from "./interchange/publish-programme.ts";
import type { DoorPolicy } from "./programme/door-policy.ts";
import type { Programme } from "./programme/programme.ts";
import type { StoreTrouble } from "./store-trouble.ts";

export interface DoorOptions {
  readonly replica: Pick<Publisher, "publish">;
  readonly programme: Programme;
  readonly peers: Pick<Peers, "live">;
  readonly headcount: Headcount;
  readonly memory: BoxMemory;
  readonly clock: Clock;
  readonly boxClock: Pick<BoxClock, "now" | "trust" | "nextMinuteMs">;
  readonly words: Words;
  readonly logger: Logger;
  /** The venue this screen hangs at, or ALL_VENUES; absent: the first one known. */
  readonly venue: string | undefined;
  /** What may stand on it now. */
  readonly policy: () => DoorPolicy;
  /** How phones reach this box and find its festival. */
  readonly address: () => string | undefined;
  /** The Wi-Fi that phones join first, while this box has one of its own open. */
  readonly hotspot: () => OpenHotspot | undefined;
  /** For whoever sets it up. */
  readonly facts: () => SetUpFacts;
  readonly trouble: StoreTrouble;
  /** Of lagerfeuer.toml. */
  readonly mistakes: readonly Mistake[];
  readonly lateJoinSeconds: number;
  readonly changed: () => void;
  /** Tells whoever pressed, before any picture can. */
  readonly answer: (answer: PressAnswer) => void;
  /** While a session is live its news is now; told in steps, so that a panel is not refreshed for it. */
  readonly liveStepSeconds: number;
}
