// What a session is told and what it asks for. The machines in this folder turn events into effects and do nothing
// else: no sockets, no store, no clock. peer.ts carries the effects out; the simulator does too.
import type { Topic, VerifyingKey } from "../../protocol/operation/bytes.ts";
import type { LogHeights, LogRange } from "../../protocol/operation/log.ts";
import type { Operation } from "../../protocol/operation/operation.ts";
import type { IngestOutcome } from "../ingest.ts";
import type { LogState, StoredOperation } from "../ports.ts";
import type { BlobEffect, BlobEvent } from "./blob-events.ts";
import type { Message, Stage } from "./message.ts";

export type SessionEvent =
  /** First of all. */
  | { readonly type: "start" }
  /** One frame from the other side. */
  | { readonly type: "frame"; readonly bytes: Uint8Array }
  /** Answers `readLogs`; `arrival` is the newest operation that `logs` covers. */
  | { readonly type: "logs"; readonly logs: readonly LogState[]; readonly arrival: number }
  /** Answers `readTotals`. */
  | { readonly type: "totals"; readonly operations: number; readonly bytes: number }
  /** Answers `readRange` and `readSince`; empty if there is nothing. */
  | { readonly type: "page"; readonly operations: readonly StoredOperation[] }
  /** Answers `awaitWritable`: what was sent has left, more may follow. */
  | { readonly type: "writable" }
  /** Answers each `ingest`, in their order. */
  | { readonly type: "ingested"; readonly outcome: IngestOutcome }
  /** The replica holds newer operations, from whomever. */
  | { readonly type: "grown" }
  /** A body came for an operation that other sides may hold without it. */
  | { readonly type: "lateBody"; readonly operation: StoredOperation }
  /** Of a blob: see blob-events.ts. */
  | { readonly type: "blob"; readonly event: BlobEvent }
  /** The connection is gone; `code` says why, as far as the transport knows. */
  | { readonly type: "closed"; readonly code: string }
  /** The time asked for by `deadline` is over. */
  | { readonly type: "deadline" }
  /** This side wants to end. */
  | { readonly type: "stop" };

export type Phase = "hello" | "handshake" | "sync" | "live" | "closed";

/** Which messages are expected in a phase. */
export const STAGES: Readonly<Record<Phase, Stage>> = {
  hello: "hello",
  handshake: "handshake",
  sync: "sync",
  live: "sync",
  closed: "sync",
};

export type SessionEffect =
  | { readonly type: "send"; readonly message: Message }
  | { readonly type: "readLogs" }
  | { readonly type: "readTotals"; readonly ranges: readonly LogRange[] }
  | { readonly type: "readRange"; readonly range: LogRange }
  | { readonly type: "readSince"; readonly arrival: number }
  | { readonly type: "awaitWritable" }
  | { readonly type: "ingest"; readonly operation: Operation }
  | { readonly type: "blob"; readonly effect: BlobEffect }
  /** Replaces the deadline before; undefined clears it. */
  | { readonly type: "deadline"; readonly ms: number | undefined }
  | { readonly type: "phase"; readonly phase: Phase }
  /** The other side proved this key. */
  | { readonly type: "peer"; readonly verifyingKey: VerifyingKey }
  /** What this session is about. */
  | { readonly type: "topic"; readonly topic: Topic }
  /** Both sides hold what the other had when the session began: of our logs the other side holds at least `heights`. */
  | { readonly type: "synced"; readonly sent: number; readonly received: number; readonly heights: LogHeights }
  /** Last effect. "closed" is a good end; any other code is a SessionCode or the transport's. */
  | { readonly type: "close"; readonly code: string; readonly reason: string };
