// Pictures are known by their bytes: what real encoders write is read, everything else is refused, whatever it is called.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createCanvas } from "@napi-rs/canvas";
import fc from "fast-check";
import { readCarriedPicture, readPicture } from "../../../protocol/festival/picture-bytes.ts";
import { concatBytes } from "../../../protocol/operation/bytes.ts";
import { MAX_BLOB_BYTES } from "../../../protocol/operation/limits.ts";
import { somePng } from "../../support/some-picture.ts";

const TYPES = ["image/jpeg", "image/png", "image/webp"] as const;

function drawn(type: (typeof TYPES)[number], width: number, height: number): Uint8Array {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  context.fillStyle = "orange";
  context.fillRect(0, 0, width / 2, height);
  const buffer =
    type === "image/jpeg"
      ? canvas.toBuffer("image/jpeg")
      : type === "image/webp"
        ? canvas.toBuffer("image/webp")
        : canvas.toBuffer("image/png");
  return new Uint8Array(buffer);
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

for (const mediaType of TYPES) {
  test(`${mediaType} as an encoder writes it says its type and size`, () => {
    for (const [width, height] of [
      [1, 1],
      [640, 333],
      [2000, 1500],
    ] as const) {
      const expected = { mediaType, width, height, hasCameraNotes: false };
      assert.deepEqual(readPicture(drawn(mediaType, width, height)), expected);
    }
  });

  test(`${mediaType} that is cut short anywhere is read or refused, never an error`, () => {
    const bytes = drawn(mediaType, 40, 30);
    for (let length = 0; length < bytes.length; length++) {
      const picture = readPicture(bytes.subarray(0, length));
      if (picture) assert.deepEqual([picture.width, picture.height], [40, 30], `cut at ${length}`);
    }
    assert.equal(readPicture(bytes.subarray(0, 12)), undefined);
  });
}

test("a JPEG of a camera says that it holds its notes; the size is found behind them", () => {
  const plain = drawn("image/jpeg", 64, 48);
  const notes = concatBytes(Uint8Array.of(0xff, 0xe1, 0, 40), ascii("Exif\0\0"), new Uint8Array(32));
  const padding = Uint8Array.of(0xff, 0xff);
  const photo = concatBytes(plain.subarray(0, 2), notes, padding, plain.subarray(2));
  assert.deepEqual(readPicture(photo), { mediaType: "image/jpeg", width: 64, height: 48, hasCameraNotes: true });
});

test("all three kinds of WebP say their size", () => {
  const riff = (chunk: string, ...rest: number[]) =>
    concatBytes(
      ascii("RIFF"),
      new Uint8Array(4),
      ascii("WEBP"),
      ascii(chunk),
      new Uint8Array(4),
      Uint8Array.from(rest),
    );
  const lossy = riff("VP8 ", 0, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x42, 0x58, 0x02);
  const lossless = riff("VP8L", 0x2f, 0x7f, 0xc2, 0x95, 0, 0, 0, 0, 0, 0);
  const extended = riff("VP8X", 0x08, 0, 0, 0, 0x7f, 0x02, 0, 0x57, 0x02, 0);
  const sizes = [lossy, lossless, extended].map(readPicture);
  assert.deepEqual(
    sizes.map((size) => [size?.width, size?.height]),
    [
      [640, 600],
      [640, 600],
      [640, 600],
    ],
  );
  assert.deepEqual(
    sizes.map((size) => size?.hasCameraNotes),
    [false, false, true],
  );
});

const REFUSED: Readonly<Record<string, Uint8Array>> = {
  nothing: new Uint8Array(0),
  SVG: ascii('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  "SVG behind the mark of a text": concatBytes(Uint8Array.of(0xef, 0xbb, 0xbf), ascii("<svg/>")),
  HTML: ascii("<!doctype html><img src=x onerror=alert(1)>".padEnd(200)),
  GIF: concatBytes(ascii("GIF89a"), new Uint8Array(100)),
  BMP: concatBytes(ascii("BM"), new Uint8Array(100)),
  AVIF: concatBytes(Uint8Array.of(0, 0, 0, 28), ascii("ftypavif"), new Uint8Array(100)),
  "a JPEG whose picture begins before its size": Uint8Array.of(0xff, 0xd8, 0xff, 0xda, ...new Uint8Array(50)),
  "a JPEG of zero pixels": Uint8Array.of(0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 0, 0),
  "a PNG without its first chunk": somePng(1).fill(0, 12, 16),
  "a WebP of an unknown kind": concatBytes(ascii("RIFF0000WEBPVP9 "), new Uint8Array(40)),
};

for (const [what, bytes] of Object.entries(REFUSED)) {
  test(`${what} is no picture`, () => assert.equal(readPicture(bytes), undefined));
}

test("a picture may be carried up to 512 KiB and 16 million pixels", () => {
  assert.ok(readCarriedPicture(somePng(1, { bytes: MAX_BLOB_BYTES })));
  assert.ok(readCarriedPicture(somePng(1, { width: 4096, height: 4096 })));
  assert.equal(readCarriedPicture(somePng(1, { bytes: MAX_BLOB_BYTES + 1 })), undefined);
  assert.equal(readCarriedPicture(somePng(1, { width: 4096, height: 4097 })), undefined);
  assert.equal(readCarriedPicture(somePng(1, { width: 2 ** 32 - 1, height: 2 ** 32 - 1 })), undefined);
});

test("random bytes behind any of the beginnings never throw", () => {
  const starts = [[0xff, 0xd8, 0xff], [...somePng(1).subarray(0, 16)], [...ascii("RIFF0000WEBPVP8X")]];
  fc.assert(
    fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 120 }), (start, rest) => {
      const picture = readPicture(Uint8Array.of(...start, ...rest));
      return picture === undefined || (picture.width > 0 && picture.height > 0);
    }),
    { numRuns: 5_000 },
  );
});

test("the picture of this repository's own front page is one", () => {
  const door = new Uint8Array(readFileSync(new URL("../../../docs/door.png", import.meta.url)));
  assert.equal(readCarriedPicture(door)?.mediaType, "image/png");
});
