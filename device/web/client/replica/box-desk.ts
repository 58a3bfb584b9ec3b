// What a page asks the box that served it, besides the session: which festival it shows, and whether it wants to know the
// time. Both are favours: without an answer the phone goes on by itself.
import type { Clock } from "../../../../sync/ports.ts";

const JOIN_PATH = "/join.json";
const CLOCK_PATH = "/clock";
const MICROS_PER_MS = 1000;
const TOPIC = /^[0-9a-f]{64}$/;

/** 64 hex digits; undefined if no box answers. */
export async function topicOfBox(): Promise<string | undefined> {
  try {
    const response = await fetch(JOIN_PATH);
    const { festival } = (await response.json()) as { readonly festival?: { readonly topic?: unknown } };
    const topic = festival?.topic;
    return typeof topic === "string" && TOPIC.test(topic) ? topic : undefined;
  } catch {
    return undefined;
  }
}

/** A box without a clock borrows the time of three phones (M-39). */
export async function offerClock(clock: Clock): Promise<void> {
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ now: Math.round(clock.nowMicros() / MICROS_PER_MS) });
  await fetch(CLOCK_PATH, { method: "POST", headers, body }).catch(() => {});
}
