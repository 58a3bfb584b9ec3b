// All operations of a festival as one file, for a memory stick or a drawer, and back. The first line says what
// it is and of which festival; then the frames in which p2panda nodes send operations, in an order that a log can grow in.
import type { CryptoSuite } from "../../../../protocol/operation/crypto.ts";
import { DecodeError } from "../../../../protocol/operation/errors.ts";
import { decodeOperation, type Operation } from "../../../../protocol/operation/operation.ts";
import type { StoredOperation } from "../../../../sync/ports.ts";
import { SessionError } from "../../../../sync/session/errors.ts";
import { decodeFrame, encodeFrame } from "../../../../sync/session/frame.ts";
import { decodeMessage, encodeMessage } from "../../../../sync/session/message.ts";
import { PhoneError } from "./phone-error.ts";

const FORMAT = "lagerfeuer copy 1";
const HEADLINE = /^lagerfeuer copy 1 ([0-9a-f]{64})\n/;
const HEADLINE_BYTES = FORMAT.length + 1 + 64 + 1;
const PREFIX_BYTES = 4;

export async function writeCopy(topic: string, pages: AsyncIterable<readonly StoredOperation[]>): Promise<Blob> {
  const parts: BlobPart[] = [`${FORMAT} ${topic}\n`];
  for await (const page of pages) {
    for (const { headerBytes, body } of page) {
      const message = encodeMessage({ type: "operation", headerBytes, ...(body && { body }) });
      parts.push(encodeFrame(message) as Uint8Array<ArrayBuffer>);
    }
  }
  return new Blob(parts, { type: "application/octet-stream" });
}

/** Signatures are not checked here. Throws PhoneError E_COPY for anything that `writeCopy` did not write whole. */
export function* readCopy(bytes: Uint8Array, topic: string, suite: CryptoSuite): Generator<Operation> {
  const headline = HEADLINE.exec(new TextDecoder().decode(bytes.subarray(0, HEADLINE_BYTES)));
  if (headline === null) throw new PhoneError("E_COPY", "Cannot read the copy: it is none of ours");
  if (headline[1] !== topic) throw new PhoneError("E_COPY", "Cannot read the copy: it is of another festival");
  let at = HEADLINE_BYTES;
  while (at < bytes.length) {
    const end = at + PREFIX_BYTES + lengthAt(bytes, at);
    yield operationIn(bytes.subarray(at, end), suite);
    at = end;
  }
}

function lengthAt(bytes: Uint8Array, at: number): number {
  if (bytes.length - at < PREFIX_BYTES) throw new PhoneError("E_COPY", "Cannot read the copy: its end is missing");
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at);
}

function operationIn(frame: Uint8Array, suite: CryptoSuite): Operation {
  try {
    const message = decodeMessage(decodeFrame(frame), "sync");
    if (message.type !== "operation") throw new PhoneError("E_COPY", "Cannot read the copy: it holds something else");
    return decodeOperation(message.headerBytes, message.body, suite);
  } catch (error) {
    if (!(error instanceof SessionError || error instanceof DecodeError)) throw error;
    throw new PhoneError("E_COPY", "Cannot read the copy: it is damaged, or its end is missing", { cause: error });
  }
}
