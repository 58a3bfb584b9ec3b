import assert from "node:assert/strict";
import { test } from "node:test";
import { concatBytes, fromHex, toHex } from "../../../protocol/operation/bytes.ts";
import { DnsMessageError, readAnswer, writeQuestion } from "../../../sync/discovery/p2panda-dns-message.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { RUST_ANSWER, writeName, writeRecord } from "./p2panda-answers.ts";

const HEADER_BYTES = 12;
const IP = Uint8Array.of(10, 0, 0, 1);

/** An answer of records as they are given. */
function answer(count: number, ...records: readonly Uint8Array[]): Uint8Array {
  return concatBytes(Uint8Array.of(0, 0, 0x84, 0, 0, 0, 0, count, 0, 0, 0, 0), ...records);
}

function address(name: Uint8Array): Uint8Array {
  return concatBytes(name, Uint8Array.of(0, 1, 0, 1, 0, 0, 0, 0, 0, 4), IP);
}

function refuses(message: Uint8Array, reason: RegExp): void {
  assert.throws(
    () => readAnswer(message),
    (error) => error instanceof DnsMessageError && error.code === "E_DNS_MESSAGE" && reason.test(error.message),
  );
}

test("the question is the one that Rust nodes ask each other", () => {
  const asked = "0000000000010000000000000a5f703270616e64617631045f756470056c6f63616c00000c0001";
  assert.equal(toHex(writeQuestion("_p2pandav1._udp.local")), asked);
});

test("a Rust node's answer is read through its pointers", () => {
  const label = "ksc3rmumi54gsemloyoqpyqey4nv4awnpd7bv6lzdyznnwtrojra";
  const records = readAnswer(RUST_ANSWER).map((record) => ({ ...record, texts: undefined }));
  const service = `${label}._p2pandav1._udp.local`;
  const named = { texts: undefined };
  assert.deepEqual(records, [
    { ...named, name: service, type: "SRV", port: 40_000, target: `${label}-40000.local` },
    { ...named, name: service, type: "SRV", port: 40_001, target: `${label}-40001.local` },
    { ...named, name: service, type: "TXT" },
    { ...named, name: `${label}-40000.local`, type: "address", ip: Uint8Array.of(10, 77, 0, 2) },
    { ...named, name: `${label}-40000.local`, type: "address", ip: Uint8Array.of(10, 78, 0, 2) },
    { ...named, name: `${label}-40001.local`, type: "address", ip: fromHex("20010db8000000000000000000000002") },
  ]);
});

test("an answer that was cut anywhere is refused", () => {
  for (let length = 0; length < RUST_ANSWER.length; length++) refuses(RUST_ANSWER.subarray(0, length), /end/);
});

test("a question, another opcode and an error are no answers", () => {
  for (const flags of [0x0000, 0x8c00, 0x8403]) {
    const message = RUST_ANSWER.slice();
    message.set([flags >> 8, flags & 0xff], 2);
    assert.deepEqual(readAnswer(message), []);
  }
});

test("names are the same in upper and lower case", () => {
  const [record] = readAnswer(answer(1, address(writeName("Door.LOCAL"))));
  assert.equal(record?.name, "door.local");
});

test("records of another class or type are passed over, whatever they hold", () => {
  const chaos = address(writeName("a.local"));
  chaos[chaos.length - 11] = 3;
  const unknown = writeRecord("b.local", 99, Uint8Array.of(0xc0, 0xff, 0xff));
  const flushing = address(writeName("c.local"));
  flushing[flushing.length - 12] = 0x80;
  assert.deepEqual(readAnswer(answer(3, chaos, unknown, flushing)), [{ name: "c.local", type: "address", ip: IP }]);
});

test("a pointer to itself, to another loop or ahead is refused", () => {
  const toItself = Uint8Array.of(0xc0, HEADER_BYTES);
  refuses(answer(1, address(toItself)), /does not point back/);
  const backToItsLabel = Uint8Array.of(1, 0x61, 0xc0, HEADER_BYTES);
  refuses(answer(1, address(backToItsLabel)), /does not point back/);
  const twoThatPointAtEachOther = Uint8Array.of(0xc0, HEADER_BYTES + 2, 0xc0, HEADER_BYTES);
  refuses(answer(1, address(twoThatPointAtEachOther)), /does not point back/);
  refuses(answer(1, address(Uint8Array.of(0xc0, 0xff))), /does not point back/);
  refuses(answer(1, address(Uint8Array.of(0xc0, 0))), /does not point back/);
});

test("a name is at most 254 bytes, also if pointers make it", () => {
  const label = "x".repeat(63);
  const longest = [label, label, label, "x".repeat(61)].join(".");
  assert.equal(readAnswer(answer(1, address(writeName(longest))))[0]?.name, longest);
  refuses(answer(1, address(writeName(`${longest}x`))), /too long/);
  refuses(answer(1, address(writeName("x".repeat(64)))), /too long/);
  const pointing = concatBytes(Uint8Array.of(1, 0x79), Uint8Array.of(0xc0, HEADER_BYTES));
  refuses(answer(2, address(writeName(longest)), address(pointing)), /too long/);
});

test("a record that is longer than it says is refused", () => {
  const [service, text] = [33, 16];
  refuses(answer(1, writeRecord("a.local", service, Uint8Array.of(0, 0, 0, 0, 0, 80)), writeName("b.local")), /longer/);
  refuses(answer(1, writeRecord("a.local", text, Uint8Array.of(5, 0x61)), new Uint8Array(9)), /longer/);
});

test("a message with more than 128 records or 9000 bytes is refused", () => {
  const records = Array.from({ length: 129 }, () => address(writeName("a")));
  assert.equal(readAnswer(answer(128, ...records)).length, 128);
  refuses(answer(129, ...records), /129 records/);
  assert.deepEqual(readAnswer(concatBytes(answer(0), new Uint8Array(9_000 - HEADER_BYTES))), []);
  refuses(new Uint8Array(9_001), /9001 bytes/);
});

test("random bytes and answers with random faults are read or refused, never worse", () => {
  const seed = 20_261_121;
  const random = seededRandom(seed);
  const byte = (): number => Math.floor(random() * 256);
  let refused = 0;
  for (let round = 0; round < 20_000; round++) {
    const isRandom = round % 2 === 0;
    const message = isRandom ? Uint8Array.from({ length: 4 + random() * 200 }, byte) : RUST_ANSWER.slice();
    message.set([0x84, 0], 2);
    for (let fault = 0; fault < 3; fault++) message[Math.floor(random() * message.length)] = byte();
    try {
      assert.ok(readAnswer(message).length <= 128);
    } catch (error) {
      assert.ok(error instanceof DnsMessageError, `seed ${seed}, round ${round}: ${error}`);
      refused += 1;
    }
  }
  assert.ok(refused > 1_000 && refused < 20_000, `${refused} refused`);
});
