// Names of things as UUIDs (RFC 9562 §5.5): the same name gives the same UUID on every device and at every export.
import { fromHex, toHex } from "../../../protocol/operation/bytes.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** RFC 9562 §6.6, for names that are URLs; ours begin with "p2p:". */
const URL_NAMESPACE = fromHex("6ba7b8119dad11d180b400c04fd430c8");
const UUID_BYTES = 16;

export function uuidV5(name: string, sha1: (bytes: Uint8Array) => Uint8Array): string {
  const words = new TextEncoder().encode(`p2p:${name}`);
  const named = new Uint8Array(URL_NAMESPACE.length + words.length);
  named.set(URL_NAMESPACE);
  named.set(words, URL_NAMESPACE.length);
  const bytes = sha1(named).slice(0, UUID_BYTES);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** In the spelling that comes back unchanged from a schedule file. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
