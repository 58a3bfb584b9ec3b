// Pictures that somebody adds on the command line: read, looked at, and named in a document just as they are. Nothing is
// made smaller here; a phone does that before it sends one.
import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { MAX_PICTURE_PIXELS, type Picture, readPicture } from "../../protocol/festival/picture-bytes.ts";
import { toHex } from "../../protocol/operation/bytes.ts";
import { MAX_BLOB_BYTES } from "../../protocol/operation/limits.ts";
import { CommandError, EXIT } from "../exit.ts";
import { wrongUsage } from "./act-command.ts";
import type { Command, CommandContext } from "./command.ts";
import type { Festival } from "./festival.ts";

const BYTES_PER_KIB = 1024;

export const PHOTO_OPTIONS: Command["options"] = {
  photo: { type: "string", multiple: true },
  alt: { type: "string", multiple: true },
};
export const PHOTO_HELP: Command["optionHelp"] = {
  photo: `A picture: JPEG, PNG or WebP of at most ${MAX_BLOB_BYTES / BYTES_PER_KIB} KiB; repeat it for more`,
  alt: "What is to be seen on it, for those who cannot; in the order of the pictures",
};

export interface Photos {
  /** As a field of a document names them. */
  readonly named: readonly { readonly h: string; readonly t: Picture["mediaType"]; readonly n: number }[];
  readonly bytes: readonly Uint8Array[];
  readonly remarks: readonly string[];
}

/** Throws E_PICTURE_KIND, E_PICTURE_SIZE or E_PICTURE_PIXELS; rejects with what Node says of a file. */
export async function photosGiven({ lists }: CommandContext, { opened }: Festival): Promise<Photos> {
  const { photo: files = [], alt = [] } = lists;
  if (alt.length > files.length) throw wrongUsage("Cannot use --alt: there is no --photo to it");
  const photos = await Promise.all(files.map(readPhoto));
  return {
    bytes: photos.map(({ bytes }) => bytes),
    named: photos.map(({ bytes, picture: { mediaType, width, height } }, index) => ({
      h: toHex(opened.replica.suite.hash(bytes)),
      t: mediaType,
      n: bytes.length,
      px: [width, height] as const,
      ...(alt[index] && { alt: alt[index].normalize("NFC") }),
    })),
    remarks: photos.flatMap(({ file, picture }) =>
      picture.hasCameraNotes
        ? `"${basename(file)}" says what the camera wrote into it, maybe also where it was taken; everybody can read that`
        : [],
    ),
  };
}

async function readPhoto(file: string) {
  const { size } = await stat(file);
  if (size > MAX_BLOB_BYTES) {
    const [has, most] = [size, MAX_BLOB_BYTES].map((bytes) => Math.ceil(bytes / BYTES_PER_KIB));
    const hint = "make it smaller first, 1600 pixels wide is plenty; nothing is resized here";
    throw refused("E_PICTURE_SIZE", file, `it has ${has} KiB and a picture may have ${most}; ${hint}`);
  }
  const bytes = new Uint8Array(await readFile(file));
  const picture = readPicture(bytes);
  if (picture === undefined)
    throw refused("E_PICTURE_KIND", file, "it is no JPEG, PNG or WebP, whatever its name says");
  const { width, height } = picture;
  if (width * height > MAX_PICTURE_PIXELS) {
    const most = `${MAX_PICTURE_PIXELS / 2 ** 20} million`;
    throw refused("E_PICTURE_PIXELS", file, `${width} × ${height} pixels are more than ${most}; make it smaller first`);
  }
  return { file, bytes, picture };
}

function refused(code: string, file: string, why: string): CommandError {
  return new CommandError(code, `Cannot send "${file}": ${why}`, { status: EXIT.data });
}
