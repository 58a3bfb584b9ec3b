// The ports of the sync ring: what a replica needs from a store, from connections and from discovery. Types, and the one
// number on which both sides of a connection rely; adapters live in store/, transport/ and discovery/.
import type { Hash, LogId, Topic, VerifyingKey } from "../protocol/operation/bytes.ts";
import type { LogKey, LogRange } from "../protocol/operation/log.ts";

/** An operation as it lies in a store: verified once, bytes as they came. */
export interface StoredOperation {
  /** Position in the order of arrival at this replica, from 1; never reused. */
  readonly arrival: number;
  readonly id: Hash;
  readonly author: VerifyingKey;
  readonly logId: LogId;
  readonly seqNum: number;
  readonly headerBytes: Uint8Array;
  readonly body?: Uint8Array;
  /** Number of the session that brought it, in this run of the process; 0 if it was made here. */
  readonly introducer: number;
}

/** How one log stands in a store. */
export interface LogState extends LogKey {
  /** Highest sequence number held. */
  readonly height: number;
  /** Lowest sequence number whose body is still wanted; absent if every body is here or was dropped on purpose. */
  readonly wantedFrom?: number;
  /** Ids at which its branches end, in byte order; more than one if its author forked it. */
  readonly ends: readonly Hash[];
}

/** What lies at one place of a log. */
export interface Entry {
  readonly id: Hash;
  readonly seqNum: number;
}

/** What the operations of one author take up in one topic. */
export interface AuthorUsage {
  readonly author: VerifyingKey;
  readonly operations: number;
  /** Headers and bodies. */
  readonly bytes: number;
  /** Arrival of the newest one. */
  readonly newest: number;
}

export interface NewEntry extends Omit<StoredOperation, "arrival"> {
  readonly backlink?: Hash;
  readonly payloadSize: number;
}

/** Everything of one transaction. Either all of it is on disk when the promise resolves, or none. */
export interface Commit {
  readonly topic: Topic;
  /** New operations, each after its predecessor. */
  readonly operations: readonly NewEntry[];
  /** Bodies that arrive after their headers. */
  readonly lateBodies: readonly { readonly id: Hash; readonly body: Uint8Array }[];
  /** Logs that were pruned: entries below `seqNum` go. */
  readonly prunes: readonly (LogKey & { readonly seqNum: number })[];
}

/** Called inside the transaction of a commit: a view of the operations that changes together with them, or not at all. */
export type CommitHook = (operations: readonly StoredOperation[], lateBodies: readonly StoredOperation[]) => void;

/**
 * Keeps operations. One writer at a time: `commit` is only called by ingest, never concurrently.
 * Every method rejects with StoreError when the medium fails.
 */
export interface Store {
  /** For each id whether it is stored, and whether its body still is to come. */
  find(ids: readonly Hash[]): Promise<("absent" | "header" | "whole")[]>;
  /** All entries at one place of a log: none, one, or the branches of a fork. */
  entriesAt(log: LogKey, seqNum: number): Promise<Entry[]>;
  /** State of every log of a topic, ordered by author and log id. */
  logs(topic: Topic): Promise<LogState[]>;
  /** Operations of one log from `range.from`, ordered by sequence number; about `limit`, but a fork is never split. */
  read(range: LogRange, limit: number): Promise<StoredOperation[]>;
  /** Number and bytes of the operations in these ranges. */
  totals(ranges: readonly LogRange[]): Promise<{ operations: number; bytes: number }>;
  /** Operations of a topic that arrived after `arrival`, in that order, at most `limit`. */
  since(topic: Topic, arrival: number, limit: number): Promise<StoredOperation[]>;
  /** One operation by its id. */
  get(id: Hash): Promise<StoredOperation | undefined>;
  /** Arrival of the newest operation that ever came, 0 before the first. Never falls, also after a prune. */
  lastArrival(): Promise<number>;
  count(): Promise<number>;
  /** Ids of all operations of a topic, in byte order. */
  ids(topic: Topic): Promise<Hash[]>;
  /** What each author of a topic takes up, in byte order of the keys. */
  usage(topic: Topic): Promise<AuthorUsage[]>;
  /**
   * Resolves, with the arrivals given to the new operations, when everything is durable. An operation that is stored
   * already, or that this commit itself prunes, is left out; a body for a stored header comes as a late body.
   */
  commit(commit: Commit): Promise<StoredOperation[]>;
  /**
   * Drops bodies on purpose: they are not wanted back, and headers stay, so that logs stay verifiable. Resolves when they
   * are gone from disk; gives how many there were.
   */
  dropBodies(ids: readonly Hash[]): Promise<number>;
  close(): Promise<void>;
}

/** What is held of one blob. */
export interface HeldBlob {
  readonly hash: Hash;
  readonly bytes: number;
}

/**
 * Keeps blobs of one topic: bytes that its operations name by their hash. Believes what it is given: whoever puts has
 * compared the hash, and whoever gets compares it again. Every method rejects with StoreError when the medium fails.
 */
export interface BlobStore {
  /** Resolves when the bytes are durable. To put a blob again changes nothing. */
  put(hash: Hash, bytes: Uint8Array): Promise<void>;
  get(hash: Hash): Promise<Uint8Array | undefined>;
  /** What is here, in byte order of the hashes. */
  held(): Promise<HeldBlob[]>;
  /** Resolves when they are gone; gives how many there were. */
  drop(hashes: readonly Hash[]): Promise<number>;
}

/** One message-preserving link to another device. Transports deliver whole frames, in order, and never throw. */
export interface Connection {
  /** "initiator" dialled. */
  readonly role: "initiator" | "acceptor";
  /** Where the other end is, for people: "192.168.1.20:3473". */
  readonly remote: string;
  /** True if both ends speak the messages of our own boxes (SPEC.md §5.5). */
  readonly extended: boolean;
  /** The other end's key, where the transport itself proves it. */
  readonly peerKey?: VerifyingKey;
  /** Queues one frame. After the connection closed this does nothing. */
  send(frame: Uint8Array): void;
  /** Bytes queued and not yet taken by the network. */
  readonly unsentBytes: number;
  /** Stops and continues delivery; the other side feels it as back-pressure. */
  pause(): void;
  resume(): void;
  close(code: string): void;
  /** Called once, before the first event. */
  listen(events: ConnectionEvents): void;
}

/** A connection with less than this unsent takes more: enough to keep a fast link busy while the next page is read. */
export const DRAINED_BYTES = 256 * 1024;

/** Must not throw. */
export interface ConnectionEvents {
  frame(bytes: Uint8Array): void;
  /** What is unsent fell below DRAINED_BYTES. */
  drained(): void;
  /** The last event. `code` is ours or the other side's reason, if there was one. */
  closed(code: string): void;
}

export interface Transport {
  /** Resolves when the connection is open; rejects with TransportError. */
  dial(address: string, signal: AbortSignal): Promise<Connection>;
  close(): Promise<void>;
}

/** Hints where other boxes are. Identity is proven after connecting, never here. */
export interface Discovery {
  start(events: DiscoveryEvents): Promise<void>;
  stop(): Promise<void>;
}

export interface DiscoveryEvents {
  found(address: string): void;
  lost(address: string): void;
}

/** Time as an argument: the real one, or a test's. */
export interface Clock {
  /** Microseconds since 1970 UTC; may be wrong, and may jump. */
  nowMicros(): number;
  /** Milliseconds that only ever go forward; their zero means nothing. */
  monotonicMs(): number;
  /** Calls back once after `ms`; returns how to cancel. */
  after(ms: number, callback: () => void): () => void;
}

/** Uniform in [0, 1). */
export type Random = () => number;

export interface Logger {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}
