// A picture from one box to another by the real command line: cut off in the middle by a kill -9, and there in the end,
// byte for byte.
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import Sqlite from "better-sqlite3";
import { MAX_BLOB_BYTES } from "../../protocol/operation/limits.ts";
import { BoxProcess, eventually, lagerfeuer } from "../support/box-process.ts";
import { somePng } from "../support/some-picture.ts";

const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-pictures-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const COMMON = ["--festival", "pictures test", "--timezone", "Europe/Berlin"];
const ALONE = [...COMMON, "--host", "127.0.0.1", "--no-discovery"];

function file(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

async function act(data: string, ...args: readonly string[]): Promise<Record<string, unknown>> {
  const { status, stdout, stderr } = await lagerfeuer([...args, "--json", "--data", data, ...COMMON]);
  assert.equal(status, 0, `${args.join(" ")}: ${stderr}`);
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** Whether the picture of this note is on this box; undefined while the note is not. */
async function isHere(data: string, note: string): Promise<boolean | undefined> {
  const { status, stdout } = await lagerfeuer(["show", note, "--json", "--data", data, ...COMMON]);
  if (status !== 0) return undefined;
  const { pictures } = JSON.parse(stdout) as { pictures: readonly { readonly here: boolean }[] };
  return pictures[0]?.here;
}

function pictureIn(data: string, hash: string): Uint8Array | undefined {
  const database = new Sqlite(join(data, "replica.sqlite"), { readonly: true });
  try {
    const bytes = database.prepare("SELECT bytes FROM blob WHERE hash = unhex(?)").pluck().get(hash) as
      | Buffer
      | undefined;
    return bytes && new Uint8Array(bytes);
  } finally {
    database.close();
  }
}

/** A cable to a box that breaks, once, when so many bytes came from there. */
class BreakingCable {
  readonly #server = createServer((caller) => this.#connect(caller));
  readonly #target: number;
  readonly broken: Promise<void>;
  #break: () => void = () => {};
  #breaksAfter: number;
  bytes = 0;

  constructor(target: number, breaksAfter: number) {
    this.#target = target;
    this.#breaksAfter = breaksAfter;
    this.broken = new Promise((resolve) => {
      this.#break = resolve;
    });
  }

  async open(): Promise<number> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.#server.close();
  }

  #connect(caller: Socket): void {
    const called = connect(this.#target, "127.0.0.1");
    for (const [from, to] of [
      [caller, called],
      [called, caller],
    ] as const) {
      from.on("error", () => to.destroy());
      from.on("close", () => to.destroy());
      from.on("data", (chunk) => to.write(chunk));
    }
    called.on("data", (chunk) => {
      this.bytes += chunk.length;
      if (this.bytes < this.#breaksAfter) return;
      this.#breaksAfter = Number.POSITIVE_INFINITY;
      called.destroy();
      this.#break();
    });
  }
}

test("what is no picture, or too large a one, is refused with a hint, and nothing is said", async () => {
  const data = join(folder, "refusals");
  await act(data, "create", "event", "Soup");
  const cases = [
    [
      file("large.png", somePng(1, { bytes: 700_000 })),
      /E_PICTURE_SIZE: .* 684 KiB and a picture may have 512; .*1600/,
    ],
    [file("script.png", "<svg onload=alert(1)>"), /E_PICTURE_KIND: .*no JPEG, PNG or WebP/],
    [file("bomb.png", somePng(1, { width: 30_000, height: 30_000 })), /E_PICTURE_PIXELS: .*30000 × 30000 pixels/],
    [join(folder, "nowhere.png"), /E_FILE_MISSING/],
    [folder, /E_PICTURE_KIND|E_FILE_IS_FOLDER/],
  ] as const;
  for (const [path, expected] of cases) {
    const { status, stderr } = await lagerfeuer(["note", "Soup", "Look", "--photo", path, "--data", data, ...COMMON]);
    assert.notEqual(status, 0);
    assert.match(stderr, expected);
  }
  const { stdout } = await lagerfeuer(["list", "notes", "--json", "--data", data, ...COMMON]);
  assert.doesNotMatch(stdout, /Look/);
});

test("a picture reaches the other box, byte for byte, although its box was killed in the middle", async (t) => {
  const [dataA, dataB] = [join(folder, "a"), join(folder, "b")];
  const fire = somePng(7, { bytes: MAX_BLOB_BYTES });
  await act(dataA, "create", "event", "Embers");
  const note = await act(dataA, "note", "Embers", "At dawn", "--photo", file("fire.png", fire), "--alt", "The fire");
  const [hash] = note["pictures"] as [string];
  let a = new BoxProcess({ data: dataA, args: [...ALONE, "--port", "0"] });
  const port = Number(new URL(await a.ready).port);
  const cable = new BreakingCable(port, MAX_BLOB_BYTES / 2);
  const address = `127.0.0.1:${await cable.open()}`;
  const b = new BoxProcess({ data: dataB, args: [...ALONE, "--port", "0", "--peer", address] });
  try {
    await b.ready;
    await cable.broken;
    await a.end("SIGKILL");
    await eventually("the note is there before its picture", 20_000, async () => {
      return (await isHere(dataB, note["id"] as string)) === false;
    });
    const before = cable.bytes;
    a = new BoxProcess({ data: dataA, args: [...ALONE, "--port", String(port)] });
    await a.ready;
    const ms = await eventually("the picture", 60_000, async () => pictureIn(dataB, hash) !== undefined);
    assert.deepEqual(pictureIn(dataB, hash), fire);
    assert.equal(await isHere(dataB, note["id"] as string), true);
    const again = cable.bytes - before;
    assert.ok(again < MAX_BLOB_BYTES * 0.75, `${again} bytes were sent after ${before} had come`);
    t.diagnostic(`${before} bytes before the kill, ${again} after it; there after ${Math.round(ms)} ms`);
    const second = somePng(8, { bytes: 50_000 });
    const live = await act(dataA, "note", "Embers", "At noon", "--photo", file("noon.png", second));
    const [secondHash] = live["pictures"] as [string];
    await eventually("the next picture", 10_000, async () => pictureIn(dataB, secondHash) !== undefined);
    assert.deepEqual(pictureIn(dataB, secondHash), second);
  } finally {
    await b.end("SIGTERM");
    await a.end("SIGTERM");
    cable.close();
  }
});
