// What a test of the phone's page begins with: the page as it is built, a box that serves it and a browser beside it. Both
// end with the test.
import type { TestContext } from "node:test";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../web-client/support/browser.ts";
import { BoxProcess } from "./box-process.ts";
import { buildPhonePage } from "./phone-page.ts";

export interface PhoneBox {
  readonly box: BoxProcess;
  readonly browser: Browser;
  /** Of its page, by number: a name would be another origin. */
  readonly url: string;
}

export async function openPhoneBox(t: TestContext, options: { festival: string; data: string }): Promise<PhoneBox> {
  await buildPhonePage();
  const args = ["--festival", options.festival, "--host", "127.0.0.1", "--port", "0", "--no-discovery"];
  const box = new BoxProcess({ data: options.data, args });
  const browser = await launchBrowser();
  t.after(async () => {
    await browser.close();
    await box.end("SIGKILL");
  });
  return { box, browser, url: (await box.ready).replace("localhost", "127.0.0.1") };
}
