// Bytes of a programme file → text. UTF-8 unless a byte order mark or an XML declaration says otherwise.

const XML_ENCODING = /^<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/;
const HEAD_BYTES = 512;

export interface EncodedText {
  /** Without byte order mark. */
  readonly bytes: Uint8Array;
  /** A label of the Encoding Standard. */
  readonly encoding: string;
}

/** A declaration of UTF-16 that can be read as ASCII is wrong about itself. */
export function detectEncoding(bytes: Uint8Array): EncodedText {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { bytes: bytes.subarray(3), encoding: "utf-8" };
  if (first === 0xff && second === 0xfe) return { bytes: bytes.subarray(2), encoding: "utf-16le" };
  if (first === 0xfe && second === 0xff) return { bytes: bytes.subarray(2), encoding: "utf-16be" };
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, HEAD_BYTES));
  const declared = XML_ENCODING.exec(head)?.[1]?.toLowerCase() ?? "utf-8";
  return { bytes, encoding: declared.startsWith("utf-16") ? "utf-8" : declared };
}

/** Undefined if the bytes are not of that encoding. */
export function decodeStrictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
