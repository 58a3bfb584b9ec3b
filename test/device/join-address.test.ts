// What the code at a door opens on a phone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { printedAddress } from "../../device/display/door-scene.ts";
import { joinAddress } from "../../device/join-address.ts";

const BOX = "http://192.168.4.1:3473";

test("the words of the festival stand behind the address, where no server sees them", () => {
  assert.equal(joinAddress(BOX, "sommer am see"), `${BOX}/#join=sommer%20am%20see`);
  assert.equal(joinAddress(BOX, undefined), BOX);
});

test("a festival that would make the code too fine is asked of the box instead", () => {
  assert.equal(joinAddress(BOX, "ab".repeat(32)), BOX);
  assert.equal(
    joinAddress("http://kiosk.example.org:3473", "ein sehr langer Name am See"),
    "http://kiosk.example.org:3473",
  );
});

test("what is printed below the code can be typed", () => {
  assert.equal(printedAddress(joinAddress(BOX, "sommer am see")), "192.168.4.1:3473");
  assert.equal(printedAddress(`${BOX}/`), "192.168.4.1:3473");
});
