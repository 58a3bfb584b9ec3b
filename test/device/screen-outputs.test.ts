// The whole way of a picture: scene → DoorScreen → panel output → spidev and GPIO of a simulated kernel → simulated chip.
// What is looked at in the end is the glass.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { loadConfig } from "../../device/config.ts";
import { doorScene } from "../../device/display/door-scene.ts";
import { unpackRows } from "../../device/display/palette.ts";
import { createRenderer } from "../../device/display/renderer.ts";
import { turnedToGlass } from "../../device/display/rotation.ts";
import type { Scene } from "../../device/display/scene.ts";
import { ENGLISH } from "../../device/display/words.ts";
import { DoorScreen } from "../../device/door-screen.ts";
import { chooseScreen } from "../../device/screen-choice.ts";
import { openScreen, type ScreenParts } from "../../device/screen-outputs.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { aDevice, aDoor, CAFE, JAM, clock as moment } from "./display/door.ts";
import { benchTable, chipOf, differingPixels, seen } from "./display/panel/bench-panels.ts";
import { SimulatedBoard } from "./display/panel/simulated-board.ts";
import type { Chip } from "./display/panel/simulated-panel.ts";

const SEED = Number(process.env["SEED"] ?? 20261121);
const PARTIALS = 30;
const STEP_MS = 50;
/** Longer than any refresh of the panels here, and than the 200 ms that a screen takes between two pictures. */
const REFRESH_MS = 12_000;

function atMinute(minutes: number): Scene {
  const now = moment("14:20") + 60 * minutes;
  return doorScene(aDoor(), aDevice({ now }), ENGLISH);
}

const STORM = {
  text: "Storm. Leave the tents. Go to the Barn now.",
  author: "Awareness team",
  at: moment("14:18"),
  expires: moment("16:00"),
  urgency: "emergency",
} as const;
const EMERGENCY = doorScene(aDoor({ announcements: [STORM] }), aDevice(), ENGLISH);
const NEXT_SESSION = doorScene(aDoor({ now: [CAFE], next: [JAM] }), aDevice({ now: moment("15:31") }), ENGLISH);

/** A panel on a wall, and the box behind it, which may be switched off and on. */
class Wall {
  readonly clock = new FakeClock(moment("14:20") * 1_000_000);
  readonly folder = mkdtempSync(join(tmpdir(), "lagerfeuer-wall-"));
  readonly said: string[] = [];
  readonly chip: Chip;
  readonly board: SimulatedBoard;
  readonly #output: string;
  readonly #rotation: string;
  scene: Scene = atMinute(0);
  #parts: ScreenParts | undefined;
  #screen: DoorScreen | undefined;

  constructor(output: string, rotation = 0) {
    this.#output = output;
    this.#rotation = String(rotation);
    this.chip = chipOf(output, seededRandom(SEED));
    this.board = new SimulatedBoard(this.chip, this.clock);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.switchOff();
    this.board[Symbol.dispose]();
    rmSync(this.folder, { recursive: true });
  }

  async switchOn(): Promise<void> {
    const say = (message: string, fields = {}) => void this.said.push(`${message} ${JSON.stringify(fields)}`);
    const logger = { debug: () => {}, info: say, warn: say, error: say };
    const clock = this.clock;
    const device = join(this.board.root, "dev/spidev0.0");
    const flags = { output: this.#output, rotation: this.#rotation, "screen-device": device };
    const choice = chooseScreen(loadConfig({ flags, env: {} }).screen);
    const boxClock = {
      trust: "sure" as const,
      get now() {
        return Math.floor(clock.nowMicros() / 1_000_000);
      },
    };
    const around = { folder: this.folder, clock, boxClock, timezone: "Europe/Berlin", logger };
    this.#parts = await openScreen(choice, { ...around, loadKernel: async () => this.board });
    this.#screen = new DoorScreen({
      renderer: createRenderer(this.#parts.name, this.#parts.rotation),
      output: this.#parts.output,
      clock,
      logger,
      describe: () => ({ scene: this.scene, nextChangeMs: 60_000 }),
    });
    this.#screen.start();
    await this.pass(REFRESH_MS);
  }

  /** In order; without it, the power is simply gone. */
  async switchOff(): Promise<void> {
    this.#screen?.stop();
    const closed = this.#parts?.output.close();
    await this.pass(REFRESH_MS);
    await closed;
  }

  /** The box dies where it stands; its program can do nothing more, and the chip forgets. */
  powerCut(): void {
    this.#screen?.stop();
    this.#parts = undefined;
    this.board.cutPower(seededRandom(SEED + 1));
  }

  async show(scene: Scene): Promise<void> {
    this.scene = scene;
    this.#screen?.changed();
    await this.pass(REFRESH_MS);
  }

  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += STEP_MS) {
      await settled();
      this.clock.advance(STEP_MS);
    }
    await settled();
  }

  get state() {
    const state = this.#screen?.state;
    assert.ok(state);
    return state;
  }

  assertShown(): void {
    const { name, rotation } = this.#parts as ScreenParts;
    const wanted = turnedToGlass(createRenderer(name, rotation).draw(this.scene), rotation);
    const whites = unpackRows(wanted.pixels, wanted.width).map((level) => level & 1);
    const differing = differingPixels(seen(benchTable(this.#output), this.board.glass), whites);
    assert.equal(differing, 0, `wrong pixels on the glass, SEED=${SEED}, ${JSON.stringify(this.state.error)}`);
    assert.deepEqual(this.chip.faults, []);
  }
}

/** Lets what is settled run; a picture goes over the wires in pieces. */
async function settled(): Promise<void> {
  for (let turns = 0; turns < 4; turns++) await new Promise((resolve) => setImmediate(resolve));
}

test("a day at the door: the glass follows a full refresh, 30 minutes of a session and the next session", async () => {
  await using wall = new Wall("waveshare-7in5-v2");
  await wall.switchOn();
  wall.assertShown();
  for (let minute = 1; minute <= PARTIALS; minute++) {
    await wall.show(atMinute(minute));
    wall.assertShown();
  }
  await wall.show(NEXT_SESSION);
  wall.assertShown();
  assert.deepEqual(wall.chip.refreshes, ["full", ...new Array(PARTIALS).fill("partial"), "full"]);
  const { glass, output, refreshesToday, recent, lastRefresh, error } = wall.state;
  assert.deepEqual([output, glass, error], ["waveshare-7in5-v2", { width: 800, height: 480 }, undefined]);
  assert.deepEqual(refreshesToday, { flashes: 2, partials: PARTIALS });
  assert.equal(recent?.length, 20);
  assert.deepEqual(recent?.at(-1), lastRefresh);
  assert.equal(lastRefresh?.kind, "full");
});

for (const [output, rotation] of [
  ["waveshare-7in5-v2", 90],
  ["waveshare-7in5-v2", 180],
  ["waveshare-2in13-v4", 0],
  ["waveshare-2in13-v4", 270],
  ["waveshare-2in9-v2", 180],
  ["waveshare-4in2-v2", 0],
  ["waveshare-13in3-k", 0],
] as const) {
  test(`${output} that hangs turned by ${rotation}° shows one session and the next`, async () => {
    await using wall = new Wall(output, rotation);
    await wall.switchOn();
    wall.assertShown();
    await wall.show(NEXT_SESSION);
    wall.assertShown();
  });
}

test("after an orderly end and a start the same picture is not drawn again, and the next one only in part", async () => {
  await using wall = new Wall("waveshare-7in5-v2");
  await wall.switchOn();
  await wall.switchOff();
  wall.powerCut();
  await wall.switchOn();
  wall.assertShown();
  assert.deepEqual(wall.chip.refreshes, ["full"]);
  assert.equal(wall.state.recent?.length, 1, "the journal goes on");
  await wall.show(atMinute(1));
  wall.assertShown();
  assert.deepEqual(wall.chip.refreshes, ["full", "partial"]);
});

test("a power cut soon after a refresh costs one flash, one without the kept picture too, and both end right", async () => {
  await using wall = new Wall("waveshare-7in5-v2");
  await wall.switchOn();
  // The second picture within ten minutes is not written: the card is spared.
  await wall.show(atMinute(1));
  wall.powerCut();
  await wall.show(atMinute(2));
  await wall.switchOn();
  wall.assertShown();
  assert.deepEqual(wall.chip.refreshes, ["full", "partial", "full"]);
  await wall.switchOff();
  assert.ok(existsSync(join(wall.folder, "panel.json")));
  rmSync(join(wall.folder, "panel.json"));
  await wall.switchOn();
  wall.assertShown();
  assert.deepEqual(wall.chip.refreshes, ["full", "partial", "full", "full"]);
});

test("a panel that hangs is told with its reason, left alone longer each time, and comes back by itself", async () => {
  await using wall = new Wall("waveshare-7in5-v2");
  await wall.switchOn();
  wall.board.stuck = true;
  await wall.show(NEXT_SESSION);
  assert.equal(wall.state.error?.code, "E_PANEL");
  assert.match(wall.state.error?.message ?? "", /No answer from the panel.*ribbon/);
  assert.ok((wall.state.error?.retryInS ?? 0) > 0);
  await wall.pass(60_000);
  assert.equal(wall.said.filter((line) => line.startsWith("screen failed")).length <= 2, true, wall.said.join("\n"));
  const failures = wall.state.panel?.failures ?? 0;
  assert.ok(failures >= 2 && failures <= 5, `${failures} tries in a minute`);
  wall.board.stuck = false;
  await wall.pass(120_000);
  wall.assertShown();
  assert.equal(wall.state.error, undefined);
  assert.ok(wall.said.some((line) => line.startsWith("screen is back")));
});

test("a box without a panel runs, and a panel that is plugged in later comes up", async () => {
  await using wall = new Wall("waveshare-4in2-v2");
  wall.board.unplug();
  await wall.switchOn();
  assert.equal(wall.state.error?.code, "E_SPI");
  await wall.show(atMinute(1));
  const files = readdirSync("/proc/self/fd").length;
  await wall.pass(30_000);
  assert.equal(readdirSync("/proc/self/fd").length, files, "a try that fails leaves nothing open");
  wall.board.plug();
  await wall.pass(60_000);
  wall.assertShown();
});

test("a line that another program holds is named", async () => {
  await using wall = new Wall("waveshare-4in2-v2");
  wall.board.gpio.taken.add("GPIO24");
  await wall.switchOn();
  assert.deepEqual([wall.state.error?.code, /GPIO24/.test(wall.state.error?.message ?? "")], ["E_GPIO_TAKEN", true]);
  wall.board.gpio.taken.clear();
  await wall.pass(20_000);
  wall.assertShown();
});

test("while a refresh runs the newest picture wins", async () => {
  await using wall = new Wall("waveshare-7in5-v2");
  await wall.switchOn();
  for (let minute = 1; minute <= 10; minute++) {
    wall.scene = atMinute(minute);
    await wall.pass(250);
  }
  await wall.show(atMinute(11));
  wall.assertShown();
  assert.ok(wall.chip.refreshes.length <= 5, wall.chip.refreshes.join());
});

test("a colour panel rests three minutes between two pictures, and then shows the newest", async () => {
  await using wall = new Wall("waveshare-7in3-e");
  await wall.switchOn();
  await wall.pass(30_000);
  wall.assertShown();
  await wall.show(atMinute(1));
  const { waiting } = wall.state;
  assert.equal(waiting?.reason, "interval");
  assert.ok(Date.parse(waiting?.until ?? "") <= wall.clock.nowMicros() / 1000 + 180_000);
  await wall.show(NEXT_SESSION);
  await wall.pass(200_000);
  wall.assertShown();
  assert.deepEqual([wall.chip.refreshes.length, wall.state.waiting], [2, undefined]);
});

test("an emergency flashes at once, and so does its end", async () => {
  await using wall = new Wall("waveshare-7in5-v2");
  await wall.switchOn();
  await wall.show(EMERGENCY);
  wall.assertShown();
  await wall.show(atMinute(1));
  wall.assertShown();
  assert.deepEqual(wall.chip.refreshes, ["full", "full", "full"]);
});
