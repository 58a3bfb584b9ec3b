// lagerfeuer.toml on the card: what of it goes where, and what does not stay there.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readCardSettings } from "../../../device/card/card-settings.ts";
import { hotspotCode, iwdFiles, iwdMain } from "../../../device/card/iwd-files.ts";
import { loadConfig, readConfig } from "../../../device/config.ts";

const PATH = "lagerfeuer.toml";
const WRITTEN = `# our camp
[festival]
key = "under the old oak"

[wifi]
country = "DE"
network = "Camp"
password = "marshmallow"  # ask at the fire

[screen]
venue = "Barn"
`;

test("secrets leave the card on the first start, and hold on every later one", () => {
  const first = readCardSettings(WRITTEN, PATH, {});
  assert.deepEqual(first.problems, []);
  assert.deepEqual(first.secrets, { password: "marshmallow", key: "under the old oak" });
  assert.doesNotMatch(first.cardText, /marshmallow|oak/);
  const second = readCardSettings(first.cardText, PATH, first.secrets);
  assert.equal(second.cardText, first.cardText);
  assert.equal(second.boxText, first.boxText);
  assert.deepEqual(second.wifi, { country: "DE", network: "Camp", password: "marshmallow", hotspot: "auto" });
});

test("a secret that is written again replaces the one that is kept", () => {
  const { cardText, secrets } = readCardSettings(WRITTEN, PATH, {});
  const again = cardText.replace(/# password.*/, 'password = "cinnamon rolls"');
  assert.equal(readCardSettings(again, PATH, secrets).wifi?.password, "cinnamon rolls");
});

test("whoever takes the remark away takes the secret away", () => {
  const { cardText, secrets } = readCardSettings(WRITTEN, PATH, {});
  const without = cardText.replace(/# password.*\n/, "").replace(/# key.*\n/, "");
  const settings = readCardSettings(without, PATH, secrets);
  assert.deepEqual(settings.secrets, {});
  assert.equal(settings.wifi?.password, undefined);
});

test("the box reads the rest, each key on the line that it has on the card", () => {
  const { boxText } = readCardSettings(WRITTEN, PATH, {});
  const config = loadConfig({ flags: {}, env: {}, file: { path: PATH, text: boxText } });
  assert.equal(config.festival.key, "under the old oak");
  assert.equal(config.screen.venue, "Barn");
  const lineOf = (text: string): number => text.split("\n").findIndex((line) => line.startsWith("venue"));
  assert.equal(lineOf(boxText), lineOf(WRITTEN));
});

test("mistakes in the table are told with their line, and no password is repeated", () => {
  const text = '[wifi]\ncountry = "Germany"\nnetwork = 5\npassword = "short"\nhotspt = "auto"\n';
  const { problems } = readCardSettings(text, PATH, {});
  assert.deepEqual(
    problems.map(({ code, message }) => [code, message.split(";")[0]]),
    [
      ["E_CONFIG_KEY", 'lagerfeuer.toml:5: "wifi.hotspt" is not a key'],
      ["E_CONFIG_VALUE", 'lagerfeuer.toml:2: "wifi.country" is "Germany"'],
      ["E_CONFIG_VALUE", 'lagerfeuer.toml:3: "wifi.network" is 5'],
      ["E_CONFIG_VALUE", 'lagerfeuer.toml:4: "wifi.password" cannot be used'],
    ],
  );
  assert.ok(problems.every(({ message }) => !message.includes("short")));
});

test("a file that is no TOML is left as it is, and the kept secrets stay", () => {
  const settings = readCardSettings("[wifi\n", PATH, { key: "oak" });
  assert.equal(settings.cardText, "[wifi\n");
  assert.deepEqual(settings.secrets, { key: "oak" });
  assert.match(settings.problems[0]?.message ?? "", /^lagerfeuer\.toml:1: Cannot read TOML/);
});

test("a password that is no TOML neither reaches the box nor keeps it from the rest", () => {
  const text =
    '[festival]\nkey = "oak"\n\n[wifi]\nnetwork = "Camp"\npassword = "marsh"mallow"\n\n[screen]\nvenue = "Barn"\n';
  const { boxText, wifi, problems } = readCardSettings(text, PATH, {});
  assert.doesNotMatch(boxText, /marsh|wifi/);
  const { config, problems: found } = readConfig({ flags: {}, env: {}, file: { path: PATH, text: boxText } });
  assert.deepEqual([config.festival.key, config.screen.venue, found], ["oak", "Barn", []]);
  assert.deepEqual([wifi?.network, wifi?.password], ["Camp", undefined]);
  assert.deepEqual(
    problems.map(({ at }) => at?.line),
    [6],
  );
});

test("without a word about Wi-Fi a box opens its own", () => {
  assert.deepEqual(readCardSettings("", PATH, {}).wifi, { hotspot: "auto" });
});

const HOTSPOT = { name: "Lagerfeuer", password: "embers and ashes" };

test("iwd finds each network under its name, whatever the name is made of", () => {
  const named = (network: string): string | undefined =>
    iwdFiles({ network, password: "marshmallow", hotspot: "auto" }, HOTSPOT)[0]?.name;
  assert.equal(named("Camp 2_b"), "Camp 2_b.psk");
  assert.equal(named("Café"), "=436166c3a9.psk");
  assert.equal(named("a/../b"), "=612f2e2e2f62.psk");
  const [open] = iwdFiles({ network: "Open", hotspot: "auto" }, HOTSPOT);
  assert.equal(open?.name, "Open.open");
});

test("a password keeps its spaces and backslashes", () => {
  const [file] = iwdFiles({ network: "n", password: "  a\\b   c", hotspot: "auto" }, HOTSPOT);
  assert.match(file?.text ?? "", /^Passphrase=\\s\\sa\\\\b {3}c$/m);
});

test("a phone that scans the code joins the box's own network", () => {
  assert.equal(
    hotspotCode({ name: "Fire; place", password: "a:b\\c1234" }),
    "WIFI:T:WPA;S:Fire\\; place;P:a\\:b\\\\c1234;;",
  );
  assert.match(iwdFiles({ hotspot: "always" }, HOTSPOT)[0]?.text ?? "", /SSID=Lagerfeuer[\s\S]*Address=10\.73\.73\.1/);
  assert.match(iwdMain({ country: "DE", hotspot: "auto" }).text, /Country=DE/);
});
