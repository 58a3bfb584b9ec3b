// What a request carries, up to a limit, and as JSON where that is asked for.
import type { IncomingMessage } from "node:http";

/** Undefined if it is longer than the limit; the rest is not read then. */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limitBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The fields of a JSON object; none of anything else. */
export function jsonFields(bytes: Uint8Array): ReadonlyMap<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
  } catch {
    return new Map();
  }
}
