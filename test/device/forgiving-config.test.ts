// The configuration of a card: what holds in spite of mistakes, and what people are told of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type ConfigProblem, problemAt } from "../../device/config-error.ts";
import { checkTogether } from "../../device/contradictions.ts";
import { forgivingConfig } from "../../device/forgiving-config.ts";

const PATH = "lagerfeuer.toml";

function forgiving(text: string, told: readonly ConfigProblem[] = []) {
  return forgivingConfig({ flags: {}, env: {}, file: { path: PATH, text } }, told);
}

function linesOf(problems: readonly ConfigProblem[]): (number | undefined)[] {
  return problems.map(({ at }) => at?.line);
}

test("a file without mistakes is taken as it is", () => {
  const { config, problems } = forgiving('[screen]\nvenue = "Barn"\n');
  assert.deepEqual([config.screen.venue, config.screen.output, problems], ["Barn", "none", []]);
});

test("wrong keys have their default, all others hold", () => {
  const { config, problems } = forgiving('[web]\nport = 70000\nhost = "127.0.0.1"\n\n[screen]\nrotation = 45\n');
  assert.deepEqual([config.web.port, config.web.host, config.screen.rotation], [3473, "127.0.0.1", 0]);
  assert.deepEqual(linesOf(problems), [2, 6]);
});

test("the key of the festival holds in a file with a broken line: a box does not go to another one for that", () => {
  const { config } = forgiving('[festival]\nkey = "oak"\n\n[screen]\nvenue = "Barn\nrotation = 90\n');
  assert.deepEqual([config.festival.key, config.screen.venue, config.screen.rotation], ["oak", undefined, 90]);
});

test("whoever mistypes the output reads that on a monitor", () => {
  const { config, problems } = forgiving('[screen]\noutput = "framebufer"\n');
  assert.equal(config.screen.output, "framebuffer");
  assert.match(problems[0]?.message ?? "", /^lagerfeuer\.toml:2: .*; did you mean "framebuffer"\?$/);
});

const apart: readonly (readonly [what: string, text: string, line: number])[] = [
  ["hours for a panel", '[screen]\noutput = "waveshare-7in5-v2"\noff = "02:00-07:00"\n', 3],
  ["a size that is not the panel's", '[screen]\noutput = "waveshare-7in5-v2"\nname = "door-400x300"\n', 3],
  ["a monitor on a bus", '[screen]\ndevice = "/dev/spidev0.0"\noutput = "framebuffer"\n', 2],
  ["a panel without its voltage", '[screen]\noutput = "it8951"\n', 2],
  ["four buttons", '[screen]\noutput = "framebuffer"\n[buttons]\nlines = ["A", "B", "C", "D"]\n', 4],
  ["the demo in a festival", 'demo = true\n[festival]\nkey = "oak"\n', 1],
  ["a node without p2panda", `[peers]\naddresses = ["${"e4".repeat(32)}@192.168.1.20:40000"]\n`, 2],
];

for (const [what, text, line] of apart) {
  test(`keys that contradict one another are told with their line: ${what}`, () => {
    const { config, problems } = forgiving(text);
    assert.deepEqual(linesOf(problems), [line]);
    assert.doesNotThrow(() => checkTogether(config));
  });
}

test("a contradiction takes away one key, not its neighbours", () => {
  const { config } = forgiving('[screen]\noutput = "waveshare-7in5-v2"\nrotation = 90\noff = "02:00-07:00"\n');
  const { output, rotation, off } = config.screen;
  assert.deepEqual([output, rotation, off], ["waveshare-7in5-v2", 90, undefined]);
});

test("what the card's first unit found stands among the rest, and nothing twice", () => {
  const wifi = problemAt({ file: PATH, line: 2 }, "E_CONFIG_VALUE", '"wifi.country" is "Germany"; use two capitals');
  const text = "\n\n[screen]\nrotation = 45\nvenue = Barn\n";
  const again = forgiving(text).problems;
  const { problems } = forgiving(text, [...again, wifi]);
  assert.deepEqual(linesOf(problems), [2, 4, 5]);
});
