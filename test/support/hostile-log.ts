// Everything that one hostile key can say: its words in every text of every schema (SPEC.md §8.2), as operations that are
// right in all but what they want. Nothing here asks our own rules first, as a program of somebody else would not.
import { encodeBody } from "../../protocol/festival/body.ts";
import { byteLength } from "../../protocol/festival/text.ts";
import { asLogId, asSigningKey, type Topic, toHex } from "../../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../../protocol/operation/crypto.ts";
import { createOperation, type Operation } from "../../protocol/operation/operation.ts";

const MICROS_PER_SECOND = 1_000_000;
const HOUR = 3_600;
/** Longer than what any of these texts may hold is not what this is about. */
const SHORT = 40;
const LINE = 120;
const LONG = 500;

export interface HostileOptions {
  readonly words: string;
  readonly topic: Topic;
  readonly suite: CryptoSuite;
  /** Seconds since 1970 UTC. */
  readonly now: number;
}

export interface HostileLog {
  readonly key: string;
  readonly event: string;
  readonly resource: string;
  readonly operations: readonly Operation[];
}

/** As much of a text as fits. */
function cut(text: string, bytes: number): string {
  let fits = "";
  for (const character of text.normalize("NFC")) {
    if (byteLength(fits + character) > bytes) break;
    fits += character;
  }
  return fits;
}

export function hostileLog({ words, topic, suite, now }: HostileOptions): HostileLog {
  const signingKey = asSigningKey(suite.hash(new TextEncoder().encode(`hostile ${words}`)));
  const logId = asLogId(suite.hash(topic));
  const operations: Operation[] = [];
  const write = (body: Readonly<Record<string, unknown>>): string => {
    const before = operations.at(-1);
    const previous = before && { id: before.id, seqNum: before.header.seqNum };
    const timestamp = (now + operations.length) * MICROS_PER_SECOND;
    const bytes = encodeBody(body as never);
    operations.push(
      createOperation({ signingKey, logId, timestamp, body: bytes, ...(previous && { previous }) }, suite),
    );
    return toHex((operations.at(-1) as Operation).id);
  };
  const key = toHex(suite.verifyingKey(signingKey));
  const create = (s: string, f: object): string => write({ a: "create", s, f });
  const set = (s: string, k: string, f: object): string => write({ a: "set", s, k, f });
  const said = sayingsOf(words, now);

  set("profile/1", "", said.profile);
  const frame = create("frame/1", said.frame);
  const resource = create("resource/1", said.resource);
  const series = create("series/1", { title: said.line, text: said.long, rule: said.line, ...said.common });
  const event = create("event/1", {
    ...said.event,
    frames: [frame],
    series,
    venues: [resource],
    hosts: said.hosts(key),
  });
  create("event/1", { title: said.line, place: said.place, when: { m: "words", text: said.short } });
  create("event/1", { title: said.line, links: [{ url: said.line, title: said.line }] });
  const span = { start: said.start, end: said.end };
  const request = create("request/1", { event, resource, ...span, note: said.long });
  set("answer/1", request, {
    subject: request,
    resource,
    version: request,
    verdict: "accept",
    ...span,
    hold: span,
    of: 1,
    policy: "manual",
    note: said.line,
  });
  create("note/1", {
    about: event,
    text: said.long,
    blobs: said.pictures,
    kind: "photo",
    consent: true,
    ...said.common,
  });
  create("note/1", { announce: "news", text: said.line, expires: now + 12 * HOUR });
  create("need/1", { event, title: said.line, text: said.long });
  create("page/1", { slug: "owned", title: said.line, text: said.long });
  create("pick/1", { title: said.line, text: said.long, items: [event] });
  create("mutelist/1", { title: said.line, items: [{ doc: event, why: said.line }] });
  create("flag/1", { about: event, why: "danger", text: said.long, to: key });
  create("space-link/1", { title: said.line, text: said.long, how: [{ relay: said.line, code: said.line }] });
  create("meetup/1", {
    event,
    via: key,
    commit: "0".repeat(64),
    inputs: [],
    groups: [{ place: said.line, keys: [key] }],
    expires: now + 24 * HOUR,
  });
  set("presence/1", "", { open: true, until: now + HOUR, tags: [said.short], via: key, round: said.short });
  set("rsvp/1", event, { going: "yes", n: 3 });
  return { key, event, resource, operations };
}

/** The words in every shape that a field may have. */
function sayingsOf(words: string, now: number) {
  const [short, line, long] = [cut(words, SHORT), cut(words, LINE), cut(words, LONG)];
  const url = `https://example.org/${encodeURI(short.toWellFormed())}`;
  const addr = { street: short, code: short, city: short, country: short };
  const place = { text: line, addr, how: long };
  const links = [
    { url, title: line, rel: "web" },
    { url: `x-owned:${encodeURI(short.toWellFormed())}`, title: line },
    { url: `tel:${"1".repeat(7)}`, title: line },
  ];
  const pictures = [{ h: "ab".repeat(32), t: "image/png", n: 1000, alt: line }];
  const common = { origin: { src: line, uid: line, rid: line, rrule: line, etag: line }, reuse: "free" };
  const start = Math.floor(now / HOUR) * HOUR;
  const end = start + 2 * HOUR;
  const when = { m: "exact", start, end, tz: "Europe/Berlin" };
  return {
    short,
    line,
    long,
    place,
    pictures,
    common,
    start,
    end,
    profile: { name: cut(words, 60), about: long, pronouns: cut(words, 30), contact: links, is: "person" },
    frame: { title: line, text: long, place, tags: [short], conduct: long, links, ...common },
    resource: {
      kind: "venue",
      title: line,
      text: long,
      place,
      unit: cut(words, 20),
      access: long,
      tags: [short],
      ...common,
    },
    event: {
      title: line,
      summary: long,
      text: long,
      when,
      kind: short,
      tags: [short],
      links,
      place,
      images: pictures,
      access: long,
      part: short,
      note: line,
      ...common,
    },
    hosts: (key: string) => [{ key, name: line, role: short }, { name: line }],
  };
}
