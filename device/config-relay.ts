// One `[[relay]]` of the configuration: a topic that is no festival, and how much of it this box carries. On the command
// line and in the environment it is one text: the topic, or "topic:megabytes".

export interface Relay {
  /** 64 lower-case hex digits. */
  readonly topic: string;
  readonly quotaMegabytes: number;
  readonly authorMegabytes: number;
}

/** A few thousand messages of many people: a relay gives that away without a second thought. */
const QUOTA_MEGABYTES = 64;
/** One author of a topic may take a quarter of it. */
const AUTHOR_SHARE = 4;
const MOST_MEGABYTES = 1_048_576;
const TOPIC = /^[0-9a-f]{64}$/i;
const KEYS = new Set(["topic", "quota_megabytes", "author_megabytes"]);

export const RELAY_EXPECTED = "a topic of 64 hex digits, and if wanted quota_megabytes and author_megabytes";

/** Undefined if it is none. */
export function readRelay(element: unknown): Relay | undefined {
  if (typeof element === "string") return readText(element);
  if (typeof element !== "object" || element === null || Array.isArray(element)) return undefined;
  const table = element as Readonly<Record<string, unknown>>;
  if (Object.keys(table).some((name) => !KEYS.has(name))) return undefined;
  return relay(table["topic"], table["quota_megabytes"], table["author_megabytes"]);
}

function readText(text: string): Relay | undefined {
  const [topic, quota, ...more] = text.split(":");
  return more.length > 0 ? undefined : relay(topic, quota === undefined ? undefined : Number(quota), undefined);
}

function relay(topic: unknown, quota: unknown = QUOTA_MEGABYTES, author?: unknown): Relay | undefined {
  if (typeof topic !== "string" || !TOPIC.test(topic) || !isMegabytes(quota)) return undefined;
  const authorMegabytes = author ?? Math.max(1, Math.floor(quota / AUTHOR_SHARE));
  if (!isMegabytes(authorMegabytes)) return undefined;
  return { topic: topic.toLowerCase(), quotaMegabytes: quota, authorMegabytes };
}

function isMegabytes(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MOST_MEGABYTES;
}
