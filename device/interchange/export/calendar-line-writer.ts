// Content lines of iCalendar (RFC 5545 §3.1): escaped, folded at 75 octets between characters, ended by CRLF. Whatever a
// text holds, it stays within its line.

const FOLD_OCTETS = 75;
/** The space counts among the octets of the next line. */
const FOLD = "\r\n ";
const CONTROLS = /(?![\n\t])\p{Cc}/gu;
const CONTINUATION_MASK = 0b1100_0000;
const CONTINUATION = 0b1000_0000;

const NOT_ASCII = /[^\p{ASCII}]/u;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A value of type TEXT. */
export function calendarText(text: string): string {
  return plain(text)
    .replace(/[\\;,]/g, "\\$&")
    .replaceAll("\n", "\\n");
}

/** A parameter value: what it may not hold is written as RFC 6868 says. */
export function calendarParameter(text: string): string {
  const escaped = plain(text).replaceAll("^", "^^").replaceAll("\n", "^n").replaceAll('"', "^'");
  return `"${escaped}"`;
}

/** One line with its end, folded. `value` is written as it stands, so it must be escaped where its type asks for it. */
export function calendarLine(name: string, value: string): string {
  const line = `${name}:${value.replace(/[\r\n]/g, " ")}`;
  return `${NOT_ASCII.test(line) ? foldOctets(encoder.encode(line)) : foldAscii(line)}\r\n`;
}

/** One octet a character, so the line need not become octets. */
function foldAscii(line: string): string {
  let folded = line.slice(0, FOLD_OCTETS);
  for (let from = FOLD_OCTETS; from < line.length; from += FOLD_OCTETS - 1) {
    folded += FOLD + line.slice(from, from + FOLD_OCTETS - 1);
  }
  return folded;
}

function foldOctets(octets: Uint8Array): string {
  const pieces: string[] = [];
  for (let from = 0; from < octets.length; ) {
    const to = foldBefore(octets, from + FOLD_OCTETS - (from === 0 ? 0 : 1));
    pieces.push(decoder.decode(octets.subarray(from, to)));
    from = to;
  }
  return pieces.join(FOLD);
}

/** The last place at or before `octet` where a character begins. */
function foldBefore(octets: Uint8Array, octet: number): number {
  let at = Math.min(octet, octets.length);
  while (at < octets.length && ((octets[at] as number) & CONTINUATION_MASK) === CONTINUATION) at -= 1;
  return at;
}

function plain(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, "\n").replace(CONTROLS, "");
}
