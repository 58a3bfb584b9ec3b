// What the logger writes and what it holds back: levels, bindings, repeats, and lines that are safe to print.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  createLogger,
  type LoggerOptions,
  loggerFormat,
  MAX_REMEMBERED,
  REPEAT_WINDOW_MS,
} from "../../device/logger.ts";
import { FakeClock } from "../support/fake-clock.ts";

const TIME = "2026-07-17T18:00:00.000Z";

function open(options: Partial<LoggerOptions> = {}) {
  const lines: string[] = [];
  const clock = new FakeClock();
  const write = (line: string) => lines.push(line);
  const logger = createLogger({ level: "debug", format: "json", clock, write, ...options });
  const written = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { logger, clock, lines, written };
}

test("a message is one line of JSON: time, level, message, fields", () => {
  const { logger, lines } = open();
  logger.warn("Cannot reach peer", { peer: "10.0.0.7:3473", tries: 3 });
  assert.deepEqual(lines, [
    `{"time":"${TIME}","level":"warn","message":"Cannot reach peer","peer":"10.0.0.7:3473","tries":3}\n`,
  ]);
});

const levels: readonly (readonly [level: LoggerOptions["level"], written: readonly string[]])[] = [
  ["debug", ["debug", "info", "warn", "error"]],
  ["info", ["info", "warn", "error"]],
  ["warn", ["warn", "error"]],
  ["error", ["error"]],
];

for (const [level, expected] of levels) {
  test(`at level ${level} it writes ${expected.join(", ")}`, () => {
    const { logger, written } = open({ level });
    logger.debug("a");
    logger.info("a");
    logger.warn("a");
    logger.error("a");
    assert.deepEqual(
      written().map((message) => message["level"]),
      expected,
    );
  });
}

test("for the journal each line begins with its priority", () => {
  const { logger, lines } = open({ format: "journal" });
  logger.debug("a");
  logger.info("a");
  logger.warn("a");
  logger.error("a");
  assert.deepEqual(
    lines.map((line) => line.slice(0, 4)),
    ["<7>{", "<6>{", "<4>{", "<3>{"],
  );
});

test("for a person a line is short, and values with spaces are quoted", () => {
  const { logger, lines } = open({ format: "human" });
  logger.warn("Cannot reach peer", { peer: "10.0.0.7:3473", reason: "no answer", tries: 3 });
  assert.deepEqual(lines, ['18:00:00Z warn  Cannot reach peer peer=10.0.0.7:3473 reason="no answer" tries=3\n']);
});

test("a terminal gets lines for people, journald its priorities, a pipe plain JSON", () => {
  assert.equal(loggerFormat({ JOURNAL_STREAM: "8:1" }, true), "human");
  assert.equal(loggerFormat({ JOURNAL_STREAM: "8:1" }, false), "journal");
  assert.equal(loggerFormat({}, false), "json");
});

test("a child says its bindings with every message; a field of the message stands above them", () => {
  const { logger, written } = open();
  const child = logger.child({ service: "web", port: 1 }).child({ port: 2 });
  child.info("a");
  child.info("a", { port: 3 });
  logger.info("a");
  assert.deepEqual(
    written().map(({ service, port }) => [service, port]),
    [
      ["web", 2],
      ["web", 3],
      [undefined, undefined],
    ],
  );
});

test("no field takes the place of time, level or message", () => {
  const { logger, written } = open();
  logger.info("here", { time: "never", level: "error", message: "elsewhere", port: 1 });
  assert.deepEqual(written(), [{ time: TIME, level: "info", message: "here", port: 1 }]);
});

test("an error is told with its code and its causes, a bug also with its stack", () => {
  const { logger, written } = open();
  const cause = Object.assign(new Error("disk"), { code: "ENOSPC", errno: -28 });
  logger.error("a", { error: Object.assign(new Error("Cannot commit", { cause }), { code: "E_STORE_FULL" }) });
  logger.error("b", { error: new TypeError("x is not a function") });
  const [known, bug] = written().map((message) => message["error"] as Record<string, unknown>);
  assert.deepEqual(known, {
    code: "E_STORE_FULL",
    name: "Error",
    message: "Cannot commit",
    cause: { code: "ENOSPC", errno: -28, name: "Error", message: "disk" },
  });
  assert.match(String(bug?.["stack"]), /^TypeError: x is not a function\n.*logger\.test/);
});

test("bytes are hex, big integers digits, dates milliseconds, and what is not there is left out", () => {
  const { logger, written } = open();
  const fields = { id: new Uint8Array([0, 171]), n: 2n ** 64n, at: new Date(5), gone: undefined, call: () => {} };
  logger.info("a", { ...fields, list: [1, null, true] });
  const [{ time: _time, level: _level, message: _message, ...rest } = {}] = written();
  assert.deepEqual(rest, { id: "00ab", n: "18446744073709551616", at: "5", list: [1, null, true] });
});

test("a value that contains itself is cut", () => {
  const { logger, lines } = open();
  const ring: Record<string, unknown> = {};
  ring["ring"] = ring;
  logger.info("a", { ring });
  assert.match(lines.join(), /"ring":"…"\}+\n$/);
});

for (const format of ["json", "journal", "human"] as const) {
  test(`whatever a peer calls itself, a ${format} line neither breaks nor moves a terminal's cursor`, () => {
    const nasty = "\u001b[2J\n\r\u009b31m\u202egpj.exe\u2028\u2066";
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.constant(nasty));
    fc.assert(
      fc.property(text, text, text, (message, name, value) => {
        const { logger, lines } = open({ format });
        logger.info(message, { [name]: value });
        assert.equal(lines.length, 1);
        assert.match(lines[0] ?? "", /^[^\p{Cc}\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069]*\n$/u);
      }),
    );
  });
}

test("escaped JSON still says what was meant", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (value) => {
      const { logger, written } = open();
      logger.info(value, { value });
      assert.deepEqual(written(), [{ time: TIME, level: "info", message: value, value }]);
    }),
  );
});

test("a message that repeats itself goes out once, and then once more with how often", () => {
  const { logger, clock, written } = open();
  for (let i = 0; i < 5; i++) logger.warn("Cannot reach peer", { peer: "a" });
  assert.equal(written().length, 1);
  clock.advance(REPEAT_WINDOW_MS);
  logger.info("something else");
  assert.deepEqual(
    written().map(({ message, suppressed, peer }) => [message, suppressed, peer]),
    [
      ["Cannot reach peer", undefined, "a"],
      ["Cannot reach peer", 4, "a"],
      ["something else", undefined, undefined],
    ],
  );
});

test("a flapping peer gets two lines for each window", () => {
  const { logger, clock, lines } = open();
  for (let second = 0; second < 100; second++) {
    logger.warn("Cannot reach peer");
    clock.advance(1_000);
  }
  logger.flush();
  assert.equal(lines.length, (100_000 / REPEAT_WINDOW_MS) * 2);
});

test("another level, another field or another peer is another message", () => {
  const { logger, lines } = open();
  logger.warn("a");
  logger.error("a");
  logger.warn("a", { peer: "a" });
  logger.warn("a", { peer: "b" });
  assert.equal(lines.length, 4);
});

test("a message said once is not counted, and a flush says the rest only once", () => {
  const { logger, written } = open();
  logger.info("once");
  logger.info("twice");
  logger.info("twice");
  logger.flush();
  logger.flush();
  assert.deepEqual(
    written().map(({ message, suppressed }) => [message, suppressed]),
    [
      ["once", undefined],
      ["twice", undefined],
      ["twice", 1],
    ],
  );
});

test("a flood of different messages does not fill the memory, and loses no count", () => {
  const { logger, written } = open();
  logger.info("first");
  logger.info("first");
  for (let n = 0; n < MAX_REMEMBERED; n++) logger.info("flood", { n });
  assert.equal(written().at(-1)?.["suppressed"], 1);
  logger.info("first");
  assert.deepEqual([written().at(-1)?.["message"], written().at(-1)?.["suppressed"]], ["first", undefined]);
});
