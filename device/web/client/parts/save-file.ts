// Hands a file to the person: the browser saves it where downloads go. Works without a secure context.

/** Long enough for a slow phone to begin reading it. */
const KEEP_URL_MS = 60_000;

export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEEP_URL_MS);
}
