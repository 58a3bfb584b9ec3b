// Opens the replicas of a box: its own festival, in which it writes, and the topics that it carries for others.
import { asTopic, equalBytes, fromHex, toHex } from "../protocol/operation/bytes.ts";
import { ownKey } from "../sync/own-key.ts";
import type { Clock, Logger } from "../sync/ports.ts";
import { Quota } from "../sync/quota.ts";
import { Replica, type ReplicaOptions } from "../sync/replica.ts";
import type { Relay } from "./config-relay.ts";
import type { Config } from "./config-schema.ts";
import type { DataFolder } from "./data-folder.ts";

const BYTES_PER_MEGABYTE = 1024 * 1024;

/**
 * A key that wrote before, and a store in which nothing is: the store was lost. Writing on from the beginning would fork
 * the log for everybody who has the old one, so this box goes on under a new key (reliability.md §2.3 rule 6). Whoever
 * only reads changes nothing; and a folder that holds another festival has lost nothing.
 */
export async function openOwnReplica(
  access: "read" | "write",
  around: { readonly folder: DataFolder; readonly clock: Clock; readonly logger: Logger },
  options: Pick<ReplicaOptions, "store" | "suite" | "topic" | "quota" | "blobs">,
): Promise<Replica> {
  const { folder, clock, logger } = around;
  const key = ownKey(folder.signingKey(), options.suite);
  const replica = await Replica.open({ ...options, clock, key });
  if (access === "write" && folder.keyWasUsed && (await options.store.count()) === 0) {
    logger.warn("the store was lost: going on under a new key", { lost: toHex(key.verifyingKey) });
    folder.retireKey(clock.nowMicros());
    return openOwnReplica(access, around, options);
  }
  replica.subscribe({
    accepted: (operations) => {
      if (operations.some(({ author }) => equalBytes(author, key.verifyingKey))) folder.markKeyUsed();
    },
    completed: () => {},
  });
  return replica;
}

/** Of the festival: as much as the store may take, and of each author a part. */
export function festivalQuota({ maxMegabytes, authorMegabytes }: Config["store"]): Quota {
  return new Quota({
    topicBytes: maxMegabytes * BYTES_PER_MEGABYTE,
    authorBytes: authorMegabytes * BYTES_PER_MEGABYTE,
  });
}

/** Topics that are carried for others: this box never writes in them. */
export function openRelays(
  relays: readonly Relay[],
  { store, suite, key, topic }: Replica,
  clock: Clock,
): Promise<Replica[]> {
  const others = relays.filter((relay) => relay.topic !== toHex(topic));
  const opened = others.map(({ topic, quotaMegabytes, authorMegabytes }) => {
    const topicBytes = quotaMegabytes * BYTES_PER_MEGABYTE;
    const quota = new Quota({ topicBytes, authorBytes: authorMegabytes * BYTES_PER_MEGABYTE });
    return Replica.open({ store, suite, key, clock, topic: asTopic(fromHex(topic)), quota });
  });
  return Promise.all(opened);
}
