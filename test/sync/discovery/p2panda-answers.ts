// What a Rust node answers by mDNS, for the tests of discovery: one real packet, and a writer of others, true and false.
import {
  asSignature,
  asVerifyingKey,
  concatBytes,
  fromHex,
  type SigningKey,
  toHex,
} from "../../../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../../../protocol/operation/crypto.ts";
import { P2PANDA_SERVICE } from "../../../sync/discovery/p2panda-answer.ts";
import { type Endpoint, signedBytes, type TransportInfo } from "../../../sync/discovery/p2panda-transport-info.ts";

/** Sent by p2panda 0.7.0 (swarm-discovery 0.6.5) in a network namespace, as it came off the wire. */
export const RUST_ANSWER = fromHex(
  "0000840000000004000000030a5f703270616e64617631045f756470056c6f63616c00000c0001000000780037346b736333" +
    "726d756d6935346773656d6c6f796f717079716579346e763461776e7064376276366c7a64797a6e6e7774726f6a7261c00c" +
    "c02d00210001000000780048000000009c403a6b736333726d756d6935346773656d6c6f796f717079716579346e76346177" +
    "6e7064376276366c7a64797a6e6e7774726f6a72612d3430303030056c6f63616c00c02d0021000100000078004800000000" +
    "9c413a6b736333726d756d6935346773656d6c6f796f717079716579346e763461776e7064376276366c7a64797a6e6e7774" +
    "726f6a72612d3430303031056c6f63616c00c02d0010000100000078009e9d757365722d646174613d666266636164353261" +
    "6235613834376366646630656663393961303364316439356664623837653138643962653836613032613035326432623439" +
    "3831343635323239383639363861353538333736376530326634623139623632623863343334386265666230306139376166" +
    "623333383333353330623839316231323830617c313739353234353633383832393638382f30c07600010001000000780004" +
    "0a4d0002c076000100010000007800040a4e0002c0ca001c000100000078001020010db8000000000000000000000002",
);
export const RUST_NODE_ID = asVerifyingKey(fromHex("5485b8b28c477869118b761d07e204c71b5e02cd78fe1af9791e32d6da717262"));

const NO_SIGNATURE = asSignature(new Uint8Array(64));

const A = 1;
const TXT = 16;
const AAAA = 28;
const SRV = 33;

/** What this node would sign; the rest of the defaults is a node with one address. */
export function signedInfo(crypto: CryptoSuite, seed: SigningKey, said: Partial<TransportInfo> = {}): TransportInfo {
  const unsigned = {
    nodeId: crypto.verifyingKey(seed),
    unixMicros: 1_785_838_042_000_000,
    lamport: 0,
    relays: [],
    endpoints: [endpoint("192.168.1.20", 40_000)],
    ...said,
  };
  return { signature: crypto.sign(signedBytes({ ...unsigned, signature: NO_SIGNATURE }), seed), ...unsigned };
}

export function endpoint(ipv4: string, port: number): Endpoint {
  return { ip: Uint8Array.from(ipv4.split("."), Number), port };
}

/** As older Rust nodes write it: no PTR record, 0 seconds to live, no pointers. */
export function writeAnswer(...infos: readonly TransportInfo[]): Uint8Array {
  const answers = infos.flatMap((info) => [...services(info), textRecord(info)]);
  const hosts = infos.flatMap((info) => info.endpoints.map((each) => addressRecord(info, each)));
  const header = Uint8Array.of(0, 0, 0x84, 0, 0, 0, ...uint16(answers.length), 0, 0, ...uint16(hosts.length));
  return concatBytes(header, ...answers, ...hosts);
}

export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const fives = bits.match(/.{1,5}/g) ?? [];
  return fives.map((five) => "abcdefghijklmnopqrstuvwxyz234567"[Number.parseInt(five.padEnd(5, "0"), 2)]).join("");
}

export function writeName(name: string): Uint8Array {
  const labels = name.split(".").map((label) => [label.length, ...Buffer.from(label, "latin1")]);
  return Uint8Array.from([...labels.flat(), 0]);
}

export function writeRecord(name: string, type: number, data: Uint8Array): Uint8Array {
  return concatBytes(
    writeName(name),
    Uint8Array.from([...uint16(type), 0, 1, 0, 0, 0, 0, ...uint16(data.length)]),
    data,
  );
}

function services(info: TransportInfo): Uint8Array[] {
  const ports = [...new Set(info.endpoints.map(({ port }) => port))];
  return ports.map((port) => {
    const data = concatBytes(Uint8Array.of(0, 0, 0, 0, ...uint16(port)), writeName(hostName(info, port)));
    return writeRecord(instanceName(info), SRV, data);
  });
}

function textRecord(info: TransportInfo): Uint8Array {
  const { signature, unixMicros, lamport, relays } = info;
  const relay = relays[0] === undefined ? "" : `|${relays[0]}`;
  const text = Buffer.from(`user-data=${toHex(signature)}|${unixMicros}/${lamport}${relay}`);
  return writeRecord(instanceName(info), TXT, Uint8Array.of(text.length, ...text));
}

function addressRecord(info: TransportInfo, { ip, port }: Endpoint): Uint8Array {
  return writeRecord(hostName(info, port), ip.length === 4 ? A : AAAA, ip);
}

function instanceName({ nodeId }: TransportInfo): string {
  return `${base32(nodeId)}.${P2PANDA_SERVICE}`;
}

function hostName({ nodeId }: TransportInfo, port: number): string {
  return `${base32(nodeId)}-${port}.local`;
}

function uint16(value: number): [number, number] {
  return [value >> 8, value & 0xff];
}
