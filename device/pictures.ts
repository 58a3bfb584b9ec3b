// The pictures of a device (docs/decisions/012-pictures.md): carries those that living documents name and for which there is
// room, takes in its own, and gives out nothing but pictures, whatever their documents call them.
import { choosePictures, type PictureClaim, type PictureLimits } from "../protocol/festival/picture.ts";
import { type Picture, readCarriedPicture } from "../protocol/festival/picture-bytes.ts";
import { asHash, fromHex } from "../protocol/operation/bytes.ts";
import { Blobs, type BlobsOptions } from "../sync/blobs.ts";
import { ActError } from "./act/act-error.ts";

/** Eight people with cameras fill it; one alone does not. */
const AUTHOR_SHARE = 1 / 8;
const BYTES_PER_MEGABYTE = 1024 * 1024;

export interface CarriedPicture extends Picture {
  readonly bytes: Uint8Array;
}

export interface PicturesOptions extends Omit<BlobsOptions, "policy"> {
  /** What documents name, in the order in which these came. */
  readonly claims: () => readonly PictureClaim[];
  /** 0 carries none. */
  readonly megabytes: number;
}

export class Pictures {
  readonly blobs: Blobs;
  readonly #limits: PictureLimits;

  constructor({ claims, megabytes, ...rest }: PicturesOptions) {
    const totalBytes = megabytes * BYTES_PER_MEGABYTE;
    this.#limits = { totalBytes, authorBytes: totalBytes * AUTHOR_SHARE };
    const policy = {
      needed: () => choosePictures(claims(), this.#limits).map(({ hash, bytes }) => ({ hash: hashOf(hash), bytes })),
      accepts: (bytes: Uint8Array) => readCarriedPicture(bytes) !== undefined,
    };
    this.blobs = new Blobs({ ...rest, policy });
  }

  /** By its hash, 64 hex digits; nothing while it is not here. Rejects with StoreError. */
  async pictureOf(hash: string): Promise<CarriedPicture | undefined> {
    const bytes = await this.blobs.get(hashOf(hash));
    const picture = bytes && readCarriedPicture(bytes);
    return picture && { ...picture, bytes };
  }

  /** Durable before `name` publishes what names them. Rejects with E_PICTURE, E_PICTURE_ROOM or StoreError. */
  async add<Named>(pictures: readonly Uint8Array[], name: () => Promise<Named>): Promise<Named> {
    for (const bytes of pictures) {
      if (bytes.length > this.#limits.authorBytes) {
        throw new ActError("E_PICTURE_ROOM", "Cannot keep a picture: this device has no room for one");
      }
      if (readCarriedPicture(bytes) === undefined) {
        throw new ActError("E_PICTURE", "Cannot keep a picture: these bytes are none, or too large a one");
      }
    }
    return this.blobs.add(pictures, name);
  }
}

function hashOf(hex: string) {
  return asHash(fromHex(hex));
}
