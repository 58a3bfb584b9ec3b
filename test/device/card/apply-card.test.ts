// A card's settings as they are applied at each start, on folders of this machine.
import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { applyCard, type CardMeans, type CardPlaces, readMistakes } from "../../../device/card/apply-card.ts";

const TEXT = '[festival]\nkey = "oak"\n\n[wifi]\nnetwork = "Camp"\npassword = "marshmallow"\n';

function placesFor(t: TestContext, text: string | undefined): CardPlaces & { state: string } {
  const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-card-"));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "card"));
  if (text !== undefined) writeFileSync(join(folder, "card", "lagerfeuer.toml"), text);
  const at = (name: string): string => join(folder, name);
  return { card: at("card"), state: at("state"), run: at("run"), wifi: at("wifi"), wifiMain: at("iwd") };
}

/** Counts how often the card was opened for writing. */
function means(): CardMeans & { opened: number; asked: number } {
  const counted = {
    opened: 0,
    asked: 0,
    writable: (write: () => void) => {
      counted.opened += 1;
      write();
    },
    newName: () => "Lagerfeuer Otter",
    newPassword: () => `word number ${++counted.asked}`,
  };
  return counted;
}

const read = (...path: string[]): string => readFileSync(join(...path), "utf8");

test("the first start moves the secrets, the second finds nothing to do and makes the same files", (t) => {
  const places = placesFor(t, TEXT);
  const tools = means();
  assert.equal(applyCard(places, tools).moved, true);
  assert.doesNotMatch(read(places.card, "lagerfeuer.toml"), /oak|marshmallow/);
  assert.equal(statSync(join(places.state, "secrets.json")).mode & 0o777, 0o600);
  assert.equal(statSync(join(places.wifi, "Camp.psk")).mode & 0o777, 0o600);
  const files = [places.run, places.wifi, places.wifiMain, places.state].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  );
  const before = files.filter((file) => statSync(file).isFile()).map((file) => read(file));
  assert.equal(applyCard(places, tools).moved, false);
  assert.deepEqual(
    files.filter((file) => statSync(file).isFile()).map((file) => read(file)),
    before,
  );
  assert.deepEqual([tools.opened, tools.asked], [1, 1]);
  assert.match(read(places.run, "lagerfeuer.toml"), /^key = "oak"$/m);
});

test("without a data partition the secrets stay on the card, and all works from there", (t) => {
  const { state: _, ...places } = placesFor(t, TEXT);
  const tools = means();
  assert.equal(applyCard({ ...places, state: undefined }, tools).moved, false);
  assert.equal(read(places.card, "lagerfeuer.toml"), TEXT);
  assert.equal(tools.opened, 0);
  assert.match(read(places.wifi, "Camp.psk"), /Passphrase=marshmallow/);
});

test("a power cut after the secrets were kept loses none: the next start moves them again", (t) => {
  const places = placesFor(t, TEXT);
  const cut = (): never => {
    throw new Error("power cut");
  };
  assert.throws(() => applyCard(places, { ...means(), writable: cut }), /power cut/);
  assert.equal(applyCard(places, means()).moved, true);
  assert.match(read(places.run, "lagerfeuer.toml"), /^key = "oak"$/m);
});

test("an empty card gives a box that opens its own network", (t) => {
  const places = placesFor(t, undefined);
  const { problems, hotspot } = applyCard(places, means());
  assert.deepEqual([problems, hotspot], [[], "auto"]);
  assert.ok(existsSync(join(places.wifi, "ap", "Lagerfeuer Otter.ap")));
  assert.deepEqual(JSON.parse(read(places.run, "hotspot.json")), {
    ...{ name: "Lagerfeuer Otter", password: "word number 1", opens: "auto", address: "10.73.73.1" },
    code: "WIFI:T:WPA;S:Lagerfeuer Otter;P:word number 1;;",
  });
});

test("a box keeps the name and the password of its network, so that phones know it again", (t) => {
  const places = placesFor(t, undefined);
  const hotspot = (): string => {
    applyCard(places, means());
    return read(places.run, "hotspot.json");
  };
  const first = hotspot();
  assert.equal(hotspot(), first);
  writeFileSync(join(places.card, "lagerfeuer.toml"), '[wifi]\nhotspot = "always"\n');
  assert.equal(hotspot(), first.replace('"auto"', '"always"'));
});

test("a mistake is told, and what is right is applied", (t) => {
  const places = placesFor(t, '[wifi]\nnetwork = "Camp"\npassword = "short"\n\n[screen]\nvenue = "Barn"\n');
  const { problems } = applyCard(places, means());
  assert.match(problems[0]?.message ?? "", /^lagerfeuer\.toml:3: "wifi\.password" cannot be used/);
  assert.match(read(places.run, "lagerfeuer.toml"), /venue = "Barn"/);
  assert.deepEqual(readMistakes(places.run), problems);
});

test("a file that was mended leaves no mistakes behind", (t) => {
  const places = placesFor(t, "[wifi]\nnetwork = 5\n");
  applyCard(places, means());
  writeFileSync(join(places.card, "lagerfeuer.toml"), "");
  applyCard(places, means());
  assert.deepEqual(readMistakes(places.run), []);
});
