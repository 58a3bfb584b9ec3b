// What a command asks the running box to publish, as bytes on the loopback port: bodies and pictures in hex, and under
// which key of the box's ring. Any body may stand there, also of schemas that this version does not know: bots publish by
// this as well.
import { fromHex, toHex } from "../protocol/operation/bytes.ts";
import { MAX_BLOB_BYTES, MAX_BODY_BYTES } from "../protocol/operation/limits.ts";
import { CommandError } from "./exit.ts";

export interface PublishRequest {
  readonly bodies: readonly Uint8Array[];
  /** A name of the key ring; the box's own key where absent. */
  readonly as?: string;
  /** What the bodies name by hash. */
  readonly pictures?: readonly Uint8Array[];
}

export function writePublishRequest({ bodies, as, pictures = [] }: PublishRequest): string {
  return JSON.stringify({ bodies: bodies.map(toHex), pictures: pictures.map(toHex), ...(as !== undefined && { as }) });
}

/** Throws E_REQUEST. */
export function readPublishRequest(bytes: Uint8Array): PublishRequest {
  try {
    const { bodies, as, pictures = [] } = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    if (!Array.isArray(bodies) || bodies.length === 0) throw new TypeError('"bodies" is not a list of hex texts');
    if (!Array.isArray(pictures)) throw new TypeError('"pictures" is not a list of hex texts');
    if (as !== undefined && typeof as !== "string") throw new TypeError('"as" is not a name');
    return {
      bodies: bodies.map((hex) => bytesOf(hex, "bodies", MAX_BODY_BYTES)),
      pictures: pictures.map((hex) => bytesOf(hex, "pictures", MAX_BLOB_BYTES)),
      ...(as !== undefined && { as }),
    };
  } catch (cause) {
    throw new CommandError("E_REQUEST", `Cannot publish: ${(cause as Error).message}`, { cause });
  }
}

function bytesOf(hex: unknown, list: string, maxBytes: number): Uint8Array {
  if (typeof hex !== "string") throw new TypeError(`"${list}" is not a list of hex texts`);
  const bytes = fromHex(hex);
  if (bytes.length > maxBytes) throw new RangeError(`one of "${list}" has more than ${maxBytes} bytes`);
  return bytes;
}
