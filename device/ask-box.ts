// Asks the box that runs on a data folder, over the loopback port that it wrote down there.

import type { RunningBox } from "./command/command.ts";
import type { BoxNote, DataFolder } from "./data-folder.ts";
import { CommandError } from "./exit.ts";
import { writePublishRequest } from "./publish-request.ts";

/** A note left by a crash points to a port that refuses at once; who takes the call may be busy with a whole programme. */
const ANSWER_MS = 60_000;
/** A large programme takes a while to become operations on a slow card. */
const IMPORT_MS = 600_000;
/** Writing may wait behind an import on a slow card. */
const PUBLISH_MS = 60_000;

/** Undefined if no box answers there. */
export async function askBox(folder: DataFolder): Promise<RunningBox | undefined> {
  const note = folder.readNote();
  if (note === undefined) return undefined;
  const status = (): Promise<unknown> => ask(note, "GET", "/control/status", ANSWER_MS);
  try {
    await status();
  } catch (error) {
    if (error instanceof CommandError) throw error;
    return undefined;
  }
  return {
    ...note,
    status,
    publish: async (request) => {
      const published = await ask(note, "POST", "/control/publish", PUBLISH_MS, writePublishRequest(request));
      return published as { readonly operations: readonly string[] };
    },
    import: (programme) => ask(note, "POST", "/control/import", IMPORT_MS, JSON.stringify(programme)),
  };
}

/** Rejects with the box's own error, or with fetch's where nobody answers. */
async function ask(
  { port, token }: BoxNote,
  method: "GET" | "POST",
  path: string,
  timeoutMs: number,
  body?: string,
): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(timeoutMs),
    ...(body && { body }),
  });
  const answer = (await response.json()) as { error?: { code: string; message: string } };
  if (answer.error) throw new CommandError(answer.error.code, answer.error.message);
  return answer;
}
