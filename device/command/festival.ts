// The festival as a command finds it: what is known, who asks, and how to publish. Where a box runs on the data folder it
// publishes, for one process writes; reading is done here in any case.
import { randomBytes } from "node:crypto";
import { type BodyToWrite, encodeBody } from "../../protocol/festival/body.ts";
import type { Seconds } from "../../protocol/festival/when.ts";
import { toHex } from "../../protocol/operation/bytes.ts";
import { CommandError, EXIT } from "../exit.ts";
import type { OpenedReplica } from "../opened-replica.ts";
import type { Programme } from "../programme/programme.ts";
import type { PublishRequest } from "../publish-request.ts";
import type { CommandContext } from "./command.ts";
import { Names } from "./names.ts";

export interface Festival {
  readonly opened: OpenedReplica;
  readonly programme: Programme;
  readonly names: Names;
  /** The key, hex, in whose name things are done. */
  readonly me: string;
  /** Whose document it is to the acts: the maker's, if the key is linked to it and may write there (M-12); else `me`. */
  readonly writerOf: (document: { readonly author: string; readonly schema: string }) => string;
  readonly now: Seconds;
  /** Resolves with the ids of the operations, hex, when they are durable. Not for commands that only look. */
  readonly publish: (bodies: readonly BodyToWrite[], pictures?: readonly Uint8Array[]) => Promise<readonly string[]>;
}

export const AS_OPTIONS = { as: { type: "string" }, "as-new": { type: "boolean" } } as const;
export const AS_HELP = {
  as: "Act under the key of this name, made on first use; the box's own key if it is left out",
  "as-new": "Act under a fresh key that nobody has seen before; its name is printed",
} as const;

/** `act` publishes; `look` never does. */
export async function inFestival<Result>(
  context: CommandContext,
  intent: "look" | "act",
  work: (festival: Festival) => Promise<Result>,
): Promise<Result> {
  const box = intent === "act" ? await context.findBox() : undefined;
  const opened = await context.openReplica(intent === "act" && box === undefined ? "write" : "read");
  try {
    const as = actingName(context);
    const { programme, boxClock, replica } = opened;
    const publish = async (request: PublishRequest): Promise<readonly string[]> => {
      if (box !== undefined) return (await box.publish(request)).operations;
      return (await opened.publish(request)).map(({ id }) => toHex(id));
    };
    const me = toHex(opened.verifyingKey(as));
    return await work({
      opened,
      programme,
      names: new Names(programme, replica.suite),
      me,
      writerOf: ({ author, schema }) => {
        const writing = { key: me, seqNum: Number.MAX_SAFE_INTEGER };
        return programme.identities().mayWrite(writing, author, schema) ? author : me;
      },
      now: boxClock.now,
      publish: (bodies, pictures = []) =>
        publish({ bodies: bodies.map(encodeBody), pictures, ...(as !== undefined && { as }) }),
    });
  } finally {
    await opened.close();
  }
}

const FRESH_NAME_BYTES = 4;

function actingName({ options, remark }: CommandContext): string | undefined {
  const { as, "as-new": fresh } = options;
  if (fresh !== true) return typeof as === "string" ? as : undefined;
  if (as !== undefined) {
    throw new CommandError("E_USAGE", "Cannot act: --as names a key and --as-new makes one; choose", {
      status: EXIT.usage,
    });
  }
  const name = `new-${randomBytes(FRESH_NAME_BYTES).toString("hex")}`;
  remark(`Acting as somebody new; to change this later, add --as ${name}`);
  remark("Two things done in the same minute on one machine are easy to link");
  return name;
}
