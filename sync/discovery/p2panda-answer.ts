// What p2panda's Rust nodes answer by mDNS: who they are stands in a name, where they are in SRV and address records, and
// when they signed that in a text. Everything here is only said; whether the node signed it is checked by p2panda-nodes.ts.
import { asSignature, asVerifyingKey, fromHex, KEY_BYTES, type VerifyingKey } from "../../protocol/operation/bytes.ts";
import { type DnsRecord, readAnswer } from "./p2panda-dns-message.ts";
import type { Endpoint, TransportInfo } from "./p2panda-transport-info.ts";

/** What Rust nodes with p2panda 0.7 answer to. */
export const P2PANDA_SERVICE = "_p2pandav1._udp.local";

/** A node with more addresses than that does not fit into one packet anyway. */
const MAX_ENDPOINTS = 64;
/** RFC 4648 §6, in lower case. */
const BASE32_DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
const BASE32_KEY_DIGITS = Math.ceil((KEY_BYTES * 8) / 5);
/** Signature, two numbers that stay exact, and perhaps a relay. */
const USER_DATA = /^([0-9a-f]{128})\|(\d{1,16})\/(\d{1,16})(?:\|([^|]+))?$/;

/** Throws DnsMessageError. What is not p2panda's, or names no address, is left out. */
export function readTransportInfos(message: Uint8Array): TransportInfo[] {
  const records = readAnswer(message);
  const names = new Set(records.map(({ name }) => name).filter((name) => name.endsWith(`.${P2PANDA_SERVICE}`)));
  return [...names].map((name) => readTransportInfo(name, records)).filter((info) => info !== undefined);
}

function readTransportInfo(name: string, records: readonly DnsRecord[]): TransportInfo | undefined {
  const nodeId = readNodeId(name.slice(0, -P2PANDA_SERVICE.length - 1));
  const texts = records.flatMap((record) => (record.type === "TXT" && record.name === name ? record.texts : []));
  const [, signature, unix, lamport, relay] = USER_DATA.exec(attribute(texts, "user-data") ?? "") ?? [];
  const [unixMicros, counter] = [Number(unix), Number(lamport)];
  const endpoints = readEndpoints(name, records);
  if (nodeId === undefined || signature === undefined || endpoints.length === 0) return undefined;
  if (endpoints.length > MAX_ENDPOINTS || !Number.isSafeInteger(unixMicros) || !Number.isSafeInteger(counter))
    return undefined;
  return {
    nodeId,
    unixMicros,
    lamport: counter,
    signature: asSignature(fromHex(signature)),
    relays: [relay, attribute(texts, "relay")].filter((each) => each !== undefined),
    endpoints,
  };
}

/** The first text of that key counts (RFC 6763 §6.4). */
function attribute(texts: readonly string[], key: string): string | undefined {
  return texts.find((text) => text.startsWith(`${key}=`))?.slice(key.length + 1);
}

function readEndpoints(name: string, records: readonly DnsRecord[]): Endpoint[] {
  const endpoints: Endpoint[] = [];
  for (const service of records) {
    if (service.type !== "SRV" || service.name !== name) continue;
    for (const host of records) {
      if (host.type === "address" && host.name === service.target) endpoints.push({ ip: host.ip, port: service.port });
    }
  }
  return endpoints;
}

/** Undefined unless it is 32 bytes of base32, spelt the one way that there is. */
function readNodeId(label: string): VerifyingKey | undefined {
  if (label.length !== BASE32_KEY_DIGITS) return undefined;
  const digits = [...label].map((digit) => BASE32_DIGITS.indexOf(digit));
  const bits = digits.map((digit) => digit.toString(2).padStart(5, "0")).join("");
  if (digits.includes(-1) || bits.includes("1", KEY_BYTES * 8)) return undefined;
  const byteAt = (place: number): number => Number.parseInt(bits.slice(8 * place, 8 * place + 8), 2);
  return asVerifyingKey(Uint8Array.from({ length: KEY_BYTES }, (_, place) => byteAt(place)));
}
