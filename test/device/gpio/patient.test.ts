// Something that may not be there yet: told once, looked for ever more seldom, let go at the end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { GpioError } from "../../../device/gpio/gpio-error.ts";
import { Patient } from "../../../device/gpio/patient.ts";
import { FakeClock } from "../../support/fake-clock.ts";

function searcher() {
  const clock = new FakeClock();
  const told: string[] = [];
  const closed: string[] = [];
  const state = { attempts: 0, failure: undefined as Error | undefined };
  const say = (text: string, fields?: Readonly<Record<string, unknown>>) =>
    void told.push(`${text} ${fields?.["code"] ?? ""}`.trim());
  const patient = new Patient({
    what: "a lamp",
    open: async () => {
      state.attempts += 1;
      if (state.failure !== undefined) throw state.failure;
      return "lamp";
    },
    close: (lamp) => closed.push(lamp),
    clock,
    logger: { debug: say, info: say, warn: say, error: say },
  });
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 500) {
      clock.advance(500);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { clock, told, closed, state, patient, pass };
}

const TAKEN = new GpioError("E_GPIO_TAKEN", "Cannot use the lamp: somebody has it");

test("what is there is had at once, and let go once", async () => {
  const { clock, told, closed, patient } = searcher();
  await patient.start();
  assert.deepEqual([patient.thing, patient.fault, clock.waiting], ["lamp", undefined, 0]);
  patient.stop();
  patient.stop();
  assert.deepEqual([closed, told, patient.thing], [["lamp"], [], undefined]);
});

test("what is not there is told once, and looked for about once a minute", async () => {
  const { told, state, patient, pass } = searcher();
  state.failure = TAKEN;
  await patient.start();
  await pass(3_600_000);
  assert.deepEqual(told, ["Not there; looking for it again E_GPIO_TAKEN"]);
  assert.deepEqual(patient.fault, { code: "E_GPIO_TAKEN", message: TAKEN.message });
  assert.ok(state.attempts > 60 && state.attempts < 70, `${state.attempts} looks in an hour`);
  state.failure = new Error("something else");
  await pass(60_000);
  assert.deepEqual([told.at(-1), patient.fault?.code], ["Not there; looking for it again E_GPIO", "E_GPIO"]);
  state.failure = undefined;
  await pass(60_000);
  assert.deepEqual([told.at(-1), patient.fault, patient.thing], ["Found again", undefined, "lamp"]);
});

test("a stop while it is being opened lets it go, and looks no more", async () => {
  const { clock, closed, state, patient, pass } = searcher();
  const opening = patient.start();
  patient.stop();
  await opening;
  assert.deepEqual([closed, patient.thing], [["lamp"], undefined]);
  state.failure = TAKEN;
  await patient.start();
  patient.stop();
  await pass(120_000);
  assert.deepEqual([state.attempts, clock.waiting], [2, 0]);
});
