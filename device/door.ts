// One door: what its screen says and what its buttons do, from the programme, the peers and the clock. The machine of
// the buttons (door-buttons.ts) and the scene (display/) are pure; this carries their effects out.
import { encodeBody } from "../protocol/festival/body.ts";
import type { Seconds } from "../protocol/festival/when.ts";
import { buildTime } from "./build-time.ts";
import type { DeviceState } from "./display/device-state.ts";
import { doorScene } from "./display/door-scene.ts";
import { joinedSlot } from "./display/joined-slot.ts";
import { mistakesScene } from "./display/mistakes-scene.ts";
import { overviewScene } from "./display/overview-scene.ts";
import type { Scene } from "./display/scene.ts";
import { setUpScene } from "./display/set-up-scene.ts";
import { sleepingScene } from "./display/sleeping-scene.ts";
import { type ButtonEffect, DoorButtons } from "./door-buttons.ts";
import { callMeetup } from "./door-meetup.ts";
import type { DoorOptions } from "./door-options.ts";
import { fullMark, markableSlot } from "./full-mark.ts";
import type { Press } from "./gpio/port.ts";
import { MistakePage } from "./mistake-page.ts";
import { nearestWord } from "./nearest-word.ts";
import type { DoorProgramme, Slot } from "./programme/slot.ts";

/** Name of no venue: a screen for all of them, at the info point or the gate. */
export const ALL_VENUES = "all";
const NOTHING: DoorProgramme = { venue: "Lagerfeuer", timezone: "UTC", now: [], next: [], empty: true };
const MICROS_PER_SECOND = 1_000_000;
/** How long a headcount matters after its event (M-60, class "days"). */
const RSVP_KEPT_SECONDS = 7 * 86_400;

export class Door {
  readonly #options: DoorOptions;
  readonly #buttons = new DoorButtons();
  readonly #mistakePage: MistakePage;
  #isAsleep = false;
  #latest: DoorProgramme | undefined;

  constructor(options: DoorOptions) {
    this.#options = options;
    this.#mistakePage = new MistakePage(options.mistakes.length > 0, options.clock.monotonicMs());
  }

  describe(): { readonly scene: Scene; readonly nextChangeMs: number } {
    const { boxClock, clock, words } = this.#options;
    if (this.#isAsleep) {
      const scene = sleepingScene(this.#latest ?? NOTHING, boxClock.now, words);
      return { scene, nextChangeMs: Number.POSITIVE_INFINITY };
    }
    const nowMs = clock.monotonicMs();
    const buttonsMs = this.#buttons.nextChange(nowMs) ?? Number.POSITIVE_INFINITY;
    const pageMs = Math.min(buttonsMs, this.#mistakePage.nextChangeMs(nowMs));
    return { scene: this.#scene(), nextChangeMs: Math.min(boxClock.nextMinuteMs, pageMs) };
  }

  /** Resolves when what the press means is durable. */
  async press(press: Press): Promise<void> {
    const { boxClock, clock, headcount, logger, answer } = this.#options;
    const programme = this.#programme();
    const joinable = joinedSlot(programme, boxClock.now);
    const markable = markableSlot(programme, boxClock.now);
    const seen = {
      joinable: joinable?.doc,
      counted: joinable ? headcount.counted(joinable.doc) : 0,
      markable: markable && { event: markable.doc, full: markable.full === true },
      otherRooms: this.#reading(() => this.#options.programme.venues().length > 1) === true,
    };
    this.#mistakePage.leave(clock.monotonicMs());
    const effects = this.#buttons.press(press, seen, clock.monotonicMs());
    logger.debug("button", { ...press, effects: effects.map(({ type }) => type) });
    try {
      await this.#carryOut(effects, markable);
    } catch (error) {
      answer("refused");
      throw error;
    }
  }

  /** From now on the screen says that the box is away. */
  sleep(): void {
    this.#isAsleep = true;
  }

  /** Writes the headcount of one event as this box's keyed rsvp. */
  async publishHeadcount(event: string, door: number): Promise<void> {
    const { replica, boxClock } = this.#options;
    const isSure = boxClock.trust !== "unsure";
    const expires = isSure ? { expires: wholeMinutes(boxClock.now + RSVP_KEPT_SECONDS) } : {};
    await replica.publish([encodeBody({ a: "set", s: "rsvp/1", k: event, f: { going: "yes", door, ...expires } })]);
  }

  async #carryOut(effects: readonly ButtonEffect[], markable: Slot | undefined): Promise<void> {
    const { headcount, answer, changed } = this.#options;
    for (const effect of effects) {
      switch (effect.type) {
        case "count":
          headcount.change(effect.event, effect.change);
          break;
        case "meet":
          await this.#carryOut(await this.#meet(), undefined);
          break;
        case "mark":
          if (markable !== undefined) await this.#carryOut(await this.#mark(markable, effect.full), undefined);
          break;
        case "answer":
          answer(effect.answer);
          break;
        case "redraw":
          changed();
          break;
      }
    }
  }

  async #mark(slot: Slot, full: boolean): Promise<ButtonEffect[]> {
    const { replica, boxClock, clock } = this.#options;
    if (boxClock.trust === "unsure") return this.#buttons.say({ kind: "no-clock" }, "refused", clock.monotonicMs());
    await replica.publish([fullMark(slot, full)]);
    return this.#buttons.say({ kind: full ? "full" : "open" }, "done", clock.monotonicMs());
  }

  #scene(): Scene {
    const { words, programme, policy, clock } = this.#options;
    const door = this.#programme();
    const state = this.#state(door);
    if (state.page === "set-up") return setUpScene(door.timezone, state, words);
    if (state.page === "door" && this.#mistakePage.stands(door, clock.monotonicMs()))
      return mistakesScene(door, state, words);
    if (door.empty || (state.page !== "rooms" && this.#options.venue !== ALL_VENUES))
      return doorScene(door, state, words);
    return overviewScene(this.#reading(() => programme.doors(this.#shownMoment, policy())) ?? [door], state, words);
  }

  #state(door: DoorProgramme): DeviceState {
    const { boxClock, clock, peers, address, hotspot, facts, trouble, mistakes, lateJoinSeconds } = this.#options;
    const nowMs = clock.monotonicMs();
    const url = address();
    const open = hotspot();
    const lastSync = this.#lastSync();
    const toast = this.#buttons.toast(nowMs);
    const markable = markableSlot(door, boxClock.now);
    const strayVenue = this.#strayVenue();
    return {
      clock: boxClock.trust,
      now: boxClock.now,
      peers: peers.live,
      everHadPeer: lastSync !== undefined,
      page: this.#buttons.page(nowMs),
      lateJoinSeconds,
      facts: facts(),
      mistakes,
      ...(strayVenue && { strayVenue }),
      ...(trouble.trouble && { trouble: trouble.trouble }),
      ...(markable && { mark: markable.full ? "open" : "full" }),
      ...(lastSync !== undefined && { lastSync }),
      ...(url !== undefined && { address: url }),
      ...(open && { hotspot: open }),
      ...(toast && { toast }),
    };
  }

  #strayVenue(): DeviceState["strayVenue"] {
    const { venue, programme } = this.#options;
    const known = this.#reading(() => programme.venues()) ?? [];
    if (venue === undefined || venue === ALL_VENUES || known.length === 0 || known.includes(venue)) return undefined;
    const nearest = nearestWord(venue, known);
    return { name: venue, ...(nearest !== undefined && { nearest }) };
  }

  #lastSync(): number | undefined {
    const { peers, memory, boxClock, liveStepSeconds } = this.#options;
    const remembered = this.#reading(() => memory.get("last-sync"));
    if (peers.live === 0) return remembered;
    const now = boxClock.now - (boxClock.now % liveStepSeconds);
    if (remembered === undefined || now > remembered) this.#reading(() => memory.set("last-sync", now));
    return now;
  }

  #programme(): DoorProgramme {
    this.#latest = this.#reading(() => this.#readProgramme()) ?? this.#latest ?? NOTHING;
    return this.#latest;
  }

  #readProgramme(): DoorProgramme {
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

  /** A card that cannot be used any more leaves what was read last: never an error in place of a schedule. */
  #reading<Found>(read: () => Found): Found | undefined {
    try {
      return read();
    } catch (error) {
      this.#options.logger.error("card not used", { error: String(error) });
      this.#options.trouble.failed(error);
      return undefined;
    }
  }

  /** Without a clock, the first day that may still matter: what was over when this release was made does not (M-39). */
  get #shownMoment(): Seconds {
    const { programme, boxClock } = this.#options;
    if (boxClock.trust !== "unsure") return boxClock.now;
    return programme.firstStart(this.#venueName, Math.floor(buildTime / MICROS_PER_SECOND)) ?? boxClock.now;
  }

  get #venueName(): string {
    const { venue, programme } = this.#options;
    return venue ?? programme.venues()[0] ?? NOTHING.venue;
  }

  /** The glass shows a press at once; the operation that carries it may wait for its window. */
  #withOwnPresses(slot: Slot): Slot {
    const unpublished = this.#options.headcount.unpublished(slot.doc);
    return unpublished === 0 ? slot : { ...slot, going: { ...slot.going, door: slot.going.door + unpublished } };
  }

  async #meet(): Promise<ButtonEffect[]> {
    const { replica, programme, clock, words, boxClock } = this.#options;
    if (boxClock.trust === "unsure") return this.#buttons.say({ kind: "no-clock" }, "refused", clock.monotonicMs());
    const door = this.#programme();
    const start = await callMeetup({ replica, programme, door, title: words.meetup, now: boxClock.now });
    if (start === undefined) return this.#buttons.say({ kind: "taken" }, "refused", clock.monotonicMs());
    return this.#buttons.say({ kind: "meetup", start }, "done", clock.monotonicMs());
  }
}

function wholeMinutes(seconds: number): number {
  return seconds - (seconds % 60);
}
