// What a command asks the running box to publish, as bytes on the loopback port: bodies in hex, and under which key of the
// box's ring. Any body may stand there, also of schemas that this version does not know: bots publish by this as well.
import { fromHex, toHex } from "../protocol/operation/bytes.ts";
import { MAX_BODY_BYTES } from "../protocol/operation/limits.ts";
import { CommandError } from "./exit.ts";

export interface PublishRequest {
  readonly bodies: readonly Uint8Array[];
  /** A name of the key ring; the box's own key where absent. */
  readonly as?: string;
}

export function writePublishRequest({ bodies, as }: PublishRequest): string {
  return JSON.stringify({ bodies: bodies.map(toHex), ...(as !== undefined && { as }) });
}

/** Throws E_REQUEST. */
export function readPublishRequest(bytes: Uint8Array): PublishRequest {
  try {
    const { bodies, as } = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    if (!Array.isArray(bodies) || bodies.length === 0) throw new TypeError('"bodies" is not a list of hex texts');
    if (as !== undefined && typeof as !== "string") throw new TypeError('"as" is not a name');
    return { bodies: bodies.map(bodyOf), ...(as !== undefined && { as }) };
  } catch (cause) {
    throw new CommandError("E_REQUEST", `Cannot publish: ${(cause as Error).message}`, { cause });
  }
}

function bodyOf(hex: unknown): Uint8Array {
  if (typeof hex !== "string") throw new TypeError('"bodies" is not a list of hex texts');
  const body = fromHex(hex);
  if (body.length > MAX_BODY_BYTES) throw new RangeError(`a body has more than ${MAX_BODY_BYTES} bytes`);
  return body;
}
