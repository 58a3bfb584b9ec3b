// One door: what its screen says and what its buttons do, from the programme, the peers and the clock. The machine of
// the buttons (door-buttons.ts) and the scene (display/) are pure; this carries their effects out.
import { encodeBody } from "../protocol/festival/body.ts";
import type { Span } from "../protocol/festival/span.ts";
import type { Seconds } from "../protocol/festival/when.ts";
import { toHex } from "../protocol/operation/bytes.ts";
import type { Operation } from "../protocol/operation/operation.ts";
import type { Peers } from "../sync/peers.ts";
import type { Clock, Logger } from "../sync/ports.ts";
import type { Replica } from "../sync/replica.ts";
import type { BoxClock } from "./box-clock.ts";
import type { BoxMemory } from "./box-memory.ts";
import { buildTime } from "./build-time.ts";
import type { DeviceState } from "./display/device-state.ts";
import { doorScene } from "./display/door-scene.ts";
import { joinedSlot, takesPlace } from "./display/joined-slot.ts";
import type { Scene } from "./display/scene.ts";
import type { Words } from "./display/words.ts";
import { DoorButtons } from "./door-buttons.ts";
import type { Press } from "./gpio/port.ts";
import type { Headcount } from "./headcount.ts";
import { type MeetupRule, meetupSpan } from "./keeper/meetup-time.ts";
import type { ShownDocument } from "./programme/document-query.ts";
import type { DoorPolicy } from "./programme/door-policy.ts";
import type { Programme } from "./programme/programme.ts";
import type { DoorProgramme, Slot } from "./programme/slot.ts";

/** While a session is live its news is now; told in steps, so that a panel is not refreshed for it. */
const LIVE_STEP_SECONDS = 300;
/** On a time that is easy to say, when people had time to come; nobody waits an hour for it (display.md §8.2). */
const MEETUP_RULE: MeetupRule = {
  leadSeconds: 15 * 60,
  stepSeconds: 5 * 60,
  lengthSeconds: 30 * 60,
  withinSeconds: 45 * 60,
};
const MICROS_PER_SECOND = 1_000_000;
/** How long a headcount matters after its event (M-60, class "days"). */
const RSVP_KEPT_SECONDS = 7 * 86_400;

export interface DoorOptions {
  readonly replica: Replica;
  readonly programme: Programme;
  readonly peers: Peers;
  readonly headcount: Headcount;
  readonly memory: BoxMemory;
  readonly clock: Clock;
  readonly boxClock: BoxClock;
  readonly words: Words;
  readonly logger: Logger;
  /** The venue this screen hangs at; absent: the first one known. */
  readonly venue: string | undefined;
  /** What may stand on it now. */
  readonly policy: () => DoorPolicy;
  /** URL under which phones reach this box. */
  readonly address: () => string | undefined;
  readonly changed: () => void;
}

export class Door {
  readonly #options: DoorOptions;
  readonly #buttons = new DoorButtons();

  constructor(options: DoorOptions) {
    this.#options = options;
  }

  describe(): { readonly scene: Scene; readonly nextChangeMs: number } {
    const { boxClock, clock, words } = this.#options;
    const buttonsMs = this.#buttons.nextChange(clock.monotonicMs()) ?? Number.POSITIVE_INFINITY;
    return {
      scene: doorScene(this.#programme(), this.#state(), words),
      nextChangeMs: Math.min(boxClock.nextMinuteMs, buttonsMs),
    };
  }

  /** Resolves when what the press means is durable. */
  async press(press: Press): Promise<void> {
    const { clock, headcount, logger, changed } = this.#options;
    const joinable = joinedSlot(this.#programme(), this.#options.boxClock.now);
    const counted = joinable ? headcount.counted(joinable.doc) : 0;
    for (const effect of this.#buttons.press(press, { joinable: joinable?.doc, counted }, clock.monotonicMs())) {
      logger.debug("button", { ...press, effect: effect.type });
      if (effect.type === "count") headcount.change(effect.event, effect.change);
      if (effect.type === "meet") await this.#meet();
      changed();
    }
  }

  /** Writes the headcount of one event as this box's keyed rsvp. */
  async publishHeadcount(event: string, door: number): Promise<void> {
    const { replica, boxClock } = this.#options;
    const isSure = boxClock.trust !== "unsure";
    const expires = isSure ? { expires: wholeMinutes(boxClock.now + RSVP_KEPT_SECONDS) } : {};
    await replica.publish([encodeBody({ a: "set", s: "rsvp/1", k: event, f: { going: "yes", door, ...expires } })]);
  }

  #state(): DeviceState {
    const { boxClock, clock, peers, address } = this.#options;
    const nowMs = clock.monotonicMs();
    const url = address();
    const lastSync = this.#lastSync();
    const toast = this.#buttons.toast(nowMs);
    return {
      clock: boxClock.trust,
      now: boxClock.now,
      peers: peers.live,
      everHadPeer: lastSync !== undefined,
      page: this.#buttons.page(nowMs),
      ...(lastSync !== undefined && { lastSync }),
      ...(url !== undefined && { address: url }),
      ...(toast && { toast }),
    };
  }

  #lastSync(): number | undefined {
    const { peers, memory, boxClock } = this.#options;
    const remembered = memory.get("last-sync");
    if (peers.live === 0) return remembered;
    const now = boxClock.now - (boxClock.now % LIVE_STEP_SECONDS);
    if (remembered === undefined || now > remembered) memory.set("last-sync", now);
    return now;
  }

  #programme(): DoorProgramme {
    const { programme, policy } = this.#options;
    const found = programme.door(this.#venueName, this.#shownMoment, policy());
    const { tomorrow } = found;
    return {
      ...found,
      now: found.now.map((slot) => this.#withOwnPresses(slot)),
      next: found.next.map((slot) => this.#withOwnPresses(slot)),
      ...(tomorrow && { tomorrow: this.#withOwnPresses(tomorrow) }),
    };
  }

  /** Without a clock, the first day that may still matter: what was over when this release was made does not (M-39). */
  get #shownMoment(): Seconds {
    const { programme, boxClock } = this.#options;
    if (boxClock.trust !== "unsure") return boxClock.now;
    return programme.firstStart(this.#venueName, Math.floor(buildTime / MICROS_PER_SECOND)) ?? boxClock.now;
  }

  get #venueName(): string {
    const { venue, programme } = this.#options;
    return venue ?? programme.venues()[0] ?? "Lagerfeuer";
  }

  /** The glass shows a press at once; the operation that carries it may wait for its window. */
  #withOwnPresses(slot: Slot): Slot {
    const unpublished = this.#options.headcount.unpublished(slot.doc);
    return unpublished === 0 ? slot : { ...slot, going: { ...slot.going, door: slot.going.door + unpublished } };
  }

  async #meet(): Promise<void> {
    const { replica, clock, words, boxClock } = this.#options;
    if (boxClock.trust === "unsure") {
      this.#buttons.answerMeet({ kind: "no-clock" }, clock.monotonicMs());
      return;
    }
    const door = this.#programme();
    const venues = this.#venues();
    const span = this.#freeSpan(door, venues);
    if (span === undefined) {
      this.#buttons.answerMeet({ kind: "taken" }, clock.monotonicMs());
      return;
    }
    const ids = venues.map(({ doc }) => doc);
    const f = {
      title: words.meetup,
      status: "planned" as const,
      when: { m: "exact" as const, ...span, tz: door.timezone },
      ...(ids.length > 0 ? { venues: ids } : { place: { text: door.venue } }),
    };
    const [event] = await replica.publish([encodeBody({ a: "create", s: "event/1", f })]);
    const lent = venues.filter(({ fields }) => fields.policy !== "none");
    const asked = { event: toHex((event as Operation).id), ...span };
    const requests = lent.map(({ doc }) => encodeBody({ a: "create", s: "request/1", f: { ...asked, resource: doc } }));
    if (requests.length > 0) await replica.publish(requests);
    this.#buttons.answerMeet({ kind: "meetup", start: span.start }, clock.monotonicMs());
  }

  #venues(): ShownDocument<"resource/1">[] {
    const { programme } = this.#options;
    const ids = new Set(programme.venueDocuments(this.#venueName));
    return programme.documents("resource/1").filter(({ doc }) => ids.has(doc));
  }

  /** Nothing else stands there, and nobody was granted it (B1). */
  #freeSpan(door: DoorProgramme, venues: readonly ShownDocument<"resource/1">[]): Span | undefined {
    const { programme, boxClock } = this.#options;
    const booked = venues.flatMap(({ doc, fields }) => {
      const load = programme.occupancy(doc)?.load();
      return load === undefined ? [] : { load, limit: fields.quantity };
    });
    return meetupSpan(boxClock.now, { slots: [...door.now, ...door.next].filter(takesPlace), booked }, MEETUP_RULE);
  }
}

function wholeMinutes(seconds: number): number {
  return seconds - (seconds % 60);
}
