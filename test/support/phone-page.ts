// A phone in a test: a profile of its own in a real browser, on the page that a box serves, used by its own buttons. What a
// person cannot see is read in two ways only: what the browser asked for, and the file that "keep a copy" gives.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { readCopy } from "../../device/web/client/replica/copy-file.ts";
import { concatBytes, toHex } from "../../protocol/operation/bytes.ts";
import type { Operation } from "../../protocol/operation/operation.ts";
import { validateOperation } from "../../protocol/operation/validate.ts";
import { createNodeCrypto } from "../../sync/crypto/node.ts";

const BUILD = fileURLToPath(new URL("../../device/web/client/build.ts", import.meta.url));
const TOPIC_IN_COPY = /^lagerfeuer copy 1 ([0-9a-f]{64})\n/;
/** A hundred times what a quiet machine takes. */
export const PATIENCE_MS = 60_000;
/** Of every phone, as of the boxes in scenes. */
export const TIMEZONE = "Europe/Berlin";
const PHONE = { width: 390, height: 844 };

/** Makes dist/client where a source is newer than it. */
export async function buildPhonePage(): Promise<void> {
  await promisify(execFile)(process.execPath, [BUILD, "--if-needed"]);
}

/** What a phone keeps, by its own copy of it. */
export interface KeptByPhone {
  readonly operations: number;
  /** As a box says it: `lagerfeuer status`. */
  readonly stateHash: string;
  /** Ids of operations whose signature, hash or shape is wrong. */
  readonly wrong: readonly string[];
}

export class PhonePage {
  readonly page: Page;
  readonly #context: BrowserContext;
  /** Hosts that the browser asked for anything, also over WebSocket. */
  readonly hosts = new Set<string>();
  /** Pages of the client that were shown, in order. */
  readonly routes: string[] = [];
  /** Errors of the page, reports of its policy, and what no page of ours does: dialogs, windows, frames. */
  readonly troubles: string[] = [];

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    page.setDefaultTimeout(PATIENCE_MS);
    context.on("request", (request) => this.#asked(request.url()));
    page.on("websocket", (socket) => this.#asked(socket.url()));
    context.on("page", (other) => this.troubles.push(`opened ${other.url()}`));
    page.on("framenavigated", (frame) => {
      if (frame === page.mainFrame()) this.#shown(frame.url());
      else this.troubles.push(`a frame shows ${frame.url()}`);
    });
    this.#watchTroubles();
  }

  /** A fresh profile that nobody used before; resolves when the page can be used. */
  static async open(browser: Browser, url: string): Promise<PhonePage> {
    const context = await browser.newContext({ viewport: PHONE, locale: "en-GB", timezoneId: TIMEZONE });
    const phone = new PhonePage(context, await context.newPage());
    await phone.load(url);
    return phone;
  }

  async load(url: string): Promise<void> {
    await this.page.goto(url);
    await this.page.waitForSelector(".ways");
  }

  /** Goes to a page of the client as its links do: "event/…". */
  async open(path: string): Promise<void> {
    await this.page.evaluate((hash) => {
      location.hash = hash;
    }, `#/${path}`);
    await this.page.waitForSelector(`main.${path.split("/")[0]}`);
  }

  /** Resolves with the id of an event that has only a title. */
  async makeEvent(title: string): Promise<string> {
    await this.open("make");
    await this.page.locator(".title-field input").fill(title);
    return this.#send("event");
  }

  /** Resolves with the id of a "venue", a "material" or a "skill". */
  async offer(kind: string, title: string): Promise<string> {
    await this.open(`offer/${kind}`);
    await this.page.locator("main form .field input").first().fill(title);
    return this.#send("thing");
  }

  /** Waits until the programme has an event with that title. */
  async sees(title: string): Promise<void> {
    await this.open("programme");
    await this.page.locator(".row-title", { hasText: title }).first().waitFor();
  }

  /** Dials another box, as typed on the page of the fire. */
  async meet(address: string): Promise<void> {
    await this.open("fire");
    const form = this.page.locator("form.line");
    await form.locator("input").fill(address);
    await form.locator("button").click();
    await this.page.locator(".boxes li", { hasText: address }).waitFor();
  }

  /** Waits until the page of the fire says that a box is near, or that it is away. */
  async boxIs(address: string, state: "near" | "away"): Promise<void> {
    await this.open("fire");
    const lamp = state === "near" ? "free" : "closed";
    await this.page.locator(".boxes li", { hasText: address, has: this.page.locator(`.lamp.${lamp}`) }).waitFor();
  }

  /** All operations that the phone keeps. */
  async copy(): Promise<readonly Operation[]> {
    await this.open("copy");
    const [download] = await Promise.all([
      this.page.waitForEvent("download"),
      this.page.locator("main .button.ember").click(),
    ]);
    const bytes = new Uint8Array(readFileSync(await download.path()));
    const [, topic = ""] = TOPIC_IN_COPY.exec(Buffer.from(bytes.subarray(0, 128)).toString("latin1")) ?? [];
    return [...readCopy(bytes, topic, await createNodeCrypto())];
  }

  /** Checks every signature of what is kept. */
  async kept(): Promise<KeptByPhone> {
    const suite = await createNodeCrypto();
    const operations = await this.copy();
    const ids = operations.map(({ id }) => id).sort(Buffer.compare);
    const wrong = operations.filter((operation) => validateOperation(operation, suite) !== undefined);
    return {
      operations: operations.length,
      stateHash: toHex(suite.hash(concatBytes(...ids))),
      wrong: wrong.map(({ id }) => toHex(id)),
    };
  }

  /** Takes in a copy; resolves when it says how many operations were new. */
  async refill(copy: Uint8Array): Promise<string> {
    await this.open("copy");
    const file = { name: "a-copy.ops", mimeType: "application/octet-stream", buffer: Buffer.from(copy) };
    await this.page.locator('main input[type="file"]').setInputFiles(file);
    const toast = this.page.locator(".toast.shown");
    await toast.waitFor();
    return (await toast.textContent()) ?? "";
  }

  async close(): Promise<void> {
    await this.#context.close();
  }

  async #send(to: "event" | "thing"): Promise<string> {
    await this.page.locator("main button[type=submit]").first().click();
    await this.page.waitForSelector(`main.${to}`);
    const id = await this.page.evaluate(() => location.hash.split("/").at(-1) ?? "");
    assert.match(id, /^[0-9a-f]{64}$/);
    return id;
  }

  #watchTroubles(): void {
    this.page.on("pageerror", (error) => this.troubles.push(error.message));
    this.page.on("console", (message) => {
      if (/Content Security Policy/i.test(message.text())) this.troubles.push(message.text());
    });
    this.page.on("dialog", (dialog) => {
      this.troubles.push(`asked "${dialog.message()}"`);
      void dialog.dismiss();
    });
  }

  #asked(url: string): void {
    const { protocol, host } = new URL(url);
    if (/^(https?|wss?):$/.test(protocol)) this.hosts.add(host);
  }

  #shown(url: string): void {
    const route = /^#\/([a-z]+)/.exec(new URL(url).hash)?.[1] ?? "programme";
    if (this.routes.at(-1) !== route) this.routes.push(route);
  }
}
