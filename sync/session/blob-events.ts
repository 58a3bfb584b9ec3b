// What the exchange of blobs in a session is told and what it asks for (blob-exchange.ts). blob-peer.ts carries it out.
import type { Hash } from "../../protocol/operation/bytes.ts";

export type BlobEvent =
  /** Answers `chooseBlob`: what to ask for and from which byte on, or nothing. */
  | { readonly type: "chosen"; readonly want: BlobWant | undefined }
  /** Answers `takePart`. */
  | { readonly type: "taken"; readonly outcome: PartOutcome }
  /** Answers `readPart`; nothing if the blob is not here. */
  | { readonly type: "read"; readonly part: BlobPart | undefined }
  /** There may be something to fetch that was not before. */
  | { readonly type: "wanted" }
  /** This blob is here now. */
  | { readonly type: "here"; readonly hash: Hash };

export type BlobEffect =
  /** What is wanted of a peer that lacks these, hex. */
  | { readonly type: "chooseBlob"; readonly lacking: ReadonlySet<string> }
  | { readonly type: "takePart"; readonly hash: Hash; readonly part: BlobPart }
  /** The other side has not got what was chosen. */
  | { readonly type: "giveUp" }
  | { readonly type: "readPart"; readonly hash: Hash; readonly from: number };

export interface BlobWant {
  readonly hash: Hash;
  readonly from: number;
}

export interface BlobPart {
  /** Length of the whole blob. */
  readonly total: number;
  readonly bytes: Uint8Array;
}

export type PartOutcome =
  | { readonly status: "more"; readonly from: number }
  /** This blob is of no concern any more. */
  | { readonly status: "over" }
  /** Not to be asked for again here. */
  | { readonly status: "failed" };
