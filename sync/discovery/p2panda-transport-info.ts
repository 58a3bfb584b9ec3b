// Where a p2panda Rust node says it can be reached, and the bytes that it signs for that: CBOR of a map, as serde writes
// it, in which keys and IPs are arrays of integers. What of it is worth dialling becomes one node address.
import { SocketAddress } from "node:net";
import { compareBytes, equalBytes, type Signature, toHex, type VerifyingKey } from "../../protocol/operation/bytes.ts";
import { CborWriter } from "../../protocol/operation/cbor-cursor.ts";
import type { HostPort } from "../address.ts";
import { formatNodeAddress } from "../node-address.ts";

/** A machine has an address or two of each family; a dial that tries more takes longer than its deadline. */
const MAX_DIALLED = 8;
const IPV4_BYTES = 4;
/** First bytes of groups, and of what nobody may use (RFC 5771, RFC 4291 §2.7). */
const IPV4_GROUPS = 224;
const IPV6_GROUPS = 0xff;

export interface Endpoint {
  /** 4 bytes or 16. */
  readonly ip: Uint8Array;
  readonly port: number;
}

export interface TransportInfo {
  readonly nodeId: VerifyingKey;
  /** The node's clock when it signed, in microseconds since 1970 UTC, and its counter within one. */
  readonly unixMicros: number;
  readonly lamport: number;
  readonly signature: Signature;
  readonly relays: readonly string[];
  readonly endpoints: readonly Endpoint[];
}

/** Which of two says where a node is now: positive if `a` was signed later. */
export function compareAge(a: TransportInfo, b: TransportInfo): number {
  return a.unixMicros - b.unixMicros || a.lamport - b.lamport;
}

/** What the node signed, if it gave these addresses and no others. They are a set: in order, and each once. */
export function signedBytes({ nodeId, unixMicros, lamport, relays, endpoints }: TransportInfo): Uint8Array {
  const sorted = [
    ...relays.toSorted().map((relay) => variant("Relay", text(relay))),
    ...endpoints.toSorted(compareEndpoints).map(socket),
  ];
  const places = sorted.filter((place, i) => i === 0 || !equalBytes(place, sorted[i - 1] as Uint8Array));
  const writer = new CborWriter();
  writer.raw(MAP_OF_2).raw(text("timestamp")).array(2).uint(unixMicros).uint(lamport);
  writer.raw(text("addresses")).array(1).raw(MAP_OF_1).raw(text("Iroh"));
  writer.raw(MAP_OF_2).raw(text("id")).raw(integers(nodeId)).raw(text("addrs")).array(places.length);
  for (const place of places) writer.raw(place);
  return writer.finish();
}

/** As it is dialled; undefined if the node told nothing that can be. */
export function nodeAddress({ nodeId, endpoints }: TransportInfo): string | undefined {
  const hosts = endpoints.filter(isDiallable).toSorted(compareEndpoints).slice(0, MAX_DIALLED).map(toHostPort);
  return hosts.length > 0 ? formatNodeAddress({ nodeId, hosts }) : undefined;
}

/**
 * Not "any", not a group, and not link-local IPv6, which means nothing without the link that Rust nodes do not tell.
 * Loopback may be: nodes share a machine on a desk, and elsewhere nobody there has the right key.
 */
function isDiallable({ ip, port }: Endpoint): boolean {
  const [first = 0, second = 0] = ip;
  if (port === 0 || ip.every((byte) => byte === 0)) return false;
  if (ip.length === IPV4_BYTES) return first < IPV4_GROUPS;
  return first !== IPV6_GROUPS && !(first === 0xfe && (second & 0xc0) === 0x80);
}

function toHostPort({ ip, port }: Endpoint): HostPort {
  if (ip.length === IPV4_BYTES) return { host: ip.join("."), port };
  const words = Array.from({ length: ip.length / 2 }, (_, i) => toHex(ip.subarray(2 * i, 2 * i + 2)));
  return { host: new SocketAddress({ family: "ipv6", address: words.join(":") }).address, port };
}

/** IPv4 before IPv6, then by address, then by port. */
function compareEndpoints(a: Endpoint, b: Endpoint): number {
  return a.ip.length - b.ip.length || compareBytes(a.ip, b.ip) || a.port - b.port;
}

const MAP_OF_1 = Uint8Array.of(0xa1);
const MAP_OF_2 = Uint8Array.of(0xa2);
/** A text's head is that of bytes but for this bit (RFC 8949 §3.1). */
const TEXT_BIT = 0x20;

function text(value: string): Uint8Array {
  const item = new CborWriter().bytes(new TextEncoder().encode(value)).finish();
  item[0] = (item[0] as number) | TEXT_BIT;
  return item;
}

function integers(bytes: Uint8Array): Uint8Array {
  const writer = new CborWriter().array(bytes.length);
  for (const byte of bytes) writer.uint(byte);
  return writer.finish();
}

/** A serde enum: a map whose only key says which. */
function variant(name: string, value: Uint8Array): Uint8Array {
  return new CborWriter().raw(MAP_OF_1).raw(text(name)).raw(value).finish();
}

function socket({ ip, port }: Endpoint): Uint8Array {
  const pair = new CborWriter().array(2).raw(integers(ip)).uint(port).finish();
  return variant("Ip", variant(ip.length === IPV4_BYTES ? "V4" : "V6", pair));
}
