// A photograph that somebody leaves on their phone reaches whoever comes by the box, also when its phone is gone by then, and
// stays on their own through a reload.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createCanvas } from "@napi-rs/canvas";
import { readBody } from "../../protocol/festival/body.ts";
import { eventually } from "../support/box-process.ts";
import { openPhoneBox } from "../support/phone-box.ts";
import { PATIENCE_MS, PhonePage } from "../support/phone-page.ts";
import { needsBrowser } from "../web-client/support/browser.ts";

const FESTIVAL = "six swallows and a camera";
const WIDTH = 800;
const HEIGHT = 600;
const LOOK_AGAIN_MS = 200;

const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-photo-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function photograph(): Buffer {
  const canvas = createCanvas(WIDTH, HEIGHT);
  const paint = canvas.getContext("2d");
  for (let y = 0; y < HEIGHT; y += 4) {
    paint.fillStyle = `hsl(${y % 360} 60% 50%)`;
    paint.fillRect(0, y, WIDTH, 4);
  }
  return canvas.toBuffer("image/jpeg");
}

async function leave(phone: PhonePage, event: string): Promise<void> {
  const { page } = phone;
  await phone.open(`note/${event}`);
  await page.locator("main textarea").fill("As it was getting dark");
  const file = { name: "IMG_1.jpg", mimeType: "image/jpeg", buffer: photograph() };
  await page.locator('input[type="file"]').setInputFiles(file);
  await page.locator(".chosen-pictures img").waitFor();
  await page.locator("main button[type=submit]").click();
  await page.waitForSelector("main.event .note-card");
}

/** Pixels across, as the browser decoded it. */
async function seenWidth(phone: PhonePage, event: string): Promise<number> {
  await phone.open(`event/${event}`);
  const photo = phone.page.locator("main .note-card img.photo");
  await photo.waitFor();
  await photo.scrollIntoViewIfNeeded();
  let width = 0;
  await eventually("the picture is drawn", PATIENCE_MS, async () => {
    width = await photo.evaluate((image: HTMLImageElement) => image.naturalWidth);
    return width > 0;
  });
  return width;
}

/** Hash of the only picture that anything names. */
async function pictureNamedBy(phone: PhonePage): Promise<string> {
  const fields = (await phone.copy()).flatMap(({ body }) => {
    const read = body && readBody(body);
    return read?.status === "understood" && read.body.a === "create" ? [read.body.f] : [];
  });
  const [named] = fields.flatMap(({ blobs }) => (blobs as unknown as { h: string }[] | undefined) ?? []);
  assert.ok(named, "a note names a picture");
  return named.h;
}

test("a photograph goes from phone to box to phone", { skip: needsBrowser.skip }, async (t) => {
  const { browser, url } = await openPhoneBox(t, { festival: FESTIVAL, data: join(folder, "box") });
  const ada = await PhonePage.open(browser, url);
  const event = await ada.makeEvent("Sunset");
  await leave(ada, event);
  assert.equal(await seenWidth(ada, event), WIDTH);
  const picture = new URL(`/picture/${await pictureNamedBy(ada)}`, url);
  await eventually("the box has it", PATIENCE_MS, async () => (await fetch(picture)).status === 200, LOOK_AGAIN_MS);
  await ada.page.reload();
  await ada.page.waitForSelector(".ways");
  assert.equal(await seenWidth(ada, event), WIDTH, "it is there after a reload");
  assert.deepEqual(ada.troubles, []);
  await ada.close();

  const ben = await PhonePage.open(browser, url);
  await ben.sees("Sunset");
  assert.equal(await seenWidth(ben, event), WIDTH);
  assert.deepEqual(ben.troubles, []);
  assert.deepEqual([...ben.hosts], [new URL(url).host]);
});
