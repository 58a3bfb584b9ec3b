// The phone in a browser: IndexedDB, WebSockets, a worker for signatures; composed here and nowhere else. Works on a page
// from plain HTTP: asks for nothing that only a secure context has.

import { toHex } from "../../../../protocol/operation/bytes.ts";
import { festivalTopic } from "../../../../protocol/operation/topic.ts";
import type { Logger } from "../../../../sync/ports.ts";
import { IndexedDbStore } from "../../../../sync/store/indexeddb.ts";
import { IndexedDbBlobs } from "../../../../sync/store/indexeddb-blobs.ts";
import { SystemClock } from "../../../../sync/system-clock.ts";
import { BrowserWebSocketTransport } from "../../../../sync/transport/browser-websocket.ts";
import type { Phone } from "../phone.ts";
import { offerClock, topicOfBox } from "./box-desk.ts";
import { FestivalPhone } from "./festival-phone.ts";
import { IndexedDbBelongings } from "./indexeddb-belongings.ts";
import { keyInFragment, topicOfCode } from "./invitation.ts";
import { asPhoneError } from "./phone-error.ts";
import { createVerifyingSuite } from "./verifying-suite.ts";

const CHANNEL = "lagerfeuer";
const SILENT: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Where the build put the worker (build.ts). */
declare const VERIFY_WORKER_PATH: string;

/** Rejects with PhoneError where this browser keeps nothing. */
export async function startPhone(): Promise<Phone> {
  const suite = createVerifyingSuite(startWorker());
  const clock = new SystemClock();
  const { origin, pathname, host, protocol, hash } = location;
  const code = keyInFragment(hash);
  const told = code === undefined ? await topicOfBox() : undefined;
  const home = protocol === "http:" ? (host.includes(":") ? host : `${host}:80`) : undefined;
  try {
    const phone = await FestivalPhone.open(
      {
        belongings: await IndexedDbBelongings.open(),
        suite,
        clock,
        random: Math.random,
        randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
        logger: SILENT,
        transport: () => new BrowserWebSocketTransport({ clock }),
        openStore: (topic) => IndexedDbStore.open({ name: storeName(topic) }),
        openBlobs: (topic) => IndexedDbBlobs.open(blobsName(topic)),
        deleteStore: async (topic) => {
          await IndexedDbStore.delete(storeName(topic));
          await IndexedDbBlobs.delete(blobsName(topic));
        },
        breathe: () => new Promise((resolve) => setTimeout(resolve, 0)),
        timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        ...(home !== undefined && { home }),
      },
      {
        topic: code === undefined ? undefined : topicOfCode(code, suite),
        page: `${origin}${pathname}`,
        fallback: told ?? toHex(festivalTopic(undefined, suite)),
      },
    );
    shareWithTabs(phone);
    void offerClock(clock);
    return phone;
  } catch (error) {
    throw asPhoneError(error);
  }
}

function storeName(topic: string): string {
  return `lagerfeuer ${topic}`;
}

function blobsName(topic: string): string {
  return `lagerfeuer pictures ${topic}`;
}

/** The tab that is looked at writes; the others show what they have. */
function shareWithTabs(phone: FestivalPhone): void {
  const channel = new BroadcastChannel(CHANNEL);
  const quietly = (work: Promise<void>): void => {
    work.catch(() => {});
  };
  const take = (): void => {
    if (document.visibilityState !== "visible") return;
    channel.postMessage("mine");
    quietly(phone.resume());
  };
  channel.onmessage = () => quietly(phone.yield());
  channel.postMessage("mine");
  document.addEventListener("visibilitychange", take);
  addEventListener("focus", take);
}

function startWorker(): Worker | undefined {
  try {
    return new Worker(VERIFY_WORKER_PATH, { type: "module" });
  } catch {
    return undefined;
  }
}
