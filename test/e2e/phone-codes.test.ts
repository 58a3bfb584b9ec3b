// Codes that one phone shows and another one reads: into a festival, to the page of an animal, and to be one person on two
// devices (M-50). A camera is not here: that the drawn modules are those of the address stands for it.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { encode } from "uqr";
import { openPhoneBox } from "../support/phone-box.ts";
import { PhonePage } from "../support/phone-page.ts";
import { needsBrowser } from "../web-client/support/browser.ts";

const FESTIVAL = "six herons in the reeds";
const QUIET_MODULES = 4;
const FIRST_DRAWER = "details.drawer";

const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-codes-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The dark modules of the code on the page, as "x y". */
async function drawnOn({ page }: PhonePage): Promise<readonly string[]> {
  const path = page.locator(".qr-code path");
  await path.waitFor();
  return [...((await path.getAttribute("d")) ?? "").matchAll(/M(\d+ \d+)h1v1h-1z/g)].map(([, at]) => at ?? "");
}

async function shows(phone: PhonePage, address: string): Promise<void> {
  const { data } = encode(address, { ecc: "M", border: QUIET_MODULES });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`${x} ${y}`] : [])));
  assert.deepEqual(await drawnOn(phone), dark, `a code for ${address}`);
}

/** The key that a phone acts with, by the link on its own name. */
async function keyOf(phone: PhonePage): Promise<string> {
  await phone.open("people");
  const link = phone.page.locator(".person-card", { hasText: "(you)" });
  return ((await link.getAttribute("href")) ?? "").split("/").at(-1) ?? "";
}

test("what one phone shows as a code, another one opens", { skip: needsBrowser.skip }, async (t) => {
  const { browser, url } = await openPhoneBox(t, { festival: FESTIVAL, data: join(folder, "box") });
  const home = new URL("/", url).href;
  const phone = await PhonePage.open(browser, url);
  const soup = await phone.makeEvent("Soup");

  await t.test("R-45: the way into this festival", async () => {
    await phone.open("festivals");
    const address = await phone.page.locator("main section textarea").last().inputValue();
    assert.ok(address.startsWith(`${home}#join=`), address);
    await shows(phone, address);
    const guest = await PhonePage.open(browser, address);
    await guest.sees("Soup");
    await guest.close();
  });

  await t.test("M-50: two devices are one person once both say so", async () => {
    const laptop = await PhonePage.open(browser, url);
    await laptop.makeEvent("Bread");
    const [me, twin] = [await keyOf(phone), await keyOf(laptop)];
    await phone.open("keys");
    await phone.page.locator(FIRST_DRAWER).first().locator("summary").click();
    await shows(phone, `${home}#/person/${me}`);

    await laptop.load(`${home}#/person/${me}`);
    const drawer = laptop.page.locator(FIRST_DRAWER);
    await drawer.locator("summary").click();
    await drawer.locator("button").click();
    await shows(laptop, `${home}#/person/${twin}`);
    assert.equal(await laptop.page.locator("main .same-as").count(), 0, "one side alone says nothing");

    await phone.load(`${home}#/person/${twin}`);
    await phone.page.locator(FIRST_DRAWER).locator("summary").click();
    await phone.page.locator(FIRST_DRAWER).locator("button").click();
    for (const device of [phone, laptop]) await device.page.locator("main .same-as a").waitFor();

    await laptop.open(`event/${soup}`);
    await laptop.page.locator('main a[href^="#/edit/"]').click();
    await laptop.page.locator(".title-field input").fill("Stew");
    await laptop.page.locator("main button[type=submit]").first().click();
    await phone.sees("Stew");
    assert.deepEqual([...phone.troubles, ...laptop.troubles], []);
  });
});
