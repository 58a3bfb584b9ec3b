// A box in an emulated board, as the scenarios start it and look at it: its page on loopback, its picture, its screen.
import { constants, copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { createCanvas, loadImage } from "@napi-rs/canvas";
import type { Scene } from "../../device/display/scene.ts";
import { type CardGuestOptions, editCard, startCard } from "../../image/emulator/card-guest.ts";
import type { Guest } from "../../image/emulator/guest.ts";
import { cardPath } from "./card.ts";

export const BOX_PORT = 3473;
/** A whole system starts in 100 s on an idle machine; beside other work it took ten times as long. */
export const BOOT_S = 1800;
const PAUSE_MS = 500;

export interface GuestBox {
  readonly guest: Guest;
  readonly url: string;
}

/** A folder that is gone after the test. */
export function workFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-guest-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A new card, with what a person wrote on it. */
export function flashedCard(t: TestContext, files: Readonly<Record<string, string>>): string {
  const card = join(workFolder(t), "card.img");
  copyFileSync(cardPath(), card, constants.COPYFILE_FICLONE);
  editCard(card, files);
  return card;
}

export interface Board extends Omit<CardGuestOptions, "folder" | "forward"> {
  /** Where the host finds its page; any free port without. */
  readonly port?: number;
}

/** Puts the card into a board and switches it on. */
export async function switchOn(t: TestContext, { port: given, ...board }: Board): Promise<GuestBox> {
  const port = given ?? (await freePort());
  const guest = await startCard({ ...board, folder: workFolder(t), forward: [{ guest: BOX_PORT, host: port }] });
  t.after(() => guest.cutPower());
  return { guest, url: `http://127.0.0.1:${port}` };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Asks again until it is so; a guest that does not answer yet counts as no. */
export async function until(
  what: string,
  isSo: () => Promise<boolean>,
  seconds: number,
  pauseMs = PAUSE_MS,
): Promise<void> {
  const deadline = performance.now() + 1000 * seconds;
  while (performance.now() < deadline) {
    if (await isSo().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  throw new Error(`Not in ${seconds} s: ${what}`);
}

/** One number a pixel: 1 is white. */
export interface WhitePixels {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

export async function whitePixels(png: Uint8Array): Promise<WhitePixels> {
  const image = await loadImage(png);
  const { width, height } = image;
  const context = createCanvas(width, height).getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  return {
    width,
    height,
    pixels: Uint8Array.from({ length: width * height }, (_, at) => Number((data[4 * at] ?? 0) > 127)),
  };
}

/** What the box says it drew. */
export async function drawnFrame(url: string): Promise<WhitePixels> {
  return await whitePixels(new Uint8Array(await (await fetch(`${url}/screen.png`)).arrayBuffer()));
}

/** What is to be seen on the emulated monitor; `file` stays, to be looked at. */
export async function shownFrame(guest: Guest, file: string): Promise<WhitePixels> {
  await guest.qmp.screendump(file);
  return await whitePixels(readFileSync(file));
}

export async function sceneOf(url: string): Promise<Scene> {
  return (await (await fetch(`${url}/screen.json`)).json()) as Scene;
}

/** How many things the box knows, by its public status. */
export async function thingsOf(url: string): Promise<number> {
  return ((await (await fetch(`${url}/status.json`)).json()) as { things: number }).things;
}
