// `lagerfeuer inspect`: what an operation says, from its bytes as hex.

import { readBody } from "../../protocol/festival/body.ts";
import { fromHex, toHex } from "../../protocol/operation/bytes.ts";
import { DecodeError } from "../../protocol/operation/errors.ts";
import { decodeOperation, type Operation } from "../../protocol/operation/operation.ts";
import { validateOperation } from "../../protocol/operation/validate.ts";
import { createNodeCrypto } from "../../sync/crypto/node.ts";
import { CommandError } from "../exit.ts";
import { fieldLines } from "../field-lines.ts";
import type { Command, CommandContext } from "./command.ts";

export const inspect: Command = {
  name: "inspect",
  summary: "Say what an operation is, from hex on standard input",
  operands: "",
  help: "Reads the header as hex and, after a space or newline, the body as hex if there is one.\nExits with 1 if the operation is not valid.",
  options: {},
  optionHelp: {},
  run: runInspect,
};

async function runInspect({ readStdin, options, print }: CommandContext): Promise<void> {
  const [header, body, ...more] = (await readStdin()).trim().split(/\s+/);
  if (!header || more.length > 0)
    throw new CommandError("E_USAGE", "Cannot inspect: give one header and at most one body");
  const suite = await createNodeCrypto();
  const operation = decode(header, body);
  const fault = validateOperation(operation, suite);
  const found = { valid: fault === undefined, ...(fault && { code: fault }), ...describe(operation) };
  if (options["json"]) print(JSON.stringify(found));
  else for (const line of fieldLines(found)) print(line);
  if (fault) throw new CommandError(fault, "The operation is not valid");

  function decode(headerHex: string, bodyHex: string | undefined): Operation {
    try {
      return decodeOperation(fromHex(headerHex), bodyHex === undefined ? undefined : fromHex(bodyHex), suite);
    } catch (cause) {
      if (cause instanceof DecodeError) throw new CommandError(cause.code, cause.message, { cause });
      if (cause instanceof RangeError) throw new CommandError("E_HEX", cause.message, { cause });
      throw cause;
    }
  }
}

function describe({ id, header, body }: Operation): Record<string, unknown> {
  const { extensions, payloadHash, backlink } = header;
  return {
    id: toHex(id),
    version: header.version,
    author: toHex(header.verifyingKey),
    signature: toHex(header.signature),
    payloadSize: header.payloadSize,
    ...(payloadHash && { payloadHash: toHex(payloadHash) }),
    seqNum: header.seqNum,
    ...(backlink && { backlink: toHex(backlink) }),
    extensions: extensions.kind,
    ...("logId" in extensions && extensions.logId && { logId: toHex(extensions.logId) }),
    ...(extensions.kind === "basic" && { timestamp: extensions.timestamp, prune: extensions.pruneFlag }),
    ...(body && { body: readBody(body) }),
  };
}
