// The emulator's own parts, without QEMU: its sockets, its pins, its machine.
import assert from "node:assert/strict";
import { Duplex } from "node:stream";
import { test } from "node:test";
import { BUTTON_BOARD, PANEL_BOARD, withBoard } from "../../image/emulator/device-tree.ts";
import { LineSocket } from "../../image/emulator/line-socket.ts";
import { guestArguments } from "../../image/emulator/machine.ts";
import { Qmp } from "../../image/emulator/qmp.ts";
import { type PinEdge, parseEdge, Qtest } from "../../image/emulator/qtest.ts";
import { type SpiEvent, SpiTap } from "../../image/emulator/spi-tap.ts";

/** The other end of a socket: keeps what is written, says what it is told to. */
class FarEnd extends Duplex {
  written = "";
  override _read(): void {}
  override _write(bytes: Buffer, _encoding: string, done: () => void): void {
    this.written += bytes.toString();
    this.emit("heard");
    done();
  }
  say(text: string): void {
    this.push(Buffer.from(text));
  }
}

test("lines are the same, wherever the socket cuts them", async () => {
  const text = "one\r\ntwo\n\nfour\n";
  for (let cut = 0; cut <= text.length; cut += 1) {
    const end = new FarEnd();
    const lines: string[] = [];
    const closed = new Promise<void>((resolve) => new LineSocket(end, (line) => lines.push(line), resolve));
    end.say(text.slice(0, cut));
    end.say(text.slice(cut));
    end.push(null);
    end.end();
    await closed;
    assert.deepEqual(lines, ["one", "two", "", "four"], `cut at ${cut}`);
  }
});

test("QMP answers come back to their questions, whatever events come between", async () => {
  const end = new FarEnd();
  const opening = Qmp.open(end);
  end.say('{"QMP": {"version": {}}}\n{"return": {}}\n');
  const qmp = await opening;
  const first = qmp.execute("query-status");
  const second = qmp.execute("nonsense");
  end.say('{"event": "RESET"}\n{"return": {"running": true}}\n{"error": {"class": "X", "desc": "no such command"}}\n');
  assert.deepEqual(await first, { running: true });
  await assert.rejects(second, /no such command/);
  const third = qmp.execute("query-status");
  end.destroy();
  await assert.rejects(third, /QEMU has ended/);
  await assert.rejects(qmp.execute("query-status"), /it has ended/);
});

test("a device is found by its type, and missed with a word", async () => {
  const end = new FarEnd();
  const opening = Qmp.open(end);
  end.say('{"return": {}}\n');
  const qmp = await opening;
  const list =
    '{"return": [{"name": "device[3]", "type": "child<pl011>"}, {"name": "device[8]", "type": "child<pl061>"}]}\n';
  const found = qmp.deviceOfType("pl061");
  end.say(list);
  assert.equal(await found, "/machine/unattached/device[8]");
  const missed = qmp.deviceOfType("gpio-sim");
  end.say(list);
  await assert.rejects(missed, /Cannot find a "gpio-sim"/);
});

test("pins are heard as edges and driven as lines", () => {
  assert.deepEqual(parseEdge("IRQ raise 3"), { line: 3, level: 1 });
  assert.deepEqual(parseEdge("IRQ lower 12"), { line: 12, level: 0 });
  assert.equal(parseEdge("OK"), undefined);
  assert.equal(parseEdge("IRQ raise x"), undefined);
  const end = new FarEnd();
  const qtest = new Qtest(end, "/chip", () => {});
  qtest.drive(7, 0);
  assert.equal(end.written, "irq_intercept_out /chip\nset_irq_in /chip unnamed-gpio-in 7 0\n");
});

const PINS = { clock: 0, data: 1, select: 2, command: 4, reset: 5 };

test("bytes come off the wires as the chip hears them", () => {
  const edges = [...select(0), ...dc(0), ...byte(0x24), ...dc(1), ...byte(0xa5), ...byte(0x00), ...select(1)];
  assert.deepEqual(heard(edges), [
    { type: "command", byte: 0x24 },
    { type: "data", byte: 0xa5 },
    { type: "data", byte: 0x00 },
  ]);
});

test("a byte that a deselection cuts is no byte, and a chip that is not selected hears nothing", () => {
  const half = byte(0xff).slice(0, 7);
  assert.deepEqual(heard([...select(0), ...half, ...select(1), ...select(0), ...byte(0x12)]), [
    { type: "command", byte: 0x12 },
  ]);
  assert.deepEqual(heard([...select(1), ...byte(0x12)]), []);
});

test("the reset line counts once it is let go", () => {
  assert.deepEqual(heard([edge(PINS.reset, 0), edge(PINS.reset, 1), edge(PINS.reset, 1)]), [{ type: "reset" }]);
});

function heard(edges: readonly PinEdge[]): SpiEvent[] {
  const tap = new SpiTap(PINS);
  return edges.flatMap((one) => tap.edge(one) ?? []);
}

function edge(line: number, level: 0 | 1): PinEdge {
  return { line, level };
}

function select(level: 0 | 1): PinEdge[] {
  return [edge(PINS.select, level)];
}

function dc(level: 0 | 1): PinEdge[] {
  return [edge(PINS.command, level)];
}

function byte(value: number): PinEdge[] {
  return Array.from({ length: 8 }, (_, bit) => ((value >> (7 - bit)) & 1) as 0 | 1).flatMap((level) => [
    edge(PINS.data, level),
    edge(PINS.clock, 1),
    edge(PINS.clock, 0),
  ]);
}

test("a board is put onto the chip that the machine has", () => {
  const tree = "/ {\n\tpl061@9030000 {\n\t\tphandle = <0x8005>;\n\t\tgpio-controller;\n\t};\n};\n";
  const panel = withBoard(tree, PANEL_BOARD);
  assert.match(
    panel,
    /gpio-line-names = "GPIO11", "GPIO10", "GPIO8", "POWER KEY", "GPIO25", "GPIO17", "GPIO24", "GPIO5";/,
  );
  assert.match(panel, /cs-gpios = <0x8005 2 1>;/);
  assert.equal(panel.match(/\{/g)?.length, panel.match(/\}/g)?.length);
  assert.doesNotMatch(withBoard(tree, BUTTON_BOARD), /spi-gpio/);
  for (const { pins } of [PANEL_BOARD, BUTTON_BOARD]) assert.equal(new Set(pins).size, 8);
  assert.throws(() => withBoard("/ { };", BUTTON_BOARD), /Cannot find the chip/);
});

const BASIS = { folder: "/run/g", kernel: "k", initrd: "i", cmdline: "ro", megabytes: 512 };

test("a machine listens on loopback only, and keeps what it writes only if told", () => {
  const card = { file: "card.img", kept: false };
  const args = guestArguments({ ...BASIS, card, forward: [{ guest: 3473, host: 40_001 }] }).join(" ");
  assert.match(args, /snapshot=on/);
  assert.match(args, /restrict=on,hostfwd=tcp:127\.0\.0\.1:40001-:3473/);
  assert.doesNotMatch(args, /hostfwd=tcp::/);
  assert.match(guestArguments({ ...BASIS, card: { ...card, kept: true } }).join(" "), /snapshot=off/);
  assert.doesNotMatch(guestArguments(BASIS).join(" "), /netdev|drive|gpu/);
});
